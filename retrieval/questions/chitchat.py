"""Small talk, recognised by its words: it is answered by the interface, never by a passage."""

from collections.abc import Sequence
from functools import cache

from retrieval.languages.reading import words_of_all
from retrieval.questions.phrases import folded
from retrieval.text.forms import Token

_LONGEST = 12
"""Small talk is short: a text with more words than this is always searched."""
_REASONS = ("greeting", "goodbye", "thanks")
"""In the order in which they are looked for: `cảm ơn, tạm biệt` is a goodbye."""
_FILLER = "filler"
Phrases = frozenset[tuple[str, ...]]


def small_talk(question: Sequence[Token]) -> str | None:
    """`greeting`, `goodbye`, `thanks`, or `unclear` for a text without a single word; None for a real question."""
    words = [token.folded for token in question]
    if not words:
        return "unclear"
    if len(words) > _LONGEST:
        return None
    phrases = _phrases()
    known = frozenset().union(*phrases.values())
    return next((reason for reason in _REASONS if _made_of(words, phrases[reason], known)), None)


def _made_of(words: Sequence[str], core: Phrases, known: Phrases) -> bool:
    """Whether known phrases cover `words` with at least one of the core among them."""
    longest = max(len(phrase) for phrase in known)
    # reachable[i]: the first i words can be covered, False without and True with a core phrase
    reachable: list[set[bool]] = [{False}] + [set() for _ in words]
    for i in range(len(words)):
        for length in range(1, min(longest, len(words) - i) + 1):
            phrase = tuple(words[i : i + length])
            if phrase in known:
                reachable[i + length] |= {with_core or phrase in core for with_core in reachable[i]}
    return True in reachable[-1]


@cache
def _phrases() -> dict[str, Phrases]:
    """Of all languages together, without marks."""
    kinds = (*_REASONS, _FILLER)
    return {kind: frozenset(map(folded, words_of_all("small_talk", kind))) for kind in kinds}
