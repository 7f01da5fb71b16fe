"""Passages hold every sentence once, whole, where they say, and never across removed text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_index import article

from retrieval.article import Article, Passage
from retrieval.text.forms import normalise
from retrieval.text.passages import SENTENCE_LIMIT, lines, paragraph_at, split
from retrieval.text.sentences import sentences

UGLY = st.sampled_from(
    [
        "Hai bên nhất trí mở thêm đường bay thẳng, bắt đầu từ mùa hè, với ba chuyến mỗi tuần. ",
        "Thu\u031b\u0301 ba\u0309y ",
        "👩\u200d👩\u200d👧\u200d👦🇻🇳",
        "שלום עולם. مرحبا بالعالم! ",
        "\u00a0\u00a0",
        "không có dấu chấm câu nào cả " * 5,
        "Hết.",
        "TP. ",
        "Phần mở đầu",
        "漢字。かな！",
        "”) ",
        "x" * 300,
        "a\u0301\u0302\u0303",
        "\n",
        "\n",
    ]
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of ugly pieces, with gaps before some of its lines."""
    text = normalise("".join(draw(st.lists(UGLY, max_size=40)))).strip()
    starts = [line.start for line in lines(text)][1:]
    gaps = draw(st.sets(st.sampled_from(starts))) if starts else set()
    return article(text, gaps=sorted(gaps))


@given(articles())
def test_a_passage_is_the_articles_text_between_its_offsets_in_order(found: Article) -> None:
    passages = split(found)
    assert all(found.text[p.start : p.end] == p.text == p.text.strip() != "" for p in passages)
    assert all(a.end <= b.start for a, b in pairwise(passages))
    assert [p.id for p in passages] == [f"a#{i}" for i in range(len(passages))]


@given(articles())
def test_what_is_in_no_passage_is_blank_or_a_heading(found: Article) -> None:
    passages = split(found)
    headings = {p.heading for p in passages}
    for line in lines(found.text):
        written = found.text[line.start : line.end]
        inside = [p for p in passages if p.start < line.end and line.start < p.end]
        covered = sum(len("".join(_overlap(found.text, p, line.start, line.end).split())) for p in inside)
        assert covered == (0 if not inside and written in headings else len("".join(written.split())))


@given(articles())
def test_no_passage_spans_a_gap(found: Article) -> None:
    assert not [p for p in split(found) for gap in found.gaps if p.start < gap < p.end]


@given(articles())
def test_only_a_sentence_beyond_the_limit_is_cut(found: Article) -> None:
    passages = split(found)
    for start, end in sentences(found.text):
        holders = [p for p in passages if p.start < end and start < p.end]
        assert end - start > SENTENCE_LIMIT or len(holders) <= 1


def _overlap(text: str, passage: Passage, start: int, end: int) -> str:
    return text[max(passage.start, start) : min(passage.end, end)]


@pytest.mark.parametrize("unit", ["x", "tăng ", "tăng, ", "e\u0301\u0302", "👩\u200d👧"])
def test_one_line_of_twenty_thousand_characters_is_cut_into_readable_passages(unit: str) -> None:
    text = normalise(unit * (20_000 // len(unit))).strip()
    passages = split(article(text))
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())
    assert all(len(p.text) <= SENTENCE_LIMIT for p in passages)


def test_a_long_sentence_is_cut_after_a_clause_mark() -> None:
    clause = "giá vàng trong nước hôm nay tiếp tục tăng, "
    passages = split(article((clause * 60).strip(", ")))
    assert len(passages) > 1
    assert all(p.text.endswith(",") for p in passages[:-1])


PARAGRAPH = (
    "Giá vàng trong nước hôm nay tiếp tục tăng theo giá thế giới và vượt mốc cao nhất của năm ngoái. " * 3
)


def test_a_sub_heading_is_context_of_what_stands_below_it_and_in_no_passage() -> None:
    found = article(f"{PARAGRAPH.strip()}\nThị trường thế giới\n{PARAGRAPH.strip()}\n{PARAGRAPH.strip()}")
    passages = split(found)
    assert passages[0].heading is None
    assert {p.heading for p in passages[1:]} == {"Thị trường thế giới"}
    assert not any("Thị trường thế giới" in p.text for p in passages)


@pytest.mark.parametrize("text", ["", "\n", " \n "])
def test_an_article_without_text_has_no_passages(text: str) -> None:
    assert split(article(text)) == []


def test_short_paragraphs_share_a_passage_and_a_gap_parts_them() -> None:
    text = "Một.\nHai.\nBa."
    assert [p.text for p in split(article(text))] == [text]
    assert [p.text for p in split(article(text, gaps=[10]))] == ["Một.\nHai.", "Ba."]


@pytest.mark.parametrize(
    ("offset", "number"), [(0, 1), (3, 1), (4, 1), (5, 2), (8, 2), (11, 3), (13, 3), (99, 3)]
)
def test_paragraphs_are_the_non_empty_lines_counted_from_one(offset: int, number: int) -> None:
    assert paragraph_at("Một.\nHai.\n\nBa.", offset) == number
