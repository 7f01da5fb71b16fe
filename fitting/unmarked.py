"""Vietnamese as it is typed without marks."""

import unicodedata
from functools import cache


def without_marks(text: str) -> str:
    """As long as `text`, each letter by its base."""
    return "".join(map(_base, text))


@cache
def _base(character: str) -> str:
    if character in "đĐ":
        return "d" if character == "đ" else "D"
    return unicodedata.normalize("NFD", character)[0] if character.isalpha() else character
