"""The sources of a run -> what is news in them; an index becomes empty by what admins take out, never by a mishap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import SourceError
from retrieval.indexing.changes import News
from retrieval.indexing.earlier import Earlier
from retrieval.indexing.loss import all_taken_out
from retrieval.indexing.one_folder import OneFolder
from retrieval.indexing.spool import Spool
from retrieval.problems import Problem
from retrieval.processes.workers import Workers
from retrieval.progress import Progress, Step
from retrieval.reasons import Reason
from retrieval.sources.collection import Reading, Source, scan
from retrieval.sources.model import Failure, Pending
from retrieval.sources.reading_ahead import ReadingAhead
from retrieval.text.addresses import without_user


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """Reads `sources`, or just those of them below the folder `only`, beside what an earlier run has read."""

    sources: Sequence[Source]
    reading: Reading
    only: Path | None
    data_dir: Path
    earlier: Earlier
    progress: Progress

    @property
    def named(self) -> list[str]:
        """The sources by name."""
        return [without_user(str(source)) for source in self.sources]

    def read(self, spool: Spool, workers: Workers) -> News:
        """What is news; raises SourceError where no article is found, unless all were taken out by hand."""
        reused = self.earlier.with_texts is not None
        news = News(self.earlier.store, spool, trust_digests=reused, hidden=self.reading.removed)
        articles = 0
        for seen in ReadingAhead(workers)(self._scan(), news.is_news):
            articles += news.take(seen)
            self.progress(Step.READING, articles, 0)
        self.require_some(articles, news)
        self.progress(Step.READING, articles, articles)  # what is said next must not be written over
        return news

    def require_some(self, articles: int, news: News) -> None:
        """Raises SourceError where there are none, unless all that is served was taken out by hand."""
        store = self.earlier.store
        if articles or (store and all_taken_out(store, self.reading.removed, self.data_dir)):
            return
        raise SourceError(self._nothing_found(news.failed))

    def _scan(self) -> Iterator[Pending | Failure]:
        before = self.earlier.with_texts
        if self.only is None or before is None:
            return scan(self.sources, self.reading)
        only, working_dir = self.only, Path(before.manifest.working_dir or ".")
        below = [
            s for s in self.sources if isinstance(s, Path) and s.resolve().is_relative_to(only.resolve())
        ]
        return OneFolder(before.store, only, working_dir).scan(below, self.reading)

    def _nothing_found(self, failed: Sequence[Failure]) -> str:
        named = ", ".join(self.named) or "(none given)"
        stay = Reason.of(Problem.REMOVED_STAY) if self.reading.removed else ""
        return Reason.of(Problem.NOTHING_FOUND, named=named, stay=stay, why=_first(failed))


def _first(failed: Sequence[Failure]) -> str:
    if not failed:
        return ""
    path, why = failed[0].path, failed[0].reason
    if len(failed) == 1:
        return Reason.of(Problem.FIRST_FAILED, path=path, why=why)
    return Reason.of(Problem.FIRST_FAILED_OF, path=path, why=why, count=len(failed) - 1)
