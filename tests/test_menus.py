"""What Telegram shows of the bot before anybody writes, against the strict stand-in for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_bot_client import Client, connected

from bot.conversation.replies.buttons import Verb
from bot.on_telegram.commands import ADMIN_BUTTONS, ADMIN_MENU, MENU
from bot.on_telegram.menus import Menus
from bot.texts import LANGUAGES, load_texts

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
NOBODY: frozenset[int] = frozenset()


@pytest.fixture
def client() -> Iterator[Client]:
    with connected() as client:
        yield client
        assert client.api.violations == []


def set_up(client: Client, admins: frozenset[int] = NOBODY) -> None:
    client.runner.run(Menus().set_profile(client.bot, admins))


def changes(client: Client) -> int:
    return sum(len(client.api.calls_of(name)) for name in SETTERS)


def commands(client: Client, language: str | None, chat: int | None = None) -> dict[str, str]:
    scope = {"type": "chat", "chat_id": chat} if chat else None
    found = client.call("get_my_commands", language_code=language, scope=scope)
    return {entry.command: entry.description for entry in found}


@pytest.mark.parametrize("language", [*LANGUAGES, None])
def test_menu_and_descriptions_are_set_in_every_language_and_in_english_for_all_others(
    client: Client, language: str | None
) -> None:
    set_up(client)
    texts = load_texts(language)
    assert commands(client, language) == {name: texts(f"command-{name}") for name in MENU}
    profile = client.api.world.profile
    assert profile["description", language or ""] == texts("description")
    assert profile["short_description", language or ""] == texts("description-short")


def test_what_is_set_already_is_not_set_again(client: Client) -> None:
    set_up(client)
    assert changes(client) == 12
    set_up(client)
    assert changes(client) == 12
    client.call("set_my_description", description="Something else", language_code="ru")
    set_up(client)
    assert changes(client) == 14
    assert client.api.world.profile["description", "ru"] == load_texts("ru")("description")


def test_an_admin_who_has_opened_the_bot_gets_the_admins_commands(client: Client) -> None:
    set_up(client, frozenset({client.chat.id}))
    assert set(commands(client, "vi", client.chat.id)) == set(ADMIN_MENU)
    assert "reindex" not in commands(client, "vi")


def test_the_menu_of_an_admin_who_has_not_yet_opened_the_bot_can_wait(client: Client) -> None:
    set_up(client, frozenset({404}))
    assert commands(client, "en") and changes(client) == 12
    newcomer = client.api.private_chat(404)
    newcomer.send("/start")
    client.runner.run(Menus().set_admin_menu(client.bot, newcomer.id))
    assert set(commands(client, "en", newcomer.id)) == set(ADMIN_MENU)


@pytest.mark.parametrize("method", ["getMyCommands", "getMyDescription", "setMyShortDescription"])
def test_a_server_that_refuses_one_thing_still_gets_the_others(client: Client, method: str) -> None:
    client.api.fail_next(method, "bad_request", times=9)
    set_up(client)
    assert changes(client) in (8, 9)  # a refused setter was called once


def test_every_button_of_admins_has_one_row_that_says_who_answers_it() -> None:
    rows = sorted(button.verb for button in ADMIN_BUTTONS)
    assert rows == sorted(verb for verb in Verb if verb.for_admins)
