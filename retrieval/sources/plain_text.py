"""Plain text files (`.txt`, `.md`): bytes -> Article, with the page furniture cleaned out."""

import codecs
import hashlib
from collections.abc import Iterator
from pathlib import Path

from retrieval.article import Article
from retrieval.errors import SourceError
from retrieval.language import detect_language
from retrieval.sources.cleaning import Cleaned, clean
from retrieval.sources.cues import load_cues
from retrieval.sources.sourced import Failure, Sourced

MAX_BYTES = 20 * 1024 * 1024
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


def read_plain_text(path: Path, article_id: str) -> Iterator[Sourced | Failure]:
    """The one article of a text file; raises SourceError or OSError when it has none."""
    if path.stat().st_size > MAX_BYTES:
        raise SourceError(
            f"{path.name} is larger than {MAX_BYTES // 2**20} MB: split it into one file per article"
        )
    yield sourced_from_bytes(path.read_bytes(), article_id, path.as_posix())


def sourced_from_bytes(data: bytes, article_id: str, path: str) -> Sourced:
    """An article out of the bytes of a text file; raises SourceError."""
    cleaned = clean(decode(data), load_cues())
    if not cleaned.text:
        raise SourceError("holds no article text: expected paragraphs, found only page furniture")
    return Sourced(
        _article(cleaned, article_id, path), hashlib.sha256(data).hexdigest(), path, cleaned.dropped
    )


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


def language_code(text: str) -> str | None:
    """The code that an Article carries: None when the text does not tell."""
    code = detect_language(text).code
    return None if code == "und" else code


def _article(cleaned: Cleaned, article_id: str, path: str) -> Article:
    return Article(
        id=article_id,
        text=cleaned.text,
        title=cleaned.title,
        date=cleaned.date,
        source=cleaned.source,
        author=cleaned.author,
        path=path,
        lang=language_code(cleaned.text),
        gaps=cleaned.gaps,
    )
