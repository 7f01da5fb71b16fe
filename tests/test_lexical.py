"""BM25 over three passages, checked by hand, and what comes back from disk."""

import math
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import IndexDamaged
from retrieval.index.lexical import FILES, VIEWS, LexicalBuilder, LexicalIndex, terms
from retrieval.text import tokens

PASSAGES = ("Vàng vàng tăng giá", "Giá gạo", "Mưa lũ lớn")
"""Four, two and three words: three on average."""


def build(*passages: str) -> LexicalIndex:
    builder = LexicalBuilder()
    for passage in passages:
        builder.add(tokens(passage))
    return builder.finish()


def bm25(tf: int, length: int, holders: int) -> float:
    """One term's part, by the formula, for three passages of three words on average."""
    idf = math.log(1 + (3 - holders + 0.5) / (holders + 0.5))
    return idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / 3))


def test_scores_are_bm25_to_the_digit() -> None:
    """`vàng` twice among the four words of passage 0; `giá` once in passages 0 and 1."""
    folded = build(*PASSAGES)["folded"]
    assert folded.scores([("vang", 1.0)]) == pytest.approx([bm25(2, 4, 1), 0, 0])
    assert folded.scores([("gia", 1.0)]) == pytest.approx([bm25(1, 4, 2), bm25(1, 2, 2), 0])


def test_terms_add_up_by_their_weights() -> None:
    folded = build(*PASSAGES)["folded"]
    expected = [2 * bm25(2, 4, 1) + 0.5 * bm25(1, 4, 2), 0.5 * bm25(1, 2, 2), 0]
    assert folded.scores([("vang", 2.0), ("gia", 0.5)]) == pytest.approx(expected)


def test_idf_is_that_of_lucene_and_never_negative() -> None:
    folded = build(*PASSAGES)["folded"]
    assert folded.idf("lu") == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert folded.idf("unknown") == pytest.approx(math.log(1 + 3.5 / 0.5))
    assert build("giá", "giá")["folded"].idf("gia") > 0


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
    assert np.count_nonzero(index["folded"].scores([("ba", 1.0)])) == 3
    assert np.count_nonzero(index["exact"].scores([("ba", 1.0)])) == 1


@pytest.mark.parametrize("term", ["", "unknown", "漢", "🙂", "x" * 100_000, "\x00"])
def test_an_unknown_term_finds_nothing(term: str) -> None:
    rows, weights = build(*PASSAGES)["folded"].lookup(term)
    assert (len(rows), len(weights)) == (0, 0)


def test_words_of_any_script_are_found() -> None:
    index = build("Москва река", "漢字", "ไทย", "العربية")
    for row, word in enumerate(["москва", "字", "ย", "العربية"]):
        assert np.flatnonzero(index["folded"].scores([(word, 1.0)])).tolist() == [row]


@pytest.mark.parametrize("passages", [PASSAGES, ("Hanoi",), ("...", "🙂"), ()])
def test_what_is_loaded_is_what_was_saved(passages: tuple[str, ...], tmp_path: Path) -> None:
    built = build(*passages)
    built.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    loaded = LexicalIndex.load(tmp_path, len(passages))
    assert loaded.count == built.count == len(passages)
    for view in VIEWS:
        wanted = [(term, 1.0) for term in ("gia", "vang", "gia vang", "hanoi")]
        assert loaded[view].scores(wanted).tobytes() == built[view].scores(wanted).tobytes()


def test_the_same_passages_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build(*PASSAGES).save(tmp_path / name)
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in FILES)


def test_an_index_of_more_passages_than_there_are_is_damaged(tmp_path: Path) -> None:
    build(*PASSAGES).save(tmp_path)
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        LexicalIndex.load(tmp_path, 2)


@pytest.mark.parametrize("spoilt", [b"", b"not an array", b"\x93NUMPY\x01\x00v\x00{"])
def test_a_file_that_is_no_array_is_damaged(tmp_path: Path, spoilt: bytes) -> None:
    build(*PASSAGES).save(tmp_path)
    (tmp_path / "lexical.exact.rows.npy").write_bytes(spoilt)
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        LexicalIndex.load(tmp_path, 3)


def test_postings_of_another_index_are_damaged(tmp_path: Path) -> None:
    build(*PASSAGES).save(tmp_path)
    np.save(tmp_path / "lexical.bigram.rows.npy", np.zeros(1, np.int32))
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        LexicalIndex.load(tmp_path, 3)
