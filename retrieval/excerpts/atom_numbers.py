"""A number as a text writes it: what it is worth, or that nobody can tell."""

from decimal import Decimal
from functools import lru_cache
from typing import Literal

import regex

from retrieval.excerpts.atom_words import any_word, scales

Mark = Literal[",", "."]

DIGITS = r"[0-9]+(?:[.,][0-9]+)*"
_GROUPED = {mark: regex.compile(rf"[0-9]{{1,3}}(?:{regex.escape(mark)}[0-9]{{3}})+") for mark in (".", ",")}
_COMMA = regex.compile(
    r"(?<![0-9.,])(?:[0-9]+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+)(?![0-9]|[.,][0-9])"
)
"""A number that only those write whose decimals stand behind a comma."""
_POINT = regex.compile(
    rf"(?<![0-9.,])(?:[0-9]+\.[0-9]{{1,2}}(?= ?%| {any_word(scales())})"
    r"|[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+)(?![0-9]|[.,][0-9])"
)


@lru_cache(maxsize=256)
def decimal_marks(text: str) -> frozenset[Mark]:
    """What decimals surely stand behind in `text`: a comma, as Vietnamese write, a point, both, or nothing tells."""
    found: set[Mark] = set()
    if _COMMA.search(text):
        found.add(",")
    if _POINT.search(text):
        found.add(".")
    return frozenset(found)


def read_number(digits: str, marks: frozenset[Mark]) -> Decimal | None:
    """The value of `digits` in a text with these decimal marks; None where they may be worth two things.

    `1.234` is a thousand and more, unless the text writes decimals with a point; `1,234` may be either.
    """
    if digits.isdigit():
        return Decimal(digits)
    if "." in digits and "," in digits:
        return _with_both(digits)
    mark: Mark = "." if "." in digits else ","
    whole, *rest = digits.split(mark)
    if len(rest) > 1:
        return Decimal(digits.replace(mark, "")) if _GROUPED[mark].fullmatch(digits) else None
    decimal = Decimal(f"{whole}.{rest[0]}")
    if not _GROUPED[mark].fullmatch(digits) or whole == "0":
        return decimal
    other: Mark = "," if mark == "." else "."
    if mark == "." and "." not in marks:
        return Decimal(whole + rest[0])
    return Decimal(whole + rest[0]) if marks == {other} else None


def _with_both(digits: str) -> Decimal | None:
    """`1.234,5` and `1,234.5`: the mark that stands once, at the end, is that of decimals."""
    decimal: Mark = "," if digits.rfind(",") > digits.rfind(".") else "."
    group: Mark = "." if decimal == "," else ","
    whole, *rest = digits.split(decimal)
    if len(rest) != 1 or not _GROUPED[group].fullmatch(whole):
        return None
    return Decimal(f"{whole.replace(group, '')}.{rest[0]}")
