"""Documents in an admin's chat: sent, looked at, added or not, listed, shown, taken out; questions go on meanwhile."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_process import ADMIN, SEEDS, BotProcess, fast_bot, new_chat, quotes
from document_files import docx, pdf
from fake_bot_api import Chat, FakeBotApi, Message
from test_archives import bomb
from web_server import Reply, WebServer

from bot.texts import load_texts
from retrieval.embedding.loading import LazyEmbedder
from retrieval.indexer import reindex

EN = load_texts("en")
BARNABY = "Wombat Barnaby của vườn thú Ballarat sống đến năm 2017, thọ ba mươi mốt tuổi, là con già nhất."
QUESTION = "Wombat Barnaby của vườn thú Ballarat thọ bao nhiêu tuổi?"
PAGE = f"<html><head><title>Barnaby</title></head><body><article><p>{BARNABY}</p><p>{BARNABY[::-1]}</p></article>"


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi() as running:
        yield running
        assert running.violations == [] and running.unanswered_callbacks == []


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("documents") / "data"
    reindex([SEEDS], data, LazyEmbedder.of("hashed-words", data / "models"))
    return data


@pytest.fixture
def data(indexed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(indexed, tmp_path / "data"))


@pytest.fixture
def bot(api: FakeBotApi, data: Path) -> Iterator[BotProcess]:
    with fast_bot(api, data, WEB_PRIVATE="true", WEB_DELAY="0") as process:
        process.wait_for_line("Ready")
        yield process
    assert "Traceback" not in process.output


@pytest.fixture
def admin(api: FakeBotApi, bot: BotProcess) -> Chat:
    return api.private_chat(ADMIN, language_code="en")


def sent(admin: Chat, name: str, content: bytes, size: int | None = None) -> Message:
    """A document, and what the bot says of it."""
    admin.send_document(name, content, size=size)
    return admin.wait_for_message()


def pressed(chat: Chat, message: Message, label: str) -> None:
    data = next(button["callback_data"] for button in message.buttons if button["text"] == label)
    chat.wait_for_answer(chat.press(message, data))


def becomes(api: FakeBotApi, message: Message, beginning: str) -> None:
    api.wait_until(lambda: message.text.startswith(beginning), timeout=60, what=beginning)


def json_lines(size: int) -> bytes:
    """So many bytes of articles, one a line."""
    lines: list[bytes] = []
    written = 0
    while written < size - 400:
        line = json.dumps(
            {"id": f"b{len(lines)}", "text": f"{BARNABY} {len(lines)}"}, ensure_ascii=False
        ).encode()
        lines.append(line)
        written += len(line) + 1
    return b"\n".join(lines)


def staged(data: Path) -> list[Path]:
    return [path for path in (data / "uploads" / ".staged").glob("*") if path.is_dir()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Barnaby.txt", f"Chuyện Barnaby\n\n{BARNABY}\n".encode()),
        ("Barnaby.docx", docx("Chuyện Barnaby", [BARNABY])),
        ("Barnaby.pdf", pdf([[BARNABY]])),
    ],
)
def test_a_document_is_shown_then_added_then_found(
    api: FakeBotApi, admin: Chat, data: Path, name: str, content: bytes
) -> None:
    preview = sent(admin, name, content)
    assert name in preview.text and "Barnaby" in "".join(quotes(preview))
    assert EN("document-passages", count=1) in preview.text
    assert not quotes(new_chat(api).ask(QUESTION)) or BARNABY not in quotes(new_chat(api).ask(QUESTION))[0]
    pressed(admin, preview, EN("button-add"))
    becomes(api, preview, "The collection is up to date: 6 articles")
    assert "31" not in BARNABY and "ba mươi mốt" in quotes(new_chat(api).ask(QUESTION))[0]
    assert (data / "uploads" / name).exists() and not staged(data)


def test_a_document_that_is_not_wanted_leaves_nothing(api: FakeBotApi, admin: Chat, data: Path) -> None:
    preview = sent(admin, "Barnaby.txt", BARNABY.encode())
    pressed(admin, preview, EN("button-discard"))
    becomes(api, preview, EN("document-discarded"))
    assert not staged(data) and not (data / "uploads" / "Barnaby.txt").exists()


def test_a_link_is_taken_up_like_a_file(api: FakeBotApi, admin: Chat, server: WebServer) -> None:
    url = server.serve("/barnaby.html", Reply(PAGE.encode(), type="text/html; charset=utf-8"))
    preview = admin.ask(url)
    assert "Barnaby" in preview.text
    pressed(admin, preview, EN("button-add"))
    becomes(api, preview, "The collection is up to date: 6 articles")
    assert "ba mươi mốt" in quotes(new_chat(api).ask(QUESTION))[0]


def test_a_link_to_nothing_is_refused_in_a_sentence(admin: Chat, server: WebServer, data: Path) -> None:
    said = admin.ask(server.url("/missing")).text
    assert said.startswith(f"{server.url('/missing')} cannot be added") and "404" in said
    assert not staged(data)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bomb.zip", bomb(["a.txt", "b.txt"]), "zip bomb"),
        ("program.exe", b"MZ\x00\x00", "program.exe"),
        ("empty.txt", b" \n", "empty.txt"),
        ("broken.pdf", b"%PDF-1.7 nothing", "broken.pdf"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_leaves_nothing(
    admin: Chat, data: Path, name: str, content: bytes, words: str
) -> None:
    said = sent(admin, name, content)
    assert words in said.text and not said.buttons
    assert not staged(data)


def test_a_file_that_telegram_does_not_hand_over_is_not_asked_for(api: FakeBotApi, admin: Chat) -> None:
    said = sent(admin, "large.txt", b"x", size=20 * 2**20 + 1)
    assert said.text == EN("document-large", name="large.txt", limit=20)
    assert not api.calls_of("getFile")


def test_a_file_of_twenty_megabytes_is_read(admin: Chat) -> None:
    admin.send_document("twenty.jsonl", json_lines(20 * 2**20))
    preview = admin.wait_for_message(timeout=120)
    assert "twenty.jsonl" in preview.text and EN("document-passages", count=1) in preview.text
    assert preview.buttons


def test_two_documents_that_are_added_at_once_are_both_taken_up(api: FakeBotApi, admin: Chat) -> None:
    first = sent(admin, "một.txt", BARNABY.encode())
    second = sent(admin, "hai.txt", BARNABY.replace("Barnaby", "Patrick").encode())
    pressed(admin, first, EN("button-add"))
    pressed(admin, second, EN("button-add"))
    assert QUESTION and quotes(new_chat(api).ask("Kim ngạch thương mại Việt - Nga?")) is not None

    def all_there() -> bool:
        return any("7 articles" in message.text for message in admin.messages)

    api.wait_until(all_there, timeout=60, what="a report of 7 articles")


def test_a_button_that_was_pressed_before_says_that_nothing_waits(api: FakeBotApi, admin: Chat) -> None:
    preview = sent(admin, "Barnaby.txt", BARNABY.encode())
    data = preview.buttons[0]["callback_data"]
    pressed(admin, preview, EN("button-discard"))
    becomes(api, preview, EN("document-discarded"))
    admin.wait_for_answer(admin.press(preview, data, stale=True))
    becomes(api, preview, EN("document-gone"))


def test_the_list_is_paged_newest_first_with_counts_per_source(
    api: FakeBotApi, admin: Chat, data: Path
) -> None:
    shown = admin.ask("/sources")
    assert shown.text.startswith(EN("sources-heading", count=5))
    ids = [path.name for path in SEEDS.glob("*.txt")]
    assert sorted(shown.entity_texts("code")) == sorted(ids)
    assert "vietnam.vnanet.vn" in shown.text or EN("sources-unknown") in shown.text
    assert not shown.buttons


def test_an_article_is_shown_with_its_whole_text_as_a_file(admin: Chat, api: FakeBotApi) -> None:
    article_id = sorted(path.name for path in SEEDS.glob("*.txt"))[0]
    shown = admin.ask(f"/show {article_id}")
    assert article_id in shown.text and shown.entity_texts("expandable_blockquote")
    (call,) = api.wait_until(lambda: api.calls_of("sendDocument"), what="file")
    assert shown.entity_texts("expandable_blockquote")[0][:200] in call.params["document"].content.decode()


def test_an_article_is_taken_out_after_asking_and_not_found_any_more(api: FakeBotApi, admin: Chat) -> None:
    article_id = sorted(path.name for path in SEEDS.glob("*.txt"))[0]
    question = admin.ask(f"/remove {article_id}")
    pressed(admin, question, EN("button-keep"))
    becomes(api, question, EN("remove-kept"))
    question = admin.ask(f"/remove {article_id}")
    pressed(admin, question, EN("button-remove"))
    becomes(api, question, "The collection is up to date: 4 articles")
    assert admin.ask(f"/show {article_id}").text == EN("article-unknown", id=article_id)


@pytest.mark.parametrize("command", ["/show", "/remove"])
def test_a_command_without_an_id_or_with_an_unknown_one_says_how(admin: Chat, command: str) -> None:
    assert admin.ask(command).text == EN("article-usage")
    assert admin.ask(f"{command} <b>x</b>").text == EN("article-unknown", id="<b>x</b>")


def test_reindexing_can_be_cancelled_and_begun_anew(api: FakeBotApi, admin: Chat) -> None:
    report = admin.ask("/reindex")
    becomes(api, report, "The collection is up to date")
    pressed(admin, report, EN("button-full"))
    again = admin.wait_for_message()
    becomes(api, again, "The collection is up to date")
    assert [button["text"] for button in again.buttons] == []
