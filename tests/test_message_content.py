"""What a message says, whatever its marks are: a command or a name that is marked wrongly is found all the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.on_telegram.updates.message_content import content

COMMAND = {"type": "bot_command", "offset": 0, "length": 4}
NAME = {"type": "mention", "offset": 5, "length": 8}


def marks(text: str, *entities: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = content({"text": text, "entities": list(entities)})["entities"]
    return found


@pytest.mark.parametrize("length", [12, "12", 3, 5, 1, 0, -4, 900, None, "four", 2**63])
def test_a_command_of_a_wrong_length_is_the_command_that_stands_there(length: object) -> None:
    assert marks("/ask gạo giá bao nhiêu?", {**COMMAND, "length": length}) == [COMMAND]


@pytest.mark.parametrize("offset", [4, "4", 6, 0, -1, None, 10**6])
def test_a_name_at_a_wrong_place_is_the_name_that_stands_there(offset: object) -> None:
    assert marks("Bạn, @gao_bot giá gạo?", {**NAME, "offset": offset}) == [NAME]


def test_what_telegram_marks_as_code_is_no_command() -> None:
    code = {"type": "code", "offset": 0, "length": 4}
    assert marks("/ask gạo", code) == [code]


def test_places_are_counted_in_utf_16_as_telegram_does() -> None:
    assert marks("🌾🌾🌾 @gao_bot", {"type": "mention", "offset": 7, "length": 8}) == [
        {"type": "mention", "offset": 7, "length": 8}
    ]


@given(st.integers(-5, 40) | st.text(max_size=3), st.integers(-5, 40) | st.text(max_size=3))
def test_wherever_a_command_is_marked_it_is_found_where_it_is(offset: object, length: object) -> None:
    entity = {"type": "bot_command", "offset": offset, "length": length}
    assert marks("/ask@gao_bot giá gạo?", entity) == [{"type": "bot_command", "offset": 0, "length": 12}]
