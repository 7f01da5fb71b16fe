"""Keys of Telex and VNI make the syllables that a keyboard would have made of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.forms import exact_form, fold
from retrieval.text.language import is_syllable
from retrieval.text.typed_keys import composed, written

_TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_VNI = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
_TONES = "\u0301\u0300\u0309\u0303\u0323"
SYLLABLES = (
    "thương đại sứ ở là người được quý giả nghiêng khuỷu thủy hòa toàn mưa điện tiếng Việt yếu xoay".split()
)


@pytest.mark.parametrize("syllable", SYLLABLES)
@pytest.mark.parametrize(("marks", "tones"), [(_TELEX, "sfrxj"), (_VNI, "12345")])
def test_what_is_typed_in_full_is_composed(syllable: str, marks: dict[str, str], tones: str) -> None:
    letters = unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", syllable.lower()) if c not in _TONES)
    )
    tone = [tones[_TONES.index(c)] for c in unicodedata.normalize("NFD", syllable) if c in _TONES]
    keys = "".join([*(marks.get(letter, letter) for letter in letters), *tone])
    expected = {exact_form(syllable)} if keys != syllable else set()
    assert composed(keys) == expected
    assert {written(form) for form in composed(keys)} <= {syllable.lower()}


@pytest.mark.parametrize("keys", ["thuwowng", "thuowng", "thuongw", "thwowng", "thu7o7ng", "thuong7"])
def test_keys_may_stand_behind_their_letter_or_at_the_end(keys: str) -> None:
    assert {written(form) for form in composed(keys)} == {"thương"}


@pytest.mark.parametrize("keys", ["vieetj", "vietej", "viejet", "vie65t", "viet65", "việt6"])
def test_and_marks_in_any_order(keys: str) -> None:
    assert {written(form) for form in composed(keys)} <= {"việt"}


def test_a_syllable_may_be_composed_in_part() -> None:
    assert {written(form) for keys in ("đaij", "ddại") for form in composed(keys)} == {"đại"}


@pytest.mark.parametrize(
    "keys", ["nga", "thương", "boss", "gas1s", "covid19", "x", "", "zzz", "a" * 50, "ủss"]
)
def test_other_words_are_no_keys(keys: str) -> None:
    assert not composed(keys)


@given(st.text("abdeoghinmtuwsfrxj123456789ươ", max_size=14))
def test_all_that_is_composed_is_a_syllable_written_in_one_way(keys: str) -> None:
    for form in composed(keys):
        syllable = written(form)
        assert is_syllable(syllable) and exact_form(syllable) == form
        assert set(fold(syllable)) <= set(fold(keys)) | {"u"}
