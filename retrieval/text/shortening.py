"""Lines cut short: between words, and never inside a pair of quotation marks."""

from typing import Final

OPENING: Final = 80
LONGEST_OPENING: Final = 95
"""The first words of a text end about here, and at the latest there where a quotation closes in between."""
_LONGEST_QUOTATION: Final = 1000
"""Where one is not closed within so many characters, its mark opens none."""
_CLOSES: Final = {"“": "”", "«": "»", "「": "」", '"': '"'}
_DANGLING: Final = " ,;:-–—"


def opening_words(text: str) -> str:
    """The first words of `text`, whole, without a cut mark at the end; a quotation among them is whole or left out."""
    line = text.split("\n", 1)[0]
    if len(line) <= OPENING:
        return line
    quoted = _quotation_at(line, len(_first_words(line, OPENING)))
    if quoted and quoted[1] <= LONGEST_OPENING:
        return line[: quoted[1]]
    return shortened(line, OPENING).rstrip(_DANGLING)


def shortened(line: str, longest: int) -> str:
    """As many of the first words of `line` as have at most so many characters, without any quotation that would be cut.

    One that stands at the very beginning is cut, and has no opening mark then.
    """
    if len(line) <= longest:
        return line
    words = _first_words(line, longest)
    quoted = _quotation_at(line, len(words))
    if quoted is None:
        return words
    before = line[: quoted[0]].rstrip()
    return before or _first_words(line[quoted[0] + 1 :], longest)


def _first_words(line: str, longest: int) -> str:
    cut = line.rfind(" ", 0, longest + 1)
    return line[: cut if cut > 0 else longest]


def _quotation_at(line: str, offset: int) -> tuple[int, int] | None:
    """Where the outermost quotation begins and ends that is open at `offset`; None where there is none."""
    start, line = 0, line[: offset + _LONGEST_QUOTATION]
    while (begin := min((at for mark in _CLOSES if (at := line.find(mark, start)) >= 0), default=-1)) >= 0:
        end = _end(line, begin)
        if begin >= offset:
            return None
        if end > offset:
            return begin, end
        start = max(end, begin + 1)
    return None


def _end(line: str, begin: int) -> int:
    """Behind the mark that closes the quotation at `begin`, others inside it passed over; 0 where it stays open."""
    opens, closes, depth = line[begin], _CLOSES[line[begin]], 0
    for at in range(begin, len(line)):
        if line[at] == closes and (at > begin or opens != closes):
            depth -= 1
            if depth <= 0:
                return at + 1
        elif line[at] == opens:
            depth += 1
    return 0
