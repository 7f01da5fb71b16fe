"""Who is answered where access is restricted, and how invites change it; over the real bot process."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from bot_fixtures import fake_api, rare_collection, shared_admin, shared_bot, shared_data
from bot_process import BotProcess, new_chat, quotes
from crowd import Collection
from fake_bot_api import Chat, FakeBotApi, Message, User
from fake_bot_groups import migrate
from fake_bot_media import forward
from fake_bot_objects import revision
from fake_bot_text import Formatted
from rare_words import Rare
from test_bot_invites import is_answered, links

from bot.texts import load_texts

EN, VI = load_texts("en"), load_texts("vi")
ALLOWED, ALLOWED_GROUP, MIGRATING_GROUP = 31_001, -1_001_000_003_100, -1_001_000_003_101
_groups = itertools.count(-1_001_000_003_900)

api = fake_api("module", presses=True)
collection = rare_collection(5)
data = shared_data()
admin = shared_admin()
running = shared_bot(
    name="running", ACCESS="invited", ALLOWED_IDS=f"{ALLOWED}, {ALLOWED_GROUP}, {MIGRATING_GROUP}"
)


@pytest.fixture
def bot(api: FakeBotApi, running: BotProcess) -> Iterator[BotProcess]:
    """One bot for all but two tests; after each, Telegram would have taken all that it sent."""
    running.begin_test()
    yield running
    assert "Traceback" not in running.output
    assert api.violations == [] and api.unanswered_callbacks == []


@pytest.fixture(scope="module")
def allowed(api: FakeBotApi) -> Chat:
    return api.private_chat(ALLOWED)


@pytest.fixture
def group(api: FakeBotApi) -> Chat:
    return api.group_chat(next(_groups))


@pytest.fixture
def rare(collection: Collection) -> Rare:
    return collection[1][0]


def test_strangers_are_turned_away_wherever_they_come_in(
    api: FakeBotApi, bot: BotProcess, group: Chat, rare: Rare
) -> None:
    stranger = new_chat(api)
    for words in (rare.question, "/start"):
        assert stranger.ask(words).text == VI("access-denied")
    group.send(f"/ask {rare.question}", sender=User(9, "Ai", "en"))
    assert group.wait_for_message().text == EN("access-denied")
    assert api.wait_for_inline_answer(api.inline_query(rare.question)).results == []


@pytest.mark.parametrize(
    "words",
    [
        "/help",
        "/about",
        "/forgetmeplease",
        "/start@another_bot iabc",
        "/start x",
        "/ask x",
        "/starti",
        "/reindex",
    ],
)
def test_no_command_leads_past_the_door(api: FakeBotApi, bot: BotProcess, words: str) -> None:
    assert new_chat(api).ask(words).text == VI("access-denied")


@pytest.mark.parametrize("first", ["/forgetme", "/start", "/start@trichdan_bot"])
@pytest.mark.parametrize("rest", ["", " i"])
def test_what_only_looks_like_a_command_leads_past_no_door(
    api: FakeBotApi, bot: BotProcess, group: Chat, rare: Rare, first: str, rest: str
) -> None:
    """Written as code, it has no mark of a command."""
    text, before = f"{first}{rest} {rare.question}", len(api.deliveries)
    for chat in (new_chat(api), group):
        message = chat.compose(text, User(chat.id if chat.id > 0 else 17, "Ai", "vi"))
        code = [{"type": "code", "offset": 0, "length": len(first)}]
        message.revisions = [revision(Formatted(text, None, text, code))]
        chat.post(message)
    new_chat(api).ask("/help")  # what came before is answered by now
    assert not [delivery for delivery in api.deliveries[before:] if delivery.quotes]


def test_a_forwarded_wish_to_be_forgotten_opens_nothing(api: FakeBotApi, bot: BotProcess) -> None:
    stranger = new_chat(api)
    forward(stranger, "/forgetme", origin="user")
    assert stranger.wait_for_message().text == VI("access-denied")


def test_an_admin_may_forward_and_post_what_they_like(api: FakeBotApi, admin: Chat, rare: Rare) -> None:
    forward(admin, rare.question)
    assert admin.wait_for_message().text != EN("access-denied")


def test_whoever_has_access_uses_up_no_invite(api: FakeBotApi, admin: Chat, allowed: Chat) -> None:
    invite = admin.ask("/invite")
    for chat in (admin, allowed):
        chat.ask(f"/start {links(invite)[0]}")
    guest = new_chat(api)
    assert guest.ask(f"/start {links(invite)[0]}").text.startswith("Xin chào")


def test_invites_cannot_be_tried_for_ever(api: FakeBotApi, bot: BotProcess) -> None:
    stranger = new_chat(api)
    for number in range(20):
        stranger.send(f"/start i{number}")
    api.wait_until_acknowledged()
    stranger.wait_for_message()
    assert len(stranger.messages) <= 3


def test_a_group_of_the_settings_keeps_its_access_under_its_new_id(
    api: FakeBotApi, bot: BotProcess, rare: Rare
) -> None:
    old = api.group_chat(MIGRATING_GROUP)
    old.send(f"/ask {rare.question}", sender=User(10, "Ai", "en"))
    old.wait_for_message()
    new = migrate(api, old, -1_001_000_003_199)
    new.send(f"/ask {rare.question}", sender=User(10, "Ai", "en"))
    assert rare.word in quotes(new.wait_for_message())[0]


def test_a_stranger_who_goes_on_is_not_told_again_and_again(
    api: FakeBotApi, bot: BotProcess, rare: Rare
) -> None:
    stranger = new_chat(api)
    for _ in range(20):
        stranger.send(rare.question)
    api.wait_until_acknowledged()
    stranger.wait_for_message()
    assert len(stranger.messages) <= 3


def test_admins_and_those_whom_the_settings_name_are_answered(
    api: FakeBotApi, admin: Chat, allowed: Chat, rare: Rare
) -> None:
    assert is_answered(admin, rare)
    assert is_answered(allowed, rare)
    group = api.group_chat(ALLOWED_GROUP)
    group.send(f"/ask {rare.question}", sender=User(10, "Ai", "en"))
    assert rare.word in quotes(group.wait_for_message())[0]
    guest = User(ALLOWED, "An", "vi")
    assert api.wait_for_inline_answer(api.inline_query(rare.question, sender=guest)).results


def test_an_invite_for_a_group_lets_in_everybody_there(admin: Chat, group: Chat, rare: Rare) -> None:
    invite = admin.ask("/invite")
    group.send(f"/start@trichdan_bot {links(invite)[1]}", sender=User(11, "Ai", "en"))
    assert group.wait_for_message().text.startswith("Hello")
    group.send(f"/ask {rare.question}", sender=User(12, "Ba", "en"))
    assert rare.word in quotes(group.wait_for_message())[0]


def test_a_withdrawn_invite_opens_nothing(api: FakeBotApi, admin: Chat) -> None:
    invite = admin.ask("/invite")
    admin.wait_for_answer(admin.press(invite, invite.buttons[0]["callback_data"]))
    api.wait_until(lambda: invite.text == EN("invite-withdrawn"), what="withdrawal")
    assert not invite.buttons
    assert new_chat(api).ask(f"/start {links_of(invite)}").text == VI("invite-invalid")


def links_of(invite: Message) -> str:
    """The payload in the invite as it was first sent."""
    return invite.revisions[0].content.text.partition("?start=")[2].split()[0]


def test_whoever_has_no_access_may_still_be_forgotten(api: FakeBotApi, bot: BotProcess) -> None:
    assert new_chat(api).ask("/forgetme").text == VI("forgotten", count=0)


def test_a_button_under_an_answer_is_not_for_strangers(bot: BotProcess, group: Chat, rare: Rare) -> None:
    group.send(f"/ask {rare.question}", sender=User(ALLOWED, "An", "en"))
    reply = group.wait_for_message()
    data = next(button["callback_data"] for button in reply.buttons if button["text"] == "👍")
    press = group.press(reply, data, sender=User(13, "Ai", "en"))
    assert group.wait_for_answer(press)["text"] == EN("access-denied")


def test_a_long_name_for_a_guest_is_cut(admin: Chat) -> None:
    invite = admin.ask("/invite " + "x" * 3000)
    assert 0 < invite.text.count("x") < 200 and len(links(invite)) == 2
