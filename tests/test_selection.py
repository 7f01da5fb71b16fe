"""What a reply shows of the ranked passages, on scores given by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from small_index import index, open_index

from retrieval.excerpts.selection import Chosen, select
from retrieval.index.embedded.generation import Generation
from retrieval.ranking.evidence import EVIDENCE, MET
from retrieval.ranking.fusion import Candidates

OTHER = (
    "Mưa lớn ở miền núi làm đường sá hư hại nặng và nhiều xã bị cô lập suốt một tuần lễ liền sau bão. " * 6
)
LONG = (
    "Câu này dài để hai đoạn không thể nằm trong một đoạn trích ngay từ đầu, nên phải kể thêm nhiều điều. "
    * 6
)


def stored(tmp_path: Path, *records: dict[str, Any]) -> Generation:
    index(tmp_path / "data", *records)
    return open_index(tmp_path / "data")


def ranked(*scores: float) -> Candidates:
    """Row i has the i-th score."""
    order = np.argsort(-np.array(scores), kind="stable")
    score = np.array(scores, np.float32)[order]
    return Candidates(order.astype(np.int64), score, dict.fromkeys(EVIDENCE, np.ones_like(score)))


def articles(chosen: list[Chosen]) -> list[str]:
    return [each.article.id for each in chosen]


def test_neighbours_that_both_score_high_become_one_excerpt(tmp_path: Path) -> None:
    store = stored(tmp_path, {"id": "a", "text": f"{LONG}\n{OTHER}"}, {"id": "b", "text": "B."})
    assert store.articles.passages == 3
    first, second = select(ranked(4.0, 5.0, 3.0), store, 3, None)
    assert (first.rows, first.best, first.score) == ((0, 1), 1, 5.0)
    assert [passage.id for passage in first.passages] == ["a#0", "a#1"]
    assert second.rows == (2,)


def test_a_neighbour_that_scores_low_stays_alone(tmp_path: Path) -> None:
    store = stored(tmp_path, {"id": "a", "text": f"{LONG}\n{OTHER}"})
    assert [each.rows for each in select(ranked(5.0, 2.0), store, 3, None)] == [(0,), (1,)]


def test_passages_of_two_articles_are_never_joined(tmp_path: Path) -> None:
    store = stored(tmp_path, {"id": "a", "text": "Giá vàng."}, {"id": "b", "text": "Giá gạo."})
    assert articles(select(ranked(5.0, 5.0), store, 3, None)) == ["a", "b"]


def test_of_equally_relevant_articles_the_newer_comes_first_and_the_undated_last(tmp_path: Path) -> None:
    texts = {"undated": "Giá vàng.", "old": "Lũ lên.", "new": "Cầu sập.", "best": "Sông dài."}
    dates = {"old": "2021-05-01", "new": "2025-05-01", "best": "2020-01-01"}
    records = [{"id": name, "text": text, "date": dates.get(name)} for name, text in texts.items()]
    store = stored(tmp_path, *({k: v for k, v in record.items() if v} for record in records))
    assert articles(select(ranked(5.0, 5.1, 5.0, 7.0), store, 4, None)) == ["best", "new", "old", "undated"]


def test_of_nearly_equal_articles_the_newest_comes_first_where_it_is_asked_for(tmp_path: Path) -> None:
    texts = {"undated": "Giá vàng.", "old": "Lũ lên.", "new": "Cầu sập.", "weak": "Sông dài."}
    dates = {"old": "2021-05-01", "new": "2025-05-01", "weak": "2026-05-01"}
    records = [{"id": name, "text": text, "date": dates.get(name)} for name, text in texts.items()]
    store = stored(tmp_path, *({k: v for k, v in record.items() if v} for record in records))
    plain = ranked(9.0, 9.5, 8.0, 5.0)
    assert articles(select(plain, store, 4, None)) == ["old", "undated", "new", "weak"]
    latest = replace(plain, latest=True)
    assert articles(select(latest, store, 4, None)) == ["new", "old", "undated", "weak"]


def test_what_is_about_something_else_than_the_best_is_not_shown(tmp_path: Path) -> None:
    texts = {"a": "Giá vàng.", "b": "Lũ lên.", "c": "Cầu sập."}
    store = stored(tmp_path, *({"id": name, "text": text} for name, text in texts.items()))
    found = ranked(5.0, 4.0, 3.0)
    other = replace(found, evidence={**found.evidence, MET: np.array([1, 0, 1], np.float32)})
    assert articles(select(other, store, 3, None)) == ["a", "c"]
    best_is_other = replace(found, evidence={**found.evidence, MET: np.array([0, 1, 1], np.float32)})
    assert articles(select(best_is_other, store, 3, None)) == ["a", "b", "c"]


def test_an_update_with_other_figures_stands_beside_what_it_updates(tmp_path: Path) -> None:
    story = "Kim ngạch thương mại song phương Việt Nam và Liên bang Nga đạt {} tỷ USD."
    records = (
        {"id": "2024", "text": story.format("4,1"), "date": "2024-12-01"},
        {"id": "other", "text": "Hội nghị bàn về thương mại với nhiều nước.", "date": "2024-12-02"},
        {"id": "2021", "text": story.format("5,5"), "date": "2021-12-01"},
    )
    chosen = select(ranked(9.0, 8.0, 6.0), stored(tmp_path, *records), 2, 4.0)
    assert articles(chosen) == ["2024", "2021"]
    assert [each.article.date for each in chosen] == [date(2024, 12, 1), date(2021, 12, 1)]


def test_weak_ones_are_shown_only_on_request(tmp_path: Path) -> None:
    store = stored(tmp_path, {"id": "a", "text": "Giá vàng."}, {"id": "b", "text": "Lũ lên."})
    assert articles(select(ranked(5.0, 0.0), store, 3, 4.0)) == ["a"]
    assert articles(select(ranked(5.0, 0.0), store, 3, None)) == ["a", "b"]


def test_nothing_found_is_nothing_chosen(tmp_path: Path) -> None:
    store = stored(tmp_path, {"id": "a", "text": "Giá vàng."})
    assert select(ranked(), store, 3, None) == []


def test_copies_that_were_found_when_indexing_are_named_though_they_were_not_ranked(tmp_path: Path) -> None:
    told = " ".join(f"Câu thứ {n} kể rằng đoàn đã đến nơi thứ {n} trong chuyến thăm." for n in range(30))
    records = [{"id": name, "text": told + more} for name, more in (("a", ""), ("b", " Theo hãng tin."))]
    store = stored(tmp_path, *records, {"id": "c", "text": OTHER})
    (first,) = select(ranked(5.0), store, 1, None)
    assert (first.article.id, [copy.id for copy in first.also_in]) == ("a", ["b"])
