"""Texts of one endless line are read in a time that grows with their length, not with its square."""

import time
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.cleaning.furniture_words import line_key
from retrieval.sources.formats.plain.plain_text import read_plain_text
from retrieval.sources.model import Original, sourced
from retrieval.text.forms import normalise
from retrieval.text.passages import split
from retrieval.text.sentences import sentences

STORY = "Hôm nay giá vàng trong nước tăng mạnh theo đà thế giới, các công ty niêm yết ở mức cao. "
LENGTH = 100_000


@pytest.mark.parametrize(
    "endless",
    ["!", "! ", ".!", "。", '."', "•", "- | ", "(", "\u0301\u0323", "x", "1.", "a.", " ", STORY],
)
def test_a_line_without_an_end_is_read_in_seconds(endless: str) -> None:
    """What is quadratic takes minutes."""
    text = f"{STORY}{endless * (LENGTH // len(endless))}x {STORY}"
    original = Original(id="a.txt", place="a.txt", name="a.txt", open=BytesIO)
    started = time.monotonic()
    article = sourced(read_plain_text(text.encode(), original), original, "").article
    assert split(article)
    assert time.monotonic() - started < 10


MARKS = st.text(st.sampled_from("aế\u0301\u0323\u0302\u0344\u05b0\u0903\u20dd"), max_size=120)


@given(MARKS)
def test_piles_of_marks_come_into_the_order_of_nfc(text: str) -> None:
    piled = "a" + text + "\u0301\u0323" * 20 + text
    assert normalise(piled) == unicodedata.normalize("NFC", piled)


def test_a_run_of_stops_ends_one_sentence_wherever_it_is_looked_at_from() -> None:
    text = "Một?! Hai... Ba。！Bốn"
    found = [text[span.start : span.end] for span in sentences(text)]
    assert found == ["Một?!", "Hai...", "Ba。", "！", "Bốn"]
    assert [text[span.start : span.end] for span in sentences(text, 4)] == ["!", *found[1:]]


@pytest.mark.parametrize(
    ("line", "key"), [("» Chia sẻ (12) «", "» chia sẻ"), ("--(--", ""), ("• Tin (3)", "tin"), ("…", "")]
)
def test_marks_at_the_ends_of_a_line_do_not_count(line: str, key: str) -> None:
    assert line_key(line) == key
