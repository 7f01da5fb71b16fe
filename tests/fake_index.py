"""An index that can be checked by hand: all of it in lists, every passage compared, nothing on a disk."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import accumulate
from typing import Any

import numpy as np
from fake_embedder import FakeEmbedder

from retrieval.article import Article, article_key
from retrieval.embedding.protocol import Vector
from retrieval.errors import IndexDamaged, IndexOutdated
from retrieval.index.catalogue import Listed
from retrieval.index.learned.mark_counts import count_marks
from retrieval.index.learned.marks import Marks, MarksBuilder
from retrieval.index.protocol import Facts, Fetched, Index, Rows, Sentences, Stored
from retrieval.index.terms import VIEWS, Term, terms
from retrieval.indexing.passage_text import embedding_text, passage_tokens, sentence_texts
from retrieval.text.passages import split


@dataclass(frozen=True)
class FakeCatalogue:
    """Articles in a list. Those of one text tell one story."""

    listing: Sequence[Article]

    @property
    def articles(self) -> int:
        return len(self.listing)

    @property
    def passages(self) -> int:
        return sum(len(split(each)) for each in self.listing)

    def article(self, article_id: str) -> Article | None:
        return next((each for each in self.listing if each.id == article_id), None)

    def by_key(self, key: bytes) -> Article | None:
        return next((each for each in self.listing if article_key(each.id) == key), None)

    def bounds(self, article_id: str) -> tuple[frozenset[int], frozenset[int]]:
        found = self.article(article_id)
        passages = split(found) if found else []
        return frozenset(p.start for p in passages), frozenset(p.end for p in passages)

    def copies_of(self, article_id: str) -> list[Article]:
        one = self.article(article_id)
        return [each for each in self.listing if one and each.id != article_id and each.text == one.text]

    def listed(self, first: int, count: int) -> list[Listed]:
        newest_first = sorted(self.listing, key=lambda each: (-_day(each), each.id))
        return [
            Listed(id=a.id, title=a.title, date=a.date, source=a.source, opening=a.text[:200])
            for a in newest_first[first : first + count]
        ]

    def newest(self) -> Article | None:
        return max((each for each in self.listing if each.date), key=_day, default=None)

    def topics(self, count: int) -> list[str]:
        told: dict[str, str] = {}
        for each in sorted(self.listing, key=lambda article: -_day(article)):
            if each.title:
                told.setdefault(each.text, each.title)
        return list(told.values())[:count]

    def sources(self) -> Mapping[str | None, int]:
        return dict(Counter(each.source for each in self.listing).most_common())

    def dated(self) -> int:
        return len([each for each in self.listing if each.date])

    def dates(self) -> tuple[Date | None, Date | None]:
        found = sorted(each.date for each in self.listing if each.date)
        return (found[0], found[-1]) if found else (None, None)


def _day(article: Article) -> int:
    return article.date.toordinal() if article.date else 0


class FakeGeneration:
    """`Pinned` over a list of articles."""

    def __init__(self, name: str, articles: Sequence[Article]) -> None:
        self.articles = FakeCatalogue(articles)
        self._stored = [(passage, article) for article in articles for passage in split(article)]
        self._held: list[dict[str, Counter[str]]] = [
            {view: Counter(terms(view, passage_tokens(a, p))) for view in VIEWS} for p, a in self._stored
        ]
        self._embedder = FakeEmbedder()
        texts = [embedding_text(article, passage) for passage, article in self._stored]
        self._vectors = self._embedder.embed_passages(texts)
        self.facts = Facts(
            id=name,
            articles=len(articles),
            passages=len(self._stored),
            model=self._embedder.fingerprint,
            created="2025-04-02T10:00:00+00:00",
            mean=self._vectors.mean(axis=0),
        )

    @property
    def id(self) -> str:
        return self.facts.id

    @property
    def marks(self) -> Marks:
        builder = MarksBuilder()
        builder.add(count_marks(passage.text for passage, article in self._stored if article.lang == "vi"))
        return builder.finish()

    def frequencies(self, terms: Collection[Term]) -> Mapping[Term, int]:
        return {term: sum(term.text in held[term.view] for held in self._held) for term in terms}

    def nearest(self, vector: Vector, k: int) -> Rows:
        return np.argsort(-(self._vectors @ vector), kind="stable")[:k]

    def holding(self, weighted: Sequence[Mapping[Term, float]], k: int) -> Rows:
        chosen: set[int] = set()
        for each in weighted:
            scores = [
                sum(weight * self._saturation(row, term) for term, weight in each.items())
                for row in range(len(self._held))
            ]
            best = sorted(range(len(scores)), key=lambda row: -scores[row])[:k]
            chosen |= {row for row in best if scores[row] > 0}
        return np.array(sorted(chosen), np.int64)

    def fetch(self, rows: Rows, terms: Sequence[Term]) -> Fetched:
        chosen = [self._stored[row] for row in rows.tolist()]
        told = [sentence_texts(passage) for passage, _ in chosen]
        flat = [text for texts in told for text in texts]
        held = [[self._saturation(row, term) for row in rows.tolist()] for term in terms]
        return Fetched(
            rows=rows,
            languages=lambda: [article.lang for _, article in chosen],
            vectors=self._vectors[rows],
            sentences=Sentences(
                self._embedder.embed_passages(flat) if flat else self._vectors[:0],
                np.array([0, *accumulate(map(len, told))][: len(told)], np.int64),
            ),
            saturations=np.array(held, np.float32).reshape(len(terms), len(rows)),
        )

    def passages(self, rows: Iterable[int]) -> Stored:
        return {row: self._stored[row] for row in rows if 0 <= row < len(self._stored)}

    def rows_of(self, article_id: str) -> range:
        rows = [row for row, (_, article) in enumerate(self._stored) if article.id == article_id]
        return range(rows[0], rows[-1] + 1) if rows else range(0)

    def changed(self) -> str | None:
        return None

    def _saturation(self, row: int, term: Term) -> float:
        """BM25 without idf, with k1 = 1.2 and b = 0.75."""
        lengths = [sum(held[term.view].values()) for held in self._held]
        relative = lengths[row] / max(sum(lengths) / len(lengths), 1)
        times = self._held[row][term.view][term.text]
        return times * 2.2 / (times + 1.2 * (0.25 + 0.75 * relative))


class FakeIndex(Index[FakeGeneration]):
    """Generations in a dictionary, the one published last in service."""

    def __init__(self) -> None:
        self._published: dict[str, FakeGeneration] = {}

    def publish(self, *records: dict[str, Any]) -> None:
        """Records of JSON lines."""
        name = f"fake-{len(self._published)}"
        self._published[name] = FakeGeneration(name, [_article(**record) for record in records])

    def current(self) -> str | None:
        return next(reversed(self._published), None)

    def others(self) -> Iterator[str]:
        yield from [*self._published][-2::-1]

    def pin(self, generation: str, model: str | None) -> FakeGeneration:
        if generation not in self._published:
            raise IndexDamaged(f"There is no {generation}: publish it.")
        found = self._published[generation]
        if model not in (None, found.facts.model):
            raise IndexOutdated(f"It was made with {found.facts.model}, not {model}: publish it again.")
        return found


def _article(id: str, text: str, date: str | None = None, **known: Any) -> Article:
    return Article(id, text, date=Date.fromisoformat(date) if date else None, **known)
