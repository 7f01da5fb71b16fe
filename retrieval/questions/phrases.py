"""Phrases of a language, and where they stand among the words of a question.

Compared in lower case; a word that was typed without marks matches whatever its marks.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from retrieval.text.forms import Token, tokens

Phrase = tuple[Token, ...]


class Phrases(tuple[Phrase, ...]):
    """Longest first. Those that begin with a word, in whatever marks, are found without a look at the others."""

    @classmethod
    def of(cls, written: Iterable[str]) -> "Phrases":
        return cls(sorted((tuple(tokens(phrase)) for phrase in written), key=len, reverse=True))

    @cached_property
    def by_first(self) -> Mapping[str, Sequence[Phrase]]:
        """The folded form of the first word -> the phrases, longest first."""
        first: dict[str, list[Phrase]] = {}
        for phrase in self:
            first.setdefault(phrase[0].folded, []).append(phrase)
        return first


def folded(phrase: str) -> tuple[str, ...]:
    """Its words without marks."""
    return tuple(word.folded for word in tokens(phrase))


def length_at_start(words: Sequence[Token], phrases: Phrases) -> int:
    """Of how many words the longest of `phrases` is that `words` begin with; 0 for none."""
    likely = phrases.by_first.get(words[0].folded, ()) if words else ()
    return next((len(phrase) for phrase in likely if _begins(words, phrase)), 0)


def length_at_end(words: Sequence[Token], phrases: Iterable[Phrase]) -> int:
    """Of how many words the longest of `phrases` is that `words` end with; 0 for none."""
    return max((len(p) for p in phrases if len(p) <= len(words) and _begins(words[-len(p) :], p)), default=0)


def found_in(words: Sequence[Token], phrases: Phrases) -> list[int]:
    """The positions of the words that belong to any of `phrases`."""
    found: list[int] = []
    position = 0
    while position < len(words):
        length = length_at_start(words[position:], phrases)
        found += range(position, position + length)
        position += max(length, 1)
    return found


def is_written_as(typed: Token, meant: Token) -> bool:
    """Whether `typed` is `meant`: marks that were typed count, and a word without any may have lost them."""
    return typed.exact == meant.exact or (typed.exact == typed.folded == meant.folded)


def _begins(words: Sequence[Token], phrase: Phrase) -> bool:
    return len(words) >= len(phrase) and all(map(is_written_as, words, phrase))
