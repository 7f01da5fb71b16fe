"""The first contact: /start over the seeds and over a text without any figure, with questions that a tap asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_fixtures import copied, fake_api, shared_bot
from bot_process import SEEDS, BotProcess, fast_bot, new_chat, quotes, stands_in
from crowd import words_data
from fake_bot_api import Chat, FakeBotApi, Message, User

from bot.conversation.examples import COUNT
from bot.texts import LANGUAGES, load_texts

TINY = "Người dân làng chài sống bằng nghề đánh cá.\nBuổi sáng họ ra khơi, buổi chiều họ phơi lưới."
AN = User(501, "An", "ru")
LATIN, CYRILLIC, MARKED = range(ord("A"), 0x250), range(0x400, 0x500), range(0x1EA0, 0x1F00)

api = fake_api("module", presses=True)
bot = shared_bot(BotProcess)


@pytest.fixture(scope="module")
def data(seeds_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, without the questions that were made of them for other tests."""
    folder = copied(seeds_data, tmp_path_factory.mktemp("first") / "data")
    (folder / "cache" / "examples.json").unlink()
    return folder


@pytest.fixture(scope="module", autouse=True)
def made(api: FakeBotApi, bot: BotProcess) -> Iterator[None]:
    """The questions of all languages, which the bot makes beside its answers."""
    bot.wait_for_line("Example questions are made", timeout=300)
    yield


def tried(message: Message) -> list[str]:
    return [str(button["text"]) for button in message.buttons]


def press(chat: Chat, message: Message, number: int, sender: User | None = None) -> None:
    data = str(message.buttons[number]["callback_data"])
    assert not chat.wait_for_answer(chat.press(message, data, sender=sender)).get("text")


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_offers_three_questions_and_a_tap_on_each_is_answered_for_sure(
    api: FakeBotApi, language: str
) -> None:
    chat, texts = new_chat(api, language), load_texts(language)
    start = chat.ask("/start")
    assert len(tried(start)) == COUNT and len(set(tried(start))) == COUNT
    assert start.text.endswith(texts("examples-heading", count=COUNT))
    for number, question in enumerate(tried(start)):
        press(chat, start, number)
        reply = chat.wait_for_message(timeout=60)
        assert (reply.reply_parameters or {})["message_id"] == start.message_id
        assert reply.text.startswith(texts("searched", question=question))
        assert texts("confidence-low") not in reply.text
        assert quotes(reply) and all(stands_in(SEEDS, quote) for quote in quotes(reply))
        assert reply.entity_texts("bold")
        assert texts("button-only-this") not in tried(reply)


@pytest.mark.parametrize(
    ("language", "foreign"), [("vi", [CYRILLIC]), ("en", [CYRILLIC, MARKED]), ("ru", [LATIN])]
)
def test_questions_are_in_the_readers_alphabet(api: FakeBotApi, language: str, foreign: list[range]) -> None:
    questions = tried(new_chat(api, language).ask("/start"))
    assert questions and not [
        c for each in questions for c in each for letters in foreign if ord(c) in letters
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", ["5 bài báo", "từ 02/04/2025 đến 05/05/2025", "tiếng Việt", "/articles", "90 ngày"]),
        ("en", ["5 articles", "2 April to 5 May 2025", "Vietnamese", "/articles", "90 days"]),
        ("ru", ["5 статей", "2 апреля – 5 мая 2025", "вьетнамский", "/articles", "90 дней"]),
    ],
)
def test_start_tells_what_the_collection_is_and_what_is_kept(
    api: FakeBotApi, language: str, said: list[str]
) -> None:
    text = new_chat(api, language).ask("/start").text.replace("\u00a0", " ")
    assert [each for each in said if each not in text] == []


def test_help_offers_the_same_questions(api: FakeBotApi) -> None:
    chat = new_chat(api, "en")
    assert tried(chat.ask("/help")) == tried(chat.ask("/start"))


def test_how_to_ask_is_shown_by_a_question_that_is_answered(api: FakeBotApi) -> None:
    chat, texts = new_chat(api, "ru"), load_texts("ru")
    example = tried(chat.ask("/start"))[0]
    assert chat.ask("/ask").text == texts("ask-usage", example=example)
    assert chat.ask("Привет!").entity_texts("code") == [example]


def test_a_follow_up_leans_on_the_question_that_was_tapped(api: FakeBotApi) -> None:
    chat, texts = new_chat(api, "en"), load_texts("en")
    start = chat.ask("/start")
    press(chat, start, 0)
    chat.wait_for_message(timeout=60)
    reply = chat.ask("And in 2021?", timeout=60)
    assert reply.text.startswith(texts("searched", question="")[:8]) and "2021" in reply.text.splitlines()[0]


def test_in_a_group_whoever_taps_is_answered_in_their_language(api: FakeBotApi) -> None:
    group = api.group_chat(-1_000_778)
    group.send("/start", sender=User(502, "Bình", "vi"))
    start = group.wait_for_message()
    press(group, start, 0, AN)
    said = group.wait_for_message(timeout=60).text
    assert said.startswith(load_texts("ru")("searched", question=tried(start)[0]))


def test_a_question_that_is_on_no_button_is_not_asked(api: FakeBotApi) -> None:
    chat, texts = new_chat(api, "en"), load_texts("en")
    start = chat.ask("/start")
    for query in (
        chat.press(start, "1:try:9", stale=True),
        chat.press(start, "1:try:0", inaccessible=True),
    ):
        assert chat.wait_for_answer(query)["text"] == texts("button-stale")
    assert len(chat.messages) == 1


def test_buttons_of_before_work_and_what_was_made_is_kept_over_a_restart(data: Path, tmp_path: Path) -> None:
    kept = copied(data, tmp_path / "data")
    with FakeBotApi() as again, BotProcess(again, kept) as process:
        process.wait_for_line("Ready", timeout=60)
        chat = new_chat(again, "vi")
        again.wait_until(lambda: chat.ask("/start").buttons, timeout=20, what="what was kept")
        start = chat.messages[-1]
        assert "Example questions are made" not in process.output
        press(chat, start, 2)
        assert quotes(chat.wait_for_message(timeout=60))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_without_figures_offers_no_question_and_all_else_is_said(
    tmp_path: Path, language: str
) -> None:
    texts = load_texts(language)
    (tmp_path / "a.txt").write_text(TINY, encoding="utf-8")
    with FakeBotApi() as elsewhere, fast_bot(elsewhere, words_data(tmp_path / "data", tmp_path)) as process:
        process.wait_for_line("Example questions are made: 0", timeout=60)
        chat = new_chat(elsewhere, language)
        start = chat.ask("/start")
        assert not start.buttons and texts("collection", articles=1) in start.text
        assert texts("examples-heading", count=3) not in start.text
        assert texts("privacy", days=90) in start.text
        assert chat.ask("/ask").text == texts("ask-usage-plain")


def test_a_tapped_question_counts_as_a_question(tmp_path: Path, data: Path) -> None:
    with (
        FakeBotApi() as limited,
        BotProcess(limited, copied(data, tmp_path / "data"), QUESTIONS_PER_MINUTE="2") as bot,
    ):
        bot.wait_for_line("Ready", timeout=60)
        chat, other = new_chat(limited, "en"), new_chat(limited, "en")
        limited.wait_until(lambda: bool(other.ask("/start").buttons), timeout=20, what="what was kept")
        start = chat.ask("/start")
        first = chat.press(start, "1:try:0")
        chat.wait_for_answer(first)
        second = chat.press(start, "1:try:1")
        assert chat.wait_for_answer(second)["text"].startswith(
            load_texts("en")("rate-limited", seconds=60)[:20]
        )
