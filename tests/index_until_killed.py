"""Reindexes a folder and stops dead at the embedding of a given batch: `python index_until_killed.py DATA SOURCE N`."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from fake_embedder import FakeEmbedder

from retrieval.embedding.protocol import Vectors
from retrieval.indexing.run import reindex


class Deadly(FakeEmbedder):
    """Kills its own process, as kill -9 does, when asked for batch number `last`."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self._left = last

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_passages(texts)


if __name__ == "__main__":
    reindex([Path(sys.argv[2])], Path(sys.argv[1]), Deadly(int(sys.argv[3])))
