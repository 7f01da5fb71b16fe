"""Text primitives that indexing and asking share: normal form, spelling, folding, tokens.

Letters that look alike or are typed in several ways have one spelling, in words and in what is embedded; what is shown
stays as it stands in its article. Older Vietnamese texts have `Ð` (eth) for `Đ`, or a D with a combining stroke;
Russian is written with or without `ё`; copied words mix Latin with Cyrillic letters of the same shape.

`TEXT_VERSION` is written into every index: change it whenever a function here changes what it returns.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from retrieval.article import Span
from retrieval.text.numbers import BEGINNINGS, DASH, RAISED, canonical_number, numeral

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

_STROKES = "\u0335\u0336\u0337\u0338"
_RARE = regex.compile(rf"[ÐðƉɖЁё\u2010\u2011{_STROKES}]")
_ETH = regex.compile(r"(?<![\p{L}\p{M}])[ÐðƉɖ]")
"""Vietnamese has its `đ` at the beginning of a syllable alone, Icelandic its eth never there."""
_STROKED = regex.compile(rf"([Dd])[{_STROKES}]")
_PLAIN = str.maketrans({"ё": "е", "Ё": "Е", "\u2010": "-", "\u2011": "-"})
_CYRILLIC, _LATIN = regex.compile(r"\p{Cyrillic}"), regex.compile(r"\p{Latin}")
_SEAM = regex.compile(r"\p{Latin}\p{Cyrillic}|\p{Cyrillic}\p{Latin}")
_IS_CYRILLIC = re.compile("[\u0400-\u052f\u1c80-\u1c8f\u1d2b\u1d78\u2de0-\u2dff\ua640-\ua69f\ufe2e\ufe2f]")
_LETTERS = regex.compile(r"\p{L}+")
_TO_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ")
_STRAIGHT = str.maketrans("’‘´ʼ", "''''")
_TO_LATIN = {ord(there): chr(here) for here, there in ((k, chr(v)) for k, v in _TO_CYRILLIC.items())}

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_NUMERAL = rf"[\p{{N}}--[{RAISED}]]"
_HYPHENED = (
    rf"(?=\d)(?<![\p{{N}}\p{{Pd}}])(?:\d{{4}}({DASH})\d\d?\1\d\d?|\d\d?({DASH})\d\d?\2\d{{4}}"
    r"|(?:0?[1-9]|1[0-2])-(?:19|20)\d\d)(?![\p{N}\p{Pd}])"
)
_TOKEN = regex.compile(
    rf"{_HYPHENED}|{_NUMERAL}+(?:[.,/]{_NUMERAL}+)*|[{RAISED}]+"
    r"|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]\p{M}*|(?:\p{L}\p{M}*)+(?:['’‘´]\p{L}+)?",
    regex.V1,
)
"""Raised and lowered digits are numbers of their own: 10⁴ is `10` and `4`, m² is `m` and `2`, as people type them."""
_BARRED = str.maketrans("đðɖ", "ddd")
_POSSESSIVE = regex.compile(r"['’]s?$")


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


def respelled(text: str) -> str:
    """`text`, in NFC, as it is compared and embedded; most texts come back as they are."""
    if text.isascii():
        return text
    if _RARE.search(text):
        text = _STROKED.sub(lambda found: _stroke(found[1]), text).translate(_PLAIN)
        text = _ETH.sub(lambda found: _stroke(found[0]), text)
    # Few texts have a Cyrillic letter at all, and a class of letters is searched thirty times as fast.
    mixed = _IS_CYRILLIC.search(text) and _SEAM.search(text)
    return _LETTERS.sub(lambda found: _in_one_script(found[0]), text) if mixed else text


def _plain_letters(word: str) -> str:
    """A word of full-width, mathematical or joined letters in ordinary ones: `ﬁ` is fi; apostrophes are straight."""
    return word if word.isascii() else unicodedata.normalize("NFKC", word.translate(_STRAIGHT))


def _stroke(letter: str) -> str:
    return "Đ" if letter in "ÐƉD" else "đ"


def _in_one_script(word: str) -> str:
    """A word of Latin and Cyrillic letters in the one script that all of them may be of, if there is one."""
    latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
    if not (latin and cyrillic):
        return word
    in_cyrillic, in_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    wholly_cyrillic, wholly_latin = not _LATIN.search(in_cyrillic), not _CYRILLIC.search(in_latin)
    if wholly_cyrillic and (cyrillic >= latin or not wholly_latin):
        return in_cyrillic
    return in_latin if wholly_latin else word


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
    return unicodedata.normalize("NFC", bare).translate(_BARRED)


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
    `02.04.2025` and `2025-04-02` -> `2/4/2025`; Roman numerals are numbers, see `numeral`.
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
    word = _plain_letters(respelled(written))
    return fold(word), exact_form(word)
