"""Web pages: bytes -> Document, with the article kept word for word and the rest of the page out.

The page's visible text is cut into blocks (blocks/). Evidence is gathered for each (evidence.py): its looks, its place,
and what witnesses say, which are two extractions by trafilatura and the page's own JSON-LD. A weighted sum decides
(data/weights.json), corrected by a few rules (rules.py). Witnesses only vote: every kept line is the page's own text.
"""

import json
import logging
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

import trafilatura
from lxml import etree

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.cleaning.dates import is_date_line
from retrieval.sources.cleaning.furniture_words import load_cues
from retrieval.sources.formats.legacy_fonts import require_unicode
from retrieval.sources.html.blocks.blocks import Block, blocks_of
from retrieval.sources.html.blocks.regions import reason_of
from retrieval.sources.html.decoding import decode_page, parse_page
from retrieval.sources.html.evidence import Evidence, Witnesses, weigh
from retrieval.sources.html.lightening import for_extraction
from retrieval.sources.html.metadata.dating import Near
from retrieval.sources.html.metadata.markup import Markup
from retrieval.sources.html.metadata.metadata import Metadata, metadata
from retrieval.sources.html.metadata.surroundings import are_others
from retrieval.sources.html.rules import apply_rules, key_of
from retrieval.sources.joined import joined
from retrieval.sources.model import Document, Dropped, Original

Element = etree._Element

FEWEST_CHARACTERS = 60
"""A page with less text than this holds no article."""
_SHORTEST_BODY = 200
_SHORT_TEXT, _ALIKE = 700, 0.75
_AGREED, _TOO_LITTLE = 0.9, 0.6
_ABOVE, _BELOW, _CLOSE, _PAGE = 4, 3, 2, 2
"""How many blocks above the title and below the last paragraph are asked for a date or a signature."""

# What it says of a page that it cannot read we say ourselves.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)


def read_html(data: bytes, original: Original) -> Document:
    """The article on a web page.

    Raises:
        SourceError: the page is empty, binary, typed in a font's own encoding, or holds no article.
    """
    reading = PageReading.of(parse_page(decode_page(data, original.charset)), original.url)
    kept = reading.kept()
    if sum(len(reading.blocks[n].text) for n in kept) < FEWEST_CHARACTERS:
        raise SourceError(Reason.of(Problem.NO_ARTICLE_ON_PAGE))
    text = "\n".join(reading.blocks[n].text for n in sorted(kept))
    about = metadata(reading.markup, reading.near(kept), text)
    return _document(reading, kept, about)


@dataclass(frozen=True)
class PageReading:
    """A page as blocks, with the witnesses of what in it is the article."""

    blocks: Sequence[Block]
    witnesses: Witnesses
    markup: Markup

    @classmethod
    def of(cls, page: Element, fetched: str | None = None) -> "PageReading":
        markup = Markup(page, fetched)
        body = next((work.body for work in markup.works if len(work.body) > _SHORTEST_BODY), "")
        light = for_extraction(page)
        first, second = (_extracted(light, favor_precision=strict, fast=True) for strict in (False, True))
        if _disagree(first, second):
            first = _extracted(light, favor_precision=False, fast=False)
        witnesses = Witnesses(
            first=first,
            second=second,
            body=body,
            summary="\n".join(markup.summaries()),
            titles=markup.titles(),
        )
        return cls(blocks_of(page), witnesses, markup)

    def weighed(self) -> dict[int, Evidence]:
        """The evidence by position of the block; blocks that nothing speaks for are left out."""
        return weigh(self.blocks, self.witnesses, load_cues())

    def kept(self) -> set[int]:
        """Positions of the blocks that are the article's."""
        weighed = self.weighed()
        likely = {n for n, each in weighed.items() if log_odds(each) > 0}
        agreed = {n for n, each in weighed.items() if each["both"] > _AGREED}
        if self._length(likely & agreed) < _TOO_LITTLE * self._length(agreed):
            likely |= agreed  # a page unlike those that the weights were fitted on
        return apply_rules(self.blocks, likely, self.titles, load_cues())

    def near(self, kept: Set[int]) -> Sequence[Near]:
        """The blocks that may tell date and author, the likeliest first: from the title down, then those above it,
        the nearest first.

        Far above it many pages show today's date. Blocks of comments and teasers tell of something else.
        """
        first, last = min(kept), max(kept)
        title = max((n for n in range(first + 1) if self._is_title(n)), default=first)
        below = [
            n for n in range(last + 1, min(last + 1 + _BELOW, len(self.blocks))) if self._is_beside(last, n)
        ]
        places = [*range(title, last + 1), *below, *range(title - 1, max(0, title - _ABOVE) - 1, -1)]
        regions = self.blocks[title].regions
        return [
            Near(self.blocks[n], self._is_close(n, title, first))
            for n in places
            if n in kept or not are_others(self.blocks[n].regions, regions, between=title < n <= first)
        ]

    def _is_beside(self, place: int, other: int) -> bool:
        """Whether two blocks stand in the same element: what follows the article's may be its signature."""
        parents = self.blocks[place].parents
        return len(parents) > 1 and parents[1] in self.blocks[other].parents[1:]

    def _is_close(self, place: int, title: int, first: int) -> bool:
        """Whether a block stands between title and text, or above the title in the elements that hold it."""
        if place >= title:
            return place < first + _CLOSE
        frame = {number for number in self.blocks[title].path[-3:-1] if number > _PAGE}
        in_header = "header" in self.blocks[place].regions[len(self.blocks[title].regions) :]
        return not in_header and not frame.isdisjoint(self.blocks[place].path)

    def _is_title(self, place: int) -> bool:
        return self.blocks[place].tag == "h1" or key_of(self.blocks[place].text) in self.titles

    def _length(self, places: Set[int]) -> int:
        return sum(len(self.blocks[n].text) for n in places)

    @cached_property
    def titles(self) -> set[str]:
        return {key_of(title) for title in self.witnesses.titles}


class Weights(NamedTuple):
    """How much each piece of evidence counts: coefficients of a logistic regression, fitted by fitting/fit_html.py."""

    bias: float
    weights: Mapping[str, float]


@cache
def load_weights() -> Weights:
    return Weights(
        **json.loads(files("retrieval.sources.html").joinpath("data/weights.json").read_text("utf-8"))
    )


def log_odds(found: Evidence) -> float:
    """The logarithm of the odds that a block is the article's; 0 is even."""
    bias, weights = load_weights()
    return bias + math.fsum(value * weights.get(name, 0.0) for name, value in found.items() if value)


def _disagree(first: str, second: str) -> bool:
    """Whether two extractions leave doubt: hardly any text, or one with much more than the other."""
    shorter, longer = sorted((len(first), len(second)))
    return shorter < _SHORT_TEXT or shorter < _ALIKE * longer


def _extracted(page: Element, *, favor_precision: bool, fast: bool) -> str:
    try:
        return (
            trafilatura.extract(page, include_comments=False, favor_precision=favor_precision, fast=fast)
            or ""
        )
    except Exception:  # a witness that stumbles over a page is a witness less
        return ""


def _document(reading: PageReading, kept: set[int], about: Metadata) -> Document:
    text, gaps = joined(block.shown if n in kept else None for n, block in enumerate(reading.blocks))
    require_unicode(text)
    titles = reading.titles | {key_of(about.title or "")}
    dropped = (block for n, block in enumerate(reading.blocks) if n not in kept)
    return Document(
        text=text,
        gaps=gaps,
        dropped=tuple(Dropped(block.text, _reason(block, titles)) for block in dropped),
        title=about.title,
        date=about.date,
        source=about.source,
        author=about.author,
        url=about.url,
        lang=about.lang,
    )


def _reason(block: Block, titles: set[str]) -> str:
    if key_of(block.text) in titles:
        return "title"
    by_place = reason_of(block.regions)
    if by_place != "boilerplate":
        return by_place
    return load_cues().reason(block.text) or ("date" if is_date_line(block.text) else by_place)
