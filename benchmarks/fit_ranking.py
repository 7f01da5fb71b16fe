"""Fits the numbers of retrieval/ranking/data/fitted.bundled.json on development data, and writes the file.

Run: .venv/bin/python benchmarks/fit_ranking.py        (TRICHDAN_DEV_DATA names the data, default ../shared/data)

Fitted: the mean question of each language and the mean passage, which centre the vectors; one logistic a kind of
question for the confidence. It is fitted over collections of 4 to 24 of the 32 documents, so that it holds for small
and large ones: the questions on documents left out, and those on nothing in the collection, should be refused.
Chosen by hand on the same data: the fusion weights and the thresholds, below.
"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from retrieval.embedding.loading import LazyEmbedder
from retrieval.index.generation import Generation, Generations
from retrieval.indexer import reindex
from retrieval.ranking.confidence import FEATURES, features
from retrieval.ranking.fitted import Fitted, Weights
from retrieval.ranking.fusion import find
from retrieval.ranking.query import analyse, with_marks

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("TRICHDAN_DEV_DATA", ROOT.parent / "shared" / "data"))
TARGET = ROOT / "retrieval" / "ranking" / "data" / "fitted.bundled.json"
LANGUAGES = ("vi", "en", "ru")
WEIGHTS = {
    "vi": {"exact": 0.4, "folded": 0.1, "bigram": 0.4, "named": 0.03},
    "vi-unmarked": {"exact": 0.2, "folded": 0.2, "bigram": 0.4, "named": 0.03},
    "same": {"exact": 0.4, "folded": 0.1, "bigram": 0.4, "named": 0.03},
    "cross": {"exact": 0.2, "folded": 0.2, "bigram": 0.0, "named": 0.08},
}
THRESHOLDS = {"vi": 0.5, "vi-unmarked": 0.4, "other": 0.4}
DOCUMENTS_KEPT = (4, 6, 8, 12, 16, 16, 20, 24)
OFF_CORPUS = 300
SEED = 7

Row = dict[str, Any]


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"No development data in {DATA}: set TRICHDAN_DEV_DATA to the folder that holds xquad-dev.")
    embedder = LazyEmbedder.of("bundled", ROOT / "data" / "models")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        means = query_means(embedder)
        passage_mean = open_index(work / "all", _passages("xquad-dev", "mlqa-vi"), embedder).dense.mean
        fitted = Fitted(True, {k: Weights(**w) for k, w in WEIGHTS.items()}, means, passage_mean, {})
        confidence = fit_confidence(list(examples(work, embedder, fitted)))
    write(embedder.fingerprint, means, passage_mean, confidence)


def query_means(embedder: LazyEmbedder) -> dict[str, np.ndarray[Any, Any]]:
    questions = _rows("xquad-dev/questions.jsonl") + _rows("mlqa-vi/questions.jsonl")
    means = {
        lang: embedder.embed_queries([r["question"] for r in questions if r["lang"] == lang]).mean(axis=0)
        for lang in LANGUAGES
    }
    return means | {"other": (means["en"] + means["ru"]) / 2}


def examples(work: Path, embedder: LazyEmbedder, fitted: Fitted) -> Iterator[tuple[str, list[float], bool]]:
    """(kind, features, is in the collection) of questions over collections of different sizes."""
    rng = random.Random(SEED)
    passages = _passages("xquad-dev")
    documents = sorted({_document(p["id"]) for p in passages})
    questions, off = _rows("xquad-dev/questions.jsonl"), _rows("offcorpus/questions.jsonl")
    for number, count in enumerate(DOCUMENTS_KEPT):
        kept = set(rng.sample(documents, count))
        generation = open_index(
            work / str(number), [p for p in passages if _document(p["id"]) in kept], embedder
        )
        asked = [(r, _document(r["passage_ids"][0]) in kept) for r in questions if rng.random() < 0.5]
        asked += [(r, False) for r in rng.sample(off, OFF_CORPUS)]
        queries = [with_marks(analyse(row["question"]), generation.marks) for row, _ in asked]
        vectors = embedder.embed_queries([query.text for query in queries])
        for query, (_, inside), vector in zip(queries, asked, vectors, strict=True):
            if query.kind == "question":
                found = features(query, find(query, vector, generation, fitted), generation)
                yield query.profile, [found[name] for name in FEATURES], inside
        print(f"{count} documents: {len(asked)} questions", flush=True)


def fit_confidence(found: Sequence[tuple[str, list[float], bool]]) -> dict[str, Any]:
    fitted = {}
    for profile, threshold in THRESHOLDS.items():
        x = np.array([values for kind, values, _ in found if kind == profile])
        y = np.array([inside for kind, _, inside in found if kind == profile])
        model = LogisticRegression(C=10, max_iter=2000).fit(x, y)
        fitted[profile] = {
            "intercept": round(float(model.intercept_[0]), 4),
            "coefficients": {n: round(float(c), 4) for n, c in zip(FEATURES, model.coef_[0], strict=True)},
            "threshold": threshold,
        }
        answered = model.predict_proba(x)[:, 1] >= threshold
        print(
            f"{profile}: answers {answered[y].mean():.3f} of what is there, {answered[~y].mean():.3f} of the rest"
        )
    return fitted


def open_index(data_dir: Path, passages: Sequence[Row], embedder: LazyEmbedder) -> Generation:
    """An index of passages without their titles, which are English and would favour English questions."""
    data_dir.mkdir()
    cache = ROOT / "data" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    (data_dir / "cache").symlink_to(cache)
    source = data_dir / "passages.jsonl"
    lines = [json.dumps({"id": p["id"], "text": p["text"]}, ensure_ascii=False) for p in passages]
    source.write_text("\n".join(lines), encoding="utf-8")
    reindex([source], data_dir, embedder)
    return Generations(data_dir).open_current(embedder.fingerprint)


def write(
    model: str, means: dict[str, Any], passage_mean: np.ndarray[Any, Any], confidence: dict[str, Any]
) -> None:
    """Readable: one number list a line, everything else indented."""
    parts = {
        "model": json.dumps(model),
        "weights": _indented(WEIGHTS),
        "confidence": _indented(confidence),
        "passage_mean": _numbers(passage_mean),
        "query_means": "{\n"
        + ",\n".join(f'  "{lang}": {_numbers(mean)}' for lang, mean in means.items())
        + "\n }",
    }
    text = "{\n" + ",\n".join(f' "{name}": {part}' for name, part in parts.items()) + "\n}\n"
    json.loads(text)
    TARGET.write_text(text, encoding="utf-8")


def _indented(values: dict[str, Any]) -> str:
    lines = [f'  "{name}": {json.dumps(value)}' for name, value in values.items()]
    return "{\n" + ",\n".join(lines) + "\n }"


def _numbers(values: np.ndarray[Any, Any]) -> str:
    return json.dumps([round(float(value), 4) for value in values])


def _passages(*sets: str) -> list[Row]:
    return [row for name in sets for row in _rows(f"{name}/passages.jsonl")]


def _rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _document(passage_id: str) -> str:
    return passage_id.split("-")[1]


if __name__ == "__main__":
    main()
