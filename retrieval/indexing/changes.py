"""What is news in the sources: each article is kept as it is, or was read because it is new or changed."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date as Date
from enum import IntEnum, auto
from typing import NamedTuple

from retrieval.article import Article
from retrieval.index.embedded.store.store import ArticlePlace, Known, Store
from retrieval.indexing.spool import Spool
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.collection import read
from retrieval.sources.model import Failure, Pending, Sourced
from retrieval.sources.reading_ahead import Seen


class _Kind(IntEnum):
    """What an article is beside the store before; one that is the SAME was read all the same, because everything is to
    be made anew."""

    KEPT = auto()
    SAME = auto()
    CHANGED = auto()
    ADDED = auto()
    LEFT_OUT = auto()


class Entry(NamedTuple):
    """An article of the new generation: the number of one that stays as it is, or one of the spool."""

    number: int
    stays: bool


class _Owner(NamedTuple):
    """Who has an id already: where it was found, and which entry it is."""

    place: str
    entry: int


class News:
    """The articles of the sources in order, beside those of the store `before`."""

    def __init__(
        self, before: Store | None, spool: Spool, *, trust_digests: bool, hidden: Collection[str] = ()
    ) -> None:
        """With `trust_digests`, an article whose bytes are known stays as it is and is not read.

        Articles whose ids are `hidden` are left out. `moved` tells, by number, where articles that stay are
        found now, if elsewhere than before; `replaced` are the ids of those that gave way to another file's.
        """
        self.failed: list[Failure] = []
        self.moved: dict[int, ArticlePlace] = {}
        self.replaced: list[str] = []
        self._before = before
        self._spool = spool
        self._trust = trust_digests
        self._hidden = hidden
        self._numbers, self._kinds = array("q"), array("b")
        self._owners: dict[str, _Owner] = {}

    def is_news(self, found: Pending) -> bool:
        """Whether it must be read, as other bytes, or none, were there before."""
        known = self._before.found_at(found.origin) if self._before and self._trust else None
        return known is None or known.digest != found.digest

    def take(self, seen: Seen) -> bool:
        """Takes the next article, or why there is none; whether there is one."""
        found = seen.found
        if isinstance(found, Pending) and seen.result is None and self._stays(found):
            return True
        result = seen.result or read(found)
        if isinstance(result, Failure):
            self.failed.append(result)
            return False
        assert isinstance(found, Pending)
        self.failed.extend(result.remarked)
        return self._admit(result, found.origin)

    def lose(self, article_id: str, reason: str) -> None:
        """An article that was read turns out to be too much for what comes next: it is left out."""
        owner = self._owners[article_id]
        self._kinds[owner.entry] = _Kind.LEFT_OUT
        self.failed.append(Failure(owner.place, reason))

    @property
    def articles(self) -> int:
        """How many there will be."""
        return len(self._kinds) - self._kinds.count(_Kind.LEFT_OUT)

    def counts(self) -> dict[str, int]:
        """How many articles were added, changed and removed, and how many are unchanged."""
        kinds = Counter(self._kinds)
        known = kinds[_Kind.KEPT] + kinds[_Kind.SAME] + kinds[_Kind.CHANGED]
        return {
            "added": kinds[_Kind.ADDED],
            "changed": kinds[_Kind.CHANGED],
            "removed": (self._before.articles if self._before else 0) - known,
            "unchanged": kinds[_Kind.KEPT] + kinds[_Kind.SAME],
        }

    @property
    def known_ids(self) -> int:
        """How many of its articles were there before, under the same ids."""
        return len(self._kinds) - self._kinds.count(_Kind.ADDED) - self._kinds.count(_Kind.LEFT_OUT)

    def holds(self, article_id: str) -> bool:
        """Whether there is, or will be, an article with that id."""
        return article_id in self._owners

    def new_digests(self) -> set[str]:
        """The digests of what was read: an article of the same bytes may stand under another id now."""
        return {digest for _, digest in self.read()}

    def read(self) -> Iterator[tuple[Article, str]]:
        """What was read, each with its digest."""
        for entry in self.entries():
            if not entry.stays:
                spooled = self._spool.read(entry.number)
                yield spooled.article, spooled.digest

    @property
    def nothing(self) -> bool:
        """Whether the store before holds just these articles."""
        counts = self.counts()
        return counts["unchanged"] == sum(counts.values()) and not self.moved

    def entries(self) -> Iterator[Entry]:
        for number, kind in zip(self._numbers, self._kinds, strict=True):
            if kind != _Kind.LEFT_OUT:
                yield Entry(number, kind == _Kind.KEPT)

    def gone(self) -> Iterator[int]:
        """The numbers of the articles of the store before that do not stay as they are."""
        stay = {entry.number for entry in self.entries() if entry.stays}
        return (n for n in range(self._before.articles if self._before else 0) if n not in stay)

    def _stays(self, found: Pending) -> bool:
        """Whether the same bytes at the same place made an article before; it stays if no other has its id now."""
        known = self._before.found_at(found.origin) if self._before else None
        if known is None or known.id in self._owners or known.id in self._hidden:
            return False
        self._keep(known, found.origin, found.path)
        self._enter(known.id, found.place, known.number, _Kind.KEPT)
        return True

    def _admit(self, sourced: Sourced, origin: str) -> bool:
        article = sourced.article
        if article.id in self._hidden:
            return False
        owner = self._owners.get(article.id)
        if owner and (problem := self._twin(sourced, owner)):
            self.failed.append(Failure(sourced.place, problem))
            return False
        try:
            number, kind = self._compared(sourced, origin)
        except UnicodeEncodeError:
            self.failed.append(Failure(sourced.place, Reason.of(Problem.NAME_NOT_UTF8)))
            return False
        if owner:
            self._kinds[owner.entry] = _Kind.LEFT_OUT
            self.failed.append(Failure(owner.place, _older(article.id)))
        self._enter(article.id, sourced.place, number, kind)
        return True

    def _enter(self, article_id: str, place: str, number: int, kind: _Kind) -> None:
        self._owners[article_id] = _Owner(place, len(self._numbers))
        self._numbers.append(number)
        self._kinds.append(kind)

    def _compared(self, sourced: Sourced, origin: str) -> tuple[int, _Kind]:
        """The number and the kind of an article that was read."""
        known = self._before.known_as(sourced.article.id) if self._before else None
        same = known is not None and known.digest == sourced.digest
        if known and same and self._trust:
            self._keep(known, origin, sourced.article.path)
            return known.number, _Kind.KEPT
        number = self._spool.add(sourced, origin)
        if known and not same and known.path != sourced.article.path:
            self.replaced.append(known.id)
        if known is None:
            return number, _Kind.ADDED
        return number, _Kind.SAME if same else _Kind.CHANGED

    def _keep(self, known: Known, origin: str, path: str | None) -> None:
        if (known.origin, known.path) != (origin, path):
            self.moved[known.number] = ArticlePlace(origin, path)

    def _twin(self, sourced: Sourced, owner: _Owner) -> str | None:
        """Why an article cannot have its id, which another has; None when it is a later version of the same page."""
        article, (rival, digest) = sourced.article, self._entered(owner.entry)
        if digest == sourced.digest and article.id == article.url:
            return Reason.of(Problem.TWIN, place=owner.place)
        if not article.id == article.url == rival.url:
            return Reason.of(Problem.ID_TAKEN, id=repr(article.id), place=owner.place)
        # By their dates, else the one that is read later.
        return None if (article.date or Date.max) >= (rival.date or Date.min) else _older(article.id)

    def _entered(self, entry: int) -> tuple[Article, str]:
        """The article of an entry, with its digest."""
        number = self._numbers[entry]
        if self._kinds[entry] != _Kind.KEPT:
            spooled = self._spool.read(number)
            return spooled.article, spooled.digest
        assert self._before
        article = self._before.numbered(number)
        known = self._before.known_as(article.id)
        assert known
        return article, known.digest


def _older(url: str) -> str:
    return Reason.of(Problem.OLDER_VERSION, url=url)
