"""Names for files that came from elsewhere."""

import hashlib
import unicodedata
from pathlib import PurePosixPath

import regex

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.file_kinds import ENDINGS, SUFFIXES
from retrieval.sources.metadata_files import NAMES

_LONGEST_NAME = 120
_UNFIT = regex.compile(r'[\p{C}/\\:*?"<>|]+')


def safe_name(written: str) -> str:
    """A file name of our own making: no folders, no odd characters, not hidden, not too long, of a kind we read.

    Raises:
        SourceError: the kind is not supported.
    """
    last = unicodedata.normalize("NFC", written.replace("\\", "/").rpartition("/")[2])
    path = PurePosixPath("_" + _UNFIT.sub("_", last).rstrip(" ."))
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(Reason.of(Problem.UNSUPPORTED_NAME, name=repr(written[:80]), endings=ENDINGS))
    stem = path.stem[1:].strip(" .") or "article"
    name = _short(stem, written) + path.suffix.lower()
    return f"article-{name}" if name in NAMES else name


def name_of(url: str, name: str) -> str:
    """A file name that tells where a page came from; the same page gets the same one, and no other page does."""
    written = regex.sub(r"^https?://(?:www\.)?", "", url).split("#")[0].rstrip("/")
    suffix = PurePosixPath(name).suffix
    plain = regex.sub(r"[^\p{L}\p{N}.]+", "-", written.removesuffix(suffix))
    return f"{_short(plain, url, longest=_LONGEST_NAME - 9)}-{_mark(url)}{suffix}"


def _short(stem: str, written: str, longest: int = _LONGEST_NAME) -> str:
    """At most so many bytes; what is cut is marked, or two long names would become one."""
    if len(stem.encode()) <= longest:
        return stem
    return stem.encode()[: longest - 9].decode("utf-8", "ignore") + f"-{_mark(written)}"


def _mark(written: str) -> str:
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:8]
