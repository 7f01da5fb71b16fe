"""The author, as named above the body or as signed below it."""

import regex

from retrieval.sources.cleaning.dates import find_dates
from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.cleaning.head import Head
from retrieval.sources.cleaning.letters import is_kind_line
from retrieval.sources.cleaning.lines import Line
from retrieval.text.language import is_syllable

NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]*(?:\s+\p{Lu}[\p{L}\p{M}'’-]*){1,4}")
_SIGNED = regex.compile(r"[А-ЯЁ][а-яё-]+ [А-ЯЁ][а-яё-]+|\p{Lu}(?:\.\s?\p{Lu})+\.?")
_BYLINE_LABEL = regex.compile(
    r"^(?:by|written by|words by|story by|reporting by|автор|tác giả)\b\s*|^[^:]{2,20}:\s*", regex.IGNORECASE
)
_BEHIND_NAMES = regex.compile(r"\s[|•·]\s|\s[-–—]\s|;|,\s(?=\p{Ll}|BBC|CNN|Reuters)")


def find_byline(lines: list[Line], head: Head, cues: Cues) -> tuple[str | None, int | None]:
    """The author and the line that names them, between the title and the first paragraph."""
    if head.title is None:
        return None, None
    for n in range(head.title + 1, head.prose):
        if lines[n].text.lower().startswith("by ") and lines[n].dated:
            return names_after_label(lines[n].text), n
        if cues.named_by(lines[n].text, "author") and not cues.named_by(lines[n].text, "source"):
            return names_after_label(lines[n].text), n
    for n in (head.title + 1, head.title + 2, head.title + 3, head.title - 1):
        if 0 <= n < head.prose and is_signature(lines, n):
            return lines[n].text.strip(" |"), n
    return None, None


def names_after_label(text: str) -> str | None:
    """The names behind `Author:` or `By`, without the date or role that may follow."""
    named = _BYLINE_LABEL.sub("", text)
    dates = find_dates(named)
    named = named[: dates[0].start] if dates else named
    named = _BEHIND_NAMES.split(named.strip())[0].strip(" ,|-–:")
    return named if 2 <= len(named) <= 80 else None


def is_signature(lines: list[Line], n: int) -> bool:
    """Whether a line is a Vietnamese or Russian name that the article itself does not talk of."""
    text = lines[n].text.strip(" |")
    if (
        lines[n].cue
        or is_kind_line(text)
        or len(text) > 30
        or not (_is_vietnamese_name(text) or _SIGNED.fullmatch(text))
    ):
        return False
    return not any(text in line.text for k, line in enumerate(lines) if k != n and line.prose)


def _is_vietnamese_name(text: str) -> bool:
    return NAME.fullmatch(text) is not None and all(map(is_syllable, text.split()))
