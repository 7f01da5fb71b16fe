"""A page as lines, and what each line looks like on its own: prose, headline, date line, furniture by its words."""

from dataclasses import dataclass

import regex

from retrieval.sources.cues import Cues
from retrieval.sources.dates import is_date_line
from retrieval.text import normalise

_END = regex.compile(r"""[.!?…。！？][“"”’»)\]\s]*$|[.!?…,]["”»]$""")
_ASKED = regex.compile(r"[?？!！][”\"»)]*$")
_SENTENCES_INSIDE = regex.compile(r"[\p{Ll}\d”\"»)][.!?…]\s+[\p{Lu}“\"«]|[。！？].")
_TRUNCATED = regex.compile(r"(?:\.\.\.|…)\s*$")
_LISTED = regex.compile(r"^(?:[-–—•*+·▪●]|\(?\d{1,2}[.)]|\(?\p{L}[.)])\s|[:;,]$")
_SPEAKER = regex.compile(r"^(\p{Lu}[^:.!?]{0,30}):\s\S")

PROSE_LENGTH = 60
"""A line that ends like a sentence is a paragraph from this length on; a question may be a headline."""

LONGEST_LABEL = 120
"""In longer paragraphs the words of a cue are only a hint."""
SHORTEST_HEADLINE = 30
"""Shorter lines without a full stop are labels, names, rows of a table."""


@dataclass(frozen=True, slots=True)
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


def split_lines(text: str, cues: Cues) -> list[Line]:
    """The non-blank lines of a text after `normalise`."""
    lines, blank = [], True
    for number, line in enumerate(normalise(text).split("\n")):
        if line:
            lines.append(_line(number, line, blank, cues))
        blank = not line
    return lines


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
        dated=is_date_line(text),
        listed=_LISTED.search(text) is not None,
        cue=cue if not wordy else None,
        cue_within=cue or cues.reason_within(text),
    )


def speaker(line: Line) -> str | None:
    """Who speaks, in a line of an interview or a play: `PV: ...`."""
    match = _SPEAKER.match(line.text)
    return match.group(1) if match else None
