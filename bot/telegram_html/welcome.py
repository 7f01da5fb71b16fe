"""What /start and /help say, as pure functions: values in, Telegram HTML out."""

from collections.abc import Sequence

from bot.telegram_html.markup import escape
from bot.texts import Texts


def start_text(texts: Texts, collection: str, examples: Sequence[str], keep_days: int) -> str:
    """What the bot does, its collection in a sentence, questions to tap and copy, and what is kept of a person.

    `keep_days` is for how long questions are kept; `collection` is plain text.
    """
    privacy = texts("privacy", days=keep_days)
    return _paragraphs(escape(texts("start")), escape(collection), _tried(examples, texts), escape(privacy))


def help_text(texts: Texts, examples: Sequence[str], keep_days: int, *, admin: bool = False) -> str:
    """How to ask, with questions that are answered, and what is kept; for admins also what they may do."""
    more = texts("help-admin") if admin else ""
    privacy = texts("privacy", days=keep_days)
    return _paragraphs(escape(texts("help")), _tried(examples, texts), escape(privacy), escape(more))


def _tried(examples: Sequence[str], texts: Texts) -> str:
    """A client copies what is written as code when it is tapped."""
    if not examples:
        return ""
    heading = escape(texts("examples-heading", count=len(examples)))
    return "\n".join([heading, *(f"<code>{escape(example)}</code>" for example in examples)])


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
