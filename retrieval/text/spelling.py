"""One spelling for letters that look alike or are typed in several ways: for words and for what is embedded.

What is shown stays as it stands in its article. Older Vietnamese texts have `Ð` (eth) for `Đ`, or a D with a combining
stroke; Russian is written with or without `ё`; copied words mix Latin with Cyrillic letters of the same shape.
"""

import unicodedata

import regex

_STROKES = "\u0335\u0336\u0337\u0338"
_RARE = regex.compile(rf"[ÐðƉɖЁё\u2010\u2011{_STROKES}]")
_ETH = regex.compile(r"(?<![\p{L}\p{M}])[ÐðƉɖ]")
"""Vietnamese has its `đ` at the beginning of a syllable alone, Icelandic its eth never there."""
_STROKED = regex.compile(rf"([Dd])[{_STROKES}]")
_PLAIN = str.maketrans({"ё": "е", "Ё": "Е", "\u2010": "-", "\u2011": "-"})
_CYRILLIC, _LATIN = regex.compile(r"\p{Cyrillic}"), regex.compile(r"\p{Latin}")
_SEAM = regex.compile(r"\p{Latin}\p{Cyrillic}|\p{Cyrillic}\p{Latin}")
_WORD = regex.compile(r"\p{L}+")
_TO_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ")
_STRAIGHT = str.maketrans("’‘´ʼ", "''''")
_TO_LATIN = {ord(there): chr(here) for here, there in ((k, chr(v)) for k, v in _TO_CYRILLIC.items())}


def respelled(text: str) -> str:
    """`text`, in NFC, as it is compared and embedded; most texts come back as they are."""
    if text.isascii():
        return text
    if _RARE.search(text):
        text = _STROKED.sub(lambda found: _stroke(found[1]), text).translate(_PLAIN)
        text = _ETH.sub(lambda found: _stroke(found[0]), text)
    return _WORD.sub(lambda found: _in_one_script(found[0]), text) if _SEAM.search(text) else text


def plain_letters(word: str) -> str:
    """A word of full-width, mathematical or joined letters in ordinary ones: `ﬁ` is fi; apostrophes are straight."""
    return word if word.isascii() else unicodedata.normalize("NFKC", word.translate(_STRAIGHT))


def plain_digits(number: str) -> str:
    """Full-width and other decimal digits as 0 to 9; raised and enclosed ones stay: 10⁴ is not 104."""
    if number.isascii():
        return number
    return "".join(str(unicodedata.decimal(c, c)) for c in number)


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
