"""An original -> the articles in it, each pending: its digest is known, and it is read only when that is news."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.file_kinds import (
    ArchiveReader,
    DocumentReader,
    FileKind,
    Form,
    Holds,
    TableReader,
    kind_of,
)
from retrieval.sources.model import Failure, Original, Pending, Sourced, digest_of, sourced

_TINY = 2000
"""Bytes that are read sooner than another process could be asked to, unless they are packed and may become anything."""


def articles_of(original: Original) -> Iterator[Pending | Failure]:
    """What an original holds: one article, the rows of a table, or those of an archive's members."""
    try:
        kind = kind_of(original)
        if kind.holds is Holds.FILES:
            unpack: ArchiveReader = kind.load()
            for member in unpack(original):
                yield from [member] if isinstance(member, Failure) else articles_of(member)
        elif kind.holds is Holds.ROWS:
            rows: TableReader = kind.load()
            yield from rows(original)
        else:
            yield _document(original, kind)
    except SourceError as error:
        yield Failure(original.place, error.said)
    except OSError as error:
        yield Failure(original.place, explain(error))


def explain(error: OSError) -> str:
    """Why a file cannot be had, and what helps."""
    return Reason.of(Problem.FILE_CLOSED, why=(error.strerror or str(error)).lower())


def _document(original: Original, kind: FileKind) -> Pending:
    data = original.read()
    digest = digest_of(data, original)
    # Nothing of what is left to do needs the file: it may be done in another process.
    closed = replace(original, open=BytesIO)
    return Pending(
        origin=original.id,
        digest=digest,
        place=original.place,
        read=partial(_article, data, closed, digest),
        path=original.path,
        apart=len(data) > _TINY or kind.form in (Form.PACKED, Form.ZIP),
    )


def _article(data: bytes, original: Original, digest: str) -> Sourced:
    reader: DocumentReader = kind_of(original).load()
    return sourced(reader(data, original), original, digest)
