"""Texts that wait for the model go into it as one batch."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from retrieval.embedding.openvino_runtime.batching import Together
from retrieval.embedding.protocol import Vectors


class _Gate:
    """Runs the first batch until it is let go; a vector of a text is its length."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.entered, self.leave = threading.Event(), threading.Event()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.entered.set()
        self.leave.wait(10)
        if "bad" in texts:
            raise ValueError("bad")
        return np.array([[len(text)] for text in texts], np.float32)


def _while_the_first_runs(others: Sequence[Sequence[str]]) -> tuple[_Gate, list[object]]:
    gate = _Gate()
    together = Together(gate)
    with ThreadPoolExecutor(len(others) + 1) as pool:
        first = pool.submit(together, ["first"])
        assert gate.entered.wait(10)
        futures = [pool.submit(together, texts) for texts in others]
        while together.waiting < len(others):
            threading.Event().wait(0.001)
        gate.leave.set()
        assert first.result(10).tolist() == [[5]]
        return gate, [f.exception(10) or f.result().tolist() for f in futures]


def test_what_comes_meanwhile_is_one_batch_and_everyone_gets_their_own() -> None:
    gate, found = _while_the_first_runs([["a"], ["bb", "ccc"], ["dddd"]])
    assert found == [[[1]], [[2], [3]], [[4]]]
    assert [len(batch) for batch in gate.batches] == [1, 4]


def test_an_error_reaches_all_whom_the_batch_served_and_nobody_after_them() -> None:
    gate, found = _while_the_first_runs([["a"], ["bad"]])
    assert [type(error) for error in found] == [ValueError, ValueError]
    assert Together(gate)(["ok"]).tolist() == [[2]]


def test_a_call_that_is_alone_runs_at_once() -> None:
    gate = _Gate()
    gate.leave.set()
    assert Together(gate)([]).shape[0] == 0
    with pytest.raises(ValueError, match="bad"):
        Together(gate)(["bad"])
