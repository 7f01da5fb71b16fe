"""What belongs together is kept together: the items of a list, the rows of a table, a note and its mark.

A list that is cut after its first item looks complete and is not.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.html.blocks.blocks import Block

_MOST_OF_IT, _LINKED, _MANY_LINKS = 0.8, 0.5, 0.8
_PROSE, _SHORTEST_INTRODUCTION = 60, 12
_ELSEWHERE = frozenset(
    "menu header footer aside form button author .comments .share .notice .advert .related .teaser .menu .tags .footer"
    " .aside .author .date caption .caption".split()
)
"""Regions within the article's own element that are not the article."""


def complete(blocks: Sequence[Block], kept: Set[int], cues: Cues) -> set[int]:
    """Positions of the article's blocks: those of `kept`, the rest of their lists and tables, and the notes."""
    container = _container(blocks, kept)
    if container is None:
        return set(kept)
    found = set(kept)
    for places in _groups(blocks, container).values():
        if _belongs(blocks, places, found, container, cues):
            found.update(n for n in places if not cues.ends_with_credit(blocks[n].text))
            found |= _heading(blocks, places[0], found, container)
    return found | _notes(blocks, found, cues)


@dataclass(frozen=True)
class _Container:
    """The innermost element around most of the article: its number, and how many regions lie around it."""

    number: int
    regions: int

    def holds(self, block: Block) -> bool:
        return self.number in block.path or self.number == 0

    def is_apart(self, block: Block) -> bool:
        """Whether the block stands in a part of the element that is not the article."""
        return not self.holds(block) or not _ELSEWHERE.isdisjoint(block.regions[self.regions :])


def _container(blocks: Sequence[Block], kept: Set[int]) -> _Container | None:
    prose = [blocks[n] for n in kept if len(blocks[n].text) >= _PROSE]
    shares = Counter[int]()
    for block in prose:
        shares.update(dict.fromkeys((0, *block.path[:-1]), len(block.text)))
    if not shares:
        return None
    enough = _MOST_OF_IT * shares[0]
    # Elements are numbered as they open: of those around most of the text the innermost has the highest number.
    number = max(number for number, length in shares.items() if length >= enough)
    around = [len(block.regions) for block in prose if number == 0 or number in block.path]
    return _Container(number, min(around, default=0))


def _groups(blocks: Sequence[Block], container: _Container) -> dict[int, list[int]]:
    """Positions of the blocks of each outermost list or table in the container."""
    groups = defaultdict[int, list[int]](list)
    for n, block in enumerate(blocks):
        own = next((number for number in block.lists if number > container.number), None)
        if own is not None and container.holds(block):
            groups[own].append(n)
    return groups


def _belongs(
    blocks: Sequence[Block], places: list[int], kept: Set[int], container: _Container, cues: Cues
) -> bool:
    """Whether a list is the article's: part of it was kept, or it stands right below what was.

    A list of links is one only where a sentence of the article introduces it; links with more beside them, such as
    prices behind the names of goods, are no such list once part of it was kept.
    """
    if any(container.is_apart(blocks[n]) for n in places):
        return False
    partly, above = any(n in kept for n in places), places[0] - 1
    if above in kept and _introduces(blocks[above], cues):
        return True
    length = sum(len(blocks[n].text) for n in places)
    linked = sum(len(blocks[n].text) * blocks[n].linked for n in places)
    if linked <= _LINKED * length:
        return partly or above in kept
    links_alone = sum(blocks[n].linked > _MANY_LINKS for n in places)
    return partly and links_alone <= _LINKED * len(places)


def _introduces(block: Block, cues: Cues) -> bool:
    """Whether a line announces what follows: `One needs:`, not `Read more:`."""
    text = block.text
    announces = text.endswith(":") and len(text) >= _SHORTEST_INTRODUCTION and block.linked < _LINKED
    return announces and not (cues.reason(text) or cues.reason_within(text))


def _heading(blocks: Sequence[Block], first: int, kept: Set[int], container: _Container) -> set[int]:
    """The line that heads a list, where it stands between the list and what was kept."""
    above = first - 1
    if above in kept or above - 1 not in kept or first not in kept:
        return set()
    block = blocks[above]
    heads = block.tag in ("h2", "h3", "h4", "h5", "h6") or block.text.endswith(":")
    return {above} if heads and not container.is_apart(block) and block.linked < _LINKED else set()


def _notes(blocks: Sequence[Block], kept: Set[int], cues: Cues) -> set[int]:
    """The notes below the article's beginning; what sites say of themselves is sometimes called so, too."""
    first = min(kept, default=0)
    notes = (n for n, block in enumerate(blocks) if block.note and n > first and block.linked < _MANY_LINKS)
    return {n for n in notes if not (cues.reason(blocks[n].text) or cues.reason_within(blocks[n].text))}
