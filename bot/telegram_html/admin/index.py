"""What /index says, as Telegram HTML."""

from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.index.protocol import Facts


def index_text(facts: Facts, texts: Texts) -> str:
    return escape(texts("index-facts", id=facts.id, model=facts.model, passages=facts.passages))
