"""What stands right below the last paragraph: `Thu Trang (theo TTXVN)`, `Theo báo Nhân Dân`, `(TTXVN/Vietnam+)`."""

from dataclasses import dataclass

import regex

from retrieval.sources.cleaning.bylines import NAME, is_signature, names_after_label
from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.cleaning.lines import Line
from retrieval.sources.cleaning.outlets import is_outlet, outlet_of, source_line

_REACH = 3
_LONGEST = 80
_SIGNED = regex.compile(
    r"^(?P<author>[^()]{3,40}?)?\s*"
    r"\((?P<told>theo\s+|tổng hợp\s+|according to\s+|по материалам\s+)?(?P<source>[^()]{2,50})\)[.\s]*$",
    regex.IGNORECASE,
)
_SLASHED = regex.compile(
    r"^(?P<author>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*)*)\s?/\s?(?P<source>\p{Lu}[\p{L}\d.+]+)(?:[\s/–-].{2,20})?$"
)
_PAIR = regex.compile(r"\((?P<source>\p{Lu}[\p{L}\d+.]*/\p{Lu}[\p{L}\d+.]*)\)[.\s]*$")


@dataclass(frozen=True, slots=True)
class Closing:
    """Author and source as named below the body, and the positions of the lines that name them, with reasons."""

    author: str | None = None
    source: str | None = None
    lines: tuple[tuple[int, str], ...] = ()


def find_closing(lines: list[Line], last: int, cues: Cues) -> Closing:
    """The signature and the source below the last sentence, which is at position `last`."""
    author, source, found = None, None, []
    for n in range(last + 1, min(last + 1 + _REACH, len(lines))):
        if len(lines[n].text) > _LONGEST or lines[n].prose:
            break
        named = _read(lines, n, cues)
        if (named.author and not author) or (named.source and not source):
            author, source = author or named.author, source or named.source
            found.append((n, "author" if named.author else "source"))
    if source is None and last >= 0 and (pair := _PAIR.search(lines[last].text)):
        source = pair["source"]
    return Closing(author, source, tuple(found))


def _read(lines: list[Line], n: int, cues: Cues) -> Closing:
    text = lines[n].text
    if signed := _SLASHED.match(text):
        return _signed(signed["author"], signed["source"], cues)
    if (signed := _SIGNED.match(text)) and (
        signed["told"] or is_outlet(signed["source"], cues) or _PAIR.match(text)
    ):
        return _signed(signed["author"], signed["source"], cues)
    if named := source_line(text, cues):
        return Closing(source=named)
    if cues.named_by(text, "author") and ":" in text:
        return Closing(author=names_after_label(text))
    return Closing(author=text) if is_signature(lines, n) else Closing()


def _signed(author: str | None, source: str, cues: Cues) -> Closing:
    name = (author or "").strip()
    return Closing(name if NAME.fullmatch(name) else None, outlet_of(source, cues))
