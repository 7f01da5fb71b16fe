"""An excerpt is the article's own text, its best sentence marked, its place told."""

from dataclasses import replace
from datetime import date

import pytest
from small_index import article

from retrieval.article import Excerpt, Passage, Span
from retrieval.excerpts.excerpt import cite, is_verbatim, make_excerpt
from retrieval.excerpts.selection import Chosen

ARTICLE = article(
    "Mở đầu bài.\nGiá vàng tăng. Giá gạo giảm. Lũ lên.\nKết thúc.",
    title="Tin",
    date=date(2025, 4, 2),
    source="Báo",
    author="A",
    url="https://example.org",
    path="tin.txt",
)
PASSAGE = Passage("a#1", "a", 12, 49, ARTICLE.text[12:49])
SECOND = Span(27, 40)
COPIES = tuple(article(f"Bản sao {name}.", name, title=f"Bài {name}") for name in "bcd")


def excerpt() -> Excerpt:
    return make_excerpt(
        Chosen(rows=(1,), best=1, score=0.5, passages=(PASSAGE,), article=ARTICLE, also_in=COPIES),
        [SECOND],
    )


def test_an_excerpt_holds_the_passage_its_best_sentence_and_its_citation() -> None:
    found = excerpt()
    (best,) = found.highlights
    assert found.text[best.start : best.end] == "Giá gạo giảm."
    assert (found.text, found.start, found.end) == (PASSAGE.text, 12, 49)
    assert (found.passage_id, found.score, found.also_in) == ("a#1", 0.5, ("b", "c", "d"))
    assert [copy.title for copy in found.copies] == ["Bài b", "Bài c"]
    cited = found.citation
    assert (cited.article_id, cited.title, cited.source, cited.author) == ("a", "Tin", "Báo", "A")
    assert (cited.date, cited.url, cited.path) == (date(2025, 4, 2), "https://example.org", "tin.txt")
    assert (cited.paragraph, cited.opening) == (2, "Mở đầu bài.")


def test_the_paragraph_is_that_of_the_highlight_not_of_the_passage() -> None:
    whole = Passage("a#0", "a", 0, len(ARTICLE.text), ARTICLE.text)
    found = make_excerpt(
        Chosen(rows=(0,), best=0, score=1.0, passages=(whole,), article=ARTICLE, also_in=()), [Span(50, 59)]
    )
    assert found.citation.paragraph == 3


def test_neighbours_become_one_excerpt_with_all_that_stands_between_them() -> None:
    first = Passage("a#0", "a", 0, 11, ARTICLE.text[:11])
    found = make_excerpt(
        Chosen(rows=(0, 1), best=1, score=1.0, passages=(first, PASSAGE), article=ARTICLE, also_in=()),
        [SECOND],
    )
    assert (found.text, found.passage_id) == (ARTICLE.text[:49], "a#1")
    assert [found.text[a:b] for a, b in found.highlights] == ["Giá gạo giảm."]
    assert is_verbatim(found, ARTICLE)
    assert (found.citation.paragraph, found.citation.paragraphs) == (2, (1, 2))
    assert excerpt().citation.paragraphs is None


def test_an_excerpt_over_several_pages_tells_them_and_that_of_the_answer() -> None:
    paged = replace(ARTICLE, pages=(0, 20))
    cited = cite(paged, 27, Span(0, 49))
    assert (cited.page, cited.pages) == (2, (1, 2))
    assert cite(paged, 27, Span(27, 49)).pages is None


def test_an_untouched_excerpt_is_verbatim() -> None:
    assert is_verbatim(excerpt(), ARTICLE)


@pytest.mark.parametrize(
    "tampered",
    [
        replace(excerpt(), text=PASSAGE.text.replace("tăng", "giảm")),
        replace(excerpt(), text=PASSAGE.text + " "),
        replace(excerpt(), text=PASSAGE.text.replace("á", "a\u0301")),
        replace(excerpt(), start=11, end=48),
        replace(excerpt(), end=48),
        replace(excerpt(), highlights=(Span(0, 1000),)),
        replace(excerpt(), highlights=(Span(-1, 4),)),
        replace(excerpt(), highlights=(Span(4, 4),)),
        replace(excerpt(), shown=Span(0, 1000)),
        replace(excerpt(), shown=Span(4, 4)),
    ],
)
def test_any_tampering_is_noticed(tampered: Excerpt) -> None:
    assert not is_verbatim(tampered, ARTICLE)


def test_an_article_that_changed_or_went_away_no_longer_holds_the_excerpt() -> None:
    assert not is_verbatim(excerpt(), replace(ARTICLE, text="Một dòng mới.\n" + ARTICLE.text))
    assert not is_verbatim(excerpt(), None)


@pytest.mark.parametrize(("gap", "verbatim"), [(12, True), (13, False), (48, False), (49, True)])
def test_removed_text_may_lie_at_the_ends_of_an_excerpt_but_not_inside(gap: int, verbatim: bool) -> None:
    assert is_verbatim(excerpt(), replace(ARTICLE, gaps=(gap,))) is verbatim


def test_a_citation_tells_nothing_that_is_not_known() -> None:
    cited = cite(article("Chữ."), 0)
    assert (cited.title, cited.source, cited.author, cited.date, cited.url, cited.path) == (None,) * 6


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (11, 1), (12, 2), (51, 3)])
def test_a_paged_original_is_cited_by_its_page(offset: int, page: int) -> None:
    assert cite(replace(ARTICLE, pages=(0, 12, 50)), offset).page == page
    assert cite(ARTICLE, offset).page is None
