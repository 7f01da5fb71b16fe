"""Files and folders -> the files to read, recursive and sorted, each with what its folder's metadata says of it."""

import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.file_kinds import ENDINGS, SUFFIXES
from retrieval.sources.metadata_files import HIDDEN, NAMES, read_metadata
from retrieval.sources.model import Known
from retrieval.sources.reading import explain


@dataclass(frozen=True, kw_only=True)
class FoundFile:
    """A file to read, or a place that cannot be read; `relative` is its path below `root`.

    `shown` is where it is said to be, if that is elsewhere.
    """

    path: Path
    root: Path
    relative: str
    problem: str | None = None
    known: Known = field(default_factory=dict)
    shown: Path | None = None

    @property
    def said(self) -> Path:
        """Where it is said to be."""
        return self.shown or self.path


def find_for(
    source: Path, ignore: Sequence[str] = (), elsewhere: Mapping[Path, Path] = MappingProxyType({})
) -> list[FoundFile]:
    """As `find`; a source that is not there is read where `elsewhere` has it, and said to be at its own path."""
    if os.path.lexists(source) or source not in elsewhere:
        return find(source, ignore)
    return [replace(found, shown=source / found.relative) for found in find(elsewhere[source], ignore)]


def find(source: Path, ignore: Sequence[str] = ()) -> list[FoundFile]:
    """The files of a source in order of their paths, without those that a pattern of `ignore` fits.

    A pattern, as of a shell, is held against the path below the source, against each of its parts, and against the
    name. Raises SourceError when the source is missing or of no supported kind.
    """
    if source.is_dir():
        walked = _walk(source, source, set(), ignore)
        files = sorted(_with_metadata(list(walked)), key=lambda found: found.relative)
        return files or [
            FoundFile(
                path=source,
                root=source,
                relative="",
                problem=f"no article in this folder: expected files ending in {ENDINGS}",
            )
        ]
    if not os.path.lexists(source):
        raise SourceError(Reason.of(Problem.SOURCE_MISSING, source=str(source)))
    if source.suffix.lower() not in SUFFIXES:
        if problem := _problem(source):
            raise SourceError(Reason.of(Problem.SOURCE_PROBLEM, source=str(source), why=problem))
        raise SourceError(Reason.of(Problem.SOURCE_KIND, source=str(source), endings=ENDINGS))
    found = FoundFile(
        path=source, root=source.parent, relative=_relative(source, source.parent), problem=_problem(source)
    )
    beside = [
        FoundFile(path=path, root=source.parent, relative=name)
        for name in NAMES
        if (path := source.with_name(name)).is_file()
    ]
    return list(_with_metadata([found, *beside], whole=False))


def _walk(folder: Path, root: Path, visited: set[str], ignore: Sequence[str]) -> Iterator[FoundFile]:
    if (real := os.path.realpath(folder)) in visited:
        return  # a link back to a folder above
    visited.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield FoundFile(path=folder, root=root, relative=_relative(folder, root), problem=explain(error))
        return
    for entry in entries:
        relative = _relative(entry, root)
        if entry.name.startswith(HIDDEN) or _ignored(relative, ignore):
            continue
        if entry.suffix.lower() in SUFFIXES or entry.name in NAMES:
            yield FoundFile(path=entry, root=root, relative=relative, problem=_problem(entry))
        elif _is_folder(entry):
            yield from _walk(entry, root, visited, ignore)


def _ignored(relative: str, patterns: Sequence[str]) -> bool:
    names = (relative, PurePosixPath(relative).name)
    return any(fnmatch(name, pattern.rstrip("/")) for pattern in patterns for name in names)


def _with_metadata(found: list[FoundFile], *, whole: bool = True) -> Iterator[FoundFile]:
    """The files that hold articles, with what the metadata files among them say; those nearest to a file win."""
    known: dict[str, dict[str, str | Date]] = {}
    for each in sorted((each for each in found if each.path.name in NAMES), key=_depth):
        folder = PurePosixPath(each.relative).parent
        try:
            if each.problem:
                raise SourceError(each.problem)
            said, problems = read_metadata(each.path)
        except (SourceError, OSError) as error:
            reason = explain(error) if isinstance(error, OSError) else error.said
            yield FoundFile(
                path=each.path,
                root=each.root,
                relative=each.relative,
                problem=Reason.of(Problem.METADATA_LOST, why=reason),
            )
            continue
        for problem in problems:
            yield FoundFile(path=each.path, root=each.root, relative=each.relative, problem=problem)
        for path, fields in said.items():
            known.setdefault((folder / path).as_posix(), {}).update(fields)
        if whole:
            yield from _unmatched(each, folder, said, {other.relative for other in found})
    for each in found:
        if each.path.name not in NAMES:
            yield FoundFile(
                path=each.path,
                root=each.root,
                relative=each.relative,
                problem=each.problem,
                known=known.get(each.relative, {}),
            )


def _unmatched(
    each: FoundFile, folder: PurePosixPath, said: Mapping[str, Known], present: set[str]
) -> Iterator[FoundFile]:
    missing = [path for path in said if (folder / path).as_posix() not in present]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        reason = Reason.of(Problem.METADATA_UNMATCHED, path=repr(missing[0]), more=more)
        yield FoundFile(path=each.path, root=each.root, relative=each.relative, problem=reason)


def _depth(found: FoundFile) -> int:
    return found.relative.count("/")


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
        return Reason.of(Problem.BROKEN_LINK)
    except OSError as error:
        return explain(error)
    if stat.S_ISDIR(mode):
        return Reason.of(Problem.FOLDER_LIKE_FILE)
    return None if stat.S_ISREG(mode) else Reason.of(Problem.NOT_A_FILE)
