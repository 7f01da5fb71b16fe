"""Marks put back as the collection writes them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.learned.mark_counts import count_marks
from retrieval.index.learned.marks import Marks, MarksBuilder
from retrieval.text.forms import fold, tokens

TEXTS = (
    "Thủ tướng thăm Mã Lai. Thủ tướng gặp má.",
    "Mà ai là thủ tướng? Kim ngạch thương mại đạt 4,1 tỷ USD.",
    "Kim ngạch thương mại tăng. Đà Nẵng đón khách.",
)


def built() -> Marks:
    builder = MarksBuilder()
    for text in TEXTS:
        builder.add(count_marks([text]))
    return builder.finish()


def test_a_question_without_marks_comes_back_as_the_collection_writes_it() -> None:
    assert built().restore("kim ngach thuong mai") == "kim ngạch thương mại"


def test_neighbours_decide_between_writings() -> None:
    assert built().restore("tham ma lai") == "thăm mã lai"
    assert built().restore("gap ma") == "gặp má"


def test_typed_marks_and_unknown_words_stay() -> None:
    assert built().restore("mà Sputnik xyz ngach") == "mà Sputnik xyz ngạch"


def test_capitals_numbers_and_marks_of_punctuation_stay() -> None:
    assert built().restore("Da Nang? THUONG mai, 4,1!") == "Đà Nẵng? THƯƠNG mại, 4,1!"


def test_saved_and_loaded_marks_restore_alike(tmp_path: Path) -> None:
    built().save(tmp_path)
    assert Marks.load(tmp_path).restore("thu tuong tham ma lai") == built().restore("thu tuong tham ma lai")


def test_a_collection_without_vietnamese_changes_nothing(tmp_path: Path) -> None:
    MarksBuilder().finish().save(tmp_path)
    assert Marks.load(tmp_path).restore("kim ngach") == "kim ngach"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Mĩ", "Mỹ"),
        ("kĩ sư", "kỹ sư"),
        ("hoà bình", "hòa bình"),
        ("HOÀ", "HÒA"),
        ("thuỷ điện", "thủy điện"),
        ("quí hai", "quý hai"),
        ("lí do", "lí do"),
        ("ngái ngủ", "ngái ngủ"),
        ("hoá đơn", "hoá đơn"),
        ("mi", "mi"),
    ],
)
def test_one_spelling_of_a_syllable_becomes_that_of_the_collection(typed: str, written: str) -> None:
    builder = MarksBuilder()
    builder.add(count_marks(["Kỹ sư Mỹ nói về hòa bình, thủy điện. Quý hai ngáy ngủ. Lý do và lí do."]))
    assert builder.finish().restore(typed) == written


@given(st.text(max_size=80) | st.lists(st.sampled_from(["Mĩ", "quí", "hoà", "mà", "y", " "])).map("".join))
def test_only_marks_change(text: str) -> None:
    """The folded words of any text, and what stands between them, stay the same but for i and y."""
    restored = built().restore(text)
    folded = [[t.folded.replace("y", "i") for t in tokens(each)] for each in (restored, text)]
    assert folded[0] == folded[1]
    assert fold(restored).replace("y", "i") == fold(text).replace("y", "i")


def test_a_syllable_without_marks_is_meant_so_in_a_text_that_was_typed_with_them() -> None:
    """`ma` is written so in the collection, `ngach` never."""
    builder = MarksBuilder()
    builder.add(count_marks(["Thủ tướng thăm Ma Cao. Ngạch má má má."]))
    marks = builder.finish()
    assert marks.restore("Thủ tướng đã thăm ma chưa") == "Thủ tướng đã thăm ma chưa"
    assert marks.restore("Thủ tướng đã thăm ngach chưa") == "Thủ tướng đã thăm ngạch chưa"
    assert marks.restore("ma ma ma") == "má má má"
