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
        *("Where are you from?", "how old are you", "who made you", "who is your creator?"),
        *("bạn bao nhiêu tuổi", "bạn từ đâu đến?", "ai tạo ra bạn vậy"),
        *("сколько тебе лет?", "откуда ты?", "кто твой создатель?"),
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
        *("это неправильно", "вы ошибаетесь", "не то", "you are wrong"),
    ],
    "sure": [
        *("chắc không?", "bạn có chắc không", "thật không?", "sao bạn biết?", "có đúng vậy không"),
        *("are you sure?", "Really?", "is that true?", "how do you know that?", "can I trust you?"),
        *("ты уверен?", "точно?", "это правда?", "откуда ты знаешь?", "докажи"),
    ],
    "more": [
        *("tiếp đi", "còn gì nữa không?", "nói lại đi"),
        *("next", "tell me more", "what else?", "continue", "дальше", "что ещё?", "подробнее"),
    ],
    "rude": [
        *("đồ ngu", "bạn ngu quá", "sao mày ngu thế", "im đi", "vô dụng"),
        *("you are an idiot", "Stupid bot!", "shut up", "why are you so dumb", "I hate you"),
        *("ты дурак", "тупой бот", "заткнись", "ты врёшь", "какой ты глупый"),
    ],
    "chat": [
        *("kể chuyện cười đi", "mình buồn quá", "yêu bạn", "bạn đang làm gì thế"),
        *("tell me a joke", "I love you", "are you married?", "i'm bored"),
        *("расскажи анекдот", "мне скучно", "что делаешь?", "я тебя люблю"),
    ],
    "noted": [
        *("không", "vâng", "hiểu rồi", "thôi khỏi", "haha", "kkkkk", "trời ơi"),
        *("no", "nope", "yes", "ok", "lol", "never mind", "hmmm", "hahahaha", "stop"),
        *("нет", "да", "понятно", "ладно", "хахаха", "ахахах", "не знаю"),
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
        "Where is Lavrov from?",
        "How old is Putin?",
        "Who made the statement?",
        "Who is stupid?",
        "what else did Putin say?",
        "Next meeting when?",
        "No comment from whom?",
        "Кто дурак?",
        "Откуда Лавров?",
        "Сколько лет Лаврову?",
        "Không ai đến?",
        "Ý?",
        "còn Anh?",
        "có gì mới",
        "ban o dau",
        "may vay",
        "why?",
        "bao nhiêu?",
        "почему?",
    ],
)
def test_a_text_with_any_other_word_is_searched(text: str) -> None:
    assert analyse(text).kind == "question"


def test_a_long_greeting_is_a_greeting() -> None:
    assert small_talk(tokens("chào " * 13)) is None
    assert analyse("chào " * 13).reason == "greeting"


@pytest.mark.parametrize(
    ("drawn_out", "reason"),
    [
        *(("hii", "greeting"), ("helloooo", "greeting"), ("chàooo bot", "greeting"), ("chaooo", "greeting")),
        *(("привееет", "greeting"), ("thanksss", "thanks"), ("cảm ơnnn", "thanks"), ("спасибооо", "thanks")),
        *(("byeee", "goodbye"), ("okkk", "noted"), ("nooo", "noted"), ("дааа", "noted")),
    ],
)
def test_letters_that_are_drawn_out_make_no_other_word(drawn_out: str, reason: str) -> None:
    assert analyse(drawn_out).reason == reason


@pytest.mark.parametrize("text", ["😂😂", "👍", ":)", ")))"])
def test_a_face_is_a_nod(text: str) -> None:
    assert (analyse(text).kind, analyse(text).reason) == ("chitchat", "noted")


@pytest.mark.parametrize("text", ["a", "Z", "x y", "ы", "?!", "..."])
def test_a_single_letter_is_no_question(text: str) -> None:
    assert (analyse(text).kind, analyse(text).reason) == ("chitchat", "unclear")


def test_thanks_may_be_long() -> None:
    assert analyse("thanks a lot man!!!").reason == "thanks"


@pytest.mark.parametrize(
    ("typed", "fact"),
    [
        ("Are you sure that Putin visited Hanoi?", "Putin visited Hanoi?"),
        ("Is it true that Russia left?", "Russia left?"),
        ("Bạn có chắc là Putin đã thăm Hà Nội không?", "Putin đã thăm Hà Nội không?"),
        ("ban co chac la Putin da tham Ha Noi khong", "Putin da tham Ha Noi khong"),
        ("Ты уверен, что Путин приезжал в Ханой?", "Путин приезжал в Ханой?"),
        ("Правда ли, что Путин был в Ханое?", "Путин был в Ханое?"),
        ("helloooo who is Lavrov?", "who is Lavrov?"),
        ("hahaha ai là đại sứ Nga", "ai là đại sứ Nga"),
    ],
)
def test_of_a_doubted_fact_the_fact_is_asked(typed: str, fact: str) -> None:
    assert (analyse(typed).kind, analyse(typed).text) == ("question", fact)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Привет! Ты вообще по-русски понимаешь?", "language"),
        ("почему ответы на вьетнамском, переведи пожалуйста", "language"),
        ("Спасибо большое, для курсовой очень пригодится 🙏", "thanks"),
        ("можешь коротко своими словами пересказать всю поездку?", "abilities"),
        ("ссылка есть?", "sure"),
        ("what can you actually do?", "abilities"),
        ("can you summarise it in your own words", "abilities"),
        ("do you have a link?", "sure"),
        ("bạn lấy số này ở bài nào vậy? có link không", "sure"),
    ],
)
def test_requests_that_people_made_of_the_bot_are_not_searched(said: str, reason: str) -> None:
    query = analyse(said)
    assert (query.kind, query.reason) == ("chitchat", reason)


@pytest.mark.parametrize(
    "asked",
    [
        "Actually, who is the Russian ambassador?",
        "Есть ли ссылка на договор 1994 года в статье о визите?",
        "Почему во Вьетнаме ответы на вьетнамском экзамене продают?",
        "Link Vietnam - Kazakhstan có đường bay thẳng không?",
    ],
)
def test_questions_that_share_words_with_them_are_searched(asked: str) -> None:
    assert analyse(asked).kind == "question"
