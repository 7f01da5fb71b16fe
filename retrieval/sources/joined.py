"""Lines of a source, some of them left out -> the text of the others, and where something is missing from it."""

from collections.abc import Iterable
from typing import NamedTuple


class Joined(NamedTuple):
    """The lines that stay, one a line; `gaps` are the offsets of those before which others are left out."""

    text: str
    gaps: tuple[int, ...]


def joined(lines: Iterable[str | None]) -> Joined:
    """None stands for what is left out."""
    kept: list[str] = []
    gaps: list[int] = []
    offset, gap = 0, False
    for line in lines:
        if line is None:
            gap = bool(kept)
            continue
        if gap:
            gaps.append(offset)
        kept.append(line)
        offset, gap = offset + len(line) + 1, False
    return Joined("\n".join(kept), tuple(gaps))
