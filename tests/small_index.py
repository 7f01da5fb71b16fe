"""Small indexes by hand, published in a data directory and opened again."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fake_embedder import FakeEmbedder

from retrieval.article import Article
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.generations import Generations
from retrieval.index.protocol import Pinned
from retrieval.indexing.run import Report, reindex
from retrieval.questions.query import analyse
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.centring import Centred, centre
from retrieval.ranking.fitted import Fitted, Logistic, Weights

NO_WORDS: Weights = {"dense": 1.0, "met": 0.1}


def write_jsonl(path: Path, *records: dict[str, Any]) -> Path:
    """A JSONL source of `records`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
    return path


def write_text(path: Path, text: str) -> Path:
    """A plain text source."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def index(data_dir: Path, *records: dict[str, Any], embedder: FakeEmbedder | None = None) -> Report:
    """Makes `records` the collection of `data_dir`."""
    source = write_jsonl(data_dir.with_name(f"{data_dir.name}-sources") / "articles.jsonl", *records)
    return reindex([source], data_dir, embedder or FakeEmbedder())


def open_index(data_dir: Path, model: str | None = "fake-1") -> Generation:
    """The generation that serves `data_dir`."""
    return Generations(data_dir).open_current(model)


def fitted(weights: Weights = NO_WORDS, *, threshold: float = 0.5, **coefficients: float) -> Fitted:
    """The same weights and the same logistic, with intercept -1, for questions of every kind, without centring."""
    kinds = ("vi", "vi-unmarked", "same", "cross")
    logistic = Logistic(-1.0, coefficients or {"dense": 2.0}, threshold)
    return Fitted(
        calibrated=True,
        weights=dict.fromkeys(kinds, weights),
        query_means={},
        passage_mean=None,
        confidence={"other": logistic},
    )


def centred(question: str, generation: Pinned, numbers: Fitted) -> Centred:
    """The vector of `question` as the retriever would compare it."""
    vector = FakeEmbedder().embed_queries([question])[0]
    facts = generation.facts
    return centre(analyse(question).language, vector, facts.mean, facts.passages, numbers)


def asked(question: str, generation: Pinned, numbers: Fitted) -> AskedTerms:
    """What `question` asks for in words."""
    query = analyse(question)
    return AskedTerms.of(query, generation, numbers.lexicon(query.language))


def article(text: str, article_id: str = "a", gaps: Sequence[int] = (), **known: Any) -> Article:
    """An article of `text`."""
    return Article(article_id, text, gaps=tuple(gaps), **known)
