"""The real bot process over HTTP: a question in, a cited excerpt out, in every language and kind of chat."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_process import (
    ADMIN,
    SEEDS,
    TRADE,
    TRADE_ANSWER,
    UNANSWERABLE,
    BotProcess,
    new_chat,
    quotes,
    stands_in,
)
from fake_bot_api import FakeBotApi, Message

from bot.on_telegram.commands import MENU
from bot.texts import LANGUAGES, load_texts
from retrieval.embedding.loading import LazyEmbedder
from retrieval.indexing.run import reindex

HOSTILE_TITLE = "So sánh a < b & <i>c</i> trong ngôn ngữ Zorblax"
HOSTILE_TEXT = (
    'Trong ngôn ngữ Zorblax, phép so sánh được viết là `if a < b & <i>c</i> > "d"` &amp; không cách nào khác.'
)
GREETINGS = {"vi": "Xin chào", "en": "Hello", "ru": "Здравствуйте"}


@pytest.fixture(scope="module")
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi(can_read_all_group_messages=True) as server:
        yield server


@pytest.fixture(scope="module", autouse=True)
def bot(
    api: FakeBotApi,
    seeds_data: Path,
    bundled_embedder: LazyEmbedder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BotProcess]:
    """One bot for this file; it serves the seeds and an article full of markup."""
    folder = tmp_path_factory.mktemp("bot")
    data, collection = folder / "data", folder / "collection"
    shutil.copytree(seeds_data, data, symlinks=True)
    shutil.copytree(SEEDS, collection)
    hostile = {"id": "zorblax", "title": HOSTILE_TITLE, "text": HOSTILE_TEXT}
    (collection / "hostile.jsonl").write_text(json.dumps(hostile), encoding="utf-8")
    reindex([collection], data, bundled_embedder)
    with BotProcess(api, data, collection, LOG_LEVEL="debug") as process:
        process.wait_for_line("Example questions are made", timeout=300)
        yield process
    assert api.token not in process.output
    assert "Traceback" not in process.output


@pytest.fixture(autouse=True)
def nothing_was_refused(api: FakeBotApi) -> Iterator[None]:
    """After every test: Telegram would have taken all that the bot sent."""
    yield
    assert api.violations == []
    assert api.unanswered_callbacks == []


def is_verbatim(quote: str) -> bool:
    return quote == HOSTILE_TEXT or stands_in(SEEDS, quote)


def is_answer_to(question: Message, reply: Message) -> bool:
    return (reply.reply_parameters or {}).get("message_id") == question.message_id


@pytest.mark.parametrize(
    "question",
    [
        TRADE,
        "kim ngach thuong mai viet nga 11 thang nam 2024",
        "How much was Vietnam-Russia trade in the first 11 months of 2024?",
        "Каким был товарооборот Вьетнама и России за 11 месяцев 2024 года?",
    ],
    ids=["vietnamese", "without-marks", "english", "russian"],
)
def test_a_question_gets_a_cited_verbatim_excerpt(api: FakeBotApi, question: str) -> None:
    chat = new_chat(api)
    asked = chat.send(question)
    answer = chat.wait_for_message()
    assert is_answer_to(asked, answer)
    assert TRADE_ANSWER in answer.entity_texts("bold")[0]
    assert quotes(answer) and all(is_verbatim(quote) for quote in quotes(answer))
    assert "đoạn" in answer.text.split(quotes(answer)[0])[1]  # its citation: which paragraph
    assert answer.link_preview_options == {"is_disabled": True}
    assert set(chat.actions) == {"typing"}


GLANCES = [
    (
        "en",
        "How many tourists from Kazakhstan visited Vietnam in 2024?",
        "150.000 (150,000) · năm 2024 (2024)",
    ),
    ("ru", "Когда премьер-министр Михаил Мишустин посетил Вьетнам?", "tháng 1/2025 (январь 2025 г.)"),
    (
        None,
        "By how much did Vietnam-Kazakhstan trade grow in 2024?",
        "năm 2024 (2024) · 800 triệu USD (800 million USD) · 99%",
    ),
    (
        "ru",
        "By how much did trade between Vietnam and Kazakhstan grow in 2024?",
        "năm 2024 (2024) · 800 triệu USD (800 млн USD) · 99%",
    ),
]


@pytest.mark.parametrize(
    ("language", "question", "line"), GLANCES, ids=["en", "ru", "unknown", "english-in-ru"]
)
def test_readers_without_vietnamese_get_the_figures_above_the_quote(
    api: FakeBotApi, language: str | None, question: str, line: str
) -> None:
    """Each as the article has it, with the same as they write it in brackets; and it stays when they read on."""
    chat = new_chat(api, language)
    answer = chat.ask(question)
    assert answer.text.splitlines()[0] == line
    bold = answer.entity_texts("bold")[0]
    assert all(atom.split(" (")[0] in bold for atom in line.split(" · "))
    button = next(each for each in answer.buttons if ":w:" in each.get("callback_data", ""))
    chat.wait_for_answer(chat.press(answer, button["callback_data"]))
    assert answer.text.splitlines()[0] == line


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Khách du lịch Kazakhstan tới Việt Nam năm 2024 đạt bao nhiêu lượt?"),
        ("vi", "How many tourists from Kazakhstan visited Vietnam in 2024?"),
        ("ru", "механизмы диалога между мид двух стран"),
    ],
    ids=["asked in Vietnamese", "reads Vietnamese", "no figure in the sentence"],
)
def test_others_get_the_quote_alone(api: FakeBotApi, language: str, question: str) -> None:
    answer = new_chat(api, language).ask(question)
    assert quotes(answer)
    assert " (2024)" not in answer.text and "(150,000)" not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_interface_speaks_the_readers_language(api: FakeBotApi, language: str) -> None:
    chat, texts = new_chat(api, language), load_texts(language)
    start = chat.ask("/start")
    assert start.text.startswith(GREETINGS[language])
    assert texts("privacy", days=90) in start.text and "5" in start.text
    help_message = chat.ask("/help")
    assert help_message.text.startswith(texts("help"))
    usage = chat.ask("/ask").text
    assert usage.startswith(texts("ask-usage", example="")[:20]) or usage == texts("ask-usage-plain")
    assert TRADE_ANSWER in chat.ask(f"/ask {TRADE}").text
    assert chat.ask("/nothing").text == help_message.text
    api.wait_until(lambda: chat.menu, what="menu")
    assert [entry["description"] for entry in chat.menu] == [texts(f"command-{name}") for name in MENU]


def test_a_question_on_the_line_below_the_command_is_read_whole(api: FakeBotApi) -> None:
    assert TRADE_ANSWER in new_chat(api).ask(f"/ask\n{TRADE}").text


def test_without_a_language_the_interface_speaks_that_of_the_question(api: FakeBotApi) -> None:
    refusal = new_chat(api, None).ask("Какой рецепт борща с пампушками лучше всего?")
    assert refusal.text.startswith(load_texts("ru")("refused"))


def test_a_refusal_offers_the_nearest_passages_and_shows_them_once(api: FakeBotApi) -> None:
    chat, texts = new_chat(api), load_texts("vi")
    asked = chat.send(UNANSWERABLE)
    refusal = chat.wait_for_message()
    assert refusal.text.startswith(texts("refused")) and not quotes(refusal)
    button = refusal.buttons[0]
    assert button["text"] == texts("button-nearest")
    presses = [chat.press(refusal, button["callback_data"]) for _ in range(2)]
    nearest = chat.wait_for_message()
    assert nearest.text.startswith(texts("nearest-heading")) and is_answer_to(asked, nearest)
    assert quotes(nearest) and all(is_verbatim(quote) for quote in quotes(nearest))
    for press in presses:
        chat.wait_for_answer(press)
    chat.ask("/help")
    assert refusal.buttons == []
    assert len(chat.messages) == 3


def test_a_stale_button_gets_a_polite_answer(api: FakeBotApi) -> None:
    chat, texts = new_chat(api, "en"), load_texts("en")
    refusal = chat.ask(UNANSWERABLE)
    for data in ("more:1", "nearest:20250402-1"):
        press = chat.press(refusal, data, stale=True)
        assert chat.wait_for_answer(press)["text"] == texts("button-stale")
    help_message = chat.ask("/help")
    press = chat.press(help_message, "nearest", stale=True)
    assert chat.wait_for_answer(press)["text"] == texts("button-stale")


def test_markup_in_article_and_question_is_shown_as_text(api: FakeBotApi) -> None:
    chat = new_chat(api)
    answer = chat.ask("Trong Zorblax, phép so sánh a < b & <i>c</i> được viết thế nào?")
    assert quotes(answer)[0] == HOSTILE_TEXT
    assert HOSTILE_TITLE in answer.text
    assert answer.parse_mode == "HTML"
    assert chat.ask("<b>a < b & <i> </blockquote>").text


@pytest.mark.parametrize("sent", ["photo", "sticker", "document"])
def test_what_is_not_text_gets_one_helpful_line(api: FakeBotApi, sent: str) -> None:
    chat = new_chat(api)
    file = {"file_id": "x1", "file_unique_id": "x", "width": 512, "height": 512}
    if sent == "photo":
        chat.service(photo=[file])
    elif sent == "sticker":
        chat.service(sticker={**file, "is_animated": False, "is_video": False, "type": "regular"})
    else:
        chat.send_document("news.txt", b"a")
    assert chat.wait_for_message().text == load_texts("vi")("unsupported")
    chat.ask("/help")
    assert len(chat.messages) == 2


@pytest.mark.parametrize("text", [" ", "\u200b\u2060", "?!…", "👍"])
def test_a_blank_message_gets_a_friendly_line(api: FakeBotApi, text: str) -> None:
    answer = new_chat(api).ask(text)
    assert answer.text and not quotes(answer) and not answer.buttons


def test_the_longest_question_is_answered(api: FakeBotApi) -> None:
    words = f"{TRADE} "
    question = (words * (4096 // len(words) + 1))[:4096]
    chat = new_chat(api)
    asked = chat.send(question)
    assert is_answer_to(asked, chat.wait_for_message())


def test_a_channel_post_is_not_answered(api: FakeBotApi) -> None:
    chat = new_chat(api)
    asked = chat.send(TRADE)
    chat.wait_for_message()
    with api.world.changed:  # as if the server had been told by an older version to deliver these
        wanted, api.world.allowed_updates = api.world.allowed_updates, ["channel_post"]
        api.world.enqueue("channel_post", {**api.world.message_json(asked), "text": TRADE})
        api.world.allowed_updates = wanted
    chat.ask("/help")
    assert len(chat.messages) == 2
    kinds = api.calls_of("getUpdates")[-1].params["allowed_updates"]
    assert kinds == ["message", "edited_message", "callback_query", "inline_query"]


def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(api: FakeBotApi) -> None:
    group, asker = api.group_chat(), api.user(31, language_code="en")
    group.send("Kim ngạch thương mại Việt - Nga bao nhiêu nhỉ?", sender=asker)
    group.send("/nothing", sender=asker)
    group.send("/ask@another_bot x", sender=asker)
    asked = group.send(f"/ask@trichdan_bot {TRADE}", sender=asker)
    first = group.wait_for_message()
    assert is_answer_to(asked, first) and TRADE_ANSWER in first.text
    followed = group.send("kim ngach thuong mai viet nga 11 thang nam 2024", sender=asker, reply_to=first)
    second = group.wait_for_message()
    assert is_answer_to(followed, second) and TRADE_ANSWER in second.text
    assert len(group.messages) == 2
    assert group.actions == []


def test_reindexing_is_for_admins(api: FakeBotApi) -> None:
    for language in LANGUAGES:
        assert new_chat(api, language).ask("/reindex").text == load_texts(language)("admin-only")


def test_an_admin_who_opens_the_bot_sees_the_admin_menu(api: FakeBotApi) -> None:
    admin = api.private_chat(ADMIN, language_code="ru")
    admin.ask("/start")
    api.wait_until(lambda: "reindex" in [entry["command"] for entry in admin.menu], what="admin menu")
    assert "/reindex" in admin.ask("/help").text
