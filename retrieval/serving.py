"""The generation in service: opened once, swapped when another process publishes a newer one."""

import logging
import threading

from retrieval.embedding.protocol import Embedder
from retrieval.errors import IndexDamaged, IndexUnusable
from retrieval.index.protocol import Index, Pinned
from retrieval.ranking.reading import SecondLook
from retrieval.retriever import Retriever

_log = logging.getLogger(__name__)
_UNREADABLE = ""
"""Stands for the id where it cannot be read; no id is blank."""


class Serving:
    """Hands out the `Retriever` of the current generation. Safe to use from several threads."""

    def __init__(
        self, index: Index[Pinned], embedder: Embedder, second_look: SecondLook | None = None
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._second_look = second_look
        self._opening = threading.Lock()
        self._retriever: Retriever | None = None
        self._refused: str | None = None
        self.damage: IndexDamaged | None = None
        """Why an older generation than the current one is in service."""

    def retriever(self) -> Retriever:
        """The retriever in service; opens the current generation at the first call.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated: each says what to do.
        """
        if (serving := self._retriever) is not None:
            return serving  # without waiting for a newer one that is being opened
        with self._opening:
            if self._retriever is None:
                self._retriever = self._open()
            return self._retriever

    @property
    def generation(self) -> str | None:
        """The id of the generation in service; None while none is opened. It never waits."""
        return self._serving_id()

    def refresh(self) -> bool:
        """Swaps to a newer generation when there is one; True when it did.

        A generation that cannot be opened is logged once, and the one in service stays. One that is damaged while it
        is in service gives way to the one before it.
        """
        with self._opening:
            self._give_way()
            newest: str | None = _UNREADABLE
            try:
                newest = self._index.current()
                if newest is None or newest in (self._refused, self._serving_id()):
                    return False
                self._retriever = self._open(or_before=self._retriever is None)
            except IndexUnusable as error:
                if newest != self._refused:
                    _log.error("The new index is not taken into service: %s", error)
                self._refused = newest
                return False
            return True

    def _give_way(self) -> None:
        """What is mapped must not be cut: reading it would end the process."""
        if not self._retriever or not (changed := self._retriever.generation.changed()):
            return
        _log.error("A file of the index in service was changed: %s", changed)
        self._retriever = None
        try:
            self._retriever = self._open()
        except IndexUnusable as error:
            _log.error("Questions cannot be answered. %s", error)

    def _serving_id(self) -> str | None:
        return self._retriever.generation.id if self._retriever else None

    def _open(self, *, or_before: bool = True) -> Retriever:
        model = self._embedder.fingerprint
        if or_before:
            generation, self.damage = self._index.open_serving(model)
        else:
            generation, self.damage = self._index.open_current(model), None
        self._refused = self._current_id() if self.damage else None
        return Retriever(generation, self._embedder, second_look=self._second_look)

    def _current_id(self) -> str | None:
        try:
            return self._index.current()
        except IndexUnusable:
            return _UNREADABLE
