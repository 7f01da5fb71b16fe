"""Articles of different dates in a chat: order, hints, buttons that outlast a changed collection; limits and logs."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bot_process import fast_bot, new_chat, quotes
from crowd import words_data
from fake_bot_api import Chat, FakeBotApi, Message

from bot.texts import load_texts

VI = load_texts("vi")
ARTICLES = [
    {
        "id": f"harvest-{year}",
        "title": f"Vụ mùa làng Sukasaha năm {year}",
        "date": f"{year}-10-0{number + 1}",
        "source": "Báo Làng",
        "text": f"Làng Sukasaha ở bên sông.\nLàng Sukasaha thu hoạch {amount} tấn lúa nếp trong vụ mùa."
        f"\nNgười làng {helper} mang lúa ra chợ huyện bán.",
    }
    for number, (year, amount, helper) in enumerate(
        [(2022, 120, "vui vẻ"), (2024, 180, "hát ca"), (2023, 150, "cùng nhau")]
    )
]
QUESTION = "Làng Sukasaha thu hoạch bao nhiêu tấn lúa nếp?"


def write(folder: Path, articles: list[dict[str, str]]) -> None:
    lines = (json.dumps(article, ensure_ascii=False) for article in articles)
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    write(folder, ARTICLES)
    return folder


@pytest.fixture
def data(tmp_path: Path, sources: Path) -> Path:
    return words_data(tmp_path / "data", sources)


def press_order(chat: Chat, message: Message, label: str) -> str:
    """Presses a button that stands behind ⋯; what its answer says."""
    edits = len(message.revisions)
    press(chat, message, "⋯")
    chat.wait_for_edit(message, after=edits)
    return press(chat, message, label)


def press(chat: Chat, message: Message, label: str) -> str:
    """Presses the first button whose label holds `label`; what its answer says."""
    data = next(str(b["callback_data"]) for b in message.buttons if label in b["text"])
    return str(chat.wait_for_answer(chat.press(message, data)).get("text", ""))


def dates(message: Message) -> list[str]:
    """The years in the order of the citations."""
    return [line.split(" · ")[1][-4:] for line in message.text.splitlines() if line.startswith("Báo Làng")]


def test_the_newest_come_first_when_asked_and_the_order_goes_back(api: FakeBotApi, data: Path) -> None:
    with fast_bot(api, data):
        chat = new_chat(api)
        reply = chat.ask(QUESTION)
        relevant = dates(reply)
        press_order(chat, reply, VI("button-newest"))
        chat.wait_for_edit(reply, after=2)
        assert dates(reply) == ["2024", "2023", "2022"]
        press_order(chat, reply, VI("button-relevant"))
        chat.wait_for_edit(reply, after=4)
        assert dates(reply) == relevant


def test_sources_of_different_dates_with_different_figures_are_pointed_out(
    api: FakeBotApi, data: Path
) -> None:
    with fast_bot(api, data):
        reply = new_chat(api).ask(QUESTION)
    hint = reply.entity_texts("italic")[-1]
    assert "2024" in hint and not any(hint in quote for quote in quotes(reply))


def test_buttons_work_after_a_reindex_and_say_so_when_their_article_changed(
    api: FakeBotApi, data: Path, sources: Path
) -> None:
    chat = new_chat(api)
    with fast_bot(api, data):
        kept, lost = chat.ask(QUESTION), chat.ask(QUESTION)
    write(sources, [*ARTICLES, {"id": "other", "title": "Tin khác", "text": "Chuyện khác hẳn ở nơi xa."}])
    words_data(data, sources)
    with fast_bot(api, data):
        assert press_order(chat, kept, VI("button-newest")) == ""
        chat.wait_for_edit(kept, after=2)
    write(sources, [{**article, "text": f"Nay kể lại. {article['text']}"} for article in ARTICLES])
    words_data(data, sources)
    with fast_bot(api, data):
        assert press(chat, lost, "⋯") == VI("button-stale")


def test_who_asks_too_much_is_told_once_and_others_are_answered(api: FakeBotApi, data: Path) -> None:
    with fast_bot(api, data, QUESTIONS_PER_MINUTE="2"):
        chat, other = new_chat(api), new_chat(api)
        for _ in range(5):
            chat.send(QUESTION)
        assert quotes(other.ask(QUESTION))
        api.wait_until(lambda: len(chat.messages) == 3, what="two answers and a word")
        chat.send("/about")
        other.ask("/about")
    said = [message.text for message in chat.messages]
    assert len(said) == 3 and sum(VI("rate-limited", seconds=60)[:20] in text for text in said) == 1


@pytest.mark.parametrize(("days", "kept"), [("90", True), ("0", False)])
def test_questions_are_kept_as_long_as_the_setting_says_and_start_tells_so(
    api: FakeBotApi, data: Path, days: str, kept: bool
) -> None:
    with fast_bot(api, data, KEEP_QUESTIONS_DAYS=days):
        chat = new_chat(api)
        chat.ask(QUESTION)
        assert VI("privacy", days=int(days)) in chat.ask("/start").text
    assert (logged(data) == [QUESTION]) is kept


def test_a_person_who_wants_to_be_forgotten_leaves_nothing(api: FakeBotApi, data: Path) -> None:
    with fast_bot(api, data) as bot:
        chat, other = new_chat(api), new_chat(api)
        chat.ask(QUESTION)
        other.ask("Người làng Sukasaha mang gì ra chợ huyện?")
        chat.ask("/forgetme")
        assert "Traceback" not in bot.output
    assert logged(data) == ["Người làng Sukasaha mang gì ra chợ huyện?"]


def test_words_are_logged_only_where_the_setting_allows_it(api: FakeBotApi, data: Path) -> None:
    for allowed in (False, True):
        with fast_bot(api, data, LOG_QUESTIONS=str(allowed).lower(), LOG_LEVEL="debug") as bot:
            new_chat(api).ask(QUESTION)
        assert ("Sukasaha" in bot.output) is allowed


def logged(data: Path) -> list[str]:
    """The questions in the state."""
    with closing(sqlite3.connect(data / "state.db")) as state:
        return [question for (question,) in state.execute("SELECT question FROM questions ORDER BY id")]
