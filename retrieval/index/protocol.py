"""What ranking and serving ask of an index, whatever engine holds it.

A question is ranked in two steps. First the candidates: the rows nearest by vector, and those that hold most of its
words. Then the evidence, of the candidates alone. So an engine never gives out a number for each passage there is.

Rows are numbers of passages: those of one article follow each other in the order of its text.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, Passage
from retrieval.embedding.protocol import Vector, Vectors
from retrieval.errors import IndexDamaged, IndexMissing, IndexUnusable
from retrieval.index.catalogue import Catalogue
from retrieval.index.learned.marks import Marks
from retrieval.index.terms import Term

_log = logging.getLogger(__name__)

Rows = NDArray[np.int64]
Stored = Mapping[int, tuple[Passage, Article]]
"""Row -> its passage with the article."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a generation says of itself: `model` is the fingerprint of the one that made its vectors, `mean` their
    average, shape (dimensions,), `created` an ISO time with its zone.

    `recall_at_10` is what a search by vector finds of the exact ten best; None where every passage is compared.
    """

    id: str
    articles: int
    passages: int
    model: str
    created: str
    mean: Vector
    recall_at_10: float | None = None


class Sentences(NamedTuple):
    """Sentences of some passages: `vectors` (sentences, dimensions) of any length, `starts` (passages,) into them."""

    vectors: NDArray[np.float32]
    starts: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What is known of some passages, in the order in which they were asked for; those that are gone are left out.

    `languages` are told when they are asked for: they matter for few questions. `vectors` (rows, dimensions) have
    length one. `saturations` (terms, rows) tell of each term asked for how much it
    saturates a passage by BM25, without idf: 0 where it is not held.
    """

    rows: Rows
    languages: Callable[[], Sequence[str | None]]
    vectors: Vectors
    sentences: Sentences
    saturations: NDArray[np.float32]


class Pinned(Protocol):
    """One generation, all of it the same for as long as it is held. Threads may share it.

    Raises IndexDamaged where it cannot be read.
    """

    @property
    def id(self) -> str: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def marks(self) -> Marks:
        """How the collection writes its syllables."""

    @property
    def articles(self) -> Catalogue: ...

    def frequencies(self, terms: Collection[Term]) -> Mapping[Term, int]:
        """How many passages hold each term; those that none holds may be left out."""

    def nearest(self, vector: Vector, k: int) -> Rows:
        """The `k` rows with the greatest inner products with `vector` (dimensions,), best first."""

    def holding(self, weighted: Sequence[Mapping[Term, float]], k: int) -> Rows:
        """The `k` rows with the highest sums of weight * saturation, by each of the weightings; together, in row order.

        None whose sum is not positive; of equal ones the first.
        """

    def fetch(self, rows: Rows, terms: Sequence[Term]) -> Fetched: ...

    def passages(self, rows: Iterable[int]) -> Stored:
        """The passages at `rows`; those that are gone are left out."""

    def rows_of(self, article_id: str) -> range:
        """The rows of the passages of an article, none for one that is not there."""

    def changed(self) -> str | None:
        """What of it is not as it was when it was opened: then it must not be read any more."""


Held_co = TypeVar("Held_co", bound=Pinned, covariant=True)


Part = TypeVar("Part")


class Opened(NamedTuple, Generic[Held_co]):
    """What serves; `damage` tells why it is not the current generation but the one before it."""

    generation: Held_co
    damage: IndexDamaged | None


class Index(Protocol[Held_co]):
    """The generations of one index. An engine gives the three methods without a body."""

    def current(self) -> str | None:
        """The id of the generation in service, None when nothing was indexed yet; cheap, as it is asked all the time.

        Raises IndexDamaged where it cannot be told.
        """

    def others(self) -> Iterator[str]:
        """The ids of those that may be fallen back upon, the newest first."""
        ...

    def pin(self, generation: str, model: str | None) -> Held_co:
        """That generation, verified; with None for `model`, a fingerprint, whichever model made it.

        Raises IndexDamaged or IndexOutdated; each says what to do.
        """
        ...

    def open_current(self, model: str | None) -> Held_co:
        """The generation in service, verified.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated: each says what to do.
        """
        return self._of_current(lambda generation: self.pin(generation, model))

    def open_serving(self, model: str | None) -> Opened[Held_co]:
        """The current generation or, where that is damaged, the newest other one that is whole, which is logged.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated: there is none; each says what to do.
        """
        return Opened(
            *self._of_whole(lambda generation: self.pin(generation, model), attrgetter("facts.created"))
        )

    def _of_current(self, opening: Callable[[str], Part]) -> Part:
        """What `opening` makes of the current generation, by its id."""
        while (current := self.current()) is not None:
            try:
                return opening(current)
            except IndexDamaged:
                if self.current() == current:
                    raise
                # Replaced, and dropped, while it was being opened: the newer one is meant.
        raise IndexMissing(f"Nothing is indexed yet in {self}: run `trichdan reindex` first.")

    def _of_whole(
        self, opening: Callable[[str], Part], made: Callable[[Part], str]
    ) -> tuple[Part, IndexDamaged | None]:
        """The same, or that of the newest other one that is whole, and why; `made` tells when it was made."""
        try:
            return self._of_current(opening), None
        except IndexDamaged as damage:
            for other in self.others():
                try:
                    found = opening(other)
                except IndexUnusable:
                    continue
                _log.error(
                    "The index is damaged; the one before it, made %s, answers until then. %s",
                    made(found),
                    damage,
                )
                return found, damage
            raise
