"""A collection: files, folders and addresses -> articles, one at a time, each with a stable id."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.file_ids import file_ids, once
from retrieval.sources.files import FoundFile, find_for
from retrieval.sources.model import Failure, Original, Pending, Sourced
from retrieval.sources.reading import articles_of, explain

Source = Path | str
"""A file, a folder, or the http(s) address of a page, a feed or a sitemap."""


class Web(Protocol):
    """What is behind an address: a page, or the pages that a feed or a sitemap lists."""

    def originals(self, url: str) -> Iterator[Original | Failure]: ...


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How sources are read.

    Files that a pattern of `ignore` fits are passed over; `columns` are as in `Original`. Articles whose ids are in
    `removed` stay out; where it names the file of one, the article of that file does, however its id begins by now.
    A source that is not there is read where `elsewhere` has it. `web` opens what addresses are read through; None when
    there is no way to the web.
    """

    ignore: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, Path | None] = field(default_factory=dict)
    web: Callable[[], AbstractContextManager[Web]] | None = None
    elsewhere: Mapping[Path, Path] = field(default_factory=dict)


PLAIN = Reading()
"""As it comes: nothing is passed over, and the web is out of reach."""


def is_address(source: Source) -> bool:
    """Whether a source is on the web, rather than a file or a folder."""
    return isinstance(source, str) and source.lstrip().lower().startswith(("http://", "https://"))


IdOf = Callable[[FoundFile, str], str]
"""The id of a file, from the one that it would have by its path alone."""


def scan(
    sources: Sequence[Source], reading: Reading = PLAIN, id_of: IdOf = lambda _, file_id: file_id
) -> Iterator[Pending | Failure]:
    """The articles of files, folders (recursive, sorted) and addresses, each to be read when its digest is news.

    Raises SourceError at once, before anything is read, when a source is missing or of no supported kind: a typo
    must not silently drop a part of the collection. Files of unknown kinds inside folders, and hidden ones, are
    skipped. A file named twice is read once.
    """
    files = [
        each
        for source in sources
        if not is_address(source)
        for each in find_for(Path(source), reading.ignore, reading.elsewhere)
    ]
    addresses = [str(source) for source in dict.fromkeys(sources) if is_address(source)]
    if addresses and reading.web is None:
        raise SourceError(Reason.of(Problem.SOURCE_ON_WEB, source=addresses[0]))
    return chain(_scan_files(once(files), reading, id_of), _scan_web(addresses, reading))


def read_sources(sources: Sequence[Source], reading: Reading = PLAIN) -> Iterator[Sourced | Failure]:
    """The articles of `sources`, all of them read, and a Failure for each one that cannot be had; raises as `scan`."""
    return without_twins(read(pending) for pending in scan(sources, reading))


def read(pending: Pending | Failure) -> Sourced | Failure:
    """The article, or why it cannot be had."""
    if isinstance(pending, Failure):
        return pending
    try:
        return pending.read()
    except SourceError as error:
        return Failure(pending.place, error.said)
    except OSError as error:
        return Failure(pending.place, explain(error))


def without_twins(results: Iterator[Sourced | Failure]) -> Iterator[Sourced | Failure]:
    """Ids are unique: a second article under a taken id becomes a Failure."""
    owners: dict[str, str] = {}
    for result in results:
        if isinstance(result, Failure):
            yield result
        elif (owner := owners.get(result.article.id)) is not None:
            yield _twin(result, owner)
        else:
            owners[result.article.id] = result.place
            yield result


def _scan_web(addresses: Sequence[str], reading: Reading) -> Iterator[Pending | Failure]:
    if not addresses or reading.web is None:
        return
    with reading.web() as web:
        for address in addresses:
            for original in web.originals(address):
                if isinstance(original, Failure):
                    yield original
                else:
                    yield from articles_of(replace(original, columns=reading.columns))


def _scan_files(found: list[FoundFile], reading: Reading, id_of: IdOf) -> Iterator[Pending | Failure]:
    removed: dict[Path, list[str]] = {}
    for gone, file in reading.removed.items():
        if file:
            removed.setdefault(file, []).append(gone)
    for each, article_id in zip(found, file_ids(found), strict=True):
        if each.problem:
            yield Failure(each.said.as_posix(), each.problem)
            continue
        pending = articles_of(_original(each, id_of(each, article_id), reading))
        ids = removed.get(each.said.resolve(), []) if removed else []
        yield from (one for one in pending if not _is_among(ids, one)) if ids else pending


def _is_among(ids: Sequence[str], found: Pending | Failure) -> bool:
    """Whether one of `ids` means an article of the same file: names of folders may stand before it, or be missing."""
    if isinstance(found, Failure):
        return False
    here = f"/{found.origin}"
    return any(here.endswith(f"/{there}") or f"/{there}".endswith(here) for there in ids)


def _original(found: FoundFile, article_id: str, reading: Reading) -> Original:
    path = found.path
    place = found.said.as_posix()
    return Original(
        id=article_id,
        place=place,
        name=path.name,
        open=lambda: path.open("rb"),
        path=place,
        known=found.known,
        columns=reading.columns,
    )


def _twin(sourced: Sourced, owner: str) -> Failure:
    reason = Reason.of(Problem.ID_TAKEN, id=repr(sourced.article.id), place=owner)
    return Failure(sourced.place, reason)
