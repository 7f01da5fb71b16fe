"""The interface answers small talk and requests about the bot; a question with a greeting in front is searched."""

import pytest

from bot.conversation.replies.wording import reason_text
from bot.texts import LANGUAGES, load_texts
from retrieval.questions.chitchat import small_talk
from retrieval.questions.query import analyse
from retrieval.text.forms import fold, tokens


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Xin chào!", "greeting"),
        ("chao bot", "greeting"),
        ("chào bạn ơi", "greeting"),
        ("Hello there", "greeting"),
        ("How are you doing?", "greeting"),
        ("Здравствуйте!", "greeting"),
        ("Cảm ơn bạn rất nhiều ạ", "thanks"),
        ("thank you so much", "thanks"),
        ("thanks for your help", "thanks"),
        ("большое спасибо за помощь", "thanks"),
        ("cảm ơn, tạm biệt", "goodbye"),
        ("👍", "unclear"),
        ("?!", "unclear"),
    ],
)
def test_small_talk_is_recognised_with_and_without_marks(text: str, reason: str) -> None:
    assert small_talk(tokens(text)) == reason
    assert small_talk(tokens(fold(text))) == reason


REQUESTS = {
    "abilities": [
        *("bạn làm được gì?", "Bạn có thể làm gì?", "Bạn có thể cho mình biết bạn làm được gì không ạ?"),
        *(
            "What can you do?",
            "Hi! Could you please tell me what you can do?",
            "Что ты умеешь?",
            "чем вы можете помочь",
        ),
    ],
    "identity": [
        *("bạn là ai?", "Chào bot! Bạn là ai vậy?", "ban la chatgpt ha", "bạn tên là gì"),
        *("Who are you?", "are you a bot?", "what's your name", "Кто ты?", "вы бот?", "как тебя зовут"),
    ],
    "articles": [
        *(
            "bạn có những bài báo nào vậy?",
            "bạn biết những gì?",
            "mấy tin này bot lấy ở đâu ra vậy",
            "hỏi được những gì",
        ),
        *(
            "Which articles are there?",
            "what do you know?",
            "where are you getting this from",
            "list the articles",
        ),
        *("какие у вас есть статьи?", "что ты знаешь?", "о чём можно спросить?", "откуда новости?"),
    ],
    "help": [
        "help",
        "giúp mình với",
        "hướng dẫn sử dụng",
        "How do I use this bot?",
        "помогите",
        "как пользоваться",
    ],
    "language": [
        *(
            "trả lời bằng tiếng Anh nhé",
            "nói tiếng Việt được không",
            "In English please",
            "can you speak Vietnamese?",
        ),
        *("answer in English", "Отвечай по-русски", "на русском, пожалуйста"),
    ],
    "wrong": [
        *(
            "sai rồi bot ơi",
            "không đúng",
            "trả lời sai rồi",
            "That was wrong!",
            "wrong answer",
            "that's not what I asked",
        ),
        *("это неправильно", "вы ошибаетесь", "не то"),
    ],
}


@pytest.mark.parametrize(("reason", "text"), [(why, text) for why, all_ in REQUESTS.items() for text in all_])
def test_a_request_about_the_bot_is_told_from_a_question(reason: str, text: str) -> None:
    for typed in (text, text.lower(), fold(text)):
        query = analyse(typed)
        assert (query.kind, query.reason) == ("chitchat", reason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_request_has_an_answer_of_its_own(language: str) -> None:
    texts = load_texts(language)
    said = {reason_text(reason, texts) for reason in REQUESTS if reason != "articles"}
    assert len(said | {texts("refused"), texts("greeting")}) == len(REQUESTS) + 1


@pytest.mark.parametrize(
    "text",
    [
        "Xin chào, giá vàng hôm nay bao nhiêu?",
        "Ai là tổng thống Mỹ?",
        "Hello Kitty là gì",
        "gold",
        "2024",
        "Спасибо деду за победу",
        "bạn",
        "là ai?",
        "Кто это?",
        "Anh",
        "Bạn có thể làm gì khi có bão?",
        "Putin biết những gì?",
        "Who are you going to call?",
        "What can you do in Hanoi?",
        "Which articles are there about trade?",
        "Help Vietnam get vaccines?",
        "Nga giúp Việt Nam thế nào?",
        "Ai trả lời bằng tiếng Anh?",
        "Bài phát biểu bằng tiếng Nga của ai?",
        "Is it wrong that Russia left?",
        "Putin sai rồi sao?",
        "Что знает Лавров?",
    ],
)
def test_a_text_with_any_other_word_is_searched(text: str) -> None:
    assert analyse(text).kind == "question"


def test_a_long_greeting_is_a_greeting() -> None:
    assert small_talk(tokens("chào " * 13)) is None
    assert analyse("chào " * 13).reason == "greeting"
