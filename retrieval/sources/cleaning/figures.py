"""Pictures leave captions, credits and alternative texts behind, often twice: which lines are theirs."""

import regex

from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.cleaning.lines import Line
from retrieval.text.forms import tokens

LONGEST_CAPTION = 450
_SHORTEST_REPEAT = 12
_NEAR = 3
_COPYRIGHT = regex.compile(r"^(?:©|\(c\)\s)", regex.IGNORECASE)
_BRACKETED_CREDIT = regex.compile(r"[.!?…]\s*[(\[]\p{L}+(?: \p{L}+)?\s*:\s*[^()\[\]]{2,60}[)\]]\.?$")
_FILE_NAME = regex.compile(r"^\S+\.(?:jpe?g|png|gif|webp|svg|avif|mp4|mp3)$", regex.IGNORECASE)
_PLAYER = regex.compile(r"^(?:\d+:\d\d(?:\s*/\s*\d+:\d\d)?|\d(?:[.,]\d+)?x|[>»→▶|]+)$")
_BRACKETED_LINK = regex.compile(r"^\[[^\[\]]{25,160}\]$")
_SENTENCE_BREAK = regex.compile(r"\p{Ll}{2}[.!?]\s+\p{Lu}")


def find_figures(lines: list[Line], cues: Cues, first: int) -> dict[int, str]:
    """Positions of the lines that belong to pictures, each with its reason; repeats count from `first` on."""
    found = {n: reason for n, line in enumerate(lines) if (reason := _alone(line, cues))}
    parted = blank_separated(lines)
    for n in range(first, len(lines) - 1):
        if _repeated(lines[n], lines[n + 1]) or (parted and _alternative_text(lines, n)):
            found.setdefault(n, "caption")
            found.setdefault(n + 1, "caption")
    pictures = {n: reason for n, reason in found.items() if reason in ("caption", "credit")}
    found |= dict.fromkeys(_beside_credits(lines, pictures, first, parted=parted), "caption")
    return found | _below_file_names(lines)


def _below_file_names(lines: list[Line]) -> dict[int, str]:
    """What stands below a picture's file name, up to the next sentence, is its caption."""
    return {
        n: "caption"
        for n, line in enumerate(lines)
        if n and _FILE_NAME.match(lines[n - 1].text) and not line.ended and not line.prose
    }


def _alone(line: Line, cues: Cues) -> str | None:
    """A caption, a credit, a player's button or a link to another story that shows by itself."""
    if len(line.text) > LONGEST_CAPTION:
        return None
    if _COPYRIGHT.match(line.text):
        return "credit"
    if _PLAYER.match(line.text):
        return "share"
    if _BRACKETED_LINK.match(line.text):
        return "related"
    if (
        line.cue == "caption"
        or _FILE_NAME.match(line.text)
        or cues.ends_with_credit(line.text)
        or _BRACKETED_CREDIT.search(line.text)
    ):
        return "caption"
    return None


def _repeated(line: Line, following: Line) -> bool:
    return line.text == following.text and _SHORTEST_REPEAT <= len(line.text) <= LONGEST_CAPTION


def _alternative_text(lines: list[Line], n: int) -> bool:
    """Two lines in one block that tell the same: the picture's alternative text and its caption.

    Only on pages that put blank lines between paragraphs, where a block is not two paragraphs.
    """
    first, second = lines[n], lines[n + 1]
    in_one_block = not second.after_blank and first.after_blank
    ends_block = n + 2 == len(lines) or lines[n + 2].after_blank
    if not in_one_block or not ends_block or first.ended or len(second.text) > LONGEST_CAPTION:
        return False
    words = [token.folded for token in tokens(first.text)]
    shared = {token.folded for token in tokens(second.text)}
    return len(words) >= 4 and sum(word in shared for word in words) >= len(words) / 2


def blank_separated(lines: list[Line]) -> bool:
    """Whether the page puts blank lines between its paragraphs."""
    prose = [line.after_blank for line in lines[1:] if line.prose]
    return sum(prose) > 0.7 * len(prose)


def _beside_credits(lines: list[Line], found: dict[int, str], first: int, *, parted: bool) -> set[int]:
    """Captions that show by the credit next to them: above a bare credit, or said again beside one."""
    beside: set[int] = set()
    for n in found:
        if n > first and n - 1 not in found and _captions(lines, n, parted=parted):
            beside.add(n - 1)
        for near in range(max(first, n - _NEAR), min(len(lines), n + _NEAR + 1)):
            text = lines[near].text
            if near not in found and len(text) >= 20 and text in lines[n].text:
                beside.add(near)
    return beside


def _captions(lines: list[Line], n: int, *, parted: bool) -> bool:
    """Whether the line above the bare credit at `n` is its caption rather than a paragraph or a sub-heading."""
    credit, above = lines[n], lines[n - 1]
    if len(credit.text) > 80 or len(above.text) > 300 or above.cue or _SENTENCE_BREAK.search(above.text):
        return False
    if parted:
        return above.after_blank and not credit.after_blank
    return not above.ended and not above.listed and not above.text.isupper()
