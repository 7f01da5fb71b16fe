"""Questions of the development data with the evidence on their candidates, for fitting and measuring the ranking."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from development_data import ROOT, Row, document, questions, rows
from fit_lexicon import LANGUAGES as TRANSLATED
from fit_lexicon import fit_lexicon
from numpy.typing import NDArray

from retrieval.embedding.loading import LazyEmbedder
from retrieval.embedding.protocol import Vectors
from retrieval.index.generation import Generation, Generations
from retrieval.indexer import reindex
from retrieval.ranking.centring import Centred, centre
from retrieval.ranking.confidence import FEATURES, features
from retrieval.ranking.evidence import EVIDENCE
from retrieval.ranking.fitted import Fitted, Vector
from retrieval.ranking.fusion import find
from retrieval.ranking.query import Query, analyse, with_marks

LANGUAGES = ("vi", "en", "ru")
DOCUMENTS_KEPT = (4, 6, 8, 12, 16, 16, 20, 24)
OFF_CORPUS = 300
FOLDS = 5
SEED = 7
EVEN = dict.fromkeys(EVIDENCE, 1.0)
"""Weights before any are fitted."""


@dataclass(frozen=True)
class Asked:
    """A question over its candidates: `evidence` (candidates, kinds), `right` where a candidate holds the answer."""

    kind: str
    fold: int
    evidence: NDArray[np.float32]
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class Example:
    """The features of one question; `inside` when the collection answers it, `near` when only its topic is there."""

    profile: str
    fold: int
    evidence: list[float]
    inside: bool
    near: bool


def fold_of(passage_id: str) -> int:
    """The fold of an XQuAD document; -1 for MLQA, which is never held out."""
    return int(document(passage_id)) % FOLDS if passage_id.startswith("xquad") else -1


def means(embedder: LazyEmbedder, work: Path) -> tuple[dict[str, Vector], Vector]:
    """The mean question of each language and the mean passage."""
    found = {
        lang: embedder.embed_queries([r["question"] for r in questions() if r["lang"] == lang]).mean(axis=0)
        for lang in LANGUAGES
    }
    found["other"] = (found["en"] + found["ru"]) / 2
    passages = rows("xquad-dev/passages.jsonl") + rows("mlqa-vi/passages.jsonl")
    return found, open_index(work / "means", passages, embedder).dense.mean


def unfitted(embedder: LazyEmbedder, work: Path) -> list[Fitted]:
    """For each fold, and last for all of the data, means and lexicons that have not seen the fold, and even weights."""
    queries, passages = means(embedder, work)
    profiles = ("vi", "vi-unmarked", "same", "cross")

    def without(fold: int | None) -> Callable[[str], Any]:
        return {lang: fit_lexicon(lang, lambda passage: fold_of(passage) != fold) for lang in TRANSLATED}.get

    common = Fitted(True, dict.fromkeys(profiles, EVEN), queries, passages, {})
    return [replace(common, lexicon=without(fold)) for fold in (*range(FOLDS), None)]


def choices(work: Path, embedder: LazyEmbedder, folds: Sequence[Fitted]) -> Iterator[Asked]:
    """The answerable questions over the whole collection: Vietnamese passages, and those of their own language."""
    vietnamese = rows("xquad-dev/passages.jsonl") + rows("mlqa-vi/passages.jsonl")
    generation = open_index(work / "choices", vietnamese, embedder)
    spans = {r["group"]: r["answer_spans"][0] for r in questions() if r["lang"] == "vi"}
    yield from _choices(questions(), generation, embedder, folds, spans)
    for lang in TRANSLATED:
        passages = [{**row, "lang": lang} for row in rows(f"xquad-dev/passages.{lang}.jsonl")]
        generation = open_index(work / f"choices-{lang}", passages, embedder)
        asked = [r for r in rows("xquad-dev/questions.jsonl") if r["lang"] == lang]
        yield from _choices(asked, generation, embedder, folds, {})


def _choices(
    asked: Sequence[Row],
    generation: Generation,
    embedder: LazyEmbedder,
    folds: Sequence[Fitted],
    spans: dict[str, list[int]],
) -> Iterator[Asked]:
    """Right are the passages that hold the answer's span, where it is known; else all of the right article."""
    stored = generation.store.at(range(generation.dense.count))
    language = stored[0][1].lang
    for row, query, question in _queries(asked, generation, embedder, folds):
        fold = fold_of(row["passage_ids"][0])
        found = find(query, question, generation, folds[fold])
        of_article = [stored[r][0].article_id in row["passage_ids"] for r in found.rows.tolist()]
        start, end = spans.get(row["group"], (0, 0))
        holds = [stored[r][0].start <= start and end <= stored[r][0].end for r in found.rows.tolist()]
        both = np.logical_and(of_article, holds)
        right = both if row["group"] in spans and both.any() else np.array(of_article)
        kind: str = query.profile
        if kind == "other":
            kind = "same" if language == query.language else f"cross-{row['lang']}"
        yield Asked(kind, fold, np.stack([found.evidence[name] for name in EVIDENCE], axis=1), right)


def examples(work: Path, embedder: LazyEmbedder, folds: Sequence[Fitted]) -> Iterator[Example]:
    """Questions over collections of different sizes."""
    rng = random.Random(SEED)
    passages = rows("xquad-dev/passages.jsonl")
    documents = sorted({document(p["id"]) for p in passages})
    asked, off = rows("xquad-dev/questions.jsonl"), rows("offcorpus/questions.jsonl")
    near = rows("xquad-dev/unanswerable.jsonl")
    for number, count in enumerate(DOCUMENTS_KEPT):
        kept = set(rng.sample(documents, count))
        inside = [p for p in passages if document(p["id"]) in kept]
        generation = open_index(work / f"examples-{number}", inside, embedder)
        sample = [r for r in asked if rng.random() < 0.5] + rng.sample(off, OFF_CORPUS)
        sample += [r for r in near if document(r["near_passage_ids"][0]) in kept and rng.random() < 0.5]
        for i, (row, query, question) in enumerate(_queries(sample, generation, embedder, folds)):
            right, topic = row["passage_ids"], row.get("near_passage_ids", ())
            fold = fold_of((right or topic)[0]) if right or topic else i % FOLDS
            numbers = folds[fold]
            found = features(query, find(query, question, generation, numbers), generation, numbers)
            profile = query.profile if query.profile != "other" else f"other-{query.language}"
            is_inside = bool(right) and document(right[0]) in kept
            yield Example(profile, fold, [found[name] for name in FEATURES], is_inside, bool(topic))
        print(f"{count} documents: {len(sample)} questions", flush=True)


def _queries(
    asked: Sequence[Row], generation: Generation, embedder: LazyEmbedder, folds: Sequence[Fitted]
) -> Iterator[tuple[Row, Query, Centred]]:
    """The searchable ones of `asked`, each as the retriever would search it."""
    queries = [with_marks(analyse(row["question"]), generation.marks) for row in asked]
    vectors: Vectors = embedder.embed_queries([query.text for query in queries])
    dense = generation.dense
    for row, query, vector in zip(asked, queries, vectors, strict=True):
        if query.kind == "question":
            yield row, query, centre(query.language, vector, dense.mean, dense.count, folds[0])


def open_index(data_dir: Path, passages: Sequence[Row], embedder: LazyEmbedder) -> Generation:
    """An index of passages without their titles, which are English and would favour English questions."""
    data_dir.mkdir()
    source = data_dir / "passages.jsonl"
    lines = [json.dumps({"id": p["id"], "text": p["text"]}, ensure_ascii=False) for p in passages]
    source.write_text("\n".join(lines), encoding="utf-8")
    reindex([source], data_dir, embedder, cache_dir=ROOT / "data" / "cache")
    return Generations(data_dir).open_current(embedder.fingerprint)
