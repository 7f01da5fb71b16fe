"""Pairs as the reader takes them, in tensors, and the tokens at which their answers stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from fitting.reader_groups import Pair
from retrieval.article import Span
from retrieval.embedding.protocol import Readable
from retrieval.embedding.reader.pairs import pairs
from retrieval.text.sentences import sentences

_PAD = 1
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as tokens; `sentences` is the number of each token's sentence, -1 for others; `starts` and `ends` are the
    tokens at which an answer starts and ends, the first token where there is none."""

    ids: list[int]
    kinds: list[int]
    sentences: list[int]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of a batch, by their numbers; tensors of shape (lines, tokens)."""

    numbers: list[int]
    ids: Tensor
    mask: Tensor
    kinds: Tensor


class Encoder:
    """Pairs -> lines."""

    def __init__(self, folder: Path) -> None:
        """With the tokenizer of a model's folder."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def __call__(self, pair: Pair) -> Line:
        parts = sentences(pair.text)
        texts = [pair.text[s.start : s.end] for s in parts]
        line = pairs(pair.question, [Readable(pair.title, texts)], self._ids)[0]
        where = [self._places(pair, span, parts, line.sentences) for span in pair.spans]
        found = [place for place in where if place]
        return Line(
            line.ids,
            line.kinds,
            line.sentences,
            [start for start, _ in found] or [0],
            [end for _, end in found] or [0],
        )

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]

    def _places(self, pair: Pair, span: Span, parts: Sequence[Span], of_token: Sequence[int]) -> Place | None:
        """The first and the last token that `span` touches; None where it is cut off."""
        touched = [i for i, part in enumerate(parts) if part.start < span.end and span.start < part.end]
        if not touched:
            return None
        first = self._touched(pair, span, parts, touched[0], of_token)
        last = self._touched(pair, span, parts, touched[-1], of_token)
        return (first[0], last[-1]) if first and last else None

    def _touched(
        self, pair: Pair, span: Span, parts: Sequence[Span], number: int, of_token: Sequence[int]
    ) -> list[int]:
        """The tokens of the sentence `number` that `span` touches, as they stand in the line."""
        if number not in of_token:
            return []
        begun = of_token.index(number)
        part = parts[number]
        encoded = self._tokenizer.encode(pair.text[part.start : part.end], add_special_tokens=False)
        there = [
            begun + i
            for i, (a, b) in enumerate(encoded.offsets)
            if part.start + b > span.start and part.start + a < span.end
        ]
        return [i for i in there if i < len(of_token) and of_token[i] == number]


def batches(lines: Sequence[Line], most: int) -> Iterator[Lines]:
    """At most so many together, those of about one length."""
    ordered = sorted(range(len(lines)), key=lambda i: len(lines[i].ids))
    for at in range(0, len(ordered), most):
        numbers = ordered[at : at + most]
        shape = len(numbers), max(len(lines[i].ids) for i in numbers)
        ids, mask, kinds = (
            torch.full(shape, _PAD),
            torch.zeros(shape, dtype=torch.long),
            torch.zeros(shape, dtype=torch.long),
        )
        for row, i in enumerate(numbers):
            length = len(lines[i].ids)
            ids[row, :length] = torch.tensor(lines[i].ids)
            mask[row, :length] = 1
            kinds[row, :length] = torch.tensor(lines[i].kinds)
        yield Lines(numbers, ids, mask, kinds)
