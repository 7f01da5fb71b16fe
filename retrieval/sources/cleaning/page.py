"""A page copied as text -> the article on it: body kept word for word, page furniture out, metadata aside.

Structure decides first (`figures`, `teasers`, `blocks`), helped by the words of `furniture_words`. A text that
shows no sign of a page around it is all body. When unsure, a line is kept: a lost paragraph is worse than a stray
label.
"""

from collections.abc import Collection
from dataclasses import replace

import regex

from retrieval.sources.cleaning.blocks import BODY, OPENS_BLOCK, divide
from retrieval.sources.cleaning.bylines import find_byline
from retrieval.sources.cleaning.closing import find_closing
from retrieval.sources.cleaning.figures import find_figures
from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.cleaning.head import Head, find_date, find_head, overlap, words_of
from retrieval.sources.cleaning.letters import place_date, without_label
from retrieval.sources.cleaning.lines import Line, split_lines
from retrieval.sources.cleaning.outlets import find_source
from retrieval.sources.cleaning.teasers import find_interruptions, find_teasers
from retrieval.sources.joined import joined
from retrieval.sources.model import Document, Dropped
from retrieval.text.language import detect_language

CLEANING_VERSION = 2
"""Changes whenever the same bytes may be cleaned differently."""

LABELS = ("share", "advert", "notice", "comments", "tags", "related", "caption")
"""Cues that make a line furniture wherever it stands; menu and footer words may also be body."""
_COUNTER = regex.compile(r"\d+(?:[.:]\d+)*")
_LEAD_DISTANCE, _SAME_STORY = 6, 0.3
_FEWEST_WORDS, _SUBTITLE = 4, 0.6
_SHORT = 40
"""Between title and byline, shorter lines are labels, longer ones the lead."""


def clean(text: str, cues: Cues) -> Document:
    """Divides a page into article and furniture; never fails, and gives an empty text only for an empty page."""
    lines = split_lines(text, cues)
    prose = _first_prose(lines, cues)
    if prose is None:
        return _assemble(lines, {})
    head = find_head(lines, prose, cues)
    english = detect_language(" ".join(line.text for line in lines if line.prose)).code == "en"
    date, date_lines = find_date(lines, head, english)
    author, byline = find_byline(lines, head, cues)
    source, source_lines = find_source(lines, head, cues)
    about = _about(head, date_lines, byline, source_lines)
    page = _is_page(lines, cues) and not _is_letter(lines, cues)
    dropped = _furniture(lines, head, about, cues) if page or (about and not _is_letter(lines, cues)) else {}
    closing = find_closing(lines, _last_sentence(lines, dropped), cues)
    dropped |= dict(closing.lines) | about
    title = None if head.title is None else without_label(lines[head.title].text)
    source, author = closing.source or source, author or closing.author
    return replace(_assemble(lines, dropped), title=title, date=date, source=source, author=author)


def _first_prose(lines: list[Line], cues: Cues) -> int | None:
    """Where the article's own paragraphs begin; None when the text has none, as a poem or a list."""
    states = divide(lines, find_figures(lines, cues, len(lines)), begins_with_body=False)
    prose = [n for n, line in enumerate(lines) if line.prose and line.cue not in LABELS]
    first = next((n for n in prose if states[n] == BODY), next(iter(prose), None))
    return first if first is None else _with_lead(lines, prose, first)


def _with_lead(lines: list[Line], prose: list[int], first: int) -> int:
    """The paragraph before the first one, when only a picture or so parts them and both tell of the same."""
    above = [n for n in reversed(prose) if n < first]
    told = words_of(line.text for line in lines[first:] if line.prose) if above else ()
    for n in above:
        if first - n <= _LEAD_DISTANCE and overlap(lines[n], told) >= _SAME_STORY:
            first = n
    return first


def _about(head: Head, dates: list[int], byline: int | None, sources: list[int]) -> dict[int, str]:
    """The lines that became metadata, with their reasons."""
    found = dict.fromkeys(sources, "source") | dict.fromkeys(dates, "date")
    found |= dict.fromkeys(head.repeats, "repeated")
    if head.title is not None:
        found[head.title] = "title"
    if byline is not None:
        found[byline] = "author"
    return found


def _is_page(lines: list[Line], cues: Cues) -> bool:
    """Whether anything shows that a page was copied around the article."""
    return any(line.cue in LABELS or line.dated for line in lines) or bool(find_figures(lines, cues, 0))


def _is_letter(lines: list[Line], cues: Cues) -> bool:
    """Whether it is a letter or a notice, dated beside a place, with no sign of a page around it: its lines are its
    own.
    """
    labelled = any(line.cue in LABELS for line in lines) or bool(find_figures(lines, cues, 0))
    dated = [line for line in lines if line.dated]
    return not labelled and len(dated) == 1 and place_date(dated[0].text) is not None


def _furniture(lines: list[Line], head: Head, about: dict[int, str], cues: Cues) -> dict[int, str]:
    """Positions of the lines that are not the article's, with reasons."""
    labels = {n: line.cue for n, line in enumerate(lines) if line.cue in LABELS}
    labels |= find_figures(lines, cues, head.prose)
    labels |= dict.fromkeys(find_teasers(lines, labels, head.prose, cues), "related")
    labels |= dict.fromkeys(find_interruptions(lines), "repeated")
    labels |= dict.fromkeys(_counters(lines, labels), "share")
    start = 0 if head.title is None else max(n for n in (*about, *labels) if n < head.prose) + 1
    states = divide(
        lines[start:], {n - start: reason for n, reason in labels.items()}, head.title is not None
    )
    found = _with_reasons(lines, start, states, labels)
    told = words_of(line.text for line in lines[head.prose :] if line.prose)
    for n in range(start):
        if n not in about and not _is_lead(lines[n], head.title is not None and n > head.title, told):
            found[n] = lines[n].cue or "menu"
    return next((choice for choice in (found | labels, labels) if _leaves_prose(lines, choice)), {})


def _is_lead(line: Line, below_title: bool, told: Collection[str]) -> bool:
    """Whether a line of the head is a subtitle or a lead: below the title long or of the article's own words, above
    it a paragraph of them."""
    if not below_title:
        return line.prose and overlap(line, told) >= _SAME_STORY
    same_story = len(line.text.split()) >= _FEWEST_WORDS and overlap(line, told) >= _SUBTITLE
    return len(line.text) >= _SHORT or same_story


def _leaves_prose(lines: list[Line], dropped: dict[int, str]) -> bool:
    return any(line.prose and n not in dropped for n, line in enumerate(lines))


def _counters(lines: list[Line], labels: dict[int, str]) -> list[int]:
    """Bare numbers beside buttons: how often a page was shared or commented on."""
    near = {
        place for n, reason in labels.items() if reason in ("share", "comments") for place in (n - 1, n + 1)
    }
    return [n for n in near if 0 <= n < len(lines) and _COUNTER.fullmatch(lines[n].text)]


def _with_reasons(lines: list[Line], start: int, states: list[int], labels: dict[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    block = "menu"
    for n, state in enumerate(states, start=start):
        if state == BODY:
            block = "related"
            continue
        own = labels.get(n) or lines[n].cue or lines[n].cue_within
        block = own if own in OPENS_BLOCK else block
        found[n] = own or block
    return found


def _last_sentence(lines: list[Line], dropped: dict[int, str]) -> int:
    return max(
        (n for n, line in enumerate(lines) if (line.prose or line.ended) and n not in dropped), default=-1
    )


def _assemble(lines: list[Line], dropped: dict[int, str]) -> Document:
    text, gaps = joined(None if n in dropped else line.text for n, line in enumerate(lines))
    removed = tuple(Dropped(line.text, dropped[n]) for n, line in enumerate(lines) if n in dropped)
    return Document(text=text, gaps=gaps, dropped=removed)
