"""Text primitives that indexing and asking share: normal form, folding, tokens, sentences.

`TEXT_VERSION` is written into every index: change it whenever a function here changes what it returns.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from retrieval.article import Span

TEXT_VERSION = 2

_LINE_BREAKS = regex.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = regex.compile(r"[\u00ad\u200b\u2060\ufeff]|[\p{Cc}--[\n\t]]", regex.V1)
_SURROGATES = regex.compile(r"[\ud800-\udfff]")
_BLANKS = regex.compile(r"[^\S\n]+")
_PILES = regex.compile(r"\P{Canonical_Combining_Class=0}{31,}+")

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TOKEN = regex.compile(
    r"\p{N}+(?:[.,/]\p{N}+)*|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]\p{M}*|(?:\p{L}\p{M}*)+(?:['’]\p{L}+)?"
)
_DATE = regex.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?")
_POSSESSIVE = regex.compile(r"['’]s?$")
_GROUPED = regex.compile(r"\d{1,3}(?:[.,]\d{3})+")


def normalise(text: str) -> str:
    """NFC, one kind of line break, single plain spaces, no invisible characters, no blanks at line ends."""
    text = _SURROGATES.sub("\ufffd", text)
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text))
    text = unicodedata.normalize("NFC", _PILES.sub(_in_order, _BLANKS.sub(" ", text)))
    return "\n".join(line.strip(" ") for line in text.split("\n"))


def _in_order(marks: "regex.Match[str]") -> str:
    """Marks on one letter in the order of NFC, into which `unicodedata` brings a long pile in quadratic time."""
    return "".join(sorted(marks.group(), key=unicodedata.combining))


def fold(text: str) -> str:
    """Lower case without marks: `Mã Đà` -> `ma da`, `Ёлка` -> `елка`."""
    return _fold_word(text) if len(text) < 32 else _fold(text)


def exact_form(word: str) -> str:
    """Lower case with marks, the tone moved behind the word, so that `hoà` and `hòa` are one form."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in decomposed if c in _TONES)
    return "".join(c for c in decomposed if c not in _TONES) + tones


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).replace("đ", "d")


_fold_word = lru_cache(maxsize=65536)(_fold)


class Token(NamedTuple):
    """A word or number of a text: `text[start:end]`, with its folded and its exact form."""

    start: int
    end: int
    folded: str
    exact: str


def tokens(text: str) -> list[Token]:
    """Words, numbers and single CJK or Thai characters of `text`, in order.

    Numbers get one form whatever the writing: `135.000` and `135,000` -> `135000`, `4,1` -> `4.1`,
    `02.04.2025` -> `2/4/2025`.
    """
    return list(_remembered(text) if len(text) <= _PASSAGE else _tokens(text))


def _tokens(text: str) -> tuple[Token, ...]:
    return tuple([Token._make((*m.span(), *_forms(m.group()))) for m in _TOKEN.finditer(text)])


def without_possessive(word: str) -> str:
    """`Russia's` is Russia."""
    return _POSSESSIVE.sub("", word)


def folded_words(text: str) -> list[str]:
    """The folded forms of `tokens` alone, which cost half as much."""
    return [_forms(written)[0] for written in _TOKEN.findall(text)]


_PASSAGE = 1200
"""Texts up to this length are passages, sentences and questions: the same few are read again and again."""
_remembered = lru_cache(maxsize=1024)(_tokens)


@lru_cache(maxsize=1 << 17)
def _forms(written: str) -> tuple[str, str]:
    """Folded and exact form of a word or number."""
    if written[0].isnumeric():
        number = canonical_number(written)
        return number, number
    return fold(written), exact_form(written)


def canonical_number(written: str) -> str:
    """One form for a number or numeric date: grouping marks go, a decimal comma becomes a point."""
    if date := _DATE.fullmatch(written):
        day, month, year = date.groups()
        if "/" in written or year:
            # No int(): regex may know digits of a newer Unicode than Python does.
            return "/".join(part.lstrip("0") or "0" for part in (day, month, year) if part)
    if _GROUPED.fullmatch(written):
        return regex.sub(r"[.,]", "", written)
    return written.replace(",", ".")


_ABBREVIATIONS = frozenset(
    "tp ts ths gs pgs bs ks cn tt st tx ub tr mr mrs ms dr prof st no vs vol fig gen sen rep gov inc ltd co jr sr "
    "г гг ул им т е д стр см рис тыс млн млрд руб просп пр обл р".split()
)
# A run of marks is looked at from its beginning alone, or a long one would be looked at from each of its marks.
_BOUNDARY = regex.compile(r"""(?<![.!?…。！？])[.!?…。！？]++["'”’»)\]]*+(?=\s|$)|(?<=[。！？])|\n+""")
_HARD_STOPS = ("\n", "。", "！", "？", "")
_LAST_WORD = regex.compile(r"[\p{L}\p{M}]+$")
_BLANK = regex.compile(r"\s*")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences in `text[start:end]`, without surrounding blanks, in order.

    A line break always ends a sentence; a full stop does not after an abbreviation or an initial, nor before
    a small letter.
    """
    end = len(text) if end is None else end
    spans, begin = [], start
    for cut in _cuts(text, start, end):
        spans.append(_stripped(text, begin, cut))
        begin = cut
    spans.append(_stripped(text, begin, end))
    return [span for span in spans if span.start < span.end]


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    for match in _BOUNDARY.finditer(text[start:end]):  # cut out: what stands before it does not count
        stop, after = start + match.start(), start + match.end()
        if match.group()[:1] in _HARD_STOPS or _ends_sentence(text, stop, after, end):
            yield after


def _ends_sentence(text: str, stop: int, after: int, end: int) -> bool:
    """Whether the mark at `stop` closes a sentence, rather than an abbreviation, an initial or a quote inside."""
    blank = _BLANK.match(text, after, end)
    following = blank.end() if blank else after
    if following < end and text[following].islower():
        return False
    word = _LAST_WORD.search(text, max(0, stop - 20), stop)
    if word is None or text[stop:after] != ".":
        return True
    written = word.group()
    return not (written.lower() in _ABBREVIATIONS or (len(written) == 1 and written.isupper()))


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
