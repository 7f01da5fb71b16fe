"""What a document states about itself in its own fields: kept only where it says something."""

from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime
from pathlib import PurePosixPath

import regex

from retrieval.language import detect_language
from retrieval.sources.cleaning.dates import YEARS, find_dates, publication_date
from retrieval.text import normalise

_NO_TITLE = regex.compile(
    r"microsoft (?:word|office word|powerpoint|excel)\b.*"
    r"|.*\.(?:docx?|pdf|odt|rtf|txt|indd|qxd|pmd|tex|xlsx?|pptx?|html?)"
    r"|word document|document ?\d*|untitled.*|\(?anonymous\)?|unspecified|title"
    r"|tài liệu ?\d*|без имени.*|документ ?\d*",
    regex.IGNORECASE,
)
_NO_AUTHOR = frozenset(
    "python-docx admin administrator user users owner unknown anonymous (anonymous) author root pc home guest"
    " unspecified none".split()
) | {"windows user", "microsoft office user", "người dùng", "пользователь windows", "unknown author"}
_SUBTAG = regex.compile(r"([a-z]{2})(?:[-_].*)?", regex.IGNORECASE)
_HEAD_LINES, _SHORT = 10, 100


def title_of(said: str | None, name: str) -> str | None:
    """A title, unless it is a program's default or the file's name."""
    title = _line(said)
    if title is None or not any(map(str.isalpha, title)) or _NO_TITLE.fullmatch(title):
        return None
    return None if title.casefold() in (name.casefold(), PurePosixPath(name).stem.casefold()) else title


def author_of(said: str | None) -> str | None:
    """An author, unless it is the name that a computer was set up with."""
    author = _line(said)
    return (
        author if author and any(map(str.isalpha, author)) and author.casefold() not in _NO_AUTHOR else None
    )


def date_of(said: str | None) -> Date | None:
    """A whole date, in ISO 8601 or as news pages write it; None when it is none, or only a year or a month."""
    written = _line(said) or ""
    try:
        date = datetime.fromisoformat(written).date()
    except ValueError:
        return next((found.date for found in find_dates(written)), None)
    return date if date.year in YEARS else None


def language_of(said: str | None) -> str | None:
    """`vi-VN` -> `vi`; None for what is no ISO 639-1 code."""
    match = _SUBTAG.fullmatch(_line(said) or "")
    return match.group(1).lower() if match and match.group(1).lower() != "und" else None


def head_date(lines: Sequence[str]) -> Date | None:
    """The date that the short lines above the first paragraphs give: `Hà Nội, ngày 2 tháng 4 năm 2025`."""
    head = [line for line in lines[:_HEAD_LINES] if len(line) <= _SHORT]
    return publication_date(head, detect_language("\n".join(lines[:50])).code == "en")


def _line(said: str | None) -> str | None:
    return " ".join(normalise(said or "").split()) or None
