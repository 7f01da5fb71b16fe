"""Text primitives that indexing and asking share: normal form, folding, tokens.

`TEXT_VERSION` is written into every index: change it whenever a function here changes what it returns.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from retrieval.article import Span
from retrieval.text.roman import BEGINNINGS, compatible, numeral
from retrieval.text.spelling import plain_digits, plain_letters, respelled

TEXT_VERSION = 3

_LINE_BREAKS = regex.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = regex.compile(
    r"[\u00ad\u034f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|[\p{Cc}--[\n\t]]",
    regex.V1,
)
"""Control characters, and others that nobody sees but a terminal or a chat obeys."""
_ESCAPES = regex.compile(r"\x1b(?:\[[0-?]{0,30}+[ -/]{0,4}+[@-~]|\][^\x07\x1b\n]{0,300}+(?:\x07|\x1b\\))")
"""Colours and titles, as what is copied from a terminal holds them."""
_SURROGATES = regex.compile(r"[\ud800-\udfff]")
_BLANKS = regex.compile(r"[^\S\n]+")
_PILES = regex.compile(r"\P{Canonical_Combining_Class=0}{31,}+")

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_ON_LINE = str.maketrans(_RAISED, "0123456789" * 2)
_NUMERAL = rf"[\p{{N}}--[{_RAISED}]]"
_DASH = r"[-\u2010-\u2013\u2212]"
_HYPHENED = (
    rf"(?=\d)(?<![\p{{N}}\p{{Pd}}])(?:\d{{4}}({_DASH})\d\d?\1\d\d?|\d\d?({_DASH})\d\d?\2\d{{4}}"
    r"|(?:0?[1-9]|1[0-2])-(?:19|20)\d\d)(?![\p{N}\p{Pd}])"
)
_TOKEN = regex.compile(
    rf"{_HYPHENED}|{_NUMERAL}+(?:[.,/]{_NUMERAL}+)*|[{_RAISED}]+"
    r"|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]\p{M}*|(?:\p{L}\p{M}*)+(?:['’‘´]\p{L}+)?",
    regex.V1,
)
"""Raised and lowered digits are numbers of their own: 10⁴ is `10` and `4`, m² is `m` and `2`, as people type them."""
_DATE = regex.compile(r"([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{4}))?")
_YEAR_FIRST = regex.compile(rf"([0-9]{{4}})([./]|{_DASH})([0-9]{{1,2}})\2([0-9]{{1,2}})")
_HYPHENED_DATE = regex.compile(rf"(?:([0-9]{{1,2}}){_DASH})?([0-9]{{1,2}}){_DASH}([0-9]{{4}})")
_SHORT_YEAR = regex.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})|([0-3][0-9])\.([01][0-9])\.([0-9]{2})")
_THIS_CENTURY = "70"
"""Years of two digits from here on are of the last century."""
_POSSESSIVE = regex.compile(r"['’]s?$")
_GROUPED = regex.compile(r"\d{1,3}(?:[.,]\d{3})+")


def normalise(text: str) -> str:
    """NFC, one kind of line break, single plain spaces, no invisible characters, no blanks at line ends."""
    text = _SURROGATES.sub("\ufffd", text)
    text = _ESCAPES.sub("", text) if "\x1b" in text else text
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text))
    text = unicodedata.normalize("NFC", _PILES.sub(_in_order, _BLANKS.sub(" ", text)))
    return "\n".join(line.strip(" ") for line in text.split("\n"))


def _in_order(marks: "regex.Match[str]") -> str:
    """Marks on one letter in the order of NFC, into which `unicodedata` brings a long pile in quadratic time."""
    return "".join(sorted(marks.group(), key=unicodedata.combining))


_STROKED = str.maketrans("đðɖ", "ddd")


def fold(text: str) -> str:
    """Lower case without marks: `Mã Đà` -> `ma da`, `Ёлка` -> `елка`."""
    return _fold_word(text) if len(text) < 32 else _fold(text)


def exact_form(word: str) -> str:
    """Lower case with marks, the tone moved behind the word, so that `hoà` and `hòa` are one form."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in decomposed if c in TONES)
    return "".join(c for c in decomposed if c not in TONES) + tones


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_STROKED)


_fold_word = lru_cache(maxsize=65536)(_fold)


class Token(NamedTuple):
    """A word or number of a text: `text[start:end]`, with its folded and its exact form.

    `unit` of a number: `%`, or `$` for any currency's sign, where one stands beside it, else empty.
    """

    start: int
    end: int
    folded: str
    exact: str
    unit: str = ""


def is_within(word: Token, spans: Iterable[Span]) -> bool:
    """Whether any of `spans` covers `word`."""
    return any(span.start <= word.start < span.end for span in spans)


def tokens(text: str) -> list[Token]:
    """Words, numbers and single CJK or Thai characters of `text`, in order.

    Numbers get one form whatever the writing: `135.000` and `135,000` -> `135000`, `4,1` -> `4.1`,
    `02.04.2025` and `2025-04-02` -> `2/4/2025`; Roman numerals are numbers, see `roman`.
    """
    return list(_remembered(text) if len(text) <= _PASSAGE else _tokens(text))


def _tokens(text: str) -> tuple[Token, ...]:
    spans = [found.span() for found in _TOKEN.finditer(text)]
    return tuple([_token(text, spans, i, text[start:end]) for i, (start, end) in enumerate(spans)])


def _token(text: str, spans: Sequence[tuple[int, int]], i: int, written: str) -> Token:
    start, end = spans[i]
    folded, exact = _forms(written)
    if written[0] in BEGINNINGS and (number := numeral(text, spans, i)):
        return Token(start, end, number, number)
    return Token(start, end, folded, exact, _unit(text, start, end) if folded[0].isdecimal() else "")


def _unit(text: str, start: int, end: int) -> str:
    after = text[end : end + 2].lstrip()[:1]
    if after and after in _PERCENT:
        return "%"
    return "$" if (after and after in _CURRENCIES) or text[max(0, start - 1) : start] in _CURRENCIES else ""


_PERCENT = "%٪％"
_CURRENCIES = frozenset("$€£¥₫₽")


def without_possessive(word: str) -> str:
    """`Russia's` is Russia."""
    return _POSSESSIVE.sub("", word)


def folded_words(text: str) -> list[str]:
    """The folded forms of words one by one, which cost half as much as `tokens`: Roman numerals stay letters."""
    return [_forms(found.group())[0] for found in _TOKEN.finditer(text)]


_PASSAGE = 1200
"""Texts up to this length are passages, sentences and questions: the same few are read again and again."""
_remembered = lru_cache(maxsize=1024)(_tokens)


@lru_cache(maxsize=1 << 17)
def _forms(written: str) -> tuple[str, str]:
    """Folded and exact form of a word or number."""
    if written[0].isnumeric():
        number = canonical_number(written)
        return number, number
    word = plain_letters(respelled(written))
    return fold(word), exact_form(word)


def canonical_number(written: str) -> str:
    """One form for a number or numeric date: grouping marks go, a decimal comma becomes a point.

    The day stands first, where the month could not: `2025-04-02` -> `2/4/2025`, `12/25/2024` -> `25/12/2024`.
    """
    if written[0] in _RAISED:
        return written.translate(_ON_LINE)
    written = compatible(plain_digits(written))
    if (date := _numeric_date(written)) is not None:
        # No int(): regex may know digits of a newer Unicode than Python does.
        return "/".join(part.lstrip("0") or "0" for part in date if part)
    if _GROUPED.fullmatch(written):
        return regex.sub(r"[.,]", "", written)
    return written.replace(",", ".")


def _numeric_date(written: str) -> tuple[str | None, str, str | None] | None:
    """Day, month and year as written; the day or the year may be missing."""
    if found := _YEAR_FIRST.fullmatch(written):
        year, _, month, day = found.groups()
        return _day_first(day, month, year)
    if found := _HYPHENED_DATE.fullmatch(written) or _DATE.fullmatch(written):
        first, second, year = found.groups()
        if year and first:
            return _day_first(first, second, year)
        return (first, second, year) if "/" in written or year else None
    if found := _SHORT_YEAR.fullmatch(written):
        day, month, short = (part for part in found.groups() if part)
        century = "20" if short < _THIS_CENTURY else "19"
        return _day_first(day, month, century + short)
    return None


def _day_first(day: str, month: str, year: str) -> tuple[str, str, str]:
    return (month, day, year) if int(month) > 12 >= int(day) else (day, month, year)
