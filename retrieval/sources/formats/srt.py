"""Subtitles in SRT: what is said, a line for as many of them as make whole sentences; numbers and times are out."""

from collections.abc import Iterator

import regex

from retrieval.errors import SourceError
from retrieval.sources.formats.assembly import Marked, assemble
from retrieval.sources.formats.plain.encodings import decode
from retrieval.sources.model import Document, Original

_TIMES = regex.compile(r"\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3}\s*-->\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3}.*")
_MARKUP = regex.compile(r"</?[a-zA-Z][^>]{0,80}>|\{\\[^}]{0,80}\}")
_ENDED = regex.compile(r"[.!?…][\"”»)]?$")


def read_srt(data: bytes, original: Original) -> Document:
    """The speech of a film; raises SourceError when there are no subtitles in it."""
    said = list(_subtitles(decode(data).splitlines()))
    if not said:
        raise SourceError(
            f"{original.name} holds no subtitles: expected times like 00:00:01,000 --> 00:00:02,000"
        )
    return assemble(Marked(text) for text in _sentences(said))


def _subtitles(lines: list[str]) -> Iterator[str]:
    starts = [n for n, line in enumerate(lines) if _TIMES.fullmatch(line)]
    for start, end in zip(starts, [*(n - 1 for n in starts[1:]), len(lines)], strict=True):
        if text := _MARKUP.sub("", " ".join(" ".join(lines[start + 1 : end]).split())):
            yield text


def _sentences(said: list[str]) -> Iterator[str]:
    open_one: list[str] = []
    for text in said:
        open_one.append(text)
        if _ENDED.search(text):
            yield " ".join(open_one)
            open_one = []
    if open_one:
        yield " ".join(open_one)
