"""Token ids to padded batches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.embedding.openvino_runtime.batches import make_batches


@given(st.lists(st.lists(st.integers(3, 9), min_size=1, max_size=40), max_size=30), st.integers(1, 200))
def test_every_text_is_in_one_batch_under_the_budget(texts: list[list[int]], budget: int) -> None:
    """Rows come out once each, with their ids under the mask, and only a lone text may pass the budget."""
    seen: list[int] = []
    for batch in make_batches(texts, pad=1, token_budget=budget):
        seen += batch.rows
        assert batch.ids.shape == batch.mask.shape
        assert batch.ids.size <= budget or len(batch.rows) == 1
        for at, row in enumerate(batch.rows):
            kept = batch.mask[at] == 1
            assert batch.ids[at][kept].tolist() == texts[row]
            assert (batch.ids[at][~kept] == 1).all()
    assert sorted(seen) == list(range(len(texts)))


@pytest.mark.parametrize(("length", "width"), [(1, 8), (8, 8), (9, 16)])
def test_widths_are_multiples_of_eight(length: int, width: int) -> None:
    """Few widths mean few shapes for the runtime to prepare."""
    (batch,) = make_batches([[5] * length], pad=1, token_budget=64)
    assert batch.ids.shape == (1, width)
