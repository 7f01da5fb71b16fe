"""Letters that look alike, or are typed in several ways, are one letter in words and in what is embedded."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_index import article

from retrieval.article import Passage
from retrieval.index.learned.mark_counts import count_marks
from retrieval.indexing.passage_text import embedding_text, passage_tokens, sentence_texts
from retrieval.questions.query import analyse
from retrieval.text.forms import respelled, tokens
from retrieval.text.language import detect_language


def forms(text: str) -> list[tuple[str, str]]:
    return [(token.folded, token.exact) for token in tokens(text)]


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("phường Xuân Ðài", "phường Xuân Đài"),
        ("ðình làng", "đình làng"),
        ("Ɖắk Lắk", "Đắk Lắk"),
        ("D\u0335à Nẵng, d\u0336ường", "Đà Nẵng, đường"),
        ("самолёт", "самолет"),
        ("Mоcква", "Москва"),  # a Cyrillic o, a Latin c
        ("Нàng", "Нàng"),  # no letter of the other script looks like à
        ("Viеt Nam", "Viet Nam"),  # a Cyrillic e
        ("ＨÀ ＮỘＩ", "HÀ NỘI"),
        ("ﬁnance oﬃce", "finance office"),
        ("𝐁𝐚̀ 𝐑𝐢̣𝐚", "Bà Rịa"),
        ("don’t, donʼt", "don't, don't"),
        ("Bà Rịa–Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa‑Vũng Tàu", "Bà Rịa-Vũng Tàu"),
        ("３５０ tấn", "350 tấn"),
    ],
)
def test_words_are_the_same_however_their_letters_are_typed(written: str, usual: str) -> None:
    assert forms(unicodedata.normalize("NFC", written)) == forms(usual)


def test_raised_digits_are_no_digits_of_the_number() -> None:
    assert forms("10⁴") != forms("104")


@pytest.mark.parametrize("text", ["það er gott", "Það", "IT-компания", "Người Tày", "", "École", "Ёж" * 0])
def test_what_is_spelled_as_usual_stays(text: str) -> None:
    """Icelandic has its eth inside and at the end of words, where Vietnamese never has it."""
    assert respelled(text) == text


@given(st.text(st.sampled_from("ÐðĐđоoeеaаD\u0335\u0301ё -") | st.characters(), max_size=40))
def test_spelling_twice_changes_nothing_more(text: str) -> None:
    once = respelled(unicodedata.normalize("NFC", text))
    assert respelled(once) == once


def test_what_is_embedded_and_counted_has_the_usual_spelling_and_the_text_stays() -> None:
    text = "Ông Ðoàn Ðình Ðạt nói. Ðê đã xong."
    found = article(text, title="Gành Ðỏ")
    passage = Passage("a#0", "a", 0, len(text), text)
    assert embedding_text(found, passage) == "Gành Đỏ\nÔng Đoàn Đình Đạt nói. Đê đã xong."
    assert sentence_texts(passage) == ["Ông Đoàn Đình Đạt nói.", "Đê đã xong."]
    assert "đoàn" in count_marks([text]).syllables and found.text == text
    assert [t.start for t in passage_tokens(found, passage)[2:4]] == [0, 4]


def test_a_question_has_the_usual_spelling() -> None:
    assert analyse("Ðoàn Ðình Ðạt là ai?").text == "Đoàn Đình Đạt là ai?"
    assert detect_language("Ðảng ðã ðề ra ðường lối").code == "vi"
