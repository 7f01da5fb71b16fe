"""Foreign names as they sound, so that `Лаврова` finds `Lavrov` and `Казахстане` finds `Kazakhstan`.

Cyrillic is spelled in Latin letters, what transcriptions write differently is made alike, and endings are cut off.
"""

from collections.abc import Sequence
from functools import lru_cache

from retrieval.text.forms import Token
from retrieval.text.language import is_syllable

_LATIN = dict(
    zip(
        "абвгдезиклмнопрстуфхцыэйёъьжчшщюя",
        (*"abvgdeziklmnoprstufhcieie", "", "", "j", "ch", "s", "s", "iu", "ia"),
        strict=True,
    )
)
_ALIKE = (
    ("kh", "h"),
    ("nh", "n"),
    ("sh", "s"),
    ("zh", "j"),
    ("th", "t"),
    ("ph", "f"),
    ("ts", "c"),
    ("ck", "k"),
    ("y", "i"),
    ("w", "v"),
)
_SHORTEST, _LONGEST = 4, 5
"""Letters of a word that sounds like anything, and that are kept of it: endings of Russian cases lie behind."""


@lru_cache(maxsize=1 << 16)
def spell(folded: str) -> str:
    """A folded word as it sounds, roughly, in Latin letters."""
    latin = "".join(_LATIN.get(letter, letter) for letter in folded)
    for written, alike in _ALIKE:
        latin = latin.replace(written, alike)
    return "".join(letter for i, letter in enumerate(latin) if i == 0 or letter != latin[i - 1])


def sounds(tokens: Sequence[Token]) -> list[str]:
    """The sounds of the words in `tokens` that are no Vietnamese syllables, repeats kept."""
    spelled = (spell(t.folded) for t in tokens if t.folded.isalpha() and not is_syllable(t.folded))
    return [word[:_LONGEST] for word in spelled if len(word) >= _SHORTEST]
