"""An excerpt can be read on, paragraph by paragraph, to both ends of its article, and stays verbatim."""

from dataclasses import replace
from typing import Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_index import article

from retrieval.article import Article, Span
from retrieval.excerpts.context import Spans, Step, excerpt_at, narrowed, widened
from retrieval.excerpts.excerpt import is_verbatim

TEXT = "Mở đầu.\nGiá vàng tăng. Giá gạo giảm.\n\nLũ lên.\nKết thúc."
ARTICLE = article(TEXT, pages=(0, 38))
GOLD, RICE, FLOOD = Span(8, 22), Span(23, 36), Span(38, 45)
SIDES: tuple[Step, ...] = get_args(Literal[-1, 1])


def shown(of: Article, spans: Spans | None) -> list[str] | None:
    return None if spans is None else [of.text[start:end] for start, end in spans]


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Articles of short lines, some blank, with text removed before some."""
    lines = draw(st.lists(st.text("ab. ", max_size=6).map(str.strip), min_size=1, max_size=8))
    text = "\n".join(lines).strip("\n")
    starts = [i + 1 for i, letter in enumerate(text) if letter == "\n"]
    gaps = draw(st.sets(st.sampled_from(starts))) if starts else set()
    return article(text, gaps=sorted(gaps))


@st.composite
def shown_at_first(draw: st.DrawFn) -> tuple[Article, Spans]:
    """An article with what an excerpt shows of it: no gap inside, no blanks at its ends."""
    of = draw(articles().filter(lambda each: each.text.strip() != ""))
    words = [i for i, letter in enumerate(of.text) if not letter.isspace()]
    start = draw(st.sampled_from(words))
    ends = [i + 1 for i in words if i >= start and not any(start < gap <= i for gap in of.gaps)]
    return of, (Span(start, draw(st.sampled_from(ends))),)


def covered(spans: Spans) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


@given(shown_at_first(), st.lists(st.sampled_from(SIDES), max_size=12))
def test_every_piece_of_what_is_shown_is_verbatim_and_nothing_shown_is_lost(
    case: tuple[Article, Spans], steps: list[Step]
) -> None:
    of, spans = case
    for step in steps:
        wider = widened(of, spans, step)
        if wider is None:
            continue
        assert covered(spans) < covered(wider)
        assert list(wider) == sorted(wider)
        spans = wider
    for span in spans:
        assert is_verbatim(excerpt_at(of, span, case[1], passage_id="a#0"), of)


@given(shown_at_first())
def test_walking_to_both_ends_shows_the_whole_text(case: tuple[Article, Spans]) -> None:
    of, spans = case
    for step in SIDES:
        while (wider := widened(of, spans, step)) is not None:
            spans = wider
    assert {i for i, letter in enumerate(of.text) if not letter.isspace()} <= covered(spans)
    assert len(spans) <= len(of.gaps) + 1


@given(shown_at_first(), st.lists(st.sampled_from(SIDES), max_size=12), st.sampled_from(SIDES))
def test_what_must_stay_is_never_dropped(case: tuple[Article, Spans], steps: list[Step], side: Step) -> None:
    of, spans = case
    keep = spans
    for step in steps:
        spans = widened(of, spans, step) or spans
    while (narrower := narrowed(of, spans, side, keep)) is not None:
        assert covered(keep) <= covered(narrower) < covered(spans)
        assert all(is_verbatim(excerpt_at(of, span, (), passage_id="a#0"), of) for span in narrower)
        spans = narrower


def test_the_next_paragraph_joins_with_the_blanks_between() -> None:
    assert shown(ARTICLE, widened(ARTICLE, (RICE,), 1)) == ["Giá gạo giảm.\n\nLũ lên."]


def test_the_rest_of_its_own_paragraph_comes_first() -> None:
    once = widened(ARTICLE, (RICE,), -1)
    assert shown(ARTICLE, once) == ["Giá vàng tăng. Giá gạo giảm."]
    assert once is not None
    assert shown(ARTICLE, widened(ARTICLE, once, -1)) == ["Mở đầu.\nGiá vàng tăng. Giá gạo giảm."]


def test_across_removed_text_the_paragraph_stands_apart() -> None:
    torn = replace(ARTICLE, gaps=(38,))
    assert shown(torn, widened(torn, (RICE,), 1)) == ["Giá gạo giảm.", "Lũ lên."]
    assert shown(torn, widened(torn, (FLOOD,), -1)) == ["Giá vàng tăng. Giá gạo giảm.", "Lũ lên."]
    assert shown(torn, widened(torn, (RICE, FLOOD), 1)) == ["Giá gạo giảm.", "Lũ lên.\nKết thúc."]


def test_at_its_ends_an_article_has_no_more() -> None:
    whole = (Span(0, len(TEXT)),)
    assert (widened(ARTICLE, whole, 1), widened(ARTICLE, whole, -1)) == (None, None)


def test_a_message_of_bounded_length_slides_along_the_article() -> None:
    """One paragraph more at the end; while that does not fit, one less at the beginning."""
    spans = widened(ARTICLE, (Span(0, 36),), 1)
    assert spans is not None
    while sum(end - start for start, end in spans) > 40:
        fewer = narrowed(ARTICLE, spans, -1, keep=[RICE])
        if fewer is None:
            break
        spans = fewer
    assert shown(ARTICLE, spans) == ["Giá vàng tăng. Giá gạo giảm.\n\nLũ lên."]
    assert narrowed(ARTICLE, spans, -1, keep=[RICE]) is None


def test_nothing_is_not_what_is_left() -> None:
    assert narrowed(ARTICLE, (FLOOD,), 1, keep=[]) is None


def test_an_excerpt_is_cited_where_its_first_highlight_stands() -> None:
    found = excerpt_at(ARTICLE, Span(8, 45), [FLOOD, RICE], passage_id="a#1", score=0.5, also_in=["b"])
    assert [found.text[a:b] for a, b in found.highlights] == ["Giá gạo giảm.", "Lũ lên."]
    assert (found.start, found.end, found.passage_id, found.score) == (8, 45, "a#1", 0.5)
    assert (found.citation.paragraph, found.citation.page, found.also_in) == (2, 1, ("b",))


@pytest.mark.parametrize("marks", [[], [GOLD]])
def test_without_a_highlight_inside_it_is_cited_at_its_start(marks: list[Span]) -> None:
    found = excerpt_at(ARTICLE, FLOOD, marks, passage_id="a#1")
    assert (found.highlights, found.citation.paragraph, found.citation.page) == ((), 3, 2)


def test_a_highlight_is_cut_at_the_ends_of_the_excerpt() -> None:
    found = excerpt_at(ARTICLE, RICE, [Span(8, 27)], passage_id="a#1")
    assert found.highlights == (Span(0, 4),)
