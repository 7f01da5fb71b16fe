"""Questions that arrive while the model is at work become one batch: together they cost hardly more than one."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from retrieval.embedding.protocol import Vectors


class Together:
    """Calls `run` in one thread at a time, for all texts that wait; what it raises is raised to all whom it served."""

    def __init__(self, run: Callable[[Sequence[str]], Vectors]) -> None:
        """`run` gives vectors of shape (texts, dimensions)."""
        self._run = run
        self._running = threading.Lock()
        self._adding = threading.Lock()
        self._waiting: list[tuple[Sequence[str], Future[Vectors]]] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """The vectors of `texts`, shape (texts, dimensions)."""
        mine: Future[Vectors] = Future()
        with self._adding:
            self._waiting.append((texts, mine))
        with self._running:
            if not mine.done():
                self._run_all()
        return mine.result()

    @property
    def waiting(self) -> int:
        """How many calls wait for the one that runs."""
        return len(self._waiting)

    def _run_all(self) -> None:
        with self._adding:
            waiting, self._waiting = self._waiting, []
        try:
            vectors = self._run([text for texts, _ in waiting for text in texts])
        except BaseException as error:
            for _, future in waiting:
                future.set_exception(error)
            return
        start = 0
        for texts, future in waiting:
            future.set_result(vectors[start : start + len(texts)])
            start += len(texts)
