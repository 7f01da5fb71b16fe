"""A collection: files and folders -> articles, one at a time, each with a stable id.

Supported kinds are one row each in `READERS`.
"""

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import SourceError
from retrieval.sources.jsonl import read_jsonl
from retrieval.sources.plain_text import read_plain_text
from retrieval.sources.sourced import Failure, Sourced

Reader = Callable[[Path, str], Iterator[Sourced | Failure]]
"""Reads one file, given its id; may raise SourceError or OSError when the whole file is unusable."""

READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".text": read_plain_text,
    ".md": read_plain_text,
    ".markdown": read_plain_text,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}


class _Found(NamedTuple):
    """A file to read, or a place that cannot be read; `relative` is its path below `root`."""

    path: Path
    root: Path
    relative: str
    problem: str | None = None


def read_sources(sources: Sequence[Path]) -> Iterator[Sourced | Failure]:
    """The articles of files and folders (recursive, sorted), and a Failure for each one that cannot be had.

    Raises SourceError at once, before anything is read, when a source is missing or of no supported kind: a typo
    must not silently drop a part of the collection. Files of unknown kinds inside folders, and hidden ones, are
    skipped. A file named twice is read once.
    """
    found = _once([found for source in sources for found in _find(source)])
    return _without_twins(_read_all(found))


def _find(source: Path) -> list[_Found]:
    if source.is_dir():
        files = sorted(_walk(source, source, set()), key=lambda found: found.relative)
        return files or [
            _Found(source, source, "", f"no article in this folder: expected files ending in {_kinds()}")
        ]
    if not os.path.lexists(source):
        raise SourceError(f"source {source} does not exist: check the path and the working directory")
    if source.suffix.lower() not in READERS:
        raise SourceError(
            f"source {source} is of no supported kind: expected a folder or a file ending in {_kinds()}"
        )
    return [_Found(source, source.parent, _relative(source, source.parent), _problem(source))]


def _kinds() -> str:
    return ", ".join(READERS)


def _walk(folder: Path, root: Path, visited: set[str]) -> Iterator[_Found]:
    if (real := os.path.realpath(folder)) in visited:
        return  # a link back to a folder above
    visited.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _Found(folder, root, _relative(folder, root), _explain(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.suffix.lower() in READERS:
            yield _Found(entry, root, _relative(entry, root), _problem(entry))
        elif _is_folder(entry):
            yield from _walk(entry, root, visited)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # not to be looked at: the walk reports what it cannot enter


def _relative(path: Path, root: Path) -> str:
    # Some systems store names decomposed; who types an id types it composed.
    return unicodedata.normalize("NFC", path.relative_to(root).as_posix())


def _problem(path: Path) -> str | None:
    """Why the path cannot be opened as a file; a named pipe, once opened, would hang."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link to a file that does not exist: mend or remove it"
    except OSError as error:
        return _explain(error)
    if stat.S_ISDIR(mode):
        return "a folder named like a file: rename it to have its articles read"
    return None if stat.S_ISREG(mode) else "not a regular file: expected a file that can be read again"


def _explain(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}; check its permissions"


def _once(found: list[_Found]) -> list[_Found]:
    by_place = {each.path.absolute(): each for each in reversed(found)}
    return list(reversed(by_place.values()))


def _read_all(found: list[_Found]) -> Iterator[Sourced | Failure]:
    shared = Counter(each.relative for each in found)
    taken: set[str] = set()
    for each in found:
        article_id = _article_id(each, shared[each.relative] > 1, taken)
        taken.add(article_id)
        yield from _read(each, article_id)


def _article_id(found: _Found, shared: bool, taken: set[str]) -> str:
    """The relative path, behind as much of the root's name as tells it from other roots."""
    names = found.root.resolve().parts[1:]
    article_id, depth = found.relative, 0
    while ((shared and not depth) or article_id in taken) and depth < len(names):
        depth += 1
        article_id = "/".join((*names[-depth:], found.relative))
    return article_id


def _read(found: _Found, article_id: str) -> Iterator[Sourced | Failure]:
    place = found.path.as_posix()
    if found.problem:
        yield Failure(place, found.problem)
        return
    try:
        yield from READERS[found.path.suffix.lower()](found.path, article_id)
    except SourceError as error:
        yield Failure(place, str(error))
    except OSError as error:
        yield Failure(place, _explain(error))


def _without_twins(results: Iterator[Sourced | Failure]) -> Iterator[Sourced | Failure]:
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


def _twin(sourced: Sourced, owner: str) -> Failure:
    reason = f"the id {sourced.article.id!r} is already that of the article in {owner}: change one of them"
    return Failure(sourced.place, reason)
