"""Texts to token ids, light in memory. The only file that imports sentencepiece.

The tokenizers library holds a vocabulary of 250,000 pieces in 290 MB, SentencePiece in 55: unigram vocabularies, those
of the XLM-R family, are handed to it. What comes before the pieces, normalisation, stays with tokenizers.
"""

import json
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from sentencepiece import SentencePieceProcessor
from tokenizers import Tokenizer

WHOLE, PIECES, AROUND = "tokenizer.json", "pieces.model", "around.json"
_NO_VOCABULARY = {"type": "WordLevel", "vocab": {"": 0}, "unk_token": ""}


class TokenIds(Protocol):
    """Texts to lists of token ids with the model's own first and last ones, cut off at the model's length."""

    def __call__(self, texts: Sequence[str]) -> list[list[int]]: ...


class WholeTokenizer:
    """A `tokenizer.json` as it is."""

    def __init__(self, tokenizer: Tokenizer, max_tokens: int) -> None:
        self._tokenizer = tokenizer
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_tokens)

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]


class PieceTokenizer:
    """SentencePiece between the normaliser of a `tokenizer.json` and its first and last ids."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        around = json.loads((folder / AROUND).read_text("utf-8"))
        self._first, self._last = around["first"], around["last"]
        self._normaliser = Tokenizer.from_str(json.dumps(around["tokenizer"])).normalizer
        self._pieces = SentencePieceProcessor(model_file=str(folder / PIECES))
        self._longest = max_tokens - len(self._first) - len(self._last)

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        # SentencePiece puts a space in front of every text, tokenizers of those alone that have none.
        normalised = [self._normalised(text).removeprefix(" ") for text in texts]
        return [[*self._first, *ids[: self._longest], *self._last] for ids in self._pieces.encode(normalised)]

    def _normalised(self, text: str) -> str:
        return self._normaliser.normalize_str(text) if self._normaliser else text


def load_token_ids(folder: Path, max_tokens: int) -> TokenIds:
    """What `write_token_ids` wrote into `folder`; raises whatever the libraries raise where it is damaged."""
    if (folder / PIECES).exists():
        return PieceTokenizer(folder, max_tokens)
    return WholeTokenizer(Tokenizer.from_file(str(folder / WHOLE)), max_tokens)


def write_token_ids(tokenizer_json: str, folder: Path, max_tokens: int, probes: Sequence[str]) -> None:
    """Write into `folder` the smallest form of a tokenizer that gives the same ids for all `probes`."""
    whole = Tokenizer.from_str(tokenizer_json)
    content = json.loads(tokenizer_json)
    if content["model"]["type"] == "Unigram" and not content["model"].get("byte_fallback"):
        _write_pieces(content, whole, folder)
        if PieceTokenizer(folder, max_tokens)(probes) == WholeTokenizer(whole, max_tokens)(probes):
            return
        for name in (PIECES, AROUND):
            (folder / name).unlink()
    (folder / WHOLE).write_text(tokenizer_json, "utf-8")


def _write_pieces(content: dict[str, Any], whole: Tokenizer, folder: Path) -> None:
    model = content["model"]
    special = {token["content"] for token in content["added_tokens"] if token["special"]}
    around = whole.encode("").ids
    bare = {**content, "model": _NO_VOCABULARY, "post_processor": None, "added_tokens": []}
    (folder / AROUND).write_text(
        json.dumps({"first": around[:1], "last": around[1:], "tokenizer": bare}), "utf-8"
    )
    (folder / PIECES).write_bytes(b"".join(_pieces_model(model["vocab"], model["unk_id"], special)))


def _pieces_model(
    vocabulary: Sequence[tuple[str, float]], unknown: int, special: set[str]
) -> Iterable[bytes]:
    """The pieces as SentencePiece's ModelProto: repeated pieces, the trainer's and the normaliser's settings."""
    for number, (piece, score) in enumerate(vocabulary):
        kind = 2 if number == unknown else 3 if piece in special else 1
        yield _message(1, _message(1, piece.encode()) + b"\x15" + struct.pack("<f", score) + _number(3, kind))
    no_ids = b"".join(_number(field, (1 << 64) - 1) for field in (41, 42, 43))
    yield _message(2, _number(3, 1) + _number(40, unknown) + no_ids)
    yield _message(3, _message(1, b"identity") + _number(3, 1) + _number(4, 0) + _number(5, 1))


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    """Seven bits a byte, lowest first, the eighth says whether more follow."""
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)
