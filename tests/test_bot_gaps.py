"""Questions without an answer, over the real bot process: one count of them everywhere, and how an admin fills one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bot_fixtures import fake_api, shared_admin, shared_bot, words_seeds
from bot_process import TRADE, UNANSWERABLE, new_chat, quotes
from fake_bot_api import Chat, FakeBotApi, Message

from bot.texts import Texts, load_texts

EN, VI, RU = map(load_texts, ("en", "vi", "ru"))
PAGES = "Zibaldone của Leopardi có bao nhiêu trang?"

api = fake_api("module", presses=True)
admin = shared_admin()
data = words_seeds("module")
bot = shared_bot()


def press(chat: Chat, message: Message, label: str) -> None:
    data = next(button["callback_data"] for button in message.buttons if button["text"] == label)
    chat.wait_for_answer(chat.press(message, data))


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall("[0-9]+", text)]


def test_the_digest_the_gaps_and_the_figures_count_the_same(api: FakeBotApi, admin: Chat) -> None:
    for question in (TRADE, UNANSWERABLE, UNANSWERABLE, "cong thuc nau pho bo ngon nhat la gi", PAGES):
        new_chat(api).ask(question)
    chat = new_chat(api)
    chat.ask(TRADE)
    chat.ask("Còn Argentina thì sao?")
    digest = admin.ask("/digest").text
    page = admin.ask("/gaps").text
    figures = admin.ask("/stats", timeout=60).text
    asked, answered = numbers(digest.splitlines()[1])[:2]
    line = next(line for line in digest.splitlines() if "/gaps" in line)
    in_vain, things = numbers(line)
    assert asked == 7 and in_vain == asked - answered >= 4
    assert numbers(page.splitlines()[0]) == [90, in_vain, things]
    assert line in figures and numbers(figures.splitlines()[1])[:2] == [asked, answered]
    assert len(re.findall(r"(?m)^[0-9]+\. ", page)) == things


@pytest.mark.parametrize("texts", [VI, EN, RU], ids=["vi", "en", "ru"])
def test_who_says_that_the_articles_answer_leads_to_the_gaps(
    api: FakeBotApi, admin: Chat, texts: Texts
) -> None:
    chat = new_chat(api, texts.language)
    question = f"Wombat Barnaby ở Ballarat sống bao nhiêu năm ({texts.language})?"
    refusal = chat.ask(question)
    assert not quotes(refusal)
    press(chat, refusal, texts("button-disputed"))
    api.wait_until(lambda: any(b["text"] == "👎 ✓" for b in refusal.buttons), what="the vote is marked")
    shown = admin.ask("/gaps").text
    entry = shown[shown.index(question) :]
    assert EN("gaps-disputed", count=1) in entry.split("\n\n")[0]
    assert question not in admin.ask("/feedback").text


def test_a_follow_up_without_an_answer_is_listed_with_what_was_searched(api: FakeBotApi, admin: Chat) -> None:
    chat = new_chat(api)
    chat.ask(TRADE)
    reply = chat.ask("Còn Brazil thì sao?")
    assert not quotes(reply)
    searched = reply.text.splitlines()[0].split("“")[1].rstrip("”")
    assert "Brazil" in searched and searched != "Còn Brazil thì sao?"
    entry = f"Còn Brazil thì sao?\n{EN('searched', question=searched)}"
    api.wait_until(lambda: entry in admin.ask("/gaps").text, what="the follow-up, kept after it was answered")


def test_a_gap_is_filled_by_the_next_document_and_its_question_asked_again(
    api: FakeBotApi, admin: Chat, data: Path
) -> None:
    new_chat(api).ask(PAGES)
    page = admin.ask("/gaps")
    number = next(
        line.split(".")[0] for line in page.text.splitlines() if line.endswith(PAGES) and line[0].isdigit()
    )
    press(admin, page, f"➕ {number}")
    assert admin.wait_for_message().text == EN("gaps-send", question=PAGES)
    told = "Nhật ký Zibaldone của Leopardi có 4526 trang viết tay, nhiều trang hơn mọi sổ tay khác."
    admin.send_document("zibaldone.txt", f"Chuyện về Zibaldone của Leopardi\n\n{told}".encode())
    preview = admin.wait_for_message(timeout=90)
    assert EN("document-wanted", question=PAGES) in preview.text and not preview.buttons
    again = admin.wait_for_message(timeout=120)
    assert again.text == EN("gaps-asked-again", question=PAGES)
    assert "4526 trang" in "".join(quotes(admin.wait_for_message(timeout=90)))
    assert EN("change-add") in preview.text and (data / "uploads" / "zibaldone.txt").exists()
    # The next document is for nothing in particular: it is asked about.
    admin.send_document("other.txt", "Một bài khác hẳn, không liên quan gì đến nhật ký.".encode())
    assert admin.wait_for_message(timeout=90).buttons
    assert f"✓ {PAGES}" in admin.ask("/gaps").text


def test_a_gap_that_is_gone_is_said_to_be(api: FakeBotApi, admin: Chat) -> None:
    page = admin.ask("/gaps")
    admin.wait_for_answer(admin.press(page, "a:fill:0123456789abcdef", stale=True))
    assert admin.wait_for_message().text == EN("gaps-gone")
