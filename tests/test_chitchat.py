"""Small talk is answered by the interface; a question with a greeting in front is still searched."""

import pytest

from retrieval.questions.chitchat import small_talk
from retrieval.text.forms import tokens


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Xin chào!", "greeting"),
        ("chao bot", "greeting"),
        ("chào bạn ơi", "greeting"),
        ("bạn làm được gì?", "greeting"),
        ("Hello there", "greeting"),
        ("How are you doing?", "greeting"),
        ("Здравствуйте!", "greeting"),
        ("Cảm ơn bạn rất nhiều ạ", "thanks"),
        ("thank you so much", "thanks"),
        ("большое спасибо за помощь", "thanks"),
        ("👍", "unclear"),
        ("?!", "unclear"),
    ],
)
def test_small_talk_is_recognised_with_and_without_marks(text: str, reason: str) -> None:
    assert small_talk(tokens(text)) == reason


@pytest.mark.parametrize(
    "text",
    [
        "Xin chào, giá vàng hôm nay bao nhiêu?",
        "Ai là tổng thống Mỹ?",
        "Hello Kitty là gì",
        "gold",
        "2024",
        "Спасибо деду за победу",
        "chào " * 13,
        "bạn",
    ],
)
def test_a_text_with_any_other_word_is_searched(text: str) -> None:
    assert small_talk(tokens(text)) is None
