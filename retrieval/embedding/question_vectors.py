"""Vectors of questions that are compared again and again: a turned page embeds nothing anew."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from retrieval.embedding.protocol import Embedder, Vector, Vectors

_MOST = 4096
_TOGETHER = 16


class QuestionVectors:
    """Those asked for last. Threads may share it."""

    def __init__(self, embedder: Embedder, most: int = _MOST) -> None:
        self._embedder = embedder
        self._most = most
        self._known: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimensions); of one text at least."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        for at in range(0, len(missing), _TOGETHER):
            # A part at a time: questions that are asked meanwhile do not wait for all of them.
            part = missing[at : at + _TOGETHER]
            found.update(zip(part, self._embedder.embed_queries(part), strict=True))
        self._remember(found)
        return np.stack([found[text] for text in texts])

    def _remember(self, found: dict[str, Vector]) -> None:
        with self._lock:
            for text, vector in found.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
