"""Whether a passage holds the names of a question, across alphabets and inflections.

`Мишустина` is `Mishustin`, `То Лама` is `Tô Lâm`: names are compared as they sound, and endings may differ.
"""

from collections.abc import Iterable, Sequence

from retrieval.text.forms import Token
from retrieval.text.sounds import spell

_STEM = 0.7
"""Share of the longer form that two forms of a name must begin alike with."""
_SHORT = 3
"""A name of so few letters must be alike as a whole."""


def share_held(wanted: Sequence[Token], folded: Iterable[str]) -> float:
    """The share of the `wanted` names that are among the `folded` words of a passage; 1 where none is wanted."""
    there = set(folded)
    spelled = {spell(word) for word in there}
    held = [token.folded in there or _is_held(spell(token.folded), spelled) for token in wanted]
    return sum(held) / len(held) if held else 1.0


def _is_held(name: str, spelled: set[str]) -> bool:
    if name in spelled:
        return True
    if len(name) <= _SHORT or name[0].isnumeric():
        return False
    return any(
        _common(name, other) >= _STEM * max(len(name), len(other))
        for other in spelled
        if other[:1] == name[0]
    )


def _common(a: str, b: str) -> int:
    """How many first letters two words have in common."""
    for i, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return i
    return min(len(a), len(b))
