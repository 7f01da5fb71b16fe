"""Fits the numbers of retrieval/ranking/data/fitted.bundled.json on development data, and writes the file.

Run: .venv/bin/python benchmarks/fit_ranking.py        (TRICHDAN_DEV_DATA names the data, default ../shared/data)

Fitted: the mean question of each language and the mean passage, which centre the vectors; one logistic a kind of
question for the confidence. It is fitted over collections of 4 to 24 of the 32 documents, so that it holds for small
and large ones: the questions on documents left out, and those on nothing in the collection, should be refused. Words
are translated by a lexicon that has not seen the question's fold, as it will be for questions to come.
Chosen by hand on the same data: the fusion weights and the thresholds, below.
"""

import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from development_data import ROOT, Row, document, questions, rows
from fit_lexicon import LANGUAGES as TRANSLATED
from fit_lexicon import fit_lexicon
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from retrieval.embedding.loading import LazyEmbedder
from retrieval.index.generation import Generation, Generations
from retrieval.indexer import reindex
from retrieval.ranking.confidence import FEATURES, features
from retrieval.ranking.fitted import Fitted, Logistic, Weights
from retrieval.ranking.fusion import find
from retrieval.ranking.query import analyse, with_marks

TARGET = ROOT / "retrieval" / "ranking" / "data" / "fitted.bundled.json"
LANGUAGES = ("vi", "en", "ru")
WEIGHTS = {
    "vi": {"exact": 0.4, "folded": 0.1, "bigram": 0.4, "translated": 0.0, "named": 0.03},
    "vi-unmarked": {"exact": 0.2, "folded": 0.2, "bigram": 0.4, "translated": 0.0, "named": 0.03},
    "same": {"exact": 0.4, "folded": 0.1, "bigram": 0.4, "translated": 0.0, "named": 0.03},
    "cross": {"exact": 0.2, "folded": 0.2, "bigram": 0.0, "translated": 0.2, "named": 0.08},
    "cross-en": {"exact": 0.2, "folded": 0.2, "bigram": 0.0, "translated": 0.25, "named": 0.08},
    "cross-ru": {"exact": 0.2, "folded": 0.2, "bigram": 0.0, "translated": 0.15, "named": 0.08},
}
THRESHOLDS = {"vi": 0.5, "vi-unmarked": 0.45, "other": 0.4}
DOCUMENTS_KEPT = (4, 6, 8, 12, 16, 16, 20, 24)
OFF_CORPUS = 300
FOLDS = 5
SEED = 7


@dataclass(frozen=True)
class Example:
    """The evidence on one question, and whether the collection holds its answer."""

    profile: str
    fold: int
    evidence: list[float]
    inside: bool


def main() -> None:
    embedder = LazyEmbedder.of("bundled", ROOT / "data" / "models")
    with tempfile.TemporaryDirectory() as folder:
        fitted = unfitted(embedder, Path(folder))
        found = list(examples(Path(folder), embedder, by_fold(fitted)))
    confidence = fit_confidence(found)
    report(found)
    assert fitted.passage_mean is not None
    write(embedder.fingerprint, fitted, confidence)


def unfitted(embedder: LazyEmbedder, work: Path) -> Fitted:
    """Means and weights, without confidence."""
    means = {
        lang: embedder.embed_queries([r["question"] for r in questions() if r["lang"] == lang]).mean(axis=0)
        for lang in LANGUAGES
    }
    means["other"] = (means["en"] + means["ru"]) / 2
    passages = rows("xquad-dev/passages.jsonl") + rows("mlqa-vi/passages.jsonl")
    mean = open_index(work / "means", passages, embedder).dense.mean
    return Fitted(True, {k: Weights(**w) for k, w in WEIGHTS.items()}, means, mean, {})


def fold_of(passage_id: str) -> int:
    """The fold of an XQuAD document; -1 for MLQA, which is never held out."""
    return int(document(passage_id)) % FOLDS if passage_id.startswith("xquad") else -1


def by_fold(fitted: Fitted) -> list[Fitted]:
    """For each fold the numbers with lexicons that have not seen it."""

    def without(fold: int) -> Callable[[str], Any]:
        lexicons = {lang: fit_lexicon(lang, lambda passage: fold_of(passage) != fold) for lang in TRANSLATED}
        return lexicons.get

    return [replace(fitted, lexicon=without(fold)) for fold in range(FOLDS)]


def examples(work: Path, embedder: LazyEmbedder, folds: Sequence[Fitted]) -> Iterator[Example]:
    """Questions over collections of different sizes."""
    rng = random.Random(SEED)
    passages = rows("xquad-dev/passages.jsonl")
    documents = sorted({document(p["id"]) for p in passages})
    asked, off = rows("xquad-dev/questions.jsonl"), rows("offcorpus/questions.jsonl")
    for number, count in enumerate(DOCUMENTS_KEPT):
        kept = set(rng.sample(documents, count))
        inside = [p for p in passages if document(p["id"]) in kept]
        generation = open_index(work / str(number), inside, embedder)
        sample = [r for r in asked if rng.random() < 0.5] + rng.sample(off, OFF_CORPUS)
        yield from evidence(sample, kept, generation, embedder, folds)
        print(f"{count} documents: {len(sample)} questions", flush=True)


def evidence(
    asked: Sequence[Row],
    kept: set[str],
    generation: Generation,
    embedder: LazyEmbedder,
    folds: Sequence[Fitted],
) -> Iterator[Example]:
    """The evidence on each question, its words translated by its fold's lexicon."""
    queries = [with_marks(analyse(row["question"]), generation.marks) for row in asked]
    vectors = embedder.embed_queries([query.text for query in queries])
    for number, (row, query, vector) in enumerate(zip(asked, queries, vectors, strict=True)):
        if query.kind == "question":
            right = row["passage_ids"]
            fold = fold_of(right[0]) if right else number % FOLDS
            found = features(query, find(query, vector, generation, folds[fold]), generation)
            inside = bool(right) and document(right[0]) in kept
            yield Example(query.profile, fold, [found[name] for name in FEATURES], inside)


def fit_confidence(found: Sequence[Example]) -> dict[str, Logistic]:
    """One logistic a kind of question."""
    fitted = {}
    for profile, threshold in THRESHOLDS.items():
        chosen = [e for e in found if e.profile == profile]
        x, y = np.array([e.evidence for e in chosen]), np.array([e.inside for e in chosen])
        model = LogisticRegression(C=10, max_iter=2000).fit(x, y)
        coefficients = {n: round(float(c), 4) for n, c in zip(FEATURES, model.coef_[0], strict=True)}
        fitted[profile] = Logistic(round(float(model.intercept_[0]), 4), coefficients, threshold)
    return fitted


def report(found: Sequence[Example]) -> None:
    """Shares answered out of fold: each question judged by numbers fitted on the other folds."""
    logistics = [fit_confidence([e for e in found if e.fold != fold]) for fold in range(FOLDS)]
    for profile, threshold in THRESHOLDS.items():
        chosen = [e for e in found if e.profile == profile]
        judged = [
            logistics[e.fold][profile].probability(dict(zip(FEATURES, e.evidence, strict=True)))
            for e in chosen
        ]
        answered = np.array(judged) >= threshold
        inside = np.array([e.inside for e in chosen])
        there, rest = answered[inside].mean(), answered[~inside].mean()
        print(f"{profile}: answers {there:.3f} of what is there, {rest:.3f} of the rest")


def open_index(data_dir: Path, passages: Sequence[Row], embedder: LazyEmbedder) -> Generation:
    """An index of passages without their titles, which are English and would favour English questions."""
    data_dir.mkdir()
    source = data_dir / "passages.jsonl"
    lines = [json.dumps({"id": p["id"], "text": p["text"]}, ensure_ascii=False) for p in passages]
    source.write_text("\n".join(lines), encoding="utf-8")
    reindex([source], data_dir, embedder, cache_dir=ROOT / "data" / "cache")
    return Generations(data_dir).open_current(embedder.fingerprint)


def write(model: str, fitted: Fitted, confidence: dict[str, Logistic]) -> None:
    """Readable: one number list a line, everything else indented."""
    assert fitted.passage_mean is not None
    logistics = {
        name: {"intercept": c.intercept, "coefficients": c.coefficients, "threshold": c.threshold}
        for name, c in confidence.items()
    }
    means = ",\n".join(f'  "{lang}": {_numbers(mean)}' for lang, mean in fitted.query_means.items())
    parts = {
        "model": json.dumps(model),
        "weights": _indented(WEIGHTS),
        "confidence": _indented(logistics),
        "passage_mean": _numbers(fitted.passage_mean),
        "query_means": f"{{\n{means}\n }}",
    }
    text = "{\n" + ",\n".join(f' "{name}": {part}' for name, part in parts.items()) + "\n}\n"
    json.loads(text)
    TARGET.write_text(text, encoding="utf-8")


def _indented(values: dict[str, Any]) -> str:
    lines = [f'  "{name}": {json.dumps(value)}' for name, value in values.items()]
    return "{\n" + ",\n".join(lines) + "\n }"


def _numbers(values: NDArray[np.float32]) -> str:
    return json.dumps([round(float(value), 4) for value in values])


if __name__ == "__main__":
    main()
