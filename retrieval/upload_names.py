"""Names for files that came from elsewhere."""

import unicodedata
from pathlib import PurePosixPath

import regex

from retrieval.errors import SourceError
from retrieval.sources.kinds import SUFFIXES
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
        raise SourceError(
            f"{written[:80]!r} is of no supported kind: expected a file ending in {', '.join(SUFFIXES)}"
        )
    stem = path.stem[1:].strip(" .").encode()[:_LONGEST_NAME].decode("utf-8", "ignore") or "article"
    name = stem + path.suffix.lower()
    return f"article-{name}" if name in NAMES else name


def name_of(url: str, name: str) -> str:
    """A file name that tells where a page came from; the same page gets the same one."""
    written = regex.sub(r"^https?://(?:www\.)?", "", url).split("#")[0].rstrip("/")
    suffix = PurePosixPath(name).suffix
    return regex.sub(r"[^\p{L}\p{N}.]+", "-", written.removesuffix(suffix))[:_LONGEST_NAME] + suffix
