"""Title, date, author and source, as far as the page itself shows them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date as Date

import regex

from retrieval.language import is_syllable
from retrieval.sources.cues import Cues
from retrieval.sources.dates import find_dates, publication_date
from retrieval.sources.lines import Line, speaker
from retrieval.text import tokens

_HEAD = 25
"""How many lines above the first paragraph a title may stand."""
_TITLE_LENGTHS = range(8, 230)
_TITLE_SCORE = 0.5
_DATE_BELOW = 5
"""How many lines from the first paragraph on a date line may still be the article's: below a lead, a picture."""
_FUNCTION_WORD = 3
_TOGETHER = 4
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]*(?:\s+\p{Lu}[\p{L}\p{M}'’-]*){1,4}")
_SIGNED = regex.compile(r"[А-ЯЁ][а-яё-]+ [А-ЯЁ][а-яё-]+|\p{Lu}(?:\.\s?\p{Lu})+\.?")
_SITE_TAIL = regex.compile(r"^\s*[-–—|·•]\s*(?P<site>[^-–—|]{2,40})(?:[-–—|].*)?$")
_DOMAIN = regex.compile(
    r"\b[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:vn|com|net|org|ru|info|news|co\.uk)\b", regex.IGNORECASE
)
_CLOSING = regex.compile(
    r"^(?P<author>[^()]{3,40}?)?\s*\((?:theo\s+|tổng hợp\s+|according to\s+|по материалам\s+)?(?P<source>[^()]{2,50})\)[.\s]*$",
    regex.IGNORECASE,
)
_SLASHED = regex.compile(
    r"^(?P<author>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*)*)\s?/\s?(?P<source>\p{Lu}[\p{L}\d.+]+)(?:[\s/–-].{2,20})?$"
)
_AGENCY_PAIR = regex.compile(r"\((?P<source>\p{Lu}[\p{L}\d+.]*/\p{Lu}[\p{L}\d+.]*)\)[.\s]*$")
_BARE_DATELINE = regex.compile(r"^(?P<source>[\p{L}\d+.]{2,20})\s*[-–—]\s")
_INITIALS = regex.compile(r"\p{Lu}{3,6}")
_DATELINES = (
    regex.compile(r"^\((?P<source>[\p{L}\d+. ]{2,25})\)\s*[-–—]"),
    _BARE_DATELINE,
    regex.compile(
        r"^[\p{Lu}\s.,'-]{3,40}(?:,?\s[\p{L}\d. ]{2,15})?\s\((?P<source>[\p{L} .]{2,25})\)\s*[-–—]"
    ),
    regex.compile(
        r"^[\p{Lu}\s.-]{3,30},\s\d{1,2}\s\p{L}+\.?[.,]?\s*[-–—/]+\s*(?P<source>\p{Lu}[\p{L} ]{1,20}?)[./]"
    ),
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body: positions of the title and of the lines that repeat it, and where prose begins."""

    title: int | None
    repeats: tuple[int, ...]
    prose: int


def find_head(lines: list[Line], prose: int, cues: Cues) -> Head:
    """The title among the lines above the first paragraph at position `prose`, if one of them reads like it."""
    zone = range(max(0, prose - _HEAD), prose)
    speakers = Counter(filter(None, map(speaker, lines)))
    candidates = [n for n in zone if _may_be_title(lines[n], speakers, cues)]
    told = words_of(line.text for line in lines[prose:] if line.prose)
    scores = {n: _title_score(lines, n, zone, told) for n in candidates}
    if not scores or max(scores.values()) < _TITLE_SCORE:
        return Head(None, (), prose)
    best = _above_subtitle(lines, max(scores, key=lambda n: scores[n]), candidates, told)
    return Head(best, tuple(_repeats(lines, best, zone)), prose)


def _above_subtitle(lines: list[Line], best: int, candidates: list[int], told: Collection[str]) -> int:
    """The first of headline-like lines that stand together: what follows the title is a subtitle or a caption."""
    for n in sorted(candidates, reverse=True):
        if best - _TOGETHER <= n < best and len(lines[n].text) >= 25 and overlap(lines[n], told) >= 0.6:
            best = n
    return best


def overlap(line: Line, told: Collection[str]) -> float:
    """The share of a line's words that the article tells of."""
    words = words_of([line.text])
    return sum(word in told for word in words) / max(1, len(words))


def _may_be_title(line: Line, speakers: Counter[str], cues: Cues) -> bool:
    said = speaker(line)
    return (
        line.headline
        and not (line.cue or line.cue_within or line.listed)
        and not cues.ends_with_credit(line.text)
        and not cues.named_by(line.text, "author")
        and len(line.text) in _TITLE_LENGTHS
        and len(line.text.split()) >= 2
        and not (said and speakers[said] > 1)
    )


def _title_score(lines: list[Line], n: int, zone: range, told: Collection[str]) -> float:
    """How much a line reads like the title: long enough, about what the paragraphs tell, near the date, repeated."""
    score = min(len(lines[n].text), 70) / 70 - 0.04 * (zone.stop - n)
    score += 1.5 * overlap(lines[n], told)
    score += 1.5 * bool(_repeats(lines, n, zone)) + 0.7 * _near_metadata(lines, n)
    return score


def words_of(texts: Iterable[str]) -> set[str]:
    """The words of some texts, without the shortest, which all texts share."""
    return {token.exact for text in texts for token in tokens(text) if len(token.folded) > _FUNCTION_WORD}


def _repeats(lines: list[Line], n: int, zone: range) -> list[int]:
    """Lines that say the title again, as such or with the site's name behind it."""
    title = lines[n].text
    return [
        k
        for k in zone
        if k != n
        and lines[k].text.startswith(title)
        and (lines[k].text == title or _SITE_TAIL.match(lines[k].text[len(title) :]))
    ]


def _near_metadata(lines: list[Line], n: int) -> bool:
    return any(line.dated for line in lines[max(0, n - 2) : n] + lines[n + 1 : n + 5])


def find_date(lines: list[Line], head: Head, english: bool) -> tuple[Date | None, list[int]]:
    """The publication date and the positions of the date lines of the head."""
    start = max(0, head.prose - 8) if head.title is None else max(0, head.title - 6)
    zone = [
        n
        for n in range(start, min(head.prose + _DATE_BELOW, len(lines)))
        if lines[n].dated and not lines[n].prose
    ]
    title = head.title or 0
    ordered = [n for n in zone if n > title] + [n for n in zone if n <= title]
    return publication_date([lines[n].text for n in ordered], month_first=english), zone


def find_byline(lines: list[Line], head: Head, cues: Cues) -> tuple[str | None, int | None]:
    """The author and the line that names them, between the title and the first paragraph."""
    if head.title is None:
        return None, None
    for n in range(head.title + 1, head.prose):
        if lines[n].text.lower().startswith("by ") and lines[n].dated:
            return _after_label(lines[n].text), n
        if cues.named_by(lines[n].text, "author") and not cues.named_by(lines[n].text, "source"):
            return _after_label(lines[n].text), n
    for n in (head.title + 1, head.title + 2, head.title + 3, head.title - 1):
        if 0 <= n < head.prose and _is_signature(lines, n):
            return lines[n].text.strip(" |"), n
    return None, None


def _after_label(text: str) -> str | None:
    """The names behind `Author:` or `By`, without the date or role that may follow."""
    named = regex.sub(
        r"^(?:by|written by|words by|story by|reporting by|автор|tác giả)\b\s*|^[^:]{2,20}:\s*",
        "",
        text,
        flags=regex.IGNORECASE,
    )
    dates = find_dates(named)
    named = named[: dates[0].start] if dates else named
    named = regex.split(r"\s[|•·]\s|\s[-–—]\s|,\s(?=\p{Ll}|BBC|CNN|Reuters)", named.strip())[0].strip(
        " ,|-–:"
    )
    return named if 2 <= len(named) <= 80 else None


def _is_signature(lines: list[Line], n: int) -> bool:
    """Whether a line is a Vietnamese or Russian name that the article itself does not talk of."""
    text = lines[n].text.strip(" |")
    if lines[n].cue or len(text) > 30 or not (_is_vietnamese_name(text) or _SIGNED.fullmatch(text)):
        return False
    return not any(text in line.text for k, line in enumerate(lines) if k != n and line.prose)


def _is_vietnamese_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and all(map(is_syllable, text.split()))


@dataclass(frozen=True, slots=True)
class Closing:
    """What the lines right below the last paragraph tell, and their positions with reasons."""

    author: str | None
    source: str | None
    lines: tuple[tuple[int, str], ...]


def find_closing(lines: list[Line], last: int, cues: Cues) -> Closing:
    """Signature and source below the last paragraph at position `last`: `Thu Trang (theo TTXVN)`, `Theo báo X`."""
    author, source, found = None, None, []
    for n in range(last + 1, min(last + 4, len(lines))):
        text = lines[n].text
        if len(text) > 80 or lines[n].prose:
            break
        if signed := _SLASHED.match(text) or _CLOSING.match(text):
            source = source or _outlet(signed["source"], cues)
            author = author or (
                signed["author"] if signed["author"] and _NAME.fullmatch(signed["author"].strip()) else None
            )
            if source or author:
                found.append((n, "author" if author else "source"))
        elif (named := _source_line(text, cues)) and not source:
            source = named
            found.append((n, "source"))
        elif not author and cues.named_by(text, "author") and ":" in text:
            author = _after_label(text)
            found.append((n, "author"))
        elif not author and _is_signature(lines, n):
            author = text
            found.append((n, "author"))
    if source is None and last >= 0 and (pair := _AGENCY_PAIR.search(lines[last].text)):
        source = pair["source"]
    return Closing(author.strip() if author else None, source, tuple(found))


def _source_line(text: str, cues: Cues) -> str | None:
    if not cues.named_by(text, "source") or len(text) > 60:
        return None
    named = regex.sub(r"^\(|\)?[.\s]*$", "", text)
    return _outlet(
        regex.sub(
            r"^(?:theo|nguồn(?: tin| bài)?|source|via|from|источник|по материалам|по информации)\b\s*:?\s*",
            "",
            named,
            flags=regex.IGNORECASE,
        ),
        cues,
    )


def _outlet(written: str, cues: Cues) -> str | None:
    """The name of an outlet as written, without `báo` or `tạp chí` before it."""
    name = written.strip(" .:;,")
    kind = next((k for k in cues.outlet_kinds if name.casefold().startswith(k + " ")), "")
    bare = name[len(kind) :].strip()
    if kind and (name[0].islower() or bare.casefold() in cues.outlets | cues.common_outlets):
        name = bare
    return name if (2 <= len(name) <= 50 and name[0].isupper()) or _DOMAIN.fullmatch(name) else None


def find_source(lines: list[Line], head: Head, cues: Cues) -> tuple[str | None, list[int]]:
    """The outlet that the head names, or the dateline of the first paragraphs; and the lines that only name it."""
    for line in lines[head.prose : head.prose + 2]:
        if named := _dateline(line.text, lines, cues):
            return named, []
    start = 0 if head.title is not None else head.prose
    for n in range(start, head.prose):
        if named := _names_outlet(lines[n].text, cues):
            return named, [n]
    for n in head.repeats:
        site = _SITE_TAIL.match(lines[n].text[len(lines[head.title or 0].text) :])
        if site and (named := _outlet(site["site"], cues)):
            return named, []
    return _followed(lines[: head.prose + 3], cues), []


def _dateline(text: str, lines: list[Line], cues: Cues) -> str | None:
    for pattern in _DATELINES:
        match = pattern.match(text)
        named = match["source"].strip() if match else ""
        if named.casefold() in cues.outlets or _DOMAIN.fullmatch(named):
            return named
        if named and pattern is not _BARE_DATELINE and named[0].isupper():
            return named
        if _INITIALS.fullmatch(named) and not any(
            named in line.text[len(named) :] for line in lines if line.prose
        ):
            return named
    return None


def _names_outlet(text: str, cues: Cues) -> str | None:
    name = text.strip(" |-–•:").casefold()
    kinds = [kind for kind in cues.outlet_kinds if name.startswith(kind + " ")]
    bare = name[len(max(kinds, key=len)) + 1 :] if kinds else name
    if (
        name in cues.outlets
        or (bare in cues.outlets | cues.common_outlets and (kinds or bare in cues.outlets))
        or _DOMAIN.fullmatch(name)
    ):
        return _outlet(text.strip(" |-–•:"), cues)
    return None


def _followed(lines: Iterable[Line], cues: Cues) -> str | None:
    """The outlet in `Follow example.com on`, which is furniture and yet names the page's owner."""
    for line in lines:
        if line.cue == "share" and (match := _DOMAIN.search(line.text)):
            return match.group()
    return None
