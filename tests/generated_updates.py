"""Updates of every kind and with every field that the Bot API has, each field sound, missing, broken, or of tomorrow.

The table of types is read from python-telegram-bot's classes; nothing here knows what the bot reads. What is asked of
the bot is built apart from it: its core (numbers, chat, person, text) is sound, whatever surrounds it.
"""

from __future__ import annotations

import inspect
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import telegram

CANARY = "qwzcanary"
"""Stands in every text of every update."""
BOT_NAME = "@trichdan_bot"
BOT = {"id": 123456, "is_bot": True, "first_name": "Trichdan", "username": "trichdan_bot"}
_DEEPEST = 3
_NAMES = {"from_user": "from"}
_NUMBERS = {"int": 7, "float": 1.5, "datetime": 1_700_000_000, "timedelta": 60, "TimePeriod": 60}
_UNKNOWN = {"type_of_tomorrow": {"text": CANARY, "list": [CANARY, None]}}
_JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 2**31, 2**63, 2**70, -(2**64), "", CANARY, "12", "\ud83d" + CANARY, "\x00", [], {},
    [None], [[CANARY]], [{}], {"id": None}, {"id": CANARY}, [5], {"type": CANARY}, float("inf"), "\u202e" + CANARY,
)  # fmt: skip
_OTHER_MEANING = {
    "message_id", "date", "chat", "from", "text", "via_bot", "is_automatic_forward", "migrate_to_chat_id",
    "migrate_from_chat_id", "reply_to_message", "forward_origin",
}  # fmt: skip
"""Fields that make a message another one, or none of a person's: they are not added to a question."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Generated:
    """An update without its number; `asks` says how it addresses the bot, and is empty where it does not."""

    body: Json
    asks: str = ""
    where: int = 0
    query: str = ""


class Updates:
    """Makes them, of random numbers that can be given again."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._ways: tuple[Callable[[int], Generated], ...] = (
            self._private, self._private, self._command, self._mention, self._reply, self._group_command, self._inline,
            self._press, self._press_of_old, self._anything, self._anything, self._broken, self._broken,
        )  # fmt: skip

    def make(self, number: int) -> Generated:
        """The next one; `number` makes its chat and its queries unlike all others."""
        return self._ways[number % len(self._ways)](number)

    def _person(self, number: int) -> Json:
        person = {"id": 5_000_000 + number, "is_bot": False, "first_name": CANARY}
        return person | self._extras(telegram.User, {"id", "is_bot"})

    def _chat(self, number: int, kind: str) -> Json:
        which = 5_000_000 + number if kind == "private" else -1_005_000_000_000 - number
        named = kind if self._rng.random() < 0.9 else self._rng.choice([None, "galaxy", 5])
        return {"id": which} | self._extras(telegram.Chat, {"id", "type"}) | {"type": named}

    def _message(self, number: int, kind: str, text: str, **fields: Any) -> Json:
        core = {"message_id": 1 + number, "chat": self._chat(number, kind), "from": self._person(number)}
        date = self._rng.choice([1_700_000_000, 1_700_000_000, *_JUNK])
        return self._extras(telegram.Message, _OTHER_MEANING) | core | {"date": date, "text": text} | fields

    def _asked(self, number: int, kind: str, text: str, asks: str, **fields: Any) -> Generated:
        message = self._message(number, kind, text, **fields)
        return Generated({"message": message, **self._beside()}, asks, message["chat"]["id"])

    def _private(self, number: int) -> Generated:
        text = self._rng.choice(
            ["xin chào", f"Kim ngạch {CANARY}?", f"{CANARY} \ud83d", "?", "\u202e" + CANARY]
        )
        return self._asked(number, "private", text, "a private text")

    def _command(self, number: int) -> Generated:
        text = self._rng.choice(
            ["/help", "/start", "/about", "/language", "/ask " + CANARY, "/nothing", "/stats"]
        )
        marks = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        given = self._rng.choice([marks, marks, self._junk(), self._mutated(marks)])
        return self._asked(number, "private", text, "a private command", entities=given)

    def _mention(self, number: int) -> Generated:
        marks = [{"type": "mention", "offset": 0, "length": len(BOT_NAME)}]
        given = self._rng.choice([marks, marks, self._junk(), self._mutated(marks)])
        return self._asked(number, "supergroup", f"{BOT_NAME} {CANARY}?", "a mention", entities=given)

    def _group_command(self, number: int) -> Generated:
        marks = [{"type": "bot_command", "offset": 0, "length": 4}]
        given = self._rng.choice([marks, marks, self._junk(), self._mutated(marks)])
        return self._asked(number, "supergroup", f"/ask {CANARY}?", "a command in a group", entities=given)

    def _reply(self, number: int) -> Generated:
        ours = self._message(number, "supergroup", CANARY) | {"from": BOT, "date": 1_700_000_000}
        return self._asked(number, "supergroup", f"{CANARY}?", "a reply to the bot", reply_to_message=ours)

    def _inline(self, number: int) -> Generated:
        core: Json = {"id": f"i{number}", "from": self._person(number), "query": f"{CANARY}?"}
        query = self._extras(telegram.InlineQuery, set(core)) | core
        return Generated({"inline_query": query, **self._beside()}, "an inline query", query=core["id"])

    def _press(self, number: int) -> Generated:
        data = self._rng.choice(
            ["1:w:abcdefghijkl:2+", "1:lang:vi", "a:cancel:", CANARY, "1:v:abcdefghijkl:up"]
        )
        core: Json = {"id": f"c{number}", "from": self._person(number), "data": data}
        query = self._extras(telegram.CallbackQuery, set(core) | {"game_short_name"}) | core
        if self._rng.random() < 0.7:
            query["message"] = self._message(number, "private", CANARY)
        return Generated({"callback_query": query, **self._beside()}, "a press", query=core["id"])

    def _press_of_old(self, number: int) -> Generated:
        """Of a message that Telegram shows no more, of a card, or of a game: no data, no message that can be read."""
        core: Json = {"id": f"c{number}", "from": self._person(number)}
        old = {"chat": self._chat(number, "private"), "message_id": 5, "date": 0}
        ways: tuple[Json, ...] = (
            {"message": old, "data": CANARY},
            {"inline_message_id": CANARY},
            {"game_short_name": CANARY},
            {},
        )
        return Generated({"callback_query": core | self._rng.choice(ways)}, "a press", query=core["id"])

    def _anything(self, number: int) -> Generated:
        """Any kind of update with anything in it: it may ask something or not, but ends nothing."""
        kind = self._rng.choice([*_fields(telegram.Update), "kind_of_tomorrow"])
        holds = self._value(_fields(telegram.Update).get(kind, "str"), 0)
        return Generated({kind: self._mutated(holds) if self._rng.random() < 0.7 else holds})

    def _broken(self, number: int) -> Generated:
        """What would ask something, with anything in it broken, its core as well."""
        made = self._ways[self._rng.randrange(9)](number)
        body: Json = made.body
        for _ in range(self._rng.randint(1, 4)):
            body = self._mutated(body)
        return Generated(body if isinstance(body, dict) else {"message": body})

    def _beside(self) -> Json:
        """What newer versions put beside."""
        return dict(_UNKNOWN) if self._rng.random() < 0.1 else {}

    def _extras(self, kind: type, without: set[str]) -> Json:
        """Some optional fields, each sound or broken; and now and then one of tomorrow."""
        names = [name for name in _fields(kind) if name not in without]
        chosen = self._rng.sample(names, min(len(names), self._rng.randint(0, 4)))
        found = {name: self._value(_fields(kind)[name], 1) for name in chosen}
        broken = {
            name: self._mutated(value) if self._rng.random() < 0.6 else value for name, value in found.items()
        }
        return broken | self._beside()

    def _value(self, declared: str, depth: int) -> Any:
        """A sound value of a declared type; of nested types without their optional fields when it gets deep."""
        if "Sequence" in declared or "tuple[" in declared:
            inner = declared.split("[", 1)[-1]
            return [self._value(inner, depth + 1) for _ in range(self._rng.randint(0, 2))]
        words = re.findall(r"\w+", declared)
        for word in words:
            if word in _NUMBERS:
                return _NUMBERS[word]
            if word == "bool":
                return True
            if word == "str":
                return CANARY
            if kind := _types().get(word):
                return self._object(kind, depth)
        return CANARY

    def _object(self, kind: type, depth: int) -> Any:
        if depth > _DEEPEST:
            return {}
        kind = self._rng.choice(_kinds_of(kind))
        required = {n for n, p in inspect.signature(kind).parameters.items() if p.default is p.empty}
        found = {}
        for name, declared in _fields(kind).items():
            if name in required or name == "from" or self._rng.random() < 0.15:
                found[name] = self._value(declared, depth + 1)
        for discriminator in ("type", "status", "source"):
            if discriminator in _fields(kind):
                found[discriminator] = self._rng.choice([*_discriminators(kind), "of_tomorrow"])
        return found

    def _junk(self) -> Any:
        return self._rng.choice(_JUNK)

    def _mutated(self, value: Any) -> Any:
        """The value with one thing in it missing, of another type, or new."""
        if not isinstance(value, dict | list) or not value or self._rng.random() < 0.2:
            return self._junk()
        if isinstance(value, list):
            at = self._rng.randrange(len(value))
            return [*value[:at], self._mutated(value[at]), *value[at + 1 :]]
        name, chance = self._rng.choice(list(value)), self._rng.random()
        if chance < 0.25:
            return {each: held for each, held in value.items() if each != name}
        if chance < 0.35:
            return value | _UNKNOWN
        return value | {name: self._mutated(value[name])}


@cache
def _types() -> dict[str, type]:
    found = vars(telegram).items()
    return {
        name: each
        for name, each in found
        if isinstance(each, type) and issubclass(each, telegram.TelegramObject)
    }


@cache
def _kinds_of(kind: type) -> list[type]:
    """The type itself, or those that it stands for."""
    return [each for each in _types().values() if each is not kind and issubclass(each, kind)] or [kind]


@cache
def _fields(kind: type) -> dict[str, str]:
    """The fields of a type, by their names in JSON, and how they are declared."""
    given = inspect.signature(kind).parameters
    skipped = ("api_kwargs", "update_id")
    return {
        _NAMES.get(name, name): str(each.annotation) for name, each in given.items() if name not in skipped
    }


@cache
def _discriminators(kind: type) -> list[str]:
    """What tells the kinds of one type apart, where the library says so."""
    values = [getattr(kind, name) for name in dir(kind) if name.isupper()]
    return [str(value) for value in values if isinstance(value, str)] or [CANARY]
