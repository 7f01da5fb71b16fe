"""What admins take out comes back, articles are found by a part of their names, and what was done is listed."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from bot_fixtures import fake_api, shared_bot, words_seeds
from bot_process import ADMIN, quotes
from fake_bot_api import Chat, FakeBotApi, Message

from bot.texts import load_texts

EN, VI = load_texts("en"), load_texts("vi")
OTHER_ADMIN = 9002
TOLD = "Wombat {0} của vườn thú Ballarat sống đến năm 2017, thọ ba mươi mốt tuổi, là con già nhất."
QUESTION = "Wombat {0} của vườn thú Ballarat thọ bao nhiêu tuổi?"
SEED = "003_f9bb002ec3801c05.txt"
TITLE = "Khẳng định tình hữu nghị sâu sắc giữa Việt Nam và các nước bạn bè truyền thống"

api = fake_api("module", presses=True)
data = words_seeds("module")
bot = shared_bot(ADMIN_IDS=f"{ADMIN},{OTHER_ADMIN}", ACCESS="invited", ALLOWED_IDS="20001")


@pytest.fixture(scope="module")
def admin(api: FakeBotApi) -> Chat:
    return api.private_chat(ADMIN, language_code="en")


@pytest.fixture(scope="module")
def other(api: FakeBotApi) -> Chat:
    """A second admin, who reads Vietnamese."""
    return api.private_chat(OTHER_ADMIN, language_code="vi")


def press(chat: Chat, message: Message, label: str) -> None:
    data = next(button["callback_data"] for button in message.buttons if button["text"] == label)
    chat.wait_for_answer(chat.press(message, data))


def says(api: FakeBotApi, message: Message, words: str) -> None:
    api.wait_until(lambda: words in message.text, timeout=120, what=words)


def added(api: FakeBotApi, admin: Chat, name: str, content: bytes) -> Message:
    """The report, once a document is added."""
    admin.send_document(name, content)
    preview = admin.wait_for_message(timeout=90)
    press(admin, preview, EN("button-add"))
    says(api, preview, EN("change-add"))
    return preview


def shown(admin: Chat, named: str) -> str:
    """What /show says of a long article, whose text comes as a file as well."""
    said = admin.ask(f"/show {named}").text
    assert admin.wait_for_message().attachment
    return said


def answers(admin: Chat, name: str) -> bool:
    return any(name in quote for quote in quotes(admin.ask(QUESTION.format(name))))


def taken_out(api: FakeBotApi, admin: Chat, named: str) -> Message:
    question = admin.ask(f"/remove {named}")
    press(admin, question, EN("button-remove"))
    says(api, question, EN("change-remove"))
    return question


@pytest.fixture(scope="module")
def wombats(api: FakeBotApi, admin: Chat) -> Message:
    """The report on four articles of one file."""
    names = ("Kuma", "Tonka Hai", "Tonka Ba", "Winston")
    rows = [{"id": name, "title": f"Chuyện {name}", "text": TOLD.format(name)} for name in names]
    return added(api, admin, "wombats.jsonl", "\n".join(map(json.dumps, rows)).encode())


def test_the_report_names_what_was_added(wombats: Message) -> None:
    named = wombats.text[wombats.text.index(EN("change-add")) :].splitlines()
    assert named[1:] == [
        *("• Chuyện Kuma", "• Chuyện Tonka Hai", "• Chuyện Tonka Ba"),
        EN("document-more", count=1),
    ]


def test_what_could_not_be_added_is_told_with_the_reason_in_the_admins_language(
    api: FakeBotApi, other: Chat
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("tot.txt", f"Chuyện Monty\n\n{TOLD.format('Monty')}")
        file.writestr("hong.pdf", b"%PDF-1.7 nothing")
    other.send_document("hai.zip", packed.getvalue())
    preview = other.wait_for_message(timeout=90)
    assert "tệp PDF bị hỏng" in preview.text
    press(other, preview, VI("button-add"))
    says(api, preview, VI("change-add"))
    assert "• Chuyện Monty" in preview.text
    failed = preview.text.split(VI("reindex-report-failed", count=1))[1]
    assert "hong.pdf: tệp PDF bị hỏng" in failed


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("junk.pdf", b"%PDF-1.7 nothing", "tệp PDF bị hỏng, hoặc không phải PDF; hãy tải về hoặc xuất lại"),
        ("trong.txt", b" \n", "tệp trống"),
        ("chay.exe", b"MZ", "không đọc được loại tệp này; tên tệp phải kết thúc bằng"),
    ],
    ids=["damaged", "empty", "program"],
)
def test_a_refusal_says_why_in_the_admins_language(
    other: Chat, name: str, content: bytes, reason: str
) -> None:
    other.send_document(name, content)
    said = other.wait_for_message(timeout=90, predicate=lambda m: name in m.text)
    assert f"Không thể thêm {name}: {reason}" in said.text


def test_an_upload_that_was_taken_out_comes_back_by_undo_and_the_log_tells_who_did_what(
    api: FakeBotApi, admin: Chat, other: Chat, data: Path
) -> None:
    added(api, admin, "Patrick.txt", f"Chuyện Patrick\n\n{TOLD.format('Patrick')}".encode())
    assert answers(admin, "Patrick")
    report = taken_out(api, admin, "chuyen patrick")
    assert "• Chuyện Patrick" in report.text
    assert not (data / "uploads" / "Patrick.txt").exists() and not answers(admin, "Patrick")
    press(admin, report, EN("button-undo"))
    says(api, report, EN("change-return"))
    assert (data / "uploads" / "Patrick.txt").exists() and answers(admin, "Patrick")
    says(api, admin.ask("/reindex"), "up to date")
    admin.ask("/invite Minh")
    entries = other.ask("/log").text.split("\n\n")[1:]
    assert [entry.splitlines()[1] for entry in entries[:5]] == [
        f"{VI('log-invited')}: Minh",
        VI("log-reindexed"),
        f"{VI('log-returned')}: Chuyện Patrick",
        f"{VI('log-removed')}: Chuyện Patrick",
        f"{VI('log-added')}: Chuyện Patrick",
    ]
    facts = entries[0].splitlines()[0]
    assert " UTC · " in facts and VI("log-forgotten") not in facts
    assert admin.ask("/log").text.startswith(EN("log-heading"))
    assert api.private_chat(20_001, language_code="en").ask("/log").text == EN("admin-only")


def test_an_article_of_another_source_comes_back_from_the_list_of_what_was_taken_out(
    api: FakeBotApi, admin: Chat
) -> None:
    taken_out(api, admin, SEED)
    assert admin.ask(f"/show {SEED}").text == EN("article-unknown", id=SEED)
    listed = admin.ask("/remove")
    (line,) = [line for line in listed.text.splitlines() if TITLE in line]
    press(admin, listed, f"↩ {line.split('.')[0]}")
    says(api, listed, EN("change-return"))
    assert shown(admin, SEED).startswith(TITLE)
    assert TITLE not in admin.ask("/remove").text


def test_what_came_back_before_is_said_to_be_there(api: FakeBotApi, admin: Chat) -> None:
    message = admin.ask("/remove")
    admin.wait_for_answer(admin.press(message, "a:return:AAAAAAAAAAA", stale=True))
    assert admin.wait_for_message().text == EN("return-gone")


def test_an_article_is_shown_by_any_part_of_its_title_or_id(admin: Chat, wombats: Message) -> None:
    assert "Chuyện Kuma" in admin.ask("/show kuma").text
    assert SEED in shown(admin, SEED[:8]) and SEED in shown(admin, "KHANG DINH TINH huu nghi")


def test_several_articles_of_that_part_are_buttons(admin: Chat, wombats: Message) -> None:
    offered = admin.ask("/show tonka")
    assert offered.text == EN("article-several")
    label = next(button["text"] for button in offered.buttons if "Tonka Ba" in button["text"])
    press(admin, offered, label)
    assert "Chuyện Tonka Ba" in admin.wait_for_message().text
    offered = admin.ask("/remove tonka")
    press(admin, offered, label)
    assert EN("remove-question") in admin.wait_for_message().text


def test_each_article_of_the_list_has_its_buttons(api: FakeBotApi, admin: Chat) -> None:
    listed = admin.ask("/sources")
    entries = listed.text.split("\n\n")
    number = next(entry.split(".")[0] for entry in entries if SEED in entry)
    press(admin, listed, f"📄 {number}")
    assert SEED in admin.wait_for_message().entity_texts("code")
    press(admin, listed, f"🗑 {number}")
    question = admin.wait_for_message(predicate=lambda m: EN("remove-question") in m.text)
    press(admin, question, EN("button-keep"))
    says(api, question, EN("remove-kept"))
