"""Questions as people ask them over collections of several sizes, with what is found for each: what the weight of the
reader, the confidence and its thresholds are fitted on.

Only articles that the reader was not trained on are asked about: its log-odds on others are too good to be true. They
are encyclopaedic; the news of asked/ntrex have a say in the thresholds alone.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from fitting.asked_collections import Collection, articles_of, asked, off_corpus, open_collection
from fitting.development_data import ROOT, Row, document, rows
from fitting.known_questions import KnownQuestions
from retrieval.embedding.protocol import Reader, Vector
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.questions.query import Query, analyse, with_marks
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.centring import centre
from retrieval.ranking.fitted import Fitted
from retrieval.ranking.fusion import Candidates, find
from retrieval.ranking.reading import MOST, Read, Reading, readable

Kind = Literal["answer", "near-miss", "off-corpus"]
_SMALL = 5
_SMALL_COLLECTIONS = 16
_ELSEWHERE = 8
SEED = 7
NEWS = "news"
"""The name of the collections that nothing but thresholds is chosen on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One question over one collection. `right`: which candidates hold one of its `answers`, shape (candidates,)."""

    kind: Kind
    lang: str
    collection: str
    asked: AskedTerms
    candidates: Candidates
    read: Read
    right: Vector
    answers: tuple[str, ...]
    generation: Generation

    @property
    def query(self) -> Query:
        return self.asked.query


@dataclass(frozen=True, slots=True)
class Search:
    """What questions are searched with."""

    embedder: KnownQuestions
    reader: Reader
    fitted: Fitted


@dataclass(frozen=True, slots=True)
class _Question:
    row: Row
    kind: Kind
    right: frozenset[str]


def found_over_all(work: Path, search: Search, sample: int) -> Iterator[Found]:
    """About `sample` questions of each kind and language over each collection."""
    order = random.Random(SEED)
    wiki = asked("wiki", "dev")
    off = [row for lang in ("en", "ru") for row in off_corpus(lang, "train")]
    yield from _found(
        "wiki", open_collection(Collection("wiki"), search.embedder), _drawn(wiki, off, sample, order), search
    )
    documents = [row for row in rows("xquad-dev/passages.jsonl") if int(document(row["id"])) % 2]
    generation = _index(work / "xquad", documents, search.embedder)
    yield from _found("xquad", generation, _of_documents(off, sample, order), search)
    yield from _small(work, wiki, off, search, order)
    news = [*map(_of, asked("ntrex", "dev")), *(_Question(row, "off-corpus", frozenset()) for row in off)]
    yield from _found(NEWS, open_collection(Collection("ntrex"), search.embedder), news, search)


def _small(
    work: Path, wiki: Sequence[Row], off: Sequence[Row], search: Search, order: random.Random
) -> Iterator[Found]:
    """Collections of five articles, with questions on others besides."""
    articles = {row["id"]: row for row in articles_of(Collection("wiki"))}
    told = sorted({row["doc"] for row in wiki})
    for number in range(_SMALL_COLLECTIONS):
        kept = order.sample(told, _SMALL)
        generation = _index(work / f"small-{number}", [articles[doc] for doc in kept], search.embedder)
        inside = [_of(row) for row in wiki if row["doc"] in kept]
        elsewhere = [row for row in wiki if row["doc"] not in kept and row["kind"] == "answer"]
        others = [*order.sample(elsewhere, _ELSEWHERE), *order.sample(off, _ELSEWHERE // 2)]
        asked_here = [*inside, *(_Question(row, "off-corpus", frozenset()) for row in others)]
        yield from _found("small", generation, asked_here, search)


def _drawn(wiki: Sequence[Row], off: Sequence[Row], sample: int, order: random.Random) -> list[_Question]:
    found: list[_Question] = []
    for lang in ("vi", "vi-nodia", "en", "ru"):
        for kind, share in (("answer", 1.0), ("near-miss", 0.6)):
            mine = [row for row in wiki if row["lang"] == lang and row["kind"] == kind]
            found += map(_of, order.sample(mine, min(len(mine), int(sample * share))))
    other = [row for row in rows("xquad-dev/questions.jsonl") if row["lang"] in ("vi", "vi-nodia")]
    found += [_Question(row, "off-corpus", frozenset()) for row in order.sample(other, sample // 2)]
    return [
        *found,
        *(_Question(row, "off-corpus", frozenset()) for row in order.sample(list(off), sample // 2)),
    ]


def _of_documents(off: Sequence[Row], sample: int, order: random.Random) -> list[_Question]:
    found: list[_Question] = []
    for lang in ("vi", "vi-nodia", "en", "ru"):
        mine = [
            r
            for r in rows("xquad-dev/questions.jsonl")
            if r["lang"] == lang and int(document(r["passage_ids"][0])) % 2
        ]
        near = [
            r
            for r in rows("xquad-dev/unanswerable.jsonl")
            if r["lang"] == lang and int(document(r["near_passage_ids"][0])) % 2
        ]
        for row in order.sample(mine, min(len(mine), sample // 2)):
            found.append(_Question(row, "answer", frozenset(row["passage_ids"])))
        found += [
            _Question(row, "near-miss", frozenset())
            for row in order.sample(near, min(len(near), sample // 4))
        ]
    return [
        *found,
        *(_Question(row, "off-corpus", frozenset()) for row in order.sample(list(off), sample // 4)),
    ]


def _of(row: Row) -> _Question:
    return _Question(row, row["kind"], frozenset([row["doc"]]) if row["kind"] == "answer" else frozenset())


def _index(data_dir: Path, articles: Sequence[Row], embedder: KnownQuestions) -> Generation:
    data_dir.mkdir()
    source = data_dir / "articles.jsonl"
    kept = (
        ("id", "title", "text")
        if "doc" in articles[0] or "passage_ids" not in articles[0]
        else ("id", "text")
    )
    lines = [
        json.dumps({key: row[key] for key in kept if key in row}, ensure_ascii=False) for row in articles
    ]
    source.write_text("\n".join(lines), encoding="utf-8")
    reindex([source], data_dir, embedder, cache_dir=ROOT / "data" / "cache")
    return Generations(data_dir).open_current(embedder.fingerprint)


def _found(
    name: str, generation: Generation, questions: Sequence[_Question], search: Search
) -> Iterator[Found]:
    """What a retriever finds, without the reader's say in the order."""
    facts, fitted, embedder = generation.facts, search.fitted, search.embedder
    queries = [with_marks(analyse(each.row["question"]), generation.marks.restore) for each in questions]
    embedder.embed_queries([query.text for query in queries])
    for question, query in zip(questions, queries, strict=True):
        if query.kind != "question":
            continue
        vector = embedder.embed_queries([query.text])[0]
        centred = centre(query.language, vector, facts.mean, facts.passages, fitted)
        terms = AskedTerms.of(query, generation, fitted.lexicon(query.language))
        candidates = find(terms, centred, generation, fitted)
        stored = generation.passages(candidates.rows.tolist())
        answers = [_plain(answer) for answer in question.row.get("answers") or ()]
        right = [
            stored[row][0].article_id in question.right
            and any(a in _plain(stored[row][0].text) for a in answers)
            for row in candidates.rows.tolist()
        ]
        top = candidates.rows[:MOST].tolist()
        readings = search.reader.read(query.text, [readable(*stored[row]) for row in top])
        each = zip(top, readings.answers.tolist(), readings.here.tolist(), readings.chances, strict=True)
        yield Found(
            kind=question.kind,
            lang=str(question.row["lang"]),
            collection=name,
            asked=terms,
            candidates=candidates,
            read={row: Reading(answers_, here, chances) for row, answers_, here, chances in each},
            right=np.array(right, np.float32),
            answers=tuple(question.row.get("answers") or ()),
            generation=generation,
        )
    print(f"{name}: {len(questions)} questions", flush=True)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
