"""What is counted of texts to learn how Vietnamese is written. It needs nothing of the index: any process can count."""

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from retrieval.index.embedded.words.lexical import term_hash
from retrieval.text.forms import Token, respelled, tokens
from retrieval.text.language import is_syllable


class CountedMarks(NamedTuple):
    """The Vietnamese syllables of texts, and the hashes of pairs of neighbours, repeats kept."""

    syllables: Counter[str]
    pairs: "array[int]"


def count_marks(texts: Iterable[str]) -> CountedMarks:
    """How `texts` write Vietnamese."""
    counted = CountedMarks(Counter(), array("Q"))
    for text in texts:
        syllables, pairs = _counted(text)
        counted.syllables.update(syllables)
        counted.pairs.extend(pairs)
    return counted


def _counted(text: str) -> tuple[list[str], list[int]]:
    """The Vietnamese syllables of a text, and the hashes of pairs of neighbours."""
    syllables: list[str] = []
    pairs: list[int] = []
    previous: Token | None = None
    for token in tokens(text):
        written = respelled(text[token.start : token.end]).lower()
        if not is_syllable(written):
            previous = None
            continue
        if previous is not None and token.start - previous.end == 1:
            pairs.append(term_hash(f"{syllables[-1]} {written}"))
        syllables.append(written)
        previous = token
    return syllables, pairs
