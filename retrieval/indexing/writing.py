"""The texts of a generation in the making: what stays is copied row by row, what is news is taken apart."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from retrieval.article import Span
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.store.store import ArticlePlace
from retrieval.index.embedded.store.writer import StoreWriter
from retrieval.index.embedded.words.builder import LexicalBuilder
from retrieval.index.learned import same_stories as stories
from retrieval.index.learned.marks import MarksBuilder
from retrieval.index.learned.outlet_lines import Repeats
from retrieval.indexing.analysis import marks_of
from retrieval.indexing.analysis_ahead import Apart, Fresh, TakingApartAhead, TooMuch
from retrieval.indexing.changes import News
from retrieval.indexing.spool import Spool, Spooled
from retrieval.processes.workers import Workers
from retrieval.progress import Progress, Step
from retrieval.text.passages import split


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


def write_texts(
    folder: Path,
    news: News,
    spool: Spool,
    workers: Workers,
    *,
    before: Generation | None,
    progress: Progress,
) -> Written:
    """Articles, passages, words and stories, all that needs no model; `workers` take many articles apart."""
    written, repeats = Written(), _repeats(before, news, spool)
    with StoreWriter(folder, before.store if before else None) as store:
        texts = _Texts(folder, store, before, written)
        done, lost = 0, list[TooMuch]()
        for part in TakingApartAhead(workers)(_parts(news, spool, repeats)):
            if isinstance(part, Span):
                texts.keep(part, news.moved)
            elif isinstance(part, TooMuch):
                lost.append(part)
            else:
                texts.add(part)
            done += len(part.articles) if isinstance(part, Apart) else 1
            progress(Step.SPLITTING, done, 0)
        for number in news.gone():
            texts.forget(number)
        texts.finish()
    _lose(lost, news, repeats)
    repeats.save(folder)
    return written


def _repeats(before: Generation | None, news: News, spool: Spool) -> Repeats:
    """The lines that outlets share, counted over what stays and what is new."""
    repeats = Repeats.load(before.folder) if before else Repeats()
    for number in news.gone() if before else ():
        assert before
        article, removed, trusted = before.store.counted(number)
        if not trusted:
            repeats.take_out(article, removed)
    for entry in news.entries():
        if not entry.stays and not (spooled := spool.read(entry.number)).trusted:
            repeats.add(spooled.article)
    repeats.finish()
    return repeats


def _lose(articles: list[TooMuch], news: News, repeats: Repeats) -> None:
    """They are none of the new generation, as if they could not be read."""
    for (spooled, removed), reason in articles:
        news.lose(spooled.article.id, reason)
        if not spooled.trusted:
            repeats.take_out(spooled.article, removed)
    if articles:
        repeats.finish()


def _parts(news: News, spool: Spool, repeats: Repeats) -> Iterator[Span | Fresh]:
    """Runs of articles that stay as neighbours, and those of the spool between them."""
    run: Span | None = None
    for entry in news.entries():
        if entry.stays and run and entry.number == run.end:
            run = Span(run.start, entry.number + 1)
            continue
        if run:
            yield run
        run = Span(entry.number, entry.number + 1) if entry.stays else None
        if not entry.stays:
            yield _fresh(spool.read(entry.number), repeats)
    if run:
        yield run


def _fresh(spooled: Spooled, repeats: Repeats) -> Fresh:
    if spooled.trusted:
        return Fresh(spooled, [])
    article, removed = repeats.without(spooled.article)
    return Fresh(spooled._replace(article=article), removed)


class _Texts:
    """Puts the articles of a generation into its store, its word index, its marks and its stories, in order."""

    def __init__(self, folder: Path, store: StoreWriter, before: Generation | None, written: Written) -> None:
        self._folder = folder
        self._store = store
        self._written = written
        self._before = before
        self._lexical = LexicalBuilder(folder, before.lexical if before else None)
        self._marks = MarksBuilder(before.marks if before else None)
        self._signatures: list[stories.Signature] = []
        counts = [count for _, count in before.store.first_rows()] if before else []
        self._rows = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        self._old_signatures = stories.load(before.folder, before.store.articles) if before else None

    def keep(self, articles: Span, moved: Mapping[int, ArticlePlace]) -> None:
        """Neighbouring articles of the generation before stay as they are; `moved` tells which stand elsewhere."""
        assert self._before is not None and self._old_signatures is not None
        rows = Span(int(self._rows[articles.start]), int(self._rows[articles.end]))
        self._store.take_over(articles, rows, moved)
        self._lexical.take_over(*rows)
        self._signatures.extend(self._old_signatures[articles.start : articles.end])
        self._written.sentences.frombytes(self._before.sentences.counts(*rows).tobytes())
        self._written.articles += articles.end - articles.start
        self._written.stretches.append(Stretch(rows.end - rows.start, rows.start))

    def add(self, apart: Apart) -> None:
        """The next articles are these."""
        parts = apart.parts
        for (spooled, removed), passages in zip(apart.articles, parts.passages, strict=True):
            article, digest, origin, trusted = spooled
            self._store.add(article, digest, passages, origin=origin, removed=removed, trusted=trusted)
            self._written.stretches.append(Stretch(len(passages), None))
        self._lexical.add(parts.terms)
        self._marks.add(parts.marks)
        self._signatures.extend(parts.signatures)
        self._written.sentences.extend(parts.sentences)
        self._written.articles += len(apart.articles)

    def forget(self, number: int) -> None:
        """An article of the generation before is no more, or is another now."""
        if self._before is not None:
            article = self._before.store.numbered(number)
            self._marks.take_out(marks_of([(article, split(article))]))

    def finish(self) -> None:
        self._lexical.finish()
        self._marks.finish().save(self._folder)
        signatures = stories.save(self._folder, self._signatures)
        self._store.tell_stories(stories.same_stories(signatures))
