"""The writing of a generation: what stays is copied row by row, what is news is taken apart and embedded."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from retrieval.article import Article, Passage, Span
from retrieval.embedding.cache import EmbeddingCache
from retrieval.embedding.progress import Progress
from retrieval.embedding.protocol import Embedder, Vectors
from retrieval.index import stories
from retrieval.index.dense import DenseIndex
from retrieval.index.generation import Generation
from retrieval.index.lexical_builder import LexicalBuilder
from retrieval.index.marks import MarksBuilder
from retrieval.index.repeats import Repeats
from retrieval.index.sentence_vectors import Packed, SentenceVectors, pack
from retrieval.index.store import Store, StoreWriter
from retrieval.indexing.news import News
from retrieval.indexing.spool import Spool
from retrieval.passages import split
from retrieval.text import Token, sentences, tokens

_BATCH = 256
"""Passages that are embedded in one go; what is embedded is kept, however the run ends."""
_COPIED = 4096
"""Passages whose vectors are copied in one go."""


class Stretch(NamedTuple):
    """So many neighbouring rows: those from `first` on of the generation before, or new ones."""

    rows: int
    first: int | None


@dataclass
class Written:
    """What the texts of a generation come to: its rows in order, and how many sentences each has."""

    stretches: list[Stretch] = field(default_factory=list)
    sentences: "array[int]" = field(default_factory=lambda: array("I"))
    articles: int = 0

    @property
    def passages(self) -> int:
        """How many rows there are."""
        return len(self.sentences)

    @property
    def new(self) -> int:
        """How many rows are new."""
        return sum(stretch.rows for stretch in self.stretches if stretch.first is None)


def context_of(article: Article, passage: Passage) -> str:
    """Title and sub-heading: they inform the match without being part of the excerpt."""
    return ". ".join(part for part in (article.title, passage.heading) if part)


def embedding_text(article: Article, passage: Passage) -> str:
    """What is embedded for a passage: its context, a line break, its text."""
    return "\n".join(part for part in (context_of(article, passage), passage.text) if part)


def passage_tokens(article: Article, passage: Passage) -> list[Token]:
    """What the lexical index holds for a passage: the tokens of its context and of its text."""
    return [*tokens(context_of(article, passage)), *tokens(passage.text)]


def write_texts(
    folder: Path,
    news: News,
    spool: Spool,
    *,
    before: Generation | None,
    repeats: Repeats,
    progress: Progress,
) -> Written:
    """Articles, passages, words and stories, all that needs no model."""
    written = Written()
    with StoreWriter(folder, before.store if before else None) as store:
        texts = _Texts(folder, store, before, written)
        for done, part in enumerate(_parts(news), start=1):
            if isinstance(part, Span):
                texts.keep(part, news.origins)
            else:
                spooled = spool.read(part)
                article = spooled.article if spooled.trusted else repeats.without(spooled.article)
                texts.add(article, spooled.digest, spooled.origin)
            progress("taking articles apart", done, 0)
        for article in news.gone():
            texts.forget(article)
        texts.finish()
    repeats.save(folder)
    return written


def _parts(news: News) -> Iterator[Span | int]:
    """Runs of articles that stay as neighbours, and numbers of the spool between them."""
    run: Span | None = None
    for entry in news.entries():
        if entry.stays and run and entry.number == run.end:
            run = Span(run.start, entry.number + 1)
            continue
        if run:
            yield run
        run = Span(entry.number, entry.number + 1) if entry.stays else None
        if not entry.stays:
            yield entry.number
    if run:
        yield run


class _Texts:
    """Puts the articles of a generation into its store, its word index, its marks and its stories, in order."""

    def __init__(self, folder: Path, store: StoreWriter, before: Generation | None, written: Written) -> None:
        self._folder = folder
        self._store = store
        self._written = written
        self._before = before
        self._lexical = LexicalBuilder(folder, before.lexical if before else None)
        self._marks = MarksBuilder(before.marks if before else None)
        self._signer = stories.Signer()
        self._signatures: list[stories.Signature] = []
        counts = [count for _, count in before.store.first_rows()] if before else []
        self._rows = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        self._old_signatures = stories.load(before.folder, before.store.articles) if before else None

    def keep(self, articles: Span, origins: Mapping[int, str]) -> None:
        """Neighbouring articles of the generation before stay as they are; `origins` tells which were moved."""
        assert self._before is not None and self._old_signatures is not None
        rows = Span(int(self._rows[articles.start]), int(self._rows[articles.end]))
        self._store.take_over(articles, rows, origins)
        self._lexical.take_over(*rows)
        self._signatures.extend(self._old_signatures[articles.start : articles.end])
        self._written.sentences.frombytes(self._before.sentences.counts(*rows).tobytes())
        self._written.articles += articles.end - articles.start
        self._written.stretches.append(Stretch(rows.end - rows.start, rows.start))

    def add(self, article: Article, digest: str, origin: str) -> None:
        passages = split(article)
        self._store.add(article, digest, passages, origin)
        words: list[str] = []
        for passage in passages:
            self._lexical.add(passage_tokens(article, passage))
            self._written.sentences.append(len(list(sentences(passage.text))))
            words += [token.folded for token in tokens(passage.text)]
        self._signatures.append(self._signer.sign(words))
        for text in _marked(article, passages):
            self._marks.add(text)
        self._written.articles += 1
        self._written.stretches.append(Stretch(len(passages), None))

    def forget(self, article: Article) -> None:
        """An article of the generation before is no more, or is another now."""
        for text in _marked(article, split(article)):
            self._marks.take_out(text)

    def finish(self) -> None:
        self._lexical.finish()
        self._marks.finish().save(self._folder)
        signatures = stories.save(self._folder, self._signatures)
        self._store.tell_stories(stories.same_stories(signatures))


def _marked(article: Article, passages: Sequence[Passage]) -> list[str]:
    """The texts that tell how Vietnamese is written."""
    return [article.title or "", *(passage.text for passage in passages)] if article.lang == "vi" else []


@dataclass
class Vectoriser:
    """Vectors for the rows of a generation: copied from the one before, from the cache, or computed and cached.

    `before` is None when none of its vectors may be used. `computed` counts the passages that were embedded.
    """

    folder: Path
    before: Generation | None
    cache: EmbeddingCache
    embedder: Embedder
    fresh: bool
    progress: Progress
    computed: int = 0

    def write(self, written: Written) -> None:
        """Passage vectors, then those of their sentences."""
        store = Store.load(self.folder)
        try:
            DenseIndex.build(self._passages(written, store), self.embedder.dimensions).save(self.folder)
            counts = np.asarray(written.sentences, np.uint32)
            SentenceVectors.write(
                self.folder, counts, self._sentences(written, store), self.embedder.dimensions
            )
        finally:
            store.close()

    def missing(self, written: Written) -> int:
        """How many passages `write` would embed."""
        store = Store.load(self.folder)
        try:
            new = [rows for rows, first in self._batches(written) if first is None]
            texts = {embedding_text(a, p) for rows in new for p, a in _in_order(store, rows)}
            return len(texts) if self.fresh else self.cache.missing(self.embedder, texts)
        finally:
            store.close()

    def _passages(self, written: Written, store: Store) -> Iterator[Vectors]:
        done, total = 0, self._to_do(written)
        for rows, first in self._batches(written):
            if first is not None:
                assert self.before
                yield self.before.dense.vectors(np.arange(first, first + len(rows)))
                continue
            self.progress("embedding passages", done, total)
            texts = [embedding_text(article, passage) for passage, article in _in_order(store, rows)]
            found = self.cache.embed_passages(self.embedder, texts, fresh=self.fresh)
            self.computed += found.computed
            done += len(rows)
            yield found.vectors
        self.progress("embedding passages", total, total)

    def _sentences(self, written: Written, store: Store) -> Iterator[Packed]:
        done, total = 0, self._to_do(written)
        for rows, first in self._batches(written):
            if first is not None:
                assert self.before
                yield self.before.sentences.packed(first, first + len(rows))
                continue
            self.progress("embedding sentences", done, total)
            texts = [
                passage.text[start:end]
                for passage, _ in _in_order(store, rows)
                for start, end in sentences(passage.text)
            ]
            yield pack(self.cache.embed_passages(self.embedder, texts, fresh=self.fresh).vectors)
            done += len(rows)
        self.progress("embedding sentences", total, total)

    def _to_do(self, written: Written) -> int:
        return written.new if self.before else written.passages

    def _batches(self, written: Written) -> Iterator[tuple[range, int | None]]:
        """Rows of the new generation, and where the first of them was in the one before if it may be copied."""
        row = 0
        for count, first in _joined(written.stretches, copying=self.before is not None):
            size = _BATCH if first is None else _COPIED
            for start in range(0, count, size):
                rows = range(row + start, row + min(start + size, count))
                yield rows, None if first is None else first + start
            row += count


def _joined(stretches: list[Stretch], *, copying: bool) -> Iterator[Stretch]:
    """Stretches with neighbours that follow each other made one; without `copying`, all rows are new."""
    last: Stretch | None = None
    for stretch in stretches:
        now = stretch if copying else stretch._replace(first=None)
        if last and last.first is None and now.first is None:
            last = Stretch(last.rows + now.rows, None)
        elif last and last.first is not None and now.first == last.first + last.rows:
            last = Stretch(last.rows + now.rows, last.first)
        else:
            if last:
                yield last
            last = now
    if last:
        yield last


def _in_order(store: Store, rows: range) -> list[tuple[Passage, Article]]:
    found = store.at(rows)
    return [found[row] for row in rows]
