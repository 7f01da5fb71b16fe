"""Questions as people type them (data/asked, data/offcorpus), and the collections that they are asked over.

A collection is the articles of one set, alone or among passages of Wikipedia that no set asks about. Its index is kept
in data/cache/asked under a name that tells what it was made of and by which code, so that it is made once.
"""

import gzip
import hashlib
import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from fitting.development_data import DATA, ROOT, Row, rows
from retrieval.embedding.protocol import Embedder
from retrieval.errors import IndexMissing
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.progress import Progress, silent

SetName = Literal["ntrex", "wiki"]
MOST_DISTRACTORS = 20_000
"""Distractors drawn: fewer are the first of them."""
OFF_CORPUS = 200
_CACHE = ROOT / "data" / "cache"
_SHAPING = ("index", "indexing", "sources", "text")
"""The rooms whose code decides what an index holds."""


class Collection(NamedTuple):
    """The articles of one set, and how many passages of Wikipedia stand among them."""

    name: SetName
    distractors: int = 0

    def __str__(self) -> str:
        return f"{self.name} + {self.distractors:,}" if self.distractors else self.name


def asked(name: SetName, split: str) -> list[Row]:
    """The questions of one part of a set: `train`, for fitting, or `dev`, for judging."""
    return [row for row in rows(f"asked/{name}/questions.jsonl") if row["split"] == split]


def off_corpus(lang: str, split: str) -> list[Row]:
    """The same questions every time, which no news answers; those for fitting are others than those for judging."""
    drawn = random.Random(5).sample(
        [row for row in rows("offcorpus/questions.jsonl") if row["lang"] == lang], 2 * OFF_CORPUS
    )
    return drawn[:OFF_CORPUS] if split == "dev" else drawn[OFF_CORPUS:]


def open_collection(collection: Collection, embedder: Embedder, progress: Progress = silent) -> Generation:
    """Its index, made where there is none yet: with 20,000 distractors that embeds for an hour, once."""
    articles = "\n".join(json.dumps(row, ensure_ascii=False) for row in articles_of(collection))
    made_of = hashlib.sha256(f"{embedder.fingerprint}\n{_code()}\n{articles}".encode()).hexdigest()[:12]
    data_dir = _CACHE / "asked" / f"{collection.name}-{collection.distractors}-{made_of}"
    try:
        return Generations(data_dir).open_current(embedder.fingerprint)
    except IndexMissing:
        data_dir.mkdir(parents=True, exist_ok=True)
    source = data_dir / "articles.jsonl"
    source.write_text(articles, encoding="utf-8")
    reindex([source], data_dir, embedder, cache_dir=_CACHE, progress=progress)
    return Generations(data_dir).open_current(embedder.fingerprint)


def articles_of(collection: Collection) -> Iterator[Row]:
    """With their titles, as articles have them."""
    file = "articles.jsonl" if collection.name == "ntrex" else "articles.jsonl.gz"
    found = _lines(f"asked/{collection.name}/{file}")
    if collection.distractors:
        found += _distractors()[: collection.distractors]
    for row in found:
        yield {"id": row["id"], "title": row["title"], "text": row["text"]}


@cache
def _distractors() -> list[Row]:
    """Passages of the articles of Wikipedia that no question is about."""
    about = {row["id"] for row in _lines("asked/wiki/articles.jsonl.gz")}
    others = [row for row in _lines("viwiki/passages.jsonl.gz") if row["doc"] not in about]
    return random.Random(3).sample(others, MOST_DISTRACTORS)


def _lines(name: str) -> list[Row]:
    if not name.endswith(".gz"):
        return rows(name)
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@cache
def _code() -> str:
    """A digest of the code that decides what an index holds."""
    files = [path for room in _SHAPING for path in sorted((ROOT / "retrieval" / room).rglob("*.py"))]
    return hashlib.sha256(b"".join(map(Path.read_bytes, files))).hexdigest()
