"""Files and folders -> the files to read, recursive and sorted."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import SourceError
from retrieval.sources.kinds import SUFFIXES
from retrieval.sources.reading import explain


class Found(NamedTuple):
    """A file to read, or a place that cannot be read; `relative` is its path below `root`."""

    path: Path
    root: Path
    relative: str
    problem: str | None = None


def find(source: Path) -> list[Found]:
    """The files of a source in order of their paths; raises SourceError when it is missing or of no supported kind."""
    if source.is_dir():
        files = sorted(_walk(source, source, set()), key=lambda found: found.relative)
        return files or [
            Found(source, source, "", f"no article in this folder: expected files ending in {_kinds()}")
        ]
    if not os.path.lexists(source):
        raise SourceError(f"source {source} does not exist: check the path and the working directory")
    if source.suffix.lower() not in SUFFIXES:
        raise SourceError(
            f"source {source} is of no supported kind: expected a folder or a file ending in {_kinds()}"
        )
    return [Found(source, source.parent, _relative(source, source.parent), _problem(source))]


def _kinds() -> str:
    return ", ".join(SUFFIXES)


def _walk(folder: Path, root: Path, visited: set[str]) -> Iterator[Found]:
    if (real := os.path.realpath(folder)) in visited:
        return  # a link back to a folder above
    visited.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Found(folder, root, _relative(folder, root), explain(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.suffix.lower() in SUFFIXES:
            yield Found(entry, root, _relative(entry, root), _problem(entry))
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
        return explain(error)
    if stat.S_ISDIR(mode):
        return "a folder named like a file: rename it to have its articles read"
    return None if stat.S_ISREG(mode) else "not a regular file: expected a file that can be read again"
