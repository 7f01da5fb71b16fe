"""Whether a machine-readable description is one of this article: its headline or its address must say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import regex

from retrieval.sources.html.metadata.linked_data import Described

_ALIKE, _RUN = 0.6, 3
_SURE = 0.99
_NUMBERS = regex.compile(r"\d+")


@dataclass(frozen=True)
class Naming:
    """What a page itself calls its article, and its own addresses."""

    titles: Sequence[str]
    addresses: Sequence[str]

    def likeness(self, title: str) -> float:
        """How much a title is one of the page's own, 0 to 1; one that tells another number is none."""
        return max((_likeness(title, own) for own in self.titles), default=0.0)

    def is_at(self, url: str) -> bool:
        return address_key(url) in self._keys

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(key for each in self.addresses if (key := address_key(each)))


def own_works(works: Sequence[Described], naming: Naming) -> list[Described]:
    """The descriptions of the page's own article, the surest first; descriptions of the web page come last."""
    found = [(rank, each) for each in works if (rank := _rank(each, naming)) > 0]
    articles = [each for each in works if not each.is_page]
    if (
        not found
        and len(articles) == 1
        and not articles[0].is_other
        and not _may_be_compared(articles[0], naming)
    ):
        found = [(1.0, articles[0])]
    found.sort(key=lambda pair: (pair[1].is_page, -pair[0]))
    return [each for _, each in found]


def _may_be_compared(work: Described, naming: Naming) -> bool:
    """Whether a description names anything that the page is called, too."""
    return bool((work.titles and naming.titles) or (work.urls and naming.addresses))


def _rank(work: Described, naming: Naming) -> float:
    """0 where neither headline nor address is the page's."""
    alike = max(map(naming.likeness, work.titles), default=0.0)
    at = any(map(naming.is_at, work.urls))
    if work.is_page and not at and alike < _SURE:
        return 0.0
    if not at and alike < _ALIKE:
        return 0.0
    elsewhere = bool(naming.addresses) and bool(work.urls) and not at
    return alike + at - 0.5 * work.is_other - 0.5 * (elsewhere and alike < _SURE)


def _likeness(one: str, other: str) -> float:
    first, second = plain(one), plain(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    mine, its = set(_NUMBERS.findall(one)), set(_NUMBERS.findall(other))
    if mine and its and not (mine <= its or its <= mine):
        return 0.0
    runs, others = _runs(first), _runs(second)
    if min(len(runs), len(others)) < 2 * _RUN:
        return 0.0
    return min(len(runs & others) / min(len(runs), len(others)), 0.98)


def _runs(text: str) -> set[str]:
    return {text[n : n + _RUN] for n in range(min(len(text), 400) - _RUN + 1)}


def plain(title: str) -> str:
    """A title without case, blanks and marks."""
    return "".join(c for c in title.casefold() if c.isalnum())


def address_key(url: str) -> str:
    """What two writings of one address share; empty for none, and for a site's front page."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/").removesuffix("/amp").removesuffix(".amp")
    if not host or not (path or parts.query):
        return ""
    return (
        f"{host}{path}?{parts.query}"
        if not path or path.endswith((".php", ".aspx", ".asp"))
        else f"{host}{path}"
    )
