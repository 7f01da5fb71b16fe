"""Every button under a reply, in the chat of the bot's own process; and those under replies of an earlier version."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bot_fixtures import fake_api, shared_bot, shared_data
from bot_process import TRADE, TRADE_ANSWER, UNANSWERABLE, BotProcess, new_chat, quotes, stands_in
from fake_bot_api import Chat, FakeBotApi, Message

from bot.texts import load_texts

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
VI = load_texts("vi")
BROAD = "Chuyến công tác của Tổng Bí thư Tô Lâm tới bốn nước kéo dài từ ngày nào đến ngày nào?"
CLEAR = "Kim ngạch thương mại hai chiều sáu tháng đầu năm tăng bao nhiêu phần trăm?"
CLEAR_ANSWER = "12,5%"
"""What has one clear answer, and further excerpts that wait."""

api = fake_api("module")
data = shared_data("seeds_data")
bot = shared_bot(BotProcess)


def rows(message: Message) -> list[list[str]]:
    """The labels of a message's buttons."""
    keyboard = (message.reply_markup or {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in keyboard]


def labels(message: Message) -> list[str]:
    return [label for row in rows(message) for label in row]


def data_of(message: Message, label: str) -> str:
    """The data of the first button whose label holds `label`."""
    return next(
        str(b["callback_data"]) for b in message.buttons if label in b["text"] and "callback_data" in b
    )


def press(chat: Chat, message: Message, label: str) -> str:
    """Presses the button and waits for its answer; what it says."""
    return str(chat.wait_for_answer(chat.press(message, data_of(message, label))).get("text", ""))


def changed_by(chat: Chat, message: Message, label: str) -> None:
    """Presses the button and waits until the message has changed."""
    edits = len(message.revisions)
    assert press(chat, message, label) == ""
    chat.wait_for_edit(message, after=edits)


def is_verbatim(message: Message) -> bool:
    return bool(quotes(message)) and all(stands_in(SEEDS, quote) for quote in quotes(message))


def waiting(count: int) -> str:
    return VI("button-waiting", count=count)


def is_waiting(label: str) -> bool:
    return any(label == waiting(count) for count in range(1, 15))


def test_a_clear_answer_is_one_short_excerpt_with_two_rows_of_buttons(api: FakeBotApi) -> None:
    reply = new_chat(api).ask(CLEAR)
    assert len(quotes(reply)) == 1 and is_verbatim(reply)
    assert CLEAR_ANSWER in reply.entity_texts("bold")[0] and len(reply.text) < 650
    paragraphs, others = rows(reply)
    assert paragraphs == [VI("button-before"), VI("button-after")]
    assert is_waiting(others[0]) and [label for label in others if label in "↗👍👎"] == ["↗", "👍", "👎"]


def test_what_waits_is_brought_by_one_press_and_nothing_of_it_is_trimmed(api: FakeBotApi) -> None:
    chat = new_chat(api)
    reply = chat.ask(CLEAR)
    before = quotes(reply)[0]
    changed_by(chat, reply, VI("button-waiting", count="")[:6])
    assert len(quotes(reply)) > 1 and is_verbatim(reply) and len(chat.messages) == 1
    assert before in quotes(reply)[0] and len(quotes(reply)[0]) > len(before)
    assert len(rows(reply)) == 2 and not any(map(is_waiting, labels(reply)))


@pytest.mark.parametrize(("label", "at"), [("button-before", 0), ("button-after", -1)])
def test_a_paragraph_button_brings_the_rest_of_what_was_trimmed_then_the_next(
    api: FakeBotApi, label: str, at: int
) -> None:
    chat = new_chat(api)
    reply = chat.ask(TRADE)
    shown = quotes(reply)[0]
    for _ in range(2):
        changed_by(chat, reply, VI(label))
        (wider,) = quotes(reply)
        assert is_verbatim(reply) and shown in wider and len(wider) > len(shown)
        assert (wider.startswith(shown[:40]) if at else wider.endswith(shown[-40:])) is True
        assert TRADE_ANSWER in reply.entity_texts("bold")[0]
        shown = wider
    assert "⋯" not in reply.text.split(shown[:20])[0] or label == "button-after"


def test_several_excerpts_have_buttons_of_their_own(api: FakeBotApi) -> None:
    chat = new_chat(api)
    reply = chat.ask(CLEAR)
    changed_by(chat, reply, waiting(1)[:4])
    second = quotes(reply)[1]
    label = next(label for label in rows(reply)[0] if label in ("◀ 2", "2 ▶"))
    changed_by(chat, reply, label)
    assert is_verbatim(reply) and any(second in quote and quote != second for quote in quotes(reply))


def test_pages_are_turned_and_their_number_does_nothing(api: FakeBotApi) -> None:
    chat = new_chat(api)
    reply = chat.ask(BROAD)
    if any(map(is_waiting, labels(reply))):
        changed_by(chat, reply, waiting(1)[:4])
    first, edits = reply.text, len(reply.revisions)
    number = next(label for label in labels(reply) if label.startswith("1/"))
    assert press(chat, reply, number) == ""
    assert len(reply.revisions) == edits
    changed_by(chat, reply, VI("button-more"))
    assert reply.text != first and "4. " in reply.text and is_verbatim(reply) and len(rows(reply)) == 2
    changed_by(chat, reply, VI("button-back"))
    assert reply.text == first


def test_further_buttons_come_and_go_without_a_change_of_the_text(api: FakeBotApi) -> None:
    chat = new_chat(api)
    chat.ask("Kim ngạch thương mại Việt - Nga năm 2024?")
    reply = chat.ask("Còn năm 2021?")
    text, usual = reply.text, rows(reply)
    changed_by(chat, reply, "⋯")
    assert VI("button-only-this") in labels(reply) and labels(reply)[-1 - len(quotes(reply))] == "‹"
    assert reply.text == text and len(rows(reply)) == 2
    changed_by(chat, reply, "‹")
    assert (reply.text, rows(reply)) == (text, usual)


def test_a_vote_is_thanked_for_marked_and_may_be_changed(api: FakeBotApi) -> None:
    chat = new_chat(api)
    reply = chat.ask(TRADE)
    assert press(chat, reply, "👍") == VI("vote-thanks")
    api.wait_until(lambda: "👍 ✓" in labels(reply), what="mark")
    assert press(chat, reply, "👎") == VI("vote-thanks-down")
    api.wait_until(lambda: "👎 ✓" in labels(reply) and "👍" in labels(reply), what="other mark")


def test_a_link_opens_all_that_was_found_not_the_trimmed_part_alone(api: FakeBotApi) -> None:
    chat = new_chat(api)
    reply = chat.ask(TRADE)
    url = next(str(button["url"]) for button in reply.buttons if button["text"] == "↗")
    payload = url.rpartition("start%3D")[2]
    (opened,) = quotes(chat.ask(f"/start {payload}"))
    assert quotes(reply)[0] in opened and stands_in(SEEDS, opened)


def test_in_a_group_there_are_paragraphs_links_and_votes(api: FakeBotApi) -> None:
    group, asker = api.group_chat(), api.user(71)
    group.send(f"/ask@trichdan_bot {TRADE}", sender=asker)
    reply = group.wait_for_message()
    assert rows(reply) == [[VI("button-before"), VI("button-after")], ["↗", "👍", "👎"]]
    edits = len(reply.revisions)
    group.wait_for_answer(group.press(reply, data_of(reply, VI("button-after")), sender=asker))
    group.wait_for_edit(reply, after=edits)
    assert rows(reply)[1] == ["↗", "👍", "👎"]


def test_a_refusal_offers_the_nearest_passages(api: FakeBotApi) -> None:
    chat = new_chat(api)
    refusal = chat.ask(UNANSWERABLE)
    assert rows(refusal) == [[VI("button-nearest"), VI("button-disputed")]]
    press(chat, refusal, VI("button-nearest"))
    nearest = chat.wait_for_message()
    assert nearest.text.startswith(VI("nearest-heading")) and is_verbatim(nearest)
    assert len(rows(nearest)) == 2


@pytest.fixture
def old_reply(api: FakeBotApi, data: Path) -> tuple[Chat, Message, str]:
    """A reply as the version before this one kept it, and the beginning and the id of its buttons' data."""
    chat = new_chat(api)
    reply = chat.ask(BROAD)
    answer_id = data_of(reply, "👍").split(":")[2]
    chat.wait_for_answer(chat.press(reply, f"1:h:{answer_id}:", stale=True))  # by then it is kept
    with closing(sqlite3.connect(data / "state.db", timeout=30)) as state, state:
        (written,) = state.execute("SELECT options FROM answers WHERE id = ?", [answer_id]).fetchone()
        options: dict[str, Any] = json.loads(written)
        del options["opened"]
        for window in options["windows"]:
            del window["opens"]
        state.execute("UPDATE answers SET options = ? WHERE id = ?", [json.dumps(options), answer_id])
    return chat, reply, answer_id


@pytest.mark.parametrize("pressed", ["w:{}:2+", "w:{}:3-", "p:{}:1", "v:{}:up"])
def test_buttons_under_replies_of_an_earlier_version_do_what_they_did(
    old_reply: tuple[Chat, Message, str], pressed: str
) -> None:
    """Those replies have all their results, whole and numbered."""
    chat, reply, answer_id = old_reply
    query = chat.press(reply, f"1:{pressed.format(answer_id)}", stale=True)
    said = str(chat.wait_for_answer(query).get("text", ""))
    if said in (VI("context-start"), VI("context-end"), VI("context-full")):
        return
    assert said in ("", VI("vote-thanks"))
    chat.wait_for_edit(reply)
    assert len(quotes(reply)) > 1 and is_verbatim(reply) and len(rows(reply)) == 2
    assert not any(map(is_waiting, labels(reply)))
    assert ("4. " in reply.text) is pressed.startswith("p")


def test_the_number_of_a_page_of_an_earlier_version_does_nothing(
    old_reply: tuple[Chat, Message, str],
) -> None:
    chat, reply, answer_id = old_reply
    assert not chat.wait_for_answer(chat.press(reply, f"1:h:{answer_id}:", stale=True)).get("text")
    assert len(reply.revisions) == 1
