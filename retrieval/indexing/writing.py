"""The texts of a generation in the making: what stays is copied row by row, what is news is taken apart."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from retrieval.article import Article, Passage, Span
from retrieval.embedding.progress import Progress
from retrieval.index import stories
from retrieval.index.generation import Generation
from retrieval.index.lexical_builder import LexicalBuilder
from retrieval.index.marks import MarksBuilder
from retrieval.index.repeats import Repeats
from retrieval.index.store import Place
from retrieval.index.store_writer import StoreWriter
from retrieval.indexing.context import passage_tokens
from retrieval.indexing.news import News
from retrieval.indexing.rows import Stretch, Written
from retrieval.indexing.spool import Spool, Spooled
from retrieval.passages import split
from retrieval.text import sentences, tokens


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
                texts.keep(part, news.moved)
            else:
                spooled = spool.read(part)
                kept, removed = (spooled.article, []) if spooled.trusted else repeats.without(spooled.article)
                texts.add(spooled._replace(article=kept), removed)
            progress("splitting articles", done, 0)
        for number in news.gone():
            texts.forget(number)
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

    def keep(self, articles: Span, moved: Mapping[int, Place]) -> None:
        """Neighbouring articles of the generation before stay as they are; `moved` tells which stand elsewhere."""
        assert self._before is not None and self._old_signatures is not None
        rows = Span(int(self._rows[articles.start]), int(self._rows[articles.end]))
        self._store.take_over(articles, rows, moved)
        self._lexical.take_over(*rows)
        self._signatures.extend(self._old_signatures[articles.start : articles.end])
        self._written.sentences.frombytes(self._before.sentences.counts(*rows).tobytes())
        self._written.articles += articles.end - articles.start
        self._written.stretches.append(Stretch(rows.end - rows.start, rows.start))

    def add(self, spooled: Spooled, removed: Sequence[str]) -> None:
        article, digest, origin, trusted = spooled
        passages = split(article)
        self._store.add(article, digest, passages, origin=origin, removed=removed, trusted=trusted)
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

    def forget(self, number: int) -> None:
        """An article of the generation before is no more, or is another now."""
        if self._before is None:
            return
        article = self._before.store.numbered(number)
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
