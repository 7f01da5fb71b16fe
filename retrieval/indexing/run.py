"""Sources -> a new generation. What is unchanged is not embedded again; nothing half-written is ever served."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from retrieval.embedding.cache import EmbeddingCache
from retrieval.embedding.protocol import Embedder
from retrieval.errors import IndexLocked, IndexUnusable
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.manifest import Manifest, describe
from retrieval.indexing.changes import News
from retrieval.indexing.earlier import Earlier, serving
from retrieval.indexing.gathering import Gathering
from retrieval.indexing.judging import Doubt, Judge, New, trusting
from retrieval.indexing.loss import NOTHING_EXPECTED, Expected, Loss, Permit, always, loss_of
from retrieval.indexing.spool import Spool
from retrieval.indexing.vectors import Vectoriser
from retrieval.indexing.writing import Written, write_texts
from retrieval.processes.workers import Workers
from retrieval.progress import Progress, Stages, Step, silent
from retrieval.sources.cleaning.page import CLEANING_VERSION
from retrieval.sources.collection import PLAIN, Reading, Source
from retrieval.sources.model import Failure
from retrieval.storage.disk_space import writing

STAGES = ("reading", "splitting", "embedding", "writing")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a reindex did: counts of articles, `passages` in the index, `embedded` in this run.

    `stages_s` are the seconds of each of STAGES: 0 for one that there was no need for. `held` is what a run would
    take out that must be asked for first, `doubt` why the new index is not taken into service: then nothing was
    changed, and all that serves is `unchanged`.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[Failure, ...]
    articles: int
    passages: int
    embedded: int
    elapsed_s: float
    generation: str
    stages_s: Mapping[str, float] = field(default_factory=dict)
    held: Loss | None = None
    doubt: Doubt | None = None


def reindex(
    sources: Sequence[Source],
    data_dir: Path,
    embedder: Embedder,
    *,
    reading: Reading = PLAIN,
    full: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
    cache_dir: Path | None = None,
    only: Path | None = None,
    permit: Permit = always,
    expected: Expected = NOTHING_EXPECTED,
    keep: int = 2,
    judge: Judge = trusting,
) -> Report:
    """Makes the collection exactly what `sources` hold, and current for every process that serves `data_dir`.

    With `full`, everything is read and embedded anew though it is known; vectors are kept in `cache_dir`, by default
    in that of `data_dir`. When nothing changed, the serving generation stays. Until the new generation is complete
    and checked, the old one serves. With `dry_run` nothing is embedded or published: the report tells what would be,
    its generation is the one that serves. Where all that was served was taken out by hand, the index becomes empty.

    With `only`, a folder, just those of `sources` are looked at that lie below it, and all other articles stay as they
    serve; that they still come from `sources` is for the caller to see to. A run that would take much out of what
    serves, but for what is `expected` to go, asks `permit` first. A new index that `judge` doubts is made and kept, and
    not taken into service. `keep` generations stay, the new one among them.

    Raises:
        SourceError: a source is missing, or none holds an article; the serving index is untouched.
        IndexLocked: another process is indexing.
    """
    started, stages, generations = time.monotonic(), Stages(STAGES), Generations(data_dir, keep)
    room = writing(data_dir, "The new index", _size_mb(generations))
    with room, locked(data_dir), serving(generations) as before:
        earlier = Earlier(before, embedder, full)
        gathering = Gathering(
            sources=sources,
            reading=reading,
            only=only,
            data_dir=data_dir,
            earlier=earlier,
            progress=progress,
        )
        run = _Reindexing(
            gathering=gathering,
            earlier=earlier,
            generations=generations,
            cache=EmbeddingCache((cache_dir or data_dir / "cache") / "embeddings.sqlite"),
            progress=progress,
            stages=stages,
            judge=judge,
        )
        news, outcome = run.index(permit, expected, dry_run=dry_run)
    counts, articles = news.counts(), news.articles
    if (outcome.held or outcome.doubt) and not dry_run:
        articles = outcome.serves
        counts = dict.fromkeys(counts, 0) | {"unchanged": articles}
    return Report(
        **counts,
        failed=tuple(news.failed),
        articles=articles,
        passages=outcome.passages,
        embedded=outcome.embedded,
        elapsed_s=round(time.monotonic() - started, 3),
        generation=outcome.generation,
        stages_s=stages.seconds(),
        held=outcome.held,
        doubt=outcome.doubt,
    )


def _size_mb(generations: Generations) -> int:
    """What the serving generation takes, and the next one in all likelihood; 0 when there is none."""
    try:
        folder = generations.current_folder()
        return sum(path.stat().st_size for path in folder.iterdir()) // 2**20 if folder else 0
    except (IndexUnusable, OSError):
        return 0


@contextmanager
def locked(data_dir: Path, patience_s: float = 0) -> Iterator[None]:
    """One indexing process at a time; the operating system frees the lock of a process that died.

    Raises:
        IndexLocked: another process still has it after so many seconds.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data_dir / "reindex.lock", timeout=patience_s):
            yield
    except Timeout as error:
        raise IndexLocked(
            f"Another process is indexing {data_dir}: wait until it is done, then try again."
        ) from error


class _Outcome(NamedTuple):
    """Passages in the index, passages that were (or would be) embedded, the generation that serves (or none: "") and
    how many articles it has, what was not taken out without leave, and why a new index does not serve."""

    passages: int
    embedded: int
    generation: str
    serves: int = 0
    held: Loss | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, kw_only=True)
class _Reindexing:
    """One reindexing."""

    gathering: Gathering
    earlier: Earlier
    generations: Generations
    cache: EmbeddingCache
    progress: Progress
    stages: Stages
    judge: Judge

    def index(self, permit: Permit, expected: Expected, *, dry_run: bool) -> tuple[News, _Outcome]:
        """What was news, and what came of it."""
        self.generations.drop_unfinished()
        folder = self.generations.new_folder()
        before = self.earlier.generation
        try:
            with Spool(folder) as spool, Workers() as workers:
                with self.stages("reading"):
                    news = self.gathering.read(spool, workers)
                if before and self._as_before(news):
                    if not dry_run:
                        self.generations.fall_back(before.id)
                    return news, self._stays()
                held = loss_of(self.generations, news, expected, self.gathering.named, before)
                permitted = held is not None and not dry_run and permit(held)
                if held and not dry_run and not permitted:
                    return news, self._stays()._replace(held=held, serves=held.of)
                with self.stages("splitting"):
                    written = self._texts(folder, news, spool, workers)
            if dry_run:
                missing = self._vectoriser(folder).missing(written)
                return news, self._stays()._replace(passages=written.passages, embedded=missing, held=held)
            return news, self._finished(folder, written, permitted=permitted)
        finally:
            self.generations.drop_unfinished()

    def _stays(self) -> _Outcome:
        """What serves goes on to serve."""
        before = self.earlier.generation
        told = before.manifest if before else None
        return _Outcome(told.passages, 0, told.id, told.articles) if told else _Outcome(0, 0, "")

    def _as_before(self, news: News) -> bool:
        before = self.earlier.with_vectors
        return before is not None and news.nothing and before.manifest.sources == self.gathering.named

    def _texts(self, folder: Path, news: News, spool: Spool, workers: Workers) -> Written:
        written = write_texts(
            folder,
            news,
            spool,
            workers,
            before=self.earlier.with_texts,
            progress=self.progress,
        )
        if news.failed:  # too much to be taken apart
            self.gathering.require_some(written.articles, news)
        return written

    def _vectoriser(self, folder: Path) -> Vectoriser:
        return Vectoriser(
            folder=folder,
            before=self.earlier.with_vectors,
            cache=self.cache,
            embedder=self.earlier.embedder,
            fresh=self.earlier.full,
            progress=self.progress,
        )

    def _finished(self, folder: Path, written: Written, *, permitted: bool) -> _Outcome:
        """Embeds what was written, and makes it the generation that serves, unless it is doubted; `permitted` is what
        it takes out."""
        with self.stages("embedding"):
            vectors = self._vectoriser(folder)
            vectors.write(written)
        with self.stages("writing"):
            manifest = self._describe(folder, written, vectors.recall)
            before = self.earlier.generation
            self.generations.place(folder, manifest)
            if doubt := self._doubt(manifest.id, permitted=permitted):
                self.generations.set_aside(manifest.id)
                return self._stays()._replace(embedded=vectors.computed, doubt=doubt)
            self.generations.take(manifest.id, before.id if before else None)
        return _Outcome(written.passages, vectors.computed, manifest.id)

    def _doubt(self, generation: str, *, permitted: bool) -> Doubt | None:
        before = self.earlier.generation
        chosen = permitted or before is None or before.manifest.sources != self.gathering.named
        return self.judge(New(generation, before.id if before else None, chosen=chosen))

    def _describe(self, folder: Path, written: Written, recall: float | None) -> Manifest:
        embedder = self.earlier.embedder
        self.progress(Step.WRITING, 0, 1)
        manifest = describe(
            folder,
            articles=written.articles,
            passages=written.passages,
            dimensions=embedder.dimensions,
            model=embedder.fingerprint,
            cleaning_version=CLEANING_VERSION,
            sources=self.gathering.named,
            recall_at_10=recall,
        )
        self.progress(Step.WRITING, 1, 1)
        return manifest
