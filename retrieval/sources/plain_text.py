"""Plain text files: bytes -> Document, with the page furniture cleaned out."""

import codecs

from retrieval.errors import SourceError
from retrieval.sources.cleaning import clean
from retrieval.sources.cues import load_cues
from retrieval.sources.sourced import Document, Original

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
)


def read_plain_text(data: bytes, original: Original) -> Document:
    """The article in a text file; raises SourceError when it has none."""
    return clean(decode(data), load_cues())


def decode(data: bytes) -> str:
    """Text out of UTF-8, with or without a byte order mark, or UTF-16 with one; raises SourceError."""
    if not data.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise SourceError("empty: put the article's text into it or remove it")
    try:
        if data.startswith(_UTF16_MARKS):
            return data.decode("utf-16")
        if b"\0" in data or data.startswith(_BINARY_STARTS):
            raise SourceError("binary, not text: save the article as a UTF-8 text file")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("cannot be decoded as UTF-8: save it as UTF-8 text") from error
