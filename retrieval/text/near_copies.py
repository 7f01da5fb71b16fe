"""Whether two passages tell the same in nearly the same words: wire copies, re-publications."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from retrieval.text.forms import folded_words

_SHARED = 0.8
"""Share of the shorter text's word pairs that the longer one must hold."""
_RETOLD = 0.6
"""Share of the word pairs without numbers that an update has in common with what it updates."""
_COMPARABLE = 0.5
"""The shorter text must be at least this long compared with the longer one."""

Pairs = frozenset[tuple[str, str]]


@lru_cache(maxsize=1024)
def word_pairs(text: str) -> Pairs:
    """Neighbouring folded words of `text`; a text of one word or none is a pair of its own."""
    return frozenset(pairwise(folded_words(text))) or frozenset({(text, "")})


def is_same_story(a: Pairs, b: Pairs) -> bool:
    """Near-duplicates by containment (Broder, On the resemblance and containment of documents, 1997).

    A text with other numbers tells something else however alike the words are: last year's figure, another price.
    """
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    if len(shorter) < _COMPARABLE * len(longer) or len(shorter & longer) < _SHARED * len(shorter):
        return False
    return _numbers(shorter) <= _numbers(longer)


def is_update(a: Pairs, b: Pairs) -> bool:
    """Whether two texts tell one story with other numbers: last year's figure and this year's."""
    words_a, words_b = _without_numbers(a), _without_numbers(b)
    shorter, longer = sorted((words_a, words_b), key=len)
    alike = len(shorter & longer) >= _RETOLD * len(shorter) > 0
    numbers_a, numbers_b = _numbers(a), _numbers(b)
    return alike and bool(numbers_a and numbers_b) and numbers_a != numbers_b


@lru_cache(maxsize=256)
def _without_numbers(pairs: Pairs) -> Pairs:
    return frozenset(pair for pair in pairs if not any(word[:1].isnumeric() for word in pair))


@lru_cache(maxsize=256)
def _numbers(pairs: Pairs) -> frozenset[str]:
    return frozenset(word for pair in pairs for word in pair if word[:1].isnumeric())


def group(texts: Sequence[str]) -> list[int]:
    """For each text the index of the first text that it repeats, itself when it repeats none."""
    pairs = [word_pairs(text) for text in texts]
    leaders: list[int] = []
    for i, current in enumerate(pairs):
        same = (j for j in range(i) if leaders[j] == j and is_same_story(current, pairs[j]))
        leaders.append(next(same, i))
    return leaders
