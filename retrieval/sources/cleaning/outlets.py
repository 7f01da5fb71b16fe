"""The outlet that published an article, as the page itself names it; never from a photo credit."""

from collections.abc import Iterable

import regex

from retrieval.languages.reading import any_of
from retrieval.sources.cleaning.furniture_words import Cues, words_of_all
from retrieval.sources.cleaning.head import SITE_TAIL, Head
from retrieval.sources.cleaning.lines import Line

_DOMAIN = regex.compile(
    r"\b[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:vn|com|net|org|ru|info|news|co\.uk)\b", regex.IGNORECASE
)
_INITIALS = regex.compile(r"\p{Lu}{3,6}")
_SOURCE_LABEL = regex.compile(
    rf"^\(?(?:{any_of(words_of_all('source', 'labels'))})\b\s*:?\s*", regex.IGNORECASE
)
_BRACKETS = regex.compile(r"^\(|\)?[.\s]*$")
_BRACKETED = regex.compile(r"^\((?P<source>[\p{L}\d+. ]{2,25})\)\s*[-–—]")
_BARE = regex.compile(r"^(?P<source>[\p{L}\d+.]{2,20})\s*[-–—]\s")
_AGENCIES = (
    regex.compile(
        r"^[\p{Lu}\s.,'-]{3,40}(?:,?\s[\p{L}\d. ]{2,15})?\s\((?P<source>[\p{L} .]{2,25})\)\s*[-–—]"
    ),
    regex.compile(
        r"^[\p{Lu}\s.-]{3,30},\s\d{1,2}\s\p{L}+\.?[.,]?\s*[-–—/]+\s*(?P<source>\p{Lu}[\p{L} ]{1,20}?)[./]"
    ),
)


def find_source(lines: list[Line], head: Head, cues: Cues) -> tuple[str | None, list[int]]:
    """The outlet of the dateline or of the head, and the positions of lines that only name it."""
    for line in lines[head.prose : head.prose + 2]:
        if named := _dateline(line.text, lines, cues):
            return named, []
    for n in range(head.prose if head.title is None else 0, head.prose):
        if lines[n].cue != "caption" and (named := _names_outlet(lines[n].text, cues)):
            return named, [n]
    named = _behind_title(lines, head, cues) or _followed(lines[: head.prose + 3])
    return named, []


def outlet_of(written: str, cues: Cues) -> str | None:
    """The name of an outlet as written, without `báo` or `tạp chí` before it; None when it reads like no name."""
    name = written.strip(" .:;,")
    kind = next((k for k in cues.outlet_kinds if name.casefold().startswith(k + " ")), "")
    bare = name[len(kind) :].strip()
    if kind and (name[0].islower() or bare.casefold() in cues.outlets | cues.common_outlets):
        name = bare
    return name if (2 <= len(name) <= 50 and name[0].isupper()) or _DOMAIN.fullmatch(name) else None


def is_outlet(name: str, cues: Cues) -> bool:
    """Whether a name is surely an outlet's, whatever stands around it."""
    return name.casefold() in cues.outlets | cues.common_outlets or _DOMAIN.fullmatch(name) is not None


def source_line(text: str, cues: Cues) -> str | None:
    """The outlet in a line such as `Theo báo Nhân Dân` or `Nguồn: VOV`."""
    if not cues.named_by(text, "source") or len(text) > 60:
        return None
    return outlet_of(_SOURCE_LABEL.sub("", _BRACKETS.sub("", text)), cues)


def _dateline(text: str, lines: list[Line], cues: Cues) -> str | None:
    for agency in _AGENCIES:
        if match := agency.match(text):
            return str(match["source"]).strip()
    match = _BRACKETED.match(text) or _BARE.match(text)
    named = str(match["source"]).strip() if match else ""
    if named.casefold() in cues.outlets or _DOMAIN.fullmatch(named):
        return named
    known_as = named.casefold().startswith(tuple(f"{kind} " for kind in cues.outlet_kinds) or "\0")
    return named if known_as or _is_abbreviation(named, lines) else None


def _is_abbreviation(named: str, lines: list[Line]) -> bool:
    """Initials that head a paragraph and that no paragraph speaks of: the site's own, as `TTO - `."""
    inside = any(named in line.text.removeprefix("(").removeprefix(named) for line in lines if line.prose)
    return _INITIALS.fullmatch(named) is not None and not inside


def _names_outlet(text: str, cues: Cues) -> str | None:
    written = text.strip(" |-–•:")
    name = written.casefold()
    kinds = [kind for kind in cues.outlet_kinds if name.startswith(kind + " ")]
    bare = name[len(max(kinds, key=len)) + 1 :] if kinds else name
    known = bare in cues.outlets or (kinds and bare in cues.common_outlets)
    return outlet_of(written, cues) if known or name in cues.outlets or _DOMAIN.fullmatch(name) else None


def _behind_title(lines: list[Line], head: Head, cues: Cues) -> str | None:
    for n in head.repeats:
        site = SITE_TAIL.match(lines[n].text[len(lines[head.title or 0].text) :])
        if site and (named := _names_outlet(site["site"], cues)):
            return named
    return None


def _followed(lines: Iterable[Line]) -> str | None:
    """The outlet in `Follow example.com on`, which is furniture and yet names the page's owner."""
    domains = (_DOMAIN.search(line.text) for line in lines if line.cue == "share")
    return next((match.group() for match in domains if match), None)
