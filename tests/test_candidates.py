"""The pool of candidates by words is what scoring every passage would have it."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from exhaustive import idf, scores
from fake_embedder import FakeEmbedder
from numpy.typing import NDArray
from small_index import index, open_index

from retrieval.embedding.loading import LazyEmbedder
from retrieval.index.embedded.generation import Generation
from retrieval.indexing.run import reindex
from retrieval.questions.answer_type import telling_runs
from retrieval.questions.query import analyse, with_marks
from retrieval.questions.translation import Lexicon
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.evidence import TRANSLATED
from retrieval.ranking.fitted import load_fitted

HERE = Path(__file__).parent
POOLS = (1, 10, 30)
_EQUAL = 1e-4
"""Sums in another order differ by less; which of such equals is taken is no matter."""


def every_score(
    asked: AskedTerms, generation: Generation, weights: Mapping[str, float], lexicon: Lexicon | None
) -> NDArray[np.float32]:
    """The weighted evidence of words of every passage, each view scored by itself."""
    lexical, query = generation.lexical, asked.query
    total = np.zeros(lexical.count, np.float32)
    for view, words in asked.words.items():
        mass = sum(idf(lexical[view], term) for term in words)
        total += weights.get(view, 0.0) * scores(lexical[view], ((t, 1.0) for t in words)) / max(mass, 1e-9)
    telling = [word for run in telling_runs(query) for word in run]
    translated = lexicon.translate(query.text, telling) if lexicon else {}
    told, mass = np.zeros(lexical.count, np.float32), 0.0
    for term, times in translated.items():
        postings = lexical["bigram" if " " in term else "folded"]
        told += scores(postings, [(term, times)])
        mass += times * idf(postings, term)
    return np.asarray(total + weights.get(TRANSLATED, 0.0) * told / max(mass, 1e-9), np.float32)


def check(
    asked: AskedTerms, generation: Generation, weights: Mapping[str, float], lexicon: Lexicon | None
) -> None:
    expected = every_score(asked, generation, weights, lexicon)
    for k in POOLS:
        found = generation.holding([asked.weighted(weights, weights.get(TRANSLATED, 0.0))], k)
        assert len(found) == min(k, np.count_nonzero(expected > 0))
        best = np.sort(expected)[::-1][: len(found)]
        assert np.sort(expected[found])[::-1] == pytest.approx(best, abs=_EQUAL)


def test_over_the_seeds(tmp_path: Path, bundled_embedder: LazyEmbedder) -> None:
    reindex([HERE.parent / "seeds"], tmp_path / "data", FakeEmbedder())
    generation, numbers = open_index(tmp_path / "data"), load_fitted(bundled_embedder.fingerprint)
    for name in ("seeds_questions.jsonl", "seeds_questions_2.jsonl"):
        for line in (HERE / "data" / name).read_text("utf-8").splitlines():
            query = with_marks(analyse(json.loads(line)["question"]), generation.marks.restore)
            lexicon = numbers.lexicon(query.language)
            asked = AskedTerms.of(query, generation, lexicon)
            for weights in numbers.weights.values():
                check(asked, generation, weights, lexicon)


def test_over_words_drawn_at_random(tmp_path: Path) -> None:
    drawn = random.Random(5)
    words = [f"{a}{b}" for a in "bcdđghk" for b in ("à", "á", "ung", "ương", "inh")]
    said = [" ".join(drawn.choices(words, k=drawn.randint(1, 40))) for _ in range(200)]
    index(tmp_path / "data", *({"id": str(n), "text": text} for n, text in enumerate(said)))
    generation = open_index(tmp_path / "data")
    for _ in range(50):
        asked = AskedTerms.of(analyse(" ".join(drawn.choices(words, k=6))), generation, None)
        check(asked, generation, {"exact": drawn.random(), "folded": 1.0, "bigram": drawn.random()}, None)
