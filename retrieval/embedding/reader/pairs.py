"""A question and a passage as one line of tokens: `<s> query: ... </s> </s> passage: TITLE SENTENCE ... </s>`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from retrieval.embedding.protocol import Readable
from retrieval.embedding.text import encodable

QUESTION_TOKENS, PASSAGE_TOKENS = 48, 200
"""What is longer is cut off: one passage of a hundred, by some words."""
_LONGEST_TITLE = 60
OTHER, QUESTION, PASSAGE = 0, 1, 2

TokenIds = Callable[[Sequence[str]], list[list[int]]]
"""Texts to token ids, with the model's own first and last one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Tokens; what each belongs to: `QUESTION`, `PASSAGE` (its title left out) or `OTHER`; and the number of the
    sentence of the passage that it is in, -1 for others."""

    ids: list[int]
    kinds: list[int]
    sentences: list[int]


def pairs(question: str, passages: Sequence[Readable], token_ids: TokenIds) -> list[Pair]:
    """The question beside each of the passages."""
    heads = [f"passage: {short_title(passage.title)}".rstrip() for passage in passages]
    texts = [f"query: {question}", *heads, *(each for passage in passages for each in passage.sentences)]
    asked, *found = token_ids([encodable(text) for text in texts])
    ends = accumulate((len(passage.sentences) for passage in passages), initial=len(passages))
    first, last = asked[:1], asked[-1:]
    asked = asked[1:-1][:QUESTION_TOKENS]
    return [
        _pair(
            first, last, asked, found[i][1:-1], [ids[1:-1] for ids in found[start : start + len(p.sentences)]]
        )
        for i, (p, start) in enumerate(zip(passages, ends, strict=False))
    ]


def short_title(title: str) -> str:
    """A title of at most 60 characters, cut between words."""
    return title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rsplit(" ", 1)[0]


def _pair(
    first: list[int], last: list[int], asked: list[int], head: list[int], sentences: Sequence[list[int]]
) -> Pair:
    body = [(token, number) for number, ids in enumerate(sentences) for token in ids]
    body = body[: max(0, PASSAGE_TOKENS - len(head))]
    opening = [*first, *asked, *last, *last, *head]
    kinds = [*[OTHER] * len(first), *[QUESTION] * len(asked), *[OTHER] * (2 * len(last) + len(head))]
    return Pair(
        ids=[*opening, *(token for token, _ in body), *last],
        kinds=[*kinds, *[PASSAGE] * len(body), *[OTHER] * len(last)],
        sentences=[*[-1] * len(opening), *(number for _, number in body), *[-1] * len(last)],
    )
