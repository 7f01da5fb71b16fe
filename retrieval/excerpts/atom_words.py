"""The words of `[atoms]` in the language of the collection, as patterns."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

import regex

from retrieval.languages.reading import VIETNAMESE, of

END = r"(?![\p{L}\p{M}\p{N}])"
"""What ends a word."""


@cache
def table(name: str) -> Mapping[str, str]:
    """By word, in lower case, the key under which it stands in the table `name`."""
    return {word.lower(): key for key, words in of(VIETNAMESE, "atoms", name).items() for word in words}


def words_of(name: str) -> list[str]:
    """The words of the table `name`, as they are written."""
    return [word for words in of(VIETNAMESE, "atoms", name).values() for word in words]


@cache
def listed(name: str) -> frozenset[str]:
    """The words of the list `name`, in lower case."""
    return frozenset(word.lower() for word in written(name))


def written(name: str) -> list[str]:
    """The words of the list `name`, as they are written."""
    words: list[str] = of(VIETNAMESE, "atoms", name)
    return words


def any_word(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest that fits, whole."""
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(_whole(word) for word in longest_first) + ")"


def _whole(word: str) -> str:
    escaped = regex.escape(word, literal_spaces=True)
    return escaped + END if word[-1].isalnum() else escaped


@cache
def scales() -> Mapping[str, Decimal]:
    """What a number is multiplied by before each word."""
    return {word: Decimal(key) for word, key in table("scales").items()}


@cache
def number_words() -> Mapping[str, Decimal]:
    """Numbers that are written as words."""
    return {word: Decimal(key) for word, key in table("words").items()}


@cache
def month_words() -> Mapping[str, int]:
    """Months by the name behind `tháng`; those of the lunar year are none."""
    months: list[list[str]] = of(VIETNAMESE, "dates", "months")
    return {names[0].split(" ", 1)[1]: number for number, names in enumerate(months, 1)}


def words_before(text: str, position: int, count: int = 1) -> str:
    """The `count` words before what begins at `position`, in lower case, with the punctuation behind them."""
    start = max(0, position - 40)
    words = text[start:position].lower().split(" ")
    return " ".join(words[-count - 1 : -1]).lstrip("(“\"'‘[") if words[-1] == "" else ""
