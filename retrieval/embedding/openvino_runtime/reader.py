"""The reader on OpenVINO, beside the embedder whose tokenizer and word table it shares."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from retrieval.embedding.openvino_runtime.batches import Batch, make_batches
from retrieval.embedding.openvino_runtime.tokenizing import TokenIds
from retrieval.embedding.openvino_runtime.word_table import WordTable
from retrieval.embedding.protocol import Readable, Readings, Vector
from retrieval.embedding.reader.pairs import Pair, pairs
from retrieval.embedding.reader.sentences import chances

_TOKEN_BUDGET = 640
_NONE = np.zeros(0, np.float32)


class OpenVinoReader:
    """A `Reader` on the CPU; threads take turns."""

    def __init__(self, request: Any, token_ids: TokenIds, words: WordTable, pad: int) -> None:  # noqa: ANN401 - of openvino
        """`request` infers with the compiled network of the reader."""
        self._request = request
        self._token_ids = token_ids
        self._words = words
        self._pad = pad
        self._turn = threading.Lock()

    def read(self, question: str, passages: Sequence[Readable]) -> Readings:
        """In batches of passages of about one length."""
        line = pairs(question, passages, self._token_ids)
        answers, here = np.zeros(len(line), np.float32), np.zeros(len(line), np.float32)
        chances_of: list[Vector] = [_NONE] * len(line)
        for batch in make_batches([pair.ids for pair in line], self._pad, _TOKEN_BUDGET):
            kinds = _kinds(line, batch)
            with self._turn:
                found = self._request.infer([self._words[batch.ids], batch.mask, kinds])
                answers[batch.rows], here[batch.rows], starts = (np.array(found[i]) for i in range(3))
            for at, row in enumerate(batch.rows):
                chances_of[row] = chances(starts[at], line[row].sentences, len(passages[row].sentences))
        return Readings(answers, here, chances_of)


def _kinds(line: Sequence[Pair], batch: Batch) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Shape (pairs, width), 0 where a line is shorter than the batch is wide."""
    kinds = np.zeros_like(batch.mask)
    for at, row in enumerate(batch.rows):
        kinds[at, : len(line[row].kinds)] = line[row].kinds
    return kinds
