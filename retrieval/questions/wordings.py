"""Phrases with choices in them, found among the words of a text.

`[could|can] you [please|] tell` stands for four phrases. A word that was typed without marks matches whatever its
marks; marks that were typed count.
"""

from collections.abc import Iterable, Mapping, Sequence

import regex

from retrieval.questions.phrases import Phrase, is_written_as
from retrieval.text.forms import Token, tokens

_CHOICE = regex.compile(r"\[([^\]]*)\]")
_LONGEST = 12
"""Words of a phrase."""

Slots = Sequence[Sequence[Phrase]]
"""What may stand in each place of a phrase, nothing perhaps."""


class Wordings:
    """The phrases `written`."""

    def __init__(self, written: Iterable[str]) -> None:
        first: dict[str, list[Slots]] = {}
        for slots in map(_slots, dict.fromkeys(written)):
            for word in _first_words(slots):
                first.setdefault(word, []).append(slots)
        self._by_first: Mapping[str, Sequence[Slots]] = first

    def lengths(self, words: Sequence[Token], start: int) -> set[int]:
        """Of how many words the phrases are that stand in `words` from `start` on."""
        found: set[int] = set()
        if start < len(words):
            for slots in self._by_first.get(words[start].folded, ()):
                found |= _ends(words, start, slots)
        return {end - start for end in found if end > start}

    def longest(self, words: Sequence[Token], start: int = 0) -> int:
        """The longest of `lengths`, 0 for none."""
        return max(self.lengths(words, start), default=0)

    def longest_at_end(self, words: Sequence[Token]) -> int:
        """Of how many words the longest phrase is that `words` end with; 0 for none."""
        starts = range(max(0, len(words) - _LONGEST), len(words))
        return next((len(words) - i for i in starts if len(words) - i in self.lengths(words, i)), 0)


def covers(words: Sequence[Token], known: Sequence[Wordings], core: Wordings | None = None) -> bool:
    """Whether `words` are made of phrases that are `known`, one of the `core` among them where there is one."""
    # reached[i]: the first i words can be covered, False without and True with a core phrase
    reached: list[set[bool]] = [{core is None}, *(set[bool]() for _ in words)]
    for i in range(len(words)):
        if reached[i]:
            for length in set[int]().union(*(each.lengths(words, i) for each in known)):
                reached[i + length] |= reached[i]
            for length in core.lengths(words, i) if core else ():
                reached[i + length].add(True)
    return True in reached[-1]


def _ends(words: Sequence[Token], start: int, slots: Slots) -> set[int]:
    """Where the phrase can end that begins at `start`."""
    ends = {start}
    for choices in slots:
        ends = {end + len(each) for end in ends for each in choices if _stands(words, end, each)}
    return ends


def _stands(words: Sequence[Token], at: int, phrase: Phrase) -> bool:
    return at + len(phrase) <= len(words) and all(
        is_written_as(words[at + i], meant) for i, meant in enumerate(phrase)
    )


def _slots(phrase: str) -> Slots:
    parts = _CHOICE.split(phrase)
    slots = [
        [tuple(tokens(each)) for each in part.split("|")] if n % 2 else [tuple(tokens(part))]
        for n, part in enumerate(parts)
    ]
    return [choices for choices in slots if any(choices)]


def _first_words(slots: Slots) -> set[str]:
    """In folded form, those that the phrase may begin with."""
    found: set[str] = set()
    for choices in slots:
        found |= {each[0].folded for each in choices if each}
        if all(choices):
            break
    return found
