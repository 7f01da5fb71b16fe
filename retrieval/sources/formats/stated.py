"""What a document states about itself in its own fields: kept only where it says something."""

from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime
from pathlib import PurePosixPath

import regex

from retrieval.sources.cleaning.dates import YEARS, find_dates
from retrieval.sources.cleaning.letters import dateline_date, is_kind_line, letter_date, place_date
from retrieval.text.forms import normalise
from retrieval.text.language import detect_language

_NO_TITLE = regex.compile(
    r"microsoft (?:word|office word|powerpoint|excel)\b.*"
    r"|.*\.(?:docx?|pdf|odt|rtf|txt|indd|qxd|qxp|cdr|psd|ai|pub|pmd|tex|xlsx?|pptx?|html?)"
    r"|word document|powerpoint presentation|presentation ?\d*|(?:layout|slide|page|sheet|book|scan|img|image) ?[\d_-]*"
    r"|document ?\d*|[\w-]*\d{6,}[\w-]*|untitled.*|\(?anonymous\)?|unspecified|title"
    r"|tài liệu ?\d*|без имени.*|документ ?\d*",
    regex.IGNORECASE,
)
_NO_AUTHOR = frozenset(
    "python-docx admin administrator user users owner unknown anonymous (anonymous) author root pc home guest"
    " unspecified none".split()
) | {"windows user", "microsoft office user", "người dùng", "пользователь windows", "unknown author"}
_SUBTAG = regex.compile(r"([a-z]{2})(?:[-_].*)?", regex.IGNORECASE)
_HEAD_LINES, _SHORT, _CLOSING_LINES = 12, 120, 8


def title_of(said: str | None, name: str) -> str | None:
    """A title, unless it is a program's default or the file's name."""
    title = _line(said)
    if title is None or not any(map(str.isalpha, title)) or _NO_TITLE.fullmatch(title) or is_kind_line(title):
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
    """The date that the short lines above the first paragraphs give (`Hà Nội, ngày 2 tháng 4 năm 2025`), that a
    paragraph there opens with (`TP.HCM, 15/3/2026 — ...`), or that stands at the end, above who signs.
    """
    american = detect_language("\n".join(lines[:50])).code == "en"
    head = lines[:_HEAD_LINES]
    date = letter_date([line for line in head if len(line) <= _SHORT], american)
    others = [dateline_date(line, american) for line in head]
    others += [place_date(line, american) for line in lines[-_CLOSING_LINES:] if len(line) <= _SHORT]
    return date or next(filter(None, others), None)


def _line(said: str | None) -> str | None:
    return " ".join(normalise(said or "").split()) or None
