"""A reader pages through what is worth showing, the best first or the newest first."""

from datetime import date
from pathlib import Path

from answers import make_excerpt
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from small_index import fitted, index, open_index

from retrieval.excerpts.order import MOST, ordered
from retrieval.questions.query import analyse
from retrieval.retriever import EXCERPTS, Retriever

DATES = st.none() | st.dates(date(2000, 1, 1), date(2000, 1, 9))


@given(st.lists(DATES, max_size=MOST))
def test_the_newest_come_first_and_the_undated_last(dates: list[date | None]) -> None:
    excerpts = [make_excerpt(f"Câu {i}.", date=each) for i, each in enumerate(dates)]
    found = [excerpt.citation.date for excerpt in ordered(excerpts, "newest")]
    dated = [each for each in found if each]
    assert dated == sorted(dated, reverse=True)
    assert found == [*dated, *[None] * (len(found) - len(dated))]


@given(st.lists(DATES, max_size=MOST))
def test_by_relevance_the_order_stays_and_of_one_date_the_better_comes_first(
    dates: list[date | None],
) -> None:
    excerpts = [make_excerpt(f"Câu {i}.", date=each, start=i) for i, each in enumerate(dates)]
    assert ordered(excerpts, "relevance") == tuple(excerpts)
    for same in set(dates):
        starts = [e.start for e in ordered(excerpts, "newest") if e.citation.date == same]
        assert starts == sorted(starts)


def retriever(data_dir: Path, worth_showing: float) -> Retriever:
    """Over twenty articles about gold with ever more other words, and one about a bridge."""
    others = ["price ", "rice ", "flood ", "river "]
    about_gold = [
        {
            "id": f"gold{i}",
            "text": f"Gold {''.join(others[k % 4] * (i > k) for k in range(20))}n{i}.",
            "lang": "en",
        }
        for i in range(20)
    ]
    index(data_dir, *about_gold, {"id": "bridge", "text": "Bridge.", "lang": "en"})
    return Retriever(open_index(data_dir), FakeEmbedder(), fitted(), worth_showing=worth_showing)


def test_all_that_is_worth_showing_can_be_paged_through_and_no_more(tmp_path: Path) -> None:
    many = retriever(tmp_path / "data", worth_showing=0.55)
    found = many.answer_worth_showing(analyse("gold"))
    assert found.answered
    assert EXCERPTS < len(found.excerpts) < MOST
    best = found.excerpts[0].score
    assert all(excerpt.score >= best - 0.55 for excerpt in found.excerpts)
    assert len(many.answer(analyse("gold"), MOST).excerpts) == MOST


def test_there_are_at_most_five_pages_and_a_refusal_has_one(tmp_path: Path) -> None:
    lenient = retriever(tmp_path / "data", worth_showing=9)
    assert len(lenient.answer_worth_showing(analyse("gold")).excerpts) == MOST
    assert (
        lenient.answer_worth_showing(analyse("gold"), 2).excerpts
        == lenient.answer(analyse("gold"), 2).excerpts
    )
    refused = lenient.answer_worth_showing(analyse("unheard words"))
    assert (refused.answered, refused.excerpts, len(refused.nearest)) == (False, (), EXCERPTS)
