"""What is known of news pages beyond the fitted weights: leads above the body belong to it, captions never do."""

from collections.abc import Collection, Sequence, Set

from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.cleaning.lines import LONGEST_LABEL
from retrieval.sources.cleaning.page import LABELS
from retrieval.sources.html.blocks.blocks import Block
from retrieval.sources.html.evidence import squeeze
from retrieval.sources.html.whole import complete

_SHORTEST_LEAD, _REACH, _LONGEST_CAPTION, _TITLE_WITHIN = 60, 12, 450, 3
_LINKED, _ALL_LINKED = 0.5, 0.8
_STOPS = (".", "!", "?", "…", "”", '"', "»", ")", "。")


def apply_rules(blocks: Sequence[Block], kept: Set[int], titles: Collection[str], cues: Cues) -> set[int]:
    """Positions of the article's blocks: those of `kept` that are no labels and no title, the lead above them, and
    lists, tables and notes as wholes.
    """
    kept = complete(blocks, {n for n in kept if not _is_label(blocks[n], cues)}, cues)
    named = [n for n in sorted(kept)[:_TITLE_WITHIN] if key_of(blocks[n].text) in titles]
    return (kept | _leads(blocks, kept, titles, cues)) - set(named)


def key_of(title: str) -> str:
    """What two writings of one title share; `titles` are such keys everywhere here."""
    return squeeze(title).lower()


def _is_label(block: Block, cues: Cues) -> bool:
    """Captions by their place or their credit; short lines that name themselves: `Chia sẻ`; links alone."""
    if len(block.text) <= _LONGEST_CAPTION and _is_caption(block, cues):
        return True
    if block.linked > _ALL_LINKED and not block.text.endswith(_STOPS):
        return True
    return len(block.text) <= LONGEST_LABEL and cues.reason(block.text) in LABELS


def _is_caption(block: Block, cues: Cues) -> bool:
    inner = block.regions[-2:]
    if "caption" in inner or ".caption" in inner:
        return True
    return {"figure", ".figure"} & set(inner) != set() and cues.ends_with_credit(block.text)


def _leads(blocks: Sequence[Block], kept: Set[int], titles: Collection[str], cues: Cues) -> set[int]:
    """Paragraphs between title and body that the page calls its lead: Vietnamese pages put them above the body."""
    first = min(kept, default=0)
    above = range(max(0, first - _REACH), first)
    start = max((n for n in above if key_of(blocks[n].text) in titles or blocks[n].tag == "h1"), default=None)
    if start is None:
        return set()
    return {n for n in above if n > start and _is_lead(blocks[n], cues)}


def _is_lead(block: Block, cues: Cues) -> bool:
    is_text = len(block.text) >= _SHORTEST_LEAD and block.linked < _LINKED
    return is_text and ".lead" in block.regions[-2:] and not _is_label(block, cues)
