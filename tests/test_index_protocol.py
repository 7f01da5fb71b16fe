"""What every index keeps to that a question may be ranked over: the embedded one, and one that is all lists."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from fake_index import FakeIndex
from small_index import centred, fitted
from small_index import index as publish

from retrieval.article import Excerpt, article_key
from retrieval.errors import IndexMissing, IndexOutdated
from retrieval.index.embedded.generations import Generations
from retrieval.index.protocol import Index, Pinned
from retrieval.index.terms import Term
from retrieval.questions.query import analyse
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.fusion import find
from retrieval.retriever import Retriever

KINDS = ("embedded", "fake")
WORDS = (
    {"id": "gold", "text": "Giá vàng tăng.", "lang": "vi"},
    {"id": "rice", "text": "Giá gạo giảm.", "lang": "vi"},
    {"id": "bridge", "text": "Gold bridge opens.", "lang": "en"},
)
"""Three words each, the mean: the saturation of a word that stands in one once is 1."""
LONG = "Giá vàng trong nước hôm nay tăng mạnh theo giá thế giới, các công ty cho biết sáng nay."
NEWS = (
    {
        "id": "old",
        "title": "Cây cầu mới bắc qua sông Hồng",
        "text": "Cầu.",
        "date": "2020-01-01",
        "source": "B",
    },
    {
        "id": "new",
        "title": "Giá vàng trong nước tăng mạnh",
        "text": LONG,
        "date": "2025-04-02",
        "source": "A",
    },
    {"id": "copy", "title": "Vàng lên giá sau kỳ nghỉ lễ", "text": LONG, "date": "2025-04-01", "source": "A"},
    {"id": "undated", "title": "Lũ lên nhanh ở miền Trung", "text": "Lũ."},
)
GIA, VANG, GOLD = (Term("folded", text) for text in ("gia", "vang", "gold"))
NOTHING = Term("folded", "unknown")


def made(kind: str, folder: Path, records: Sequence[dict[str, Any]]) -> Index[Pinned]:
    """An index of that kind over `records`."""
    if kind == "fake":
        fake = FakeIndex()
        fake.publish(*records)
        return fake
    publish(folder / "data", *records)
    return Generations(folder / "data")


@pytest.fixture(scope="module", params=KINDS)
def words(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index[Pinned]:
    return made(request.param, tmp_path_factory.mktemp("words"), WORDS)


@pytest.fixture
def pinned(words: Index[Pinned]) -> Pinned:
    return words.open_current("fake-1")


@pytest.fixture(scope="module", params=KINDS)
def news(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pinned:
    return made(request.param, tmp_path_factory.mktemp("news"), NEWS).open_current(None)


def rows(*numbers: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def shown(excerpt: Excerpt) -> tuple[object, ...]:
    """All but where the article lies."""
    return excerpt.text, excerpt.highlights, excerpt.score, excerpt.passage_id, excerpt.also_in


def test_what_is_current_is_what_is_pinned(words: Index[Pinned], pinned: Pinned) -> None:
    assert words.current() == pinned.id == pinned.facts.id
    assert words.pin(pinned.id, "fake-1").facts.created == pinned.facts.created
    assert list(words.others()) == []
    assert words.open_serving("fake-1").damage is None
    assert pinned.changed() is None


def test_what_another_model_made_is_not_opened(words: Index[Pinned], pinned: Pinned) -> None:
    with pytest.raises(IndexOutdated):
        words.pin(pinned.id, "another")
    assert words.open_current(None).id == pinned.id


def test_an_index_of_nothing_is_missing(tmp_path: Path) -> None:
    for empty in (FakeIndex(), Generations(tmp_path)):
        assert empty.current() is None
        with pytest.raises(IndexMissing):
            empty.open_current(None)


def test_it_says_how_much_it_holds(pinned: Pinned) -> None:
    facts = pinned.facts
    assert (facts.articles, facts.passages, facts.model) == (3, 3, "fake-1")
    assert facts.mean == pytest.approx(pinned.fetch(rows(0, 1, 2), ()).vectors.mean(axis=0))


def test_terms_have_as_many_holders_as_passages_hold_them(pinned: Pinned) -> None:
    found = pinned.frequencies([GIA, VANG, NOTHING, Term("exact", "gold"), Term("bigram", "gia vang")])
    assert [found.get(term, 0) for term in (GIA, VANG, NOTHING)] == [2, 1, 0]
    assert (found[Term("exact", "gold")], found[Term("bigram", "gia vang")]) == (1, 1)


def test_the_nearest_come_best_first(pinned: Pinned) -> None:
    """(1, 1) / sqrt 2 against gold + price, price + rice, gold + bridge."""
    vector = FakeEmbedder().embed_queries(["giá vàng"])[0]
    assert pinned.nearest(vector, 1).tolist() == [0]
    assert pinned.nearest(vector, 10).tolist()[0] == 0 and len(pinned.nearest(vector, 10)) == 3


def test_the_holders_are_the_best_by_each_weighting_in_row_order(pinned: Pinned) -> None:
    assert pinned.holding([{GOLD: 1.0}], 5).tolist() == [2]
    assert pinned.holding([{GIA: 1.0, VANG: 1.0}], 1).tolist() == [0]
    assert pinned.holding([{GIA: 1.0, VANG: -1.0}], 1).tolist() == [1]
    assert pinned.holding([{GOLD: 1.0}, {GIA: 1.0, VANG: 1.0}], 1).tolist() == [0, 2]


def test_of_equal_holders_the_first_are_taken(pinned: Pinned) -> None:
    assert pinned.holding([{GIA: 2.0}], 1).tolist() == [0]
    assert pinned.holding([{GIA: 2.0}], 2).tolist() == [0, 1]


def test_what_adds_nothing_holds_nothing(pinned: Pinned) -> None:
    for weighted in ({}, {NOTHING: 1.0}, {GIA: 0.0}, {GIA: -1.0}):
        assert pinned.holding([weighted], 5).tolist() == []


def test_what_is_fetched_comes_in_the_order_asked_for(pinned: Pinned) -> None:
    found = pinned.fetch(rows(2, 0), [GIA, GOLD, NOTHING])
    assert found.rows.tolist() == [2, 0]
    assert found.languages() == ["en", "vi"]
    assert np.linalg.norm(found.vectors, axis=1) == pytest.approx([1, 1])
    assert found.saturations == pytest.approx(np.array([[0, 1], [1, 0], [0, 0]]))
    assert (len(found.sentences.vectors), found.sentences.starts.tolist()) == (2, [0, 1])


def test_nothing_may_be_fetched(pinned: Pinned) -> None:
    found = pinned.fetch(rows(), [GIA])
    assert (found.vectors.shape[0], found.saturations.shape, found.languages()) == (0, (1, 0), [])
    assert pinned.fetch(rows(1), ()).saturations.shape == (0, 1)


def test_a_passage_is_a_stretch_of_its_article(pinned: Pinned) -> None:
    found = pinned.passages([1, 99])
    passage, article = found[1]
    assert (set(found), article.id, passage.text) == ({1}, "rice", "Giá gạo giảm.")
    assert article.text[passage.start : passage.end] == passage.text


def test_syllables_get_the_marks_that_the_collection_writes(pinned: Pinned) -> None:
    assert pinned.marks.restore("gia gao") == "giá gạo"


def test_an_article_is_found_by_its_id_and_its_key(news: Pinned) -> None:
    for found in (news.articles.article("new"), news.articles.by_key(article_key("new"))):
        assert found is not None and found.text == LONG
    assert news.articles.article("none") is None and news.articles.by_key(b"12345678") is None
    assert news.articles.bounds("new") == (frozenset({0}), frozenset({len(LONG)}))


def test_articles_are_listed_the_newest_first(news: Pinned) -> None:
    articles = news.articles
    assert [each.id for each in articles.listed(0, 9)] == ["new", "copy", "old", "undated"]
    assert [each.id for each in articles.listed(1, 2)] == ["copy", "old"]
    newest = articles.newest()
    assert newest is not None and newest.id == "new"


def test_the_catalogue_counts(news: Pinned) -> None:
    articles = news.articles
    assert (articles.articles, articles.passages, articles.dated()) == (4, 4, 3)
    assert articles.dates() == (date(2020, 1, 1), date(2025, 4, 2))
    assert next(iter(articles.sources().items())) == ("A", 2)


def test_of_copies_one_is_a_topic(news: Pinned) -> None:
    assert [copy.id for copy in news.articles.copies_of("new")] == ["copy"]
    assert news.articles.topics(2) == ["Giá vàng trong nước tăng mạnh", "Cây cầu mới bắc qua sông Hồng"]


@pytest.mark.parametrize("question", ["giá vàng", "gia gao", "What is the price of gold?", "Lũ?", "漢字"])
def test_over_each_index_a_question_gets_the_same_answer(question: str, tmp_path: Path) -> None:
    embedded, fake = (made(kind, tmp_path, WORDS).open_current("fake-1") for kind in KINDS)
    one, other = (
        Retriever(each, FakeEmbedder(), fitted(dense=2.0)).answer(analyse(question))
        for each in (embedded, fake)
    )
    for ours, theirs in ((one.excerpts, other.excerpts), (one.nearest, other.nearest)):
        assert [*map(shown, ours)] == [*map(shown, theirs)]
    assert one.confidence == pytest.approx(other.confidence, abs=1e-6)


@pytest.mark.parametrize("question", ["giá vàng", "What is the price of gold?"])
def test_over_each_index_the_evidence_is_the_same(question: str, tmp_path: Path) -> None:
    found = []
    for kind in KINDS:
        generation, numbers = made(kind, tmp_path / kind, WORDS).open_current("fake-1"), fitted()
        retriever = Retriever(generation, FakeEmbedder(), numbers)
        terms = AskedTerms.of(retriever.readable(analyse(question)), generation, None)
        found.append(find(terms, centred(question, generation, numbers), generation, numbers))
    embedded, fake = found
    assert embedded.rows.tolist() == fake.rows.tolist()
    for name, evidence in embedded.evidence.items():
        assert evidence == pytest.approx(fake.evidence[name], abs=1e-5)
