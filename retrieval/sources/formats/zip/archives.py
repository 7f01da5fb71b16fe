"""Zip archives of articles: each member is an original of its own, unpacked in memory when it is read."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipInfo

import regex

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.file_kinds import ENDINGS, kind_of_name, suffix_of
from retrieval.sources.formats.zip.names import names_of
from retrieval.sources.formats.zip.safety import is_repaired, members_of, problem_of, unpack
from retrieval.sources.metadata_files import HIDDEN, NAMES
from retrieval.sources.model import Failure, Original

_PACKED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_UNSAFE = regex.compile(r"^/|^\p{L}:|[\p{Cc}]|(?:^|/)\.\.(?:/|$)")
_CUT = Reason.of(Problem.ZIP_CUT)
_OF_ONE_ARTICLE = ("id", "url", "title")


def read_zip(original: Original) -> Iterator[Original | Failure]:
    """The articles in a zip file, sorted by name: ids are `archive.zip!member`; raises SourceError.

    Hidden files and those of unknown kinds are skipped. A member that cannot be had is a Failure and stops no other.
    """
    with original.open() as file:
        members = members_of(file)
    names = names_of(members)
    named = [pair for pair in zip(names, members, strict=True) if not _is_skipped(pair[0])]
    if not named:
        raise SourceError(Reason.of(Problem.ZIP_NO_ARTICLE, endings=ENDINGS))
    if is_repaired(members):
        yield Failure(original.place, _CUT)
    taken: set[str] = set()
    for name, member in sorted(named, key=lambda pair: pair[0]):
        problem = _problem(name, member, taken)
        if problem:
            shown = "".join(each if each.isprintable() else "\ufffd" for each in name)
            yield Failure(f"{original.place}!{shown}", problem)
        else:
            yield _original(original, name, member)
        taken.add(name)


def _is_skipped(name: str) -> bool:
    parts = name.split("/")
    hidden = any(part.startswith(HIDDEN) and part.strip(".") for part in parts) or "__MACOSX" in parts
    read = kind_of_name(name) is not None or suffix_of(name) in _PACKED
    return hidden or name.endswith("/") or PurePosixPath(name).name in NAMES or not read


def _problem(name: str, member: ZipInfo, taken: set[str]) -> str | None:
    if _UNSAFE.search(name):
        return Reason.of(Problem.MEMBER_PATH)
    if suffix_of(name) in _PACKED:
        return Reason.of(Problem.MEMBER_ARCHIVE)
    if name in taken:
        return Reason.of(Problem.MEMBER_TWICE)
    return problem_of(member)


def _original(archive: Original, name: str, member: ZipInfo) -> Original:
    def read() -> BytesIO:
        with archive.open() as file:
            return BytesIO(unpack(file, member))

    return replace(
        archive,
        id=f"{archive.id}!{name}",
        place=f"{archive.place}!{name}",
        name=PurePosixPath(name).name,
        open=read,
        url=None,
        charset=None,
        known={key: value for key, value in archive.known.items() if key not in _OF_ONE_ARTICLE},
    )
