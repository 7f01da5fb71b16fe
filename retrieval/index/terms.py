"""What a passage and a question have in common when they hold the same words: terms, in five views.

The views are exact tokens, folded tokens, folded bigrams, values, and the sounds of foreign names. How a term is stored
is the matter of an engine.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from retrieval.text.forms import Token
from retrieval.text.sounds import sounds
from retrieval.text.values import values

VIEWS = ("exact", "folded", "bigram", "value", "sound")


class Term(NamedTuple):
    """A term of one view."""

    view: str
    text: str


def terms(view: str, tokens: Sequence[Token]) -> list[str]:
    """The terms of `tokens` in one view, in order, repeats kept."""
    if view == "exact":
        return [t.exact for t in tokens]
    if view == "value":
        return values(tokens)
    if view == "sound":
        return [sound for t in tokens for sound in _sounds(t.folded)]
    folded = [t.folded for t in tokens]
    return folded if view == "folded" else [f"{a} {b}" for a, b in pairwise(folded)]


@lru_cache(maxsize=1 << 16)
def _sounds(folded: str) -> tuple[str, ...]:
    """The sound of one word, if it has any: the same words come again and again."""
    return tuple(sounds([Token(0, len(folded), folded, folded)]))
