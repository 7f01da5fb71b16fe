"""BM25 over three passages, checked by hand, and what comes back from disk."""

import math
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from exhaustive import idf, scores
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import IndexDamaged
from retrieval.index.embedded.words.builder import RUN, LexicalBuilder
from retrieval.index.embedded.words.counts import count_terms
from retrieval.index.embedded.words.lexical import ARRAYS, FILES, LexicalIndex
from retrieval.index.terms import VIEWS, terms
from retrieval.text.forms import tokens

PASSAGES = ("Vàng vàng tăng giá", "Giá gạo", "Mưa lũ lớn")
"""Four, two and three words: three on average."""


def build_in(folder: Path, *passages: str, run: int = RUN) -> LexicalIndex:
    folder.mkdir(exist_ok=True)
    builder = LexicalBuilder(folder, run=run)
    for passage in passages:
        builder.add(count_terms([tokens(passage)]))
    builder.finish()
    return LexicalIndex.load(folder)


def build(*passages: str) -> LexicalIndex:
    with TemporaryDirectory() as folder:
        return build_in(Path(folder), *passages)  # what is mapped stays, though its names are gone


def same(one: LexicalIndex, other: LexicalIndex) -> bool:
    return all(
        np.array_equal(getattr(one[view], name), getattr(other[view], name))
        for view in VIEWS
        for name in ARRAYS
    )


def bm25(tf: int, length: int, holders: int) -> float:
    """One term's part, by the formula, for three passages of three words on average."""
    rarity = math.log(1 + (3 - holders + 0.5) / (holders + 0.5))
    return rarity * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / 3))


def test_scores_are_bm25_to_the_digit() -> None:
    """`vàng` twice among the four words of passage 0; `giá` once in passages 0 and 1."""
    folded = build(*PASSAGES)["folded"]
    assert scores(folded, [("vang", 1.0)]) == pytest.approx([bm25(2, 4, 1), 0, 0])
    assert scores(folded, [("gia", 1.0)]) == pytest.approx([bm25(1, 4, 2), bm25(1, 2, 2), 0])


def test_terms_add_up_by_their_weights() -> None:
    folded = build(*PASSAGES)["folded"]
    expected = [2 * bm25(2, 4, 1) + 0.5 * bm25(1, 4, 2), 0.5 * bm25(1, 2, 2), 0]
    assert scores(folded, [("vang", 2.0), ("gia", 0.5)]) == pytest.approx(expected)


def test_idf_is_that_of_lucene_and_never_negative() -> None:
    folded = build(*PASSAGES)["folded"]
    assert idf(folded, "lu") == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert idf(folded, "unknown") == pytest.approx(math.log(1 + 3.5 / 0.5))
    assert idf(build("giá", "giá")["folded"], "gia") > 0


def test_the_views_hold_words_with_marks_without_marks_and_pairs() -> None:
    found = tokens("Giá vàng đỏ")
    assert [terms(view, found) for view in VIEWS] == [
        ["gia\u0301", "vang\u0300", "đo\u0309"],
        ["gia", "vang", "do"],
        ["gia vang", "vang do"],
        [],
        [],
    ]


def test_a_mark_tells_words_apart_in_the_exact_view_alone() -> None:
    index = build("ba", "bà", "bá")
    assert np.count_nonzero(scores(index["folded"], [("ba", 1.0)])) == 3
    assert np.count_nonzero(scores(index["exact"], [("ba", 1.0)])) == 1


@pytest.mark.parametrize("term", ["", "unknown", "漢", "🙂", "x" * 100_000, "\x00"])
def test_an_unknown_term_finds_nothing(term: str) -> None:
    rows, weights = build(*PASSAGES)["folded"].lookup(term)
    assert (len(rows), len(weights)) == (0, 0)


def test_words_of_any_script_are_found() -> None:
    index = build("Москва река", "漢字", "ไทย", "العربية")
    for row, word in enumerate(["москва", "字", "ย", "العربية"]):
        assert np.flatnonzero(scores(index["folded"], [(word, 1.0)])).tolist() == [row]


@pytest.mark.parametrize("passages", [PASSAGES, ("Hanoi",), ("...", "🙂"), ()])
def test_the_folder_holds_the_index_and_nothing_else(passages: tuple[str, ...], tmp_path: Path) -> None:
    assert build_in(tmp_path, *passages).count == len(passages)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)


def test_the_same_passages_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_in(tmp_path / name, *PASSAGES)
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in FILES)


WORDS = st.lists(st.sampled_from("giá vàng gạo mưa 4,1 Mishustin USD".split()), max_size=6).map(" ".join)


@given(st.lists(WORDS, max_size=12))
def test_sorted_runs_merge_into_what_one_run_makes(passages: list[str]) -> None:
    with TemporaryDirectory() as folder:
        whole = build_in(Path(folder) / "whole", *passages)
        assert same(build_in(Path(folder) / "parts", *passages, run=3), whole)


@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=10), st.lists(WORDS, max_size=3))
def test_passages_taken_over_are_as_if_read_again(before: list[tuple[str, bool]], added: list[str]) -> None:
    """Some of the passages before stay, in their order, behind and between new ones."""
    kept = [passage for passage, stays in before if stays]
    with TemporaryDirectory() as folder:
        old = build_in(Path(folder) / "old", *(passage for passage, _ in before))
        (Path(folder) / "new").mkdir()
        builder = LexicalBuilder(Path(folder) / "new", old, run=4)
        for row, (_, stays) in enumerate(before):
            if stays:
                builder.take_over(row, row + 1)
        for passage in added:
            builder.add(count_terms([tokens(passage)]))
        builder.finish()
        expected = build_in(Path(folder) / "fresh", *kept, *added)
        assert same(LexicalIndex.load(Path(folder) / "new"), expected)


@pytest.mark.parametrize("spoilt", [b"", b"not an array", b"\x93NUMPY\x01\x00v\x00{"])
def test_a_file_that_is_no_array_is_damaged(tmp_path: Path, spoilt: bytes) -> None:
    build_in(tmp_path, *PASSAGES)
    (tmp_path / "lexical.exact.rows.npy").write_bytes(spoilt)
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        LexicalIndex.load(tmp_path)


def test_postings_of_another_index_are_damaged(tmp_path: Path) -> None:
    build_in(tmp_path, *PASSAGES)
    np.save(tmp_path / "lexical.bigram.rows.npy", np.zeros(1, np.int32))
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        LexicalIndex.load(tmp_path)
