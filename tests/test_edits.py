"""The slips of the hand that a word may be of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.edits import BESIDE, COMMON, LIGHT, edits


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("lavorv", "lavrov", LIGHT),
        ("putinn", "putin", LIGHT),
        ("lavrov", "lavrrov", LIGHT),
        ("gazprm", "gazprom", COMMON),
        ("buschehr", "bushehr", COMMON),
        ("chernishenko", "chernyshenko", COMMON),
        ("kazan", "kaxan", BESIDE),
        ("путен", "путин", COMMON),
        ("лаворв", "лавров", LIGHT),
    ],
)
def test_a_slip_costs_by_its_kind(typed: str, meant: str, cost: float) -> None:
    assert edits(typed)[meant] == cost


def test_the_first_letter_is_looked_at() -> None:
    assert edits("gputin")["putin"] > COMMON and edits("uptin")["putin"] > LIGHT
    assert "kutin" not in edits("putin", COMMON)


def test_other_letters_make_another_word() -> None:
    assert "latin" not in edits("putin") and "pxtin" not in edits("putin")


@given(st.text("abcxyz", max_size=10) | st.text("абвъюя", max_size=10))
def test_every_slip_is_one_letter_away_and_within_the_cost_that_was_asked_for(word: str) -> None:
    found = edits(word)
    assert word not in found
    assert all(abs(len(other) - len(word)) <= 1 for other in found)
    assert edits(word, LIGHT) == {other: cost for other, cost in found.items() if cost == LIGHT}
    assert edits(word, COMMON) == {other: cost for other, cost in found.items() if cost <= COMMON}
