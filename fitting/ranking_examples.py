"""Questions of the development data with the evidence on their candidates, for fitting and measuring the ranking."""

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fitting import fit_adapter
from fitting.development_data import ROOT, Row, document, questions, rows
from fitting.fit_adapter import FOLDS, fold_of
from fitting.fit_lexicon import LANGUAGES as TRANSLATED
from fitting.fit_lexicon import fit_lexicon
from fitting.known_questions import KnownQuestions
from retrieval.embedding.loading import LazyEmbedder
from retrieval.embedding.model_sources import resolve
from retrieval.embedding.protocol import Embedder
from retrieval.embedding.torch_runtime import load_sentence_embedder
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.questions.query import Query, analyse, with_marks
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.centring import Centred, centre
from retrieval.ranking.confidence import FEATURES, features
from retrieval.ranking.evidence import EVIDENCE
from retrieval.ranking.fitted import Fitted, Vector
from retrieval.ranking.fusion import find

LANGUAGES = ("vi", "en", "ru")
DOCUMENTS_KEPT = (4, 6, 8, 12, 16, 16, 20, 24)
OFF_CORPUS = 300
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


@dataclass(frozen=True)
class Numbers:
    """All that is fitted: the numbers of the ranking, and the adapter inside the embedder."""

    fitted: Fitted
    embedder: Embedder

    def with_fitted(self, fitted: Fitted) -> "Numbers":
        return replace(self, fitted=fitted)


class FoldEmbedder(KnownQuestions):
    """The bundled model with an adapter that has not seen a fold."""

    def __init__(self, passages: Embedder, fold: int) -> None:
        path = ROOT / "data" / "cache" / "adapters" / f"{_digest(fit_adapter.__file__)}-{fold}.safetensors"
        if not path.is_file():
            print(f"training the adapter without fold {fold}", flush=True)
            fit_adapter.train(fit_adapter.pairs(fold), path)
        models = ROOT / "data" / "models"
        super().__init__(load_sentence_embedder(resolve("bundled", models), models, path), passages)


def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def means(embedder: Embedder) -> dict[str, Vector]:
    """The mean question of each language."""
    found = {
        lang: embedder.embed_queries([r["question"] for r in questions() if r["lang"] == lang]).mean(axis=0)
        for lang in LANGUAGES
    }
    return {**found, "other": (found["en"] + found["ru"]) / 2}


def unfitted(embedder: LazyEmbedder, work: Path) -> list[Numbers]:
    """For each fold, and last for all of the data: adapter, means and lexicons that have not seen it, even weights."""
    passages = rows("xquad-dev/passages.jsonl") + rows("mlqa-vi/passages.jsonl")
    mean = open_index(work / "means", passages, embedder).facts.mean
    profiles = ("vi", "vi-unmarked", "same", "cross")
    found = []
    for fold in (*range(FOLDS), None):
        adapted: Embedder = embedder if fold is None else FoldEmbedder(embedder, fold)
        lexicons = {lang: fit_lexicon(lang, _is_outside(fold)) for lang in TRANSLATED}
        even = dict.fromkeys(profiles, EVEN)
        fitted = Fitted(
            calibrated=True,
            weights=even,
            query_means=means(adapted),
            passage_mean=mean,
            confidence={},
            lexicon=lexicons.get,
        )
        found.append(Numbers(fitted, adapted))
    return found


def _is_outside(fold: int | None) -> Callable[[str], bool]:
    return lambda passage: fold is None or fold_of(passage) != fold


def choices(work: Path, embedder: LazyEmbedder, folds: Sequence[Numbers]) -> Iterator[Asked]:
    """The questions of XQuAD over Vietnamese passages, MLQA's among them, and over those of their own language."""
    vietnamese = rows("xquad-dev/passages.jsonl") + rows("mlqa-vi/passages.jsonl")
    generation = open_index(work / "choices", vietnamese, embedder)
    spans = {r["group"]: r["answer_spans"][0] for r in questions() if r["lang"] == "vi"}
    yield from _choices(rows("xquad-dev/questions.jsonl"), generation, folds, spans)
    for lang in TRANSLATED:
        passages = [{**row, "lang": lang} for row in rows(f"xquad-dev/passages.{lang}.jsonl")]
        generation = open_index(work / f"choices-{lang}", passages, embedder)
        asked = [r for r in rows("xquad-dev/questions.jsonl") if r["lang"] == lang]
        yield from _choices(asked, generation, folds, {})


def _choices(
    asked: Sequence[Row],
    generation: Generation,
    folds: Sequence[Numbers],
    spans: dict[str, list[int]],
) -> Iterator[Asked]:
    """Right are the passages that hold the answer's span, where it is known; else all of the right article."""
    stored = generation.passages(range(generation.facts.passages))
    language = stored[0][1].lang
    for row, query, question, fold in _queries(asked, generation, folds):
        terms = terms_of(query, generation, folds[fold].fitted)
        found = find(terms, question, generation, folds[fold].fitted)
        of_article = [stored[r][0].article_id in row["passage_ids"] for r in found.rows.tolist()]
        start, end = spans.get(row["group"], (0, 0))
        holds = [stored[r][0].start <= start and end <= stored[r][0].end for r in found.rows.tolist()]
        both = np.logical_and(of_article, holds)
        right = both if row["group"] in spans and both.any() else np.array(of_article)
        kind: str = query.profile
        if kind == "other":
            kind = "same" if language == query.language else f"cross-{row['lang']}"
        yield Asked(kind, fold, np.stack([found.evidence[name] for name in EVIDENCE], axis=1), right)


def examples(work: Path, embedder: LazyEmbedder, folds: Sequence[Numbers]) -> Iterator[Example]:
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
        for row, query, question, fold in _queries(sample, generation, folds):
            right, topic, fitted = row["passage_ids"], row.get("near_passage_ids", ()), folds[fold].fitted
            terms = terms_of(query, generation, fitted)
            found = features(terms, find(terms, question, generation, fitted), {}, generation, fitted)
            profile = query.profile if query.profile != "other" else f"other-{query.language}"
            is_inside = bool(right) and document(right[0]) in kept
            yield Example(profile, fold, [found[name] for name in FEATURES], is_inside, bool(topic))
        print(f"{count} documents: {len(sample)} questions", flush=True)


def terms_of(query: Query, generation: Generation, fitted: Fitted) -> AskedTerms:
    return AskedTerms.of(query, generation, fitted.lexicon(query.language))


def _queries(
    asked: Sequence[Row], generation: Generation, folds: Sequence[Numbers]
) -> Iterator[tuple[Row, Query, Centred, int]]:
    """The searchable ones of `asked`, each as a retriever with the numbers of its fold would search it."""
    queries = [with_marks(analyse(row["question"]), generation.marks.restore) for row in asked]
    of_fold = [fold_of_row(row, number) for number, row in enumerate(asked)]
    for fold in sorted(set(of_fold)):
        mine = [i for i, other in enumerate(of_fold) if other == fold and queries[i].kind == "question"]
        vectors = folds[fold].embedder.embed_queries([queries[i].text for i in mine])
        facts = generation.facts
        for i, vector in zip(mine, vectors, strict=True):
            centred = centre(queries[i].language, vector, facts.mean, facts.passages, folds[fold].fitted)
            yield asked[i], queries[i], centred, fold


def fold_of_row(row: Row, number: int) -> int:
    """The fold whose numbers judge a question: that of its document, and any for one that has none."""
    right = row["passage_ids"] or row.get("near_passage_ids")
    return fold_of(right[0]) if right else number % FOLDS


def open_index(data_dir: Path, passages: Sequence[Row], embedder: LazyEmbedder) -> Generation:
    """An index of passages without their titles, which are English and would favour English questions."""
    data_dir.mkdir()
    source = data_dir / "passages.jsonl"
    lines = [json.dumps({"id": p["id"], "text": p["text"]}, ensure_ascii=False) for p in passages]
    source.write_text("\n".join(lines), encoding="utf-8")
    reindex([source], data_dir, embedder, cache_dir=ROOT / "data" / "cache")
    return Generations(data_dir).open_current(embedder.fingerprint)
