"""/language, /new and /forgetme against a real state and the strict stand-in for Telegram."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_bot_api import Message
from fake_bot_client import Client, connected
from telegram import Update, User

from bot.conversation.replies.buttons import Verb, decode
from bot.on_telegram.people.admins import Admins
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.people.personal import Personal
from bot.on_telegram.requests import Requests
from bot.on_telegram.updates.turns import Turns
from bot.state.conversations import Talk
from bot.state.db.errors import StateError
from bot.state.state import State
from bot.texts import LANGUAGES, load_texts

HOUR = timedelta(hours=1)


class Table:
    """One person at a table with the bot: what they do is handed to `Personal` as Telegram would deliver it."""

    def __init__(self, client: Client, where: Path) -> None:
        self.client = client
        client.call("initialize")
        self.state: State = self.run(State.open(where))
        self.languages = Languages(self.state.preferences)
        self.requests = Requests(admins=Admins(frozenset()), languages=self.languages)
        turns = Turns(ThreadPoolExecutor(1), 1)
        self.personal = Personal(state=self.state, languages=self.languages, turns=turns)
        self._offset = 0

    def run(self, work: Any) -> Any:
        return self.client.runner.run(work)

    def update(self) -> Update:
        (update,) = self.client.call("get_updates", offset=self._offset)
        self._offset = update.update_id + 1
        assert isinstance(update, Update)
        return update

    def command(self, text: str) -> Message:
        """What is answered to `text`."""
        self.client.chat.send(text)
        request = self.run(self.requests.of(self.update()))
        work = {
            "/language": self.personal.language,
            "/new": self.personal.new,
            "/forgetme": self.personal.forget_me,
        }[text.partition(" ")[0]]
        self.run(work(request))
        return self.client.chat.wait_for_message()

    def press(self, message: Message, choice: str, *, stale: bool = False, inaccessible: bool = False) -> str:
        """What the press is answered with."""
        query = self.client.chat.press(
            message, f"{Verb.LANGUAGE.head}:{choice}", stale=stale, inaccessible=inaccessible
        )
        pressed = self.update().callback_query
        assert pressed
        self.run(self.personal.language_pressed(pressed))
        return str(self.client.chat.wait_for_answer(query)["text"])

    @property
    def person(self) -> User:
        return User(self.client.chat.id, "An", False, language_code="vi")

    def speaks(self, question_language: str | None = None) -> str:
        language = self.run(self.languages.of(self.person, question_language))
        assert isinstance(language, str)
        return language


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with connected() as client:
        table = Table(client, tmp_path / "state.db")
        yield table
        table.run(table.state.close())
        assert client.api.violations == []


def test_language_offers_three_languages_and_none_in_particular(table: Table) -> None:
    offer = table.command("/language")
    assert offer.text == load_texts("vi")("language-choose")
    assert [button["text"] for button in offer.buttons] == ["Tiếng Việt", "English", "Русский", "Tự động"]
    pressed = [decode(button["callback_data"]) for button in offer.buttons]
    assert all(press and press.verb is Verb.LANGUAGE for press in pressed)


def test_a_pressed_language_is_kept_and_answered_in_that_language(table: Table) -> None:
    offer = table.command("/language")
    assert table.press(offer, "ru") == load_texts("ru")("language-set") == offer.text
    assert [button["text"] for button in offer.buttons][2] == "Русский ✓"
    assert table.speaks("vi") == "ru"
    assert table.run(table.state.preferences.language(table.person.id)) == "ru"
    assert table.press(offer, "auto") == load_texts("vi")("language-automatic") == offer.text
    assert table.speaks() == "vi"


def test_the_same_language_may_be_pressed_again(table: Table) -> None:
    offer = table.command("/language")
    assert table.press(offer, "en") == table.press(offer, "en") == load_texts("en")("language-set")


def test_a_button_of_another_version_and_one_of_a_lost_message_are_answered(table: Table) -> None:
    offer = table.command("/language")
    assert table.press(offer, "xx", stale=True) == load_texts("vi")("button-expired")
    assert table.press(offer, "en", inaccessible=True) == load_texts("en")("language-set")
    assert table.speaks() == "en"


@pytest.mark.parametrize(
    ("written", "language"),
    [
        *[
            ("ru", "ru"),
            ("RU", "ru"),
            ("русский", "ru"),
            ("Russian", "ru"),
            ("en", "en"),
            ("Tiếng Anh", "en"),
        ],
        *[("english", "en"), ("tieng viet", "vi"), ("tiếng Việt", "vi"), ("VIETNAMESE", "vi")],
    ],
)
def test_a_language_may_be_named_after_the_command(table: Table, written: str, language: str) -> None:
    assert table.command(f"/language {written}").text == load_texts(language)("language-set")
    assert table.speaks() == language


@pytest.mark.parametrize("written", ["auto", "Tự động", "автоматически"])
def test_automatic_may_be_named_too(table: Table, written: str) -> None:
    table.command("/language en")
    assert table.command(f"/language {written}").text == load_texts("vi")("language-automatic")
    assert table.speaks() == "vi"


def test_a_language_that_the_bot_does_not_speak_gets_the_buttons(table: Table) -> None:
    offer = table.command("/language klingon")
    assert offer.buttons and table.speaks() == "vi"


def test_forgetme_deletes_everything_and_says_so_in_the_persons_language(table: Table) -> None:
    person, chat = table.person.id, table.client.chat.id
    table.command("/language en")
    table.run(table.state.conversations.remember(Talk(chat, person), {"question": "Q?"}))
    texts = load_texts("en")
    assert table.command("/forgetme").text == texts("forgotten", count=2)
    assert table.run(table.state.preferences.language(person)) is None
    assert table.run(table.state.conversations.last(Talk(chat, person), HOUR)) is None
    assert table.speaks() == "vi"
    assert table.command("/forgetme").text == load_texts("vi")("forgotten", count=0)


def test_new_forgets_what_was_asked_before_and_nothing_else(table: Table) -> None:
    person, chat = table.person.id, table.client.chat.id
    table.command("/language en")
    for _ in range(2):
        table.run(table.state.conversations.remember(Talk(chat, person), {"question": "Q?"}))
        assert table.command("/new").text == load_texts("en")("new-done")
        assert table.run(table.state.conversations.last(Talk(chat, person), HOUR)) is None
    assert table.speaks() == "en"


def test_without_a_choice_telegrams_language_counts_then_the_questions(table: Table) -> None:
    silent = User(5, "An", False)
    assert table.run(table.languages.of(silent, "ru")) == "ru"
    assert table.run(table.languages.of(None, "vi")) == "vi"
    assert table.run(table.languages.of(None)) == "en"
    assert table.run(table.languages.of(User(6, "An", False, language_code="uk"), "vi")) == "ru"


class Preferences:
    """Counts reads; fails when told to."""

    def __init__(self) -> None:
        self.reads = 0
        self.unwell = False

    async def language(self, user_id: int) -> str | None:
        self.reads += 1
        if self.unwell:
            raise StateError("the disk is gone.")
        return LANGUAGES[user_id % 3]


def test_a_choice_is_read_once_and_only_so_many_are_kept(table: Table) -> None:
    preferences = Preferences()
    languages = Languages(preferences, most=3)  # type: ignore[arg-type] # only `language` is called
    people = [User(number, "An", False, language_code="en") for number in range(6)]
    for _ in range(5):
        assert table.run(languages.of(people[0])) == LANGUAGES[0]
    assert preferences.reads == 1
    for person in people:
        assert table.run(languages.of(person)) == LANGUAGES[person.id % 3]
    assert preferences.reads == 6
    for person in reversed(people):
        table.run(languages.of(person))
    assert preferences.reads == 9  # the last three were known


def test_a_choice_that_cannot_be_read_is_no_reason_not_to_answer(table: Table) -> None:
    preferences = Preferences()
    preferences.unwell = True
    languages = Languages(preferences)  # type: ignore[arg-type] # only `language` is called
    assert table.run(languages.of(User(1, "An", False, language_code="ru"))) == "ru"
    preferences.unwell = False
    assert table.run(languages.of(User(1, "An", False, language_code="ru"))) == LANGUAGES[1]
