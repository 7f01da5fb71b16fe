"""Documents in an admin's chat: sent, looked at, added or not, listed, shown, taken out; questions go on meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_fixtures import fake_api, words_seeds
from bot_process import ADMIN, SEEDS, fast_bot, new_chat, quotes
from document_files import docx, pdf
from fake_bot_api import Chat, FakeBotApi, Message
from test_archives import bomb
from web_server import Reply, WebServer

from bot.texts import load_texts

EN = load_texts("en")
BARNABY = "Wombat {} của vườn thú Ballarat sống đến năm 2017, thọ ba mươi mốt tuổi, là con già nhất."
QUESTION = "Wombat {} của vườn thú Ballarat thọ bao nhiêu tuổi?"


api = fake_api("module", presses=True)
data = words_seeds("module")


@pytest.fixture(scope="module")
def admin(api: FakeBotApi, data: Path) -> Iterator[Chat]:
    """One bot for this file: its collection grows and shrinks from test to test."""
    with fast_bot(api, data, WEB_PRIVATE="true", WEB_DELAY="0") as process:
        process.wait_for_line("Ready")
        yield api.private_chat(ADMIN, language_code="en")
    assert "Traceback" not in process.output


def articles(admin: Chat) -> int:
    """How many there are."""
    return int(admin.ask("/sources").text.split()[0])


def answer(api: FakeBotApi, name: str) -> str:
    """The first excerpt on the age of the wombat of that name; nothing when there is none."""
    reply = new_chat(api).ask(QUESTION.format(name))
    return next((quote for quote in quotes(reply) if name in quote), "")


def sent(admin: Chat, name: str, content: bytes, size: int | None = None) -> Message:
    """A document, and what the bot says of it."""
    return reply_to(admin, admin.send_document(name, content, size=size))


def reply_to(admin: Chat, message: Message, timeout: float = 20) -> Message:
    return admin.wait_for_message(timeout=timeout, predicate=lambda m: m.message_id > message.message_id)


def pressed(chat: Chat, message: Message, label: str) -> None:
    data = next(button["callback_data"] for button in message.buttons if button["text"] == label)
    chat.wait_for_answer(chat.press(message, data))


def becomes(api: FakeBotApi, message: Message, beginning: str) -> None:
    api.wait_until(lambda: message.text.startswith(beginning), timeout=60, what=beginning)


def json_lines(size: int) -> bytes:
    """So many bytes of articles, one a line: a short one, and long ones."""
    lines: list[bytes] = []
    written = 0
    while written < size - 20_000:
        text = "\n".join([f"{BARNABY} {len(lines)}"] * (100 if lines else 1))
        line = json.dumps({"id": f"b{len(lines)}", "text": text}, ensure_ascii=False).encode()
        lines.append(line)
        written += len(line) + 1
    return b"\n".join(lines)


def staged(data: Path) -> list[Path]:
    return [path for path in (data / "uploads" / ".staged").glob("*") if path.is_dir()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Barnaby.txt", f"Chuyện Barnaby\n\n{BARNABY.format('Barnaby')}\n".encode()),
        ("Patrick.docx", docx("Chuyện Patrick", [BARNABY.format("Patrick")])),
        ("Winnie.pdf", pdf([[BARNABY.format("Winnie")]])),
    ],
    ids=["txt", "docx", "pdf"],
)
def test_a_document_is_shown_then_added_then_found(
    api: FakeBotApi, admin: Chat, data: Path, name: str, content: bytes
) -> None:
    wombat, count = Path(name).stem, articles(admin)
    preview = sent(admin, name, content)
    assert name in preview.text and wombat in "".join(quotes(preview))
    assert EN("document-passages", count=1) in preview.text
    assert not answer(api, wombat)
    pressed(admin, preview, EN("button-add"))
    becomes(api, preview, f"The collection is up to date: {count + 1} articles")
    assert "ba mươi mốt" in answer(api, wombat)
    assert (data / "uploads" / name).exists() and not staged(data)


def test_a_document_that_is_not_wanted_leaves_nothing(api: FakeBotApi, admin: Chat, data: Path) -> None:
    preview = sent(admin, "Kuma.txt", BARNABY.format("Kuma").encode())
    pressed(admin, preview, EN("button-discard"))
    becomes(api, preview, EN("document-discarded"))
    assert not staged(data) and not (data / "uploads" / "Kuma.txt").exists()


def test_a_file_that_an_admin_forwards_is_looked_at_too(api: FakeBotApi, admin: Chat) -> None:
    message = admin.compose("")
    message.attachment = admin.store("document", "Tonka.txt", BARNABY.format("Tonka").encode(), "text/plain")
    message.extra = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Bình"}}
    preview = reply_to(admin, admin.post(message))
    assert "Tonka" in preview.text
    pressed(admin, preview, EN("button-discard"))
    becomes(api, preview, EN("document-discarded"))


def test_a_link_is_taken_up_like_a_file(api: FakeBotApi, admin: Chat, server: WebServer) -> None:
    told = BARNABY.format("Wendy")
    page = f"<html><head><title>Wendy</title></head><body><article><p>{told}</p><p>{told[::-1]}</p></article>"
    url = server.serve("/wendy.html", Reply(page.encode(), type="text/html; charset=utf-8"))
    preview = admin.ask(url)
    assert "Wendy" in preview.text
    pressed(admin, preview, EN("button-add"))
    becomes(api, preview, "The collection is up to date")
    assert "ba mươi mốt" in answer(api, "Wendy")


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
    ids=["bomb", "program", "empty", "broken"],
)
def test_what_cannot_be_read_is_refused_by_name_and_leaves_nothing(
    admin: Chat, data: Path, name: str, content: bytes, words: str
) -> None:
    said = sent(admin, name, content)
    assert words in said.text and not said.buttons
    assert not staged(data)


def test_a_file_that_telegram_does_not_hand_over_is_not_asked_for(api: FakeBotApi, admin: Chat) -> None:
    before = len(api.calls_of("getFile"))
    said = sent(admin, "large.txt", b"x", size=20 * 2**20 + 1)
    assert said.text == EN("document-large", name="large.txt", limit=20)
    assert len(api.calls_of("getFile")) == before


def test_a_file_of_twenty_megabytes_is_read(admin: Chat) -> None:
    preview = reply_to(admin, admin.send_document("twenty.jsonl", json_lines(20 * 2**20)), timeout=120)
    assert "twenty.jsonl" in preview.text and EN("document-passages", count=1) in preview.text
    assert preview.buttons


def test_two_documents_that_are_added_at_once_are_both_taken_up(api: FakeBotApi, admin: Chat) -> None:
    count = articles(admin)
    first, second = (sent(admin, f"{name}.txt", BARNABY.format(name).encode()) for name in ("Hai", "Ba"))
    pressed(admin, first, EN("button-add"))
    pressed(admin, second, EN("button-add"))

    def all_there() -> bool:
        return any(f"{count + 2} articles" in message.text for message in admin.messages)

    api.wait_until(all_there, timeout=60, what=f"a report of {count + 2} articles")
    assert answer(api, "Hai") and answer(api, "Ba")


def test_a_button_that_was_pressed_before_says_that_nothing_waits(api: FakeBotApi, admin: Chat) -> None:
    preview = sent(admin, "Sam.txt", BARNABY.encode())
    data = preview.buttons[0]["callback_data"]
    pressed(admin, preview, EN("button-discard"))
    becomes(api, preview, EN("document-discarded"))
    admin.wait_for_answer(admin.press(preview, data, stale=True))
    becomes(api, preview, EN("document-gone"))


def test_the_list_shows_every_article_page_by_page_with_counts_per_source(
    api: FakeBotApi, admin: Chat
) -> None:
    shown = admin.ask("/sources")
    count = int(shown.text.split()[0])
    assert count > 10 and EN("sources-unknown") in shown.text
    ids = set(shown.entity_texts("code"))
    pressed(admin, shown, EN("button-more"))
    becomes(api, shown, EN("sources-heading", count=count))
    api.wait_until(lambda: set(shown.entity_texts("code")) - ids, what="second page")
    ids |= set(shown.entity_texts("code"))
    assert len(ids) == count and {path.name for path in SEEDS.glob("*.txt")} <= ids


def test_an_article_is_shown_with_its_whole_text_as_a_file(admin: Chat, api: FakeBotApi) -> None:
    article_id = sorted(path.name for path in SEEDS.glob("*.txt"))[0]
    shown = admin.ask(f"/show {article_id}")
    assert article_id in shown.text and shown.entity_texts("expandable_blockquote")
    file = reply_to(admin, shown).attachment
    assert file is not None
    assert shown.entity_texts("expandable_blockquote")[0][:200] in file.content.decode()


def test_an_article_is_taken_out_after_asking_and_not_found_any_more(api: FakeBotApi, admin: Chat) -> None:
    article_id = sorted(path.name for path in SEEDS.glob("*.txt"))[0]
    question = admin.ask(f"/remove {article_id}")
    pressed(admin, question, EN("button-keep"))
    becomes(api, question, EN("remove-kept"))
    count = articles(admin)
    question = admin.ask(f"/remove {article_id}")
    pressed(admin, question, EN("button-remove"))
    becomes(api, question, f"The collection is up to date: {count - 1} articles")
    assert admin.ask(f"/show {article_id}").text == EN("article-unknown", id=article_id)


@pytest.mark.parametrize(
    ("command", "usage"), [("/show", EN("article-usage")), ("/remove", EN("remove-usage"))]
)
def test_a_command_without_an_id_or_with_an_unknown_one_says_how(
    admin: Chat, command: str, usage: str
) -> None:
    assert admin.ask(command).text.startswith(usage)
    assert admin.ask(f"{command} <b>x</b>").text == EN("article-unknown", id="<b>x</b>")


def test_reindexing_can_be_cancelled_and_begun_anew(api: FakeBotApi, admin: Chat) -> None:
    report = admin.ask("/reindex")
    becomes(api, report, "The collection is up to date")
    pressed(admin, report, EN("button-full"))
    again = reply_to(admin, report)
    becomes(api, again, "The collection is up to date")
    assert [button["text"] for button in again.buttons] == []
