"""Where on its page an element stands, seen from the article: within it, or in a comment, a teaser, a sidebar."""

from collections.abc import Sequence

import regex
from lxml import etree

from retrieval.sources.html.blocks.regions import region_of

Element = etree._Element

_OTHERS = frozenset(".comments .related .advert .notice .menu .share aside .aside menu form".split())
"""Regions that hold what is of other articles, or of nobody's."""
_BELOW = frozenset(("footer", ".footer"))
"""Such within an article are its own."""
_ARTICLES = frozenset(("article", "main", "body"))
_TEASER = regex.compile(
    r"teaser|(?<![a-z])cards?(?![a-z])|carousel|swiper|thumb|ticker|breaking|marquee", regex.IGNORECASE
)


class Surroundings:
    """The elements around the article's title: what stands in a region beside them is not the article's."""

    def __init__(self, title: Element | None) -> None:
        self._spine = {title, *title.iterancestors()} if title is not None else set()

    def is_others(self, element: Element) -> bool:
        """Whether an element belongs to something else than the article: only regions that do not also hold the
        title say so.
        """
        below = False
        for each in (element, *element.iterancestors()):
            tag = str(each.tag)
            regions = region_of(each, tag)
            if each in self._spine or tag == "body":
                return below and _ARTICLES.isdisjoint(regions if tag != "body" else ())
            below = below or not _BELOW.isdisjoint(regions)
            if not _OTHERS.isdisjoint(regions) or _TEASER.search(f"{each.get('class')} {each.get('id')}"):
                return True
        return False


def are_others(regions: Sequence[str], anchor: Sequence[str], *, between: bool) -> bool:
    """Whether a block with these regions belongs to something else than the article around the block `anchor`;
    `between` title and text no names of lists tell that.
    """
    shared = 0
    while shared < min(len(regions), len(anchor)) and regions[shared] == anchor[shared]:
        shared += 1
    beyond = frozenset(regions[shared:])
    below = not _BELOW.isdisjoint(beyond) and _ARTICLES.isdisjoint(regions[:shared])
    return below or not _OTHERS.isdisjoint(beyond) or (".teaser" in beyond and not between)
