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
from retrieval.errors import IndexLocked, IndexUnusable, SourceError
from retrieval.index.generation import Generation
from retrieval.index.generations import Generations
from retrieval.index.learned.outlet_lines import Repeats
from retrieval.index.manifest import Manifest, describe
from retrieval.indexing.changes import News
from retrieval.indexing.loss import NOTHING_EXPECTED, Expected, Loss, Permit, all_taken_out, always, loss_of
from retrieval.indexing.one_folder import OneFolder
from retrieval.indexing.rows import Written
from retrieval.indexing.spool import Spool
from retrieval.indexing.vectors import Vectoriser
from retrieval.indexing.writing import write_texts
from retrieval.processes.workers import Workers
from retrieval.progress import Progress, Stages, silent
from retrieval.sources.cleaning.page import CLEANING_VERSION
from retrieval.sources.collection import PLAIN, Reading, Source, scan
from retrieval.sources.model import Failure, Pending
from retrieval.sources.reading_ahead import ReadingAhead
from retrieval.storage.disk_space import writing
from retrieval.text.addresses import without_user

STAGES = ("reading", "splitting", "embedding", "writing")
LOCKED = "Another process is indexing"
"""What the message of IndexLocked begins with."""


@dataclass(frozen=True)
class Report:
    """What a reindex did: counts of articles, `passages` in the index, `embedded` in this run.

    `stages_s` are the seconds of each of STAGES: 0 for one that there was no need for. `held` is what a run would
    take out that must be asked for first: then nothing was changed, and all that serves is `unchanged`.
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
) -> Report:
    """Makes the collection exactly what `sources` hold, and current for every process that serves `data_dir`.

    With `full`, everything is read and embedded anew though it is known; vectors are kept in `cache_dir`, by default
    in that of `data_dir`. When nothing changed, the serving generation stays. Until the new generation is complete
    and checked, the old one serves. With `dry_run` nothing is embedded or published: the report tells what would be,
    its generation is the one that serves. Where all that was served was taken out by hand, the index becomes empty.

    With `only`, a folder, just those of `sources` are looked at that lie below it, and all other articles stay as they
    serve; that they still come from `sources` is for the caller to see to. A run that would take much out of what
    serves, but for what is `expected` to go, asks `permit` first.

    Raises:
        SourceError: a source is missing, or none holds an article; the serving index is untouched.
        IndexLocked: another process is indexing.
    """
    started, stages, generations = time.monotonic(), Stages(STAGES), Generations(data_dir)
    with (
        writing(data_dir, "The new index", _size_mb(generations)),
        _locked(data_dir),
        _serving(generations) as before,
    ):
        cache = EmbeddingCache((cache_dir or data_dir / "cache") / "embeddings.sqlite")
        run = _Run(
            sources,
            reading,
            data_dir,
            generations,
            before,
            cache,
            embedder,
            full,
            progress,
            stages,
            only,
            permit,
            expected,
        )
        news, outcome = run.index(dry_run=dry_run)
    counts, articles = news.counts(), news.articles
    if outcome.held and not dry_run:
        counts, articles = dict.fromkeys(counts, 0) | {"unchanged": outcome.held.of}, outcome.held.of
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
    )


def _size_mb(generations: Generations) -> int:
    """What the serving generation takes, and the next one in all likelihood; 0 when there is none."""
    try:
        folder = generations.current_folder()
        return sum(path.stat().st_size for path in folder.iterdir()) // 2**20 if folder else 0
    except (IndexUnusable, OSError):
        return 0


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    """One indexing process at a time; the operating system frees the lock of a process that died."""
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data_dir / "reindex.lock", timeout=0):
            yield
    except Timeout as error:
        raise IndexLocked(f"{LOCKED} {data_dir}: wait until it is done, then reindex again.") from error


@contextmanager
def _serving(generations: Generations) -> Iterator[Generation | None]:
    """The serving generation, that before a damaged one included; None where all must be made anew."""
    try:
        generation = generations.open_serving(None).generation
    except IndexUnusable:
        yield None
        return
    try:
        yield generation
    finally:
        generation.store.close()


class _Outcome(NamedTuple):
    """Passages in the index, passages that were (or would be) embedded, the generation that serves (or none: ""), and
    what it would have taken out without leave."""

    passages: int
    embedded: int
    generation: str
    held: Loss | None = None


@dataclass
class _Run:
    """One reindexing. `before` is the serving generation."""

    sources: Sequence[Source]
    reading: Reading
    data_dir: Path
    generations: Generations
    before: Generation | None
    cache: EmbeddingCache
    embedder: Embedder
    full: bool
    progress: Progress
    stages: Stages
    only: Path | None
    permit: Permit
    expected: Expected

    def index(self, *, dry_run: bool) -> tuple[News, _Outcome]:
        """What was news, and what came of it."""
        self.generations.drop_unfinished()
        folder = self.generations.new_folder()
        try:
            with Spool(folder) as spool, Workers() as workers:
                with self.stages("reading"):
                    news = self._read(spool, workers)
                if self.before and self._as_before(news):
                    if not dry_run:
                        self.generations.fall_back(self.before.id)
                    return news, self._stays()
                held = loss_of(self.generations, news, self.expected, self._named(), self.before)
                if held and not dry_run and not self.permit(held):
                    return news, self._stays()._replace(held=held)
                with self.stages("splitting"):
                    written = write_texts(
                        folder,
                        news,
                        spool,
                        workers,
                        before=self._reusable(),
                        repeats=self._repeats(news, spool),
                        progress=self.progress,
                    )
                    self._require_some(news, written)
            vectors = Vectoriser(
                folder, self._with_vectors(), self.cache, self.embedder, self.full, self.progress
            )
            if dry_run:
                return news, self._stays()._replace(
                    passages=written.passages, embedded=vectors.missing(written), held=held
                )
            with self.stages("embedding"):
                vectors.write(written)
            with self.stages("writing"):
                manifest = self._describe(folder, written, vectors.recall)
                self.generations.publish(folder, manifest, self.before.id if self.before else None)
            return news, _Outcome(written.passages, vectors.computed, manifest.id)
        finally:
            self.generations.drop_unfinished()

    def _read(self, spool: Spool, workers: Workers) -> News:
        before = self.before.store if self.before else None
        news = News(before, spool, trust_digests=self._reusable() is not None, hidden=self.reading.removed)
        articles = 0
        for seen in ReadingAhead(workers)(self._scan(), news.is_news):
            articles += news.take(seen)
            self.progress("reading articles", articles, 0)
        if not articles and not self._emptied():
            raise SourceError(_nothing_found(self.sources, news.failed, hidden=bool(self.reading.removed)))
        self.progress("reading articles", articles, articles)  # what is said next must not be written over
        return news

    def _emptied(self) -> bool:
        """Whether all that is served was taken out by hand."""
        served = self.before.store if self.before else None
        return served is not None and all_taken_out(served, self.reading.removed, self.data_dir)

    def _require_some(self, news: News, written: Written) -> None:
        """An index becomes empty by what admins take out, never by what could not be read."""
        if news.failed and not written.articles and not self._emptied():
            raise SourceError(_nothing_found(self.sources, news.failed, hidden=bool(self.reading.removed)))

    def _stays(self) -> _Outcome:
        """What serves goes on to serve."""
        if self.before is None:
            return _Outcome(0, 0, "")
        return _Outcome(self.before.manifest.passages, 0, self.before.id)

    def _scan(self) -> Iterator[Pending | Failure]:
        before = self._reusable()
        if self.only is None or before is None:
            return scan(self.sources, self.reading)
        working_dir = Path(before.manifest.working_dir or ".")
        below = [
            s for s in self.sources if isinstance(s, Path) and s.resolve().is_relative_to(self.only.resolve())
        ]
        return OneFolder(before.store, self.only, working_dir).scan(below, self.reading)

    def _named(self) -> list[str]:
        """What the generation is made from, by name."""
        return [without_user(str(source)) for source in self.sources]

    def _reusable(self) -> Generation | None:
        """The generation before, when what it made of an article's bytes would be made again."""
        known = self.before and self.before.manifest.cleaning_version == CLEANING_VERSION
        return self.before if known and not self.full else None

    def _with_vectors(self) -> Generation | None:
        """The generation before, when its vectors are this model's."""
        before = self._reusable()
        return before if before and before.manifest.model == self.embedder.fingerprint else None

    def _as_before(self, news: News) -> bool:
        before = self._with_vectors()
        return before is not None and news.nothing and before.manifest.sources == self._named()

    def _repeats(self, news: News, spool: Spool) -> Repeats:
        """The lines that outlets share, counted over what stays and what is new."""
        before = self._reusable()
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

    def _describe(self, folder: Path, written: Written, recall: float | None) -> Manifest:
        self.progress("writing the index", 0, 1)
        manifest = describe(
            folder,
            articles=written.articles,
            passages=written.passages,
            dimensions=self.embedder.dimensions,
            model=self.embedder.fingerprint,
            cleaning_version=CLEANING_VERSION,
            sources=self._named(),
            recall_at_10=recall,
        )
        self.progress("writing the index", 1, 1)
        return manifest


def _nothing_found(sources: Sequence[Source], failed: Sequence[Failure], *, hidden: bool) -> str:
    named = ", ".join(without_user(str(source)) for source in sources) or "(none given)"
    first = f" {failed[0].path}: {failed[0].reason}" if failed else ""
    why = f"{first} (and {len(failed) - 1} more)" if len(failed) > 1 else first
    stay = " Articles that were removed stay out." if hidden else ""
    return f"No article was found in {named}; name a folder or file that holds one.{stay}{why}"
