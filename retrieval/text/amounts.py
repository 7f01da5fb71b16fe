"""Amounts and shares in one form: `4,1 tỷ`, `4.1bn`, `4,1 млрд`; `500k`, `500 nghìn`; `20%`, `20 phần trăm`."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from retrieval.languages.reading import words_of_all
from retrieval.text.forms import Token, exact_form, fold

_NUMBER = regex.compile(r"[0-9]+(?:\.[0-9]+)?")
_MAGNITUDES = {
    1e3: words_of_all("amounts", "thousand"),
    1e6: words_of_all("amounts", "million"),
    1e9: words_of_all("amounts", "billion"),
    1e12: words_of_all("amounts", "trillion"),
}
_FACTORS = {fold(word): factor for factor, words in _MAGNITUDES.items() for word in words}
_WRITTEN = {exact_form(word) for words in _MAGNITUDES.values() for word in words}
_LETTERS = {"k": 1e3, "к": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_CURRENCIES = frozenset(
    ("usd", "eur", "vnd", "rub", *fold(" ".join(words_of_all("amounts", "currencies"))).split())
)
_PER_CENT = [tuple(fold(said).split()) for said in words_of_all("amounts", "per_cent")]
_LARGE = 10_000
"""From here on a plain number is an amount: below it may be a year."""
_GROUPED = 1000
"""From here on one that is written with grouping marks."""


class _Scaled(NamedTuple):
    """A number with its magnitudes: what it amounts to, the least of them, and where it ends among the words."""

    amount: float
    factor: float
    end: int


def amounts(tokens: Sequence[Token]) -> Iterator[str]:
    """The amounts in `tokens` as `=4.1e+09`, the shares as `%20`, in order.

    `30 nghìn tỷ` has two magnitudes, `1 triệu 200 nghìn` two parts, `1tr2` a last digit of the same magnitude.
    """
    words = [token.folded for token in tokens]
    position = 0
    while position < len(words):
        if not _NUMBER.fullmatch(words[position]):
            position += 1
            continue
        found = _whole(tokens, words, position)
        if found is not None:
            yield f"={found.amount:.6g}"
        elif value := _plain(tokens[position], words, position):
            yield value
        position = found.end if found else position + 1


def _plain(token: Token, words: Sequence[str], i: int) -> str | None:
    """A share, or a number too large for anything but an amount."""
    if token.unit == "%" or any(tuple(words[i + 1 : i + 1 + len(said)]) == said for said in _PER_CENT):
        return f"%{float(token.folded):.6g}"
    grouped = token.end - token.start > len(token.folded)
    number = float(token.folded)
    return f"={number:.6g}" if number >= (_GROUPED if grouped else _LARGE) else None


def _whole(tokens: Sequence[Token], words: Sequence[str], i: int) -> _Scaled | None:
    """The amount that begins with the number `i`; None for one without a magnitude."""
    found = _scaled(tokens, words, i)
    if found is None:
        return None
    if rest := _last_digits(tokens, words, found):
        return rest
    while (
        (more := _scaled(tokens, words, found.end))
        and more.amount < found.factor
        and _near(tokens, found.end)
    ):
        found = _Scaled(found.amount + more.amount, more.factor, more.end)
    return found


def _near(tokens: Sequence[Token], i: int) -> bool:
    """Whether one blank parts token `i` from the one before it."""
    return tokens[i].start - tokens[i - 1].end == 1


def _scaled(tokens: Sequence[Token], words: Sequence[str], i: int) -> _Scaled | None:
    if i >= len(words) or not _NUMBER.fullmatch(words[i]):
        return None
    factor, position = 1.0, i + 1
    while position < len(words) and (times := _factor(tokens, words, position)):
        factor *= times
        position += 1
    return _Scaled(float(words[i]) * factor, factor, position) if position > i + 1 else None


def _factor(tokens: Sequence[Token], words: Sequence[str], i: int) -> float | None:
    """What the word `i`, behind a number, multiplies by. Marks that are written count: `5 ngân hàng` are five."""
    token = tokens[i]
    as_written = token.exact == token.folded or token.exact in _WRITTEN
    if as_written and (factor := _FACTORS.get(token.folded)):
        return factor
    attached = tokens[i - 1].end == token.start
    if token.folded in ("k", "к") and attached:
        return 1e3
    followed = i + 1 < len(words) and words[i + 1] in _CURRENCIES
    if token.folded in _LETTERS and (tokens[i - 1].unit == "$" or (attached and followed)):
        return _LETTERS[token.folded]
    return None


def _last_digits(tokens: Sequence[Token], words: Sequence[str], found: _Scaled) -> _Scaled | None:
    """`1tr2` is 1.2 million, `1tr250` 1.25: digits that are typed together with the magnitude; `2 triệu rưỡi` 2.5."""
    if found.end >= len(words):
        return None
    if words[found.end] == "ruoi":
        return _Scaled(found.amount + found.factor / 2, found.factor, found.end + 1)
    digits, attached = words[found.end], tokens[found.end].start == tokens[found.end - 1].end
    if not (attached and digits.isascii() and digits.isdigit() and len(digits) <= 3):
        return None
    return _Scaled(found.amount + found.factor * float(f"0.{digits}"), found.factor, found.end + 1)
