"""Two rows of the log of questions: one asked in vain, one answered."""

from bot.state.questions import Asked

GOLD = Asked(
    question="Giá vàng?",
    language="vi",
    unaccented=False,
    answered=False,
    confidence=0.25,
    article_id=None,
    elapsed_ms=10.0,
    generation="0001",
    chat_kind="private",
    user_id=1,
)
TRADE = Asked(
    question="thuong mai viet nga",
    language="vi",
    unaccented=True,
    answered=True,
    confidence=0.875,
    article_id="seeds/a.txt",
    elapsed_ms=30.5,
    generation="0001",
    chat_kind="group",
    user_id=2,
)
