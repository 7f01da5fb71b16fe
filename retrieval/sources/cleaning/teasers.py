"""Teasers of other articles: boxes under "Read more", and runs of headline, lead and date that repeat."""

from collections import defaultdict
from itertools import pairwise

from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.cleaning.lines import SHORTEST_HEADLINE, Line

_SHORTEST_IN_BOX, _LONGEST_HEADLINE = 15, 220
_UNITS, _WITHOUT_LEAD = 2, 2
_OFTEN = 4
_SHORTEST_INTERRUPTION = 6


def find_teasers(lines: list[Line], labels: dict[int, str], first: int, cues: Cues) -> set[int]:
    """Positions of the lines from `first` on that tell of other articles."""
    return (
        _boxes(lines, first)
        | _above_links(lines, first, cues)
        | _dated_units(lines, labels, first)
        | _doubled_units(lines, first)
    )


def _boxes(lines: list[Line], first: int) -> set[int]:
    """Headlines directly below a heading such as "Related stories"; the last may be the article's sub-heading."""
    found: set[int] = set()
    for n in range(first, len(lines)):
        if not _heads_box(lines, n):
            continue
        end = n + 1
        while end < len(lines) and _in_box(lines[end]):
            end += 1
        found.update(range(n, end))
        if end - n > 1 and _is_sub_heading(lines, n + 1, end - 1):
            found.discard(end - 1)
    return found


def find_interruptions(lines: list[Line]) -> set[int]:
    """Positions of the same few words said again and again between paragraphs, as above each advertisement.

    Speakers' names, said alone, and the cells of a table are not meant.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        if line.headline and not line.listed and len(line.text) >= _SHORTEST_INTERRUPTION:
            places[line.text].append(n)
    often = [found for text, found in places.items() if len(found) >= _OFTEN and not text.istitle()]
    between = (found for found in often if 2 * sum(_among_prose(lines, n) for n in found) >= len(found))
    return {n for found in between for n in found}


def _among_prose(lines: list[Line], n: int) -> bool:
    return any(line.prose for line in lines[max(0, n - 1) : n + 2])


def _above_links(lines: list[Line], first: int, cues: Cues) -> set[int]:
    """Headlines whose link stands below them: the headline of another article, then `Read more`."""
    return {
        n
        for n in range(first, len(lines) - 1)
        if _is_headline(lines[n])
        and cues.follows_headline(lines[n + 1].text)
        and lines[n + 1].cue == "related"
    }


def _heads_box(lines: list[Line], n: int) -> bool:
    """A heading such as "Related stories", or a label in capitals with several headlines below."""
    text = lines[n].text
    if len(text) > SHORTEST_HEADLINE:
        return False
    headlines = len(lines) > n + 2 and _is_headline(lines[n + 1]) and _is_headline(lines[n + 2])
    return lines[n].cue == "related" or (text.isupper() and len(text) > 4 and headlines)


def _in_box(line: Line) -> bool:
    headline = line.headline and not line.listed and _SHORTEST_IN_BOX <= len(line.text) <= _LONGEST_HEADLINE
    return line.dated or (line.truncated and len(line.text) < 260) or (headline and not line.cue)


def _is_headline(line: Line) -> bool:
    return line.headline and not line.listed and SHORTEST_HEADLINE <= len(line.text) <= _LONGEST_HEADLINE


def _is_sub_heading(lines: list[Line], start: int, last: int) -> bool:
    """Whether the last headline of a box is short, shorter than the others, and has prose below it."""
    others = [len(line.text) for line in lines[start:last]]
    below = last + 1 < len(lines) and lines[last + 1].prose
    return below and len(lines[last].text) < min([0.6 * length for length in others] or [SHORTEST_HEADLINE])


def _dated_units(lines: list[Line], labels: dict[int, str], first: int) -> set[int]:
    """Headline, at most one paragraph, date, below the article's own paragraphs; with a paragraph, at least twice."""
    units: list[list[int]] = []
    for n in range(first + 2, len(lines)):
        if lines[n].dated and n not in labels:
            unit = _unit_above(lines, n)
            if unit:
                units.append(unit)
    sure = len(units) >= _UNITS
    return {n for unit in units for n in unit if sure or len(unit) == _WITHOUT_LEAD}


def _unit_above(lines: list[Line], date: int) -> list[int]:
    if _is_headline(lines[date - 1]):
        return [date - 1, date]
    if lines[date - 1].prose and _is_headline(lines[date - 2]):
        return [date - 2, date - 1, date]
    return []


def _doubled_units(lines: list[Line], first: int) -> set[int]:
    """Headlines said two or three times over, each with at most one lead - at least twice in a row."""
    starts = [
        n for n in range(first, len(lines) - 1) if _doubled(lines, n) and not (n and _doubled(lines, n - 1))
    ]
    found: set[int] = set()
    for start, following in pairwise(starts):
        end = start
        while end < len(lines) and lines[end].text == lines[start].text:
            end += 1
        if following - end <= 1:
            found.update(range(start, following))
            found.update((following, following + 1))
    return found


def _doubled(lines: list[Line], n: int) -> bool:
    return lines[n].text == lines[n + 1].text and _is_headline(lines[n])
