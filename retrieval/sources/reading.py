"""An original -> the articles in it, each pending: its digest is known, and it is read only when that is news."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath

from retrieval.errors import SourceError
from retrieval.sources.model import Failure, Original, Pending, Sourced, digest_of, sourced
from retrieval.sources.readers import archive_reader, document_reader, require_supported, table_reader

_TINY = 2000
"""Bytes that are read sooner than another process could be asked to."""
_PACKED = (".pdf", ".docx", ".epub")


def articles_of(original: Original) -> Iterator[Pending | Failure]:
    """What an original holds: one article, the rows of a table, or those of an archive's members."""
    try:
        require_supported(original)
        if unpack := archive_reader(original):
            for member in unpack(original):
                yield from [member] if isinstance(member, Failure) else articles_of(member)
        elif rows := table_reader(original):
            yield from rows(original)
        else:
            yield _document(original)
    except SourceError as error:
        yield Failure(original.place, str(error))
    except OSError as error:
        yield Failure(original.place, explain(error))


def explain(error: OSError) -> str:
    """Why a file cannot be had, and what helps."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}; check its permissions"


def _document(original: Original) -> Pending:
    data = original.read()
    digest = digest_of(data, original)
    # Nothing of what is left to do needs the file: it may be done in another process.
    closed = replace(original, open=BytesIO)
    return Pending(
        original.id,
        digest,
        original.place,
        partial(_article, data, closed, digest),
        original.path,
        apart=_is_apart(data, original),
    )


def _is_apart(data: bytes, original: Original) -> bool:
    """Whether reading it may cost something: what is packed may become anything, what is tiny cannot."""
    return len(data) > _TINY or PurePosixPath(original.name).suffix.lower() in _PACKED


def _article(data: bytes, original: Original, digest: str) -> Sourced:
    reader = document_reader(original)
    assert reader, original.name
    return sourced(reader(data, original), original, digest)
