"""What stands above the body: the title, lines that repeat it, and the date."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date as Date

import regex

from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.cleaning.letters import (
    dateline_date,
    is_kind_line,
    is_subject,
    letter_date,
    names_number,
    place_date,
)
from retrieval.sources.cleaning.lines import SHORTEST_HEADLINE, Line, speaker
from retrieval.text.forms import tokens

SITE_TAIL = regex.compile(r"^\s*[-–—|·•]\s*(?P<site>[^-–—|]{2,40})(?:[-–—|].*)?$")
"""What pages put behind their title: ` - VnExpress`."""

_HEAD = 25
"""How many lines above the first paragraph a title may stand."""
_TITLE_LENGTHS = range(8, 230)
_TITLE_SCORE = 0.5
_DATE_BELOW = 5
"""How many lines from the first paragraph on a date line may still be the article's: below a lead, a picture."""
_CLOSING, _LONGEST_SIGNATURE = 8, 80
"""Lines from a letter's end that may date it, and the characters of one that may stand there."""
_FUNCTION_WORD = 3
_TOGETHER = 4


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
    if not candidates:
        return Head(None, (), prose)
    told = words_of(line.text for line in lines[prose:] if line.prose)
    texts = [line.text for line in lines[:prose]]
    if subject := next((n for n in candidates if is_subject(texts, n)), None):
        return Head(subject, tuple(_repeats(lines, subject, zone)), prose)
    scores = {n: _title_score(lines, n, zone, told) for n in candidates}
    if max(scores.values()) < _TITLE_SCORE:
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
        and not is_kind_line(line.text)
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
        and (lines[k].text == title or SITE_TAIL.match(lines[k].text[len(title) :]))
    ]


def _near_metadata(lines: list[Line], n: int) -> bool:
    return any(line.dated for line in lines[max(0, n - 2) : n] + lines[n + 1 : n + 5])


def find_date(lines: list[Line], head: Head, english: bool) -> tuple[Date | None, list[int]]:
    """The publication date, and the positions of the lines of the head that only give it."""
    start = max(0, head.prose - 8) if head.title is None else max(0, head.title - 6)
    zone = [
        n
        for n in range(start, min(head.prose + _DATE_BELOW, len(lines)))
        if lines[n].dated and not lines[n].prose
    ]
    teasers = [n for n in range(head.prose + 1, len(lines)) if lines[n].dated and _is_headline(lines[n - 1])]
    if len(teasers) > 1:  # other articles, each with its date
        zone = [n for n in zone if n not in teasers]
    title = head.title or 0
    ordered = [n for n in zone if n > title] + [n for n in zone if n <= title]
    date = letter_date([lines[n].text for n in ordered], english)
    date = date or dateline_date(lines[head.prose].text, english) or _closing_date(lines, english)
    return date, [n for n in zone if not names_number(lines[n].text)]


def _is_headline(line: Line) -> bool:
    return line.headline and len(line.text) >= SHORTEST_HEADLINE and line.cue is None


def _closing_date(lines: list[Line], english: bool) -> Date | None:
    """The date at a letter's end, above who signs it."""
    for n in range(len(lines) - 1, max(-1, len(lines) - 1 - _CLOSING), -1):
        if lines[n].prose or len(lines[n].text) > _LONGEST_SIGNATURE:
            return None
        if date := place_date(lines[n].text, english):
            return date
    return None
