"""A page as lines, and what each line looks like on its own: prose, headline, date line, furniture by its words."""

from dataclasses import dataclass, replace

import regex

from retrieval.sources.cleaning.dates import is_date_line
from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.cleaning.letters import place_date
from retrieval.text.forms import normalise

_END = regex.compile(r"""[.!?…。！？][“"”’»)\]\s]*$|[.!?…,]["”»]$""")
_ASKED = regex.compile(r"[?？!！][”\"»)]*$")
_SENTENCES_INSIDE = regex.compile(r"[\p{Ll}\d”\"»)][.!?…]\s+[\p{Lu}“\"«]|[。！？].")
_TRUNCATED = regex.compile(r"(?:\.\.\.|…)\s*$")
_LISTED = regex.compile(r"^(?:[-–—•*+·▪●]|\(?\d{1,2}[.)]|\(?\p{L}[.)])\s|[:;,]$")
_ONE_TEASER = regex.compile(r"^(?:[>»→]+\s*\S.{20,}|[^:]{3,25}:\s*\S.{20,})$")
_SPEAKER = regex.compile(r"^(\p{Lu}[^:.!?]{0,30}):\s\S")

PROSE_LENGTH = 60
"""A line that ends like a sentence is a paragraph from this length on; a question may be a headline."""

LONGEST_LABEL = 120
"""In longer paragraphs the words of a cue are only a hint."""
SHORTEST_HEADLINE = 30
"""Shorter lines without a full stop are labels, names, rows of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A non-blank line of a page; `number` counts all lines of the source from 0.

    `cue` is the kind of furniture that its words name; `cue_within` is weaker: some words in it do.
    """

    number: int
    text: str
    after_blank: bool
    ended: bool
    prose: bool
    truncated: bool
    dated: bool
    listed: bool
    cue: str | None
    cue_within: str | None

    @property
    def headline(self) -> bool:
        """Short, with no full stop: a headline, a sub-heading, a label, a row."""
        return not self.prose and not self.dated and not self.text.endswith(".")

    @property
    def one_teaser(self) -> bool:
        """A link to another story all on one line, as `>> Xem thêm: ...`: the article goes on below it."""
        return self.cue == "related" and _ONE_TEASER.match(self.text) is not None


def split_lines(text: str, cues: Cues) -> list[Line]:
    """The non-blank lines of a text after `normalise`."""
    lines, blank = [], True
    for number, line in enumerate(normalise(text).split("\n")):
        if line:
            lines.append(_line(number, line, blank, cues))
        blank = not line
    return _rejoined(lines)


_LINK = 2
"""A link and the words behind it: the line above may be the words before it."""


def _rejoined(lines: list[Line]) -> list[Line]:
    """Sentences that copying broke at their links are prose in all their parts."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line):
            groups[-1].append(line)
            if len(groups) > 1 and len(groups[-1]) == _LINK and _may_go_on(groups[-2][-1], groups[-1][0]):
                groups[-2:] = [groups[-2] + groups[-1]]
        else:
            groups.append([line])
    return [line for group in groups for line in (_as_prose(group) if len(group) > 1 else group)]


def _goes_on(line: Line, following: Line) -> bool:
    first = following.text[0]
    return _may_go_on(line, following) and (first.islower() or first in ",.;:)%”")


def _may_go_on(line: Line, following: Line) -> bool:
    return not (line.ended or line.cue or line.dated or following.after_blank or following.dated)


def _as_prose(group: list[Line]) -> list[Line]:
    whole = group[-1].ended and sum(len(line.text) for line in group) >= PROSE_LENGTH
    return [replace(line, prose=True) for line in group] if whole else group


def _line(number: int, text: str, after_blank: bool, cues: Cues) -> Line:
    ended = _END.search(text) is not None
    inside = _SENTENCES_INSIDE.search(text) is not None
    prose = len(text) >= PROSE_LENGTH and (inside or (ended and not _ASKED.search(text)))
    cue = cues.reason(text)
    wordy = prose and len(text) > LONGEST_LABEL and cue != "caption"
    return Line(
        number=number,
        text=text,
        after_blank=after_blank,
        ended=ended,
        prose=prose,
        truncated=_TRUNCATED.search(text) is not None,
        dated=is_date_line(text) or place_date(text) is not None,
        listed=_LISTED.search(text) is not None,
        cue=cue if not wordy else None,
        cue_within=cue or cues.reason_within(text),
    )


def speaker(line: Line) -> str | None:
    """Who speaks, in a line of an interview or a play: `PV: ...`."""
    match = _SPEAKER.match(line.text)
    return match.group(1) if match else None
