"""An invite lets in one person or one group, where access is restricted; over bots that are started for one test."""

from __future__ import annotations

from pathlib import Path

from bot_fixtures import fake_api, rare_collection
from bot_process import ADMIN, BotProcess, fast_bot, new_chat, quotes
from crowd import Collection
from fake_bot_api import Chat, FakeBotApi, Message
from rare_words import Rare

from bot.texts import load_texts

EN, VI = load_texts("en"), load_texts("vi")

api = fake_api(presses=True)
collection = rare_collection(5)


def restricted(api: FakeBotApi, data: Path) -> BotProcess:
    return fast_bot(api, data, ACCESS="invited")


def links(message: Message) -> list[str]:
    """What follows `start=` and `startgroup=` in an invite."""
    return [code.partition("=")[2] for code in message.entity_texts("code")]


def is_answered(chat: Chat, rare: Rare) -> bool:
    return any(rare.word in quote for quote in quotes(chat.ask(rare.question)))


def test_an_invite_lets_in_one_person_for_good(api: FakeBotApi, data: Path, collection: Collection) -> None:
    rare, guest, second = collection[1][0], new_chat(api), new_chat(api)
    with restricted(api, data):
        admin = api.private_chat(ADMIN, language_code="en")
        invite = admin.ask("/invite Lan <desk>", timeout=30)
        assert "Lan <desk>" in invite.text and invite.entity_texts("code")[0].startswith(
            "https://t.me/trichdan_bot?start="
        )
        assert guest.ask(f"/start {links(invite)[0]}").text.startswith("Xin chào")
        assert is_answered(guest, rare)
        assert second.ask(f"/start {links(invite)[0]}").text == VI("invite-invalid")
        assert second.ask(f"/start {links(invite)[1]}").text == VI("invite-invalid")
    with restricted(api, data):  # after a restart
        assert is_answered(guest, rare)
        assert second.ask(rare.question).text == VI("access-denied")
        listed = admin.ask("/guests")
        assert "Lan <desk>" in listed.text and str(guest.id) not in listed.text
        (end,) = listed.buttons
        admin.wait_for_answer(admin.press(listed, end["callback_data"]))
        assert guest.ask(rare.question).text == VI("access-denied")


def test_an_open_bot_needs_no_invites(api: FakeBotApi, data: Path) -> None:
    with fast_bot(api, data):
        admin = api.private_chat(ADMIN, language_code="en")
        assert admin.ask("/invite Lan", timeout=30).text == EN("invite-open")
