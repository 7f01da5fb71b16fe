"""Vietnamese as it was typed before Unicode: text whose letters only a TCVN3 (ABC) or a VNI font shows right.

Such text looks like Latin-1: `ViÖt Nam` in TCVN3 (one byte a letter, Vietnam's standard TCVN 5712:1993), `Vieät Nam`
in VNI (a vowel, then a letter for its marks). It would be indexed and never found, so it is refused by name.
"""

import unicodedata
from collections.abc import Callable

import regex

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.text.language import is_syllable

_SAMPLE = 20_000
_FEWEST = 4
"""Marked words, below which a text tells nothing: `Müller` and `naïve` stand in any language."""
_MARKED, _ALL, _GAIN = 0.8, 0.5, 0.3
"""Shares of different words that conversion makes Vietnamese: of the marked ones, of all; how many more than before."""

_TCVN3_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = {first + n: letter for first, letters in _TCVN3_LETTERS.items() for n, letter in enumerate(letters)}
_TCVN3[0x3BC] = "à"  # the Greek mu, which some converters make of the micro sign

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_VNI_PAIR = regex.compile(rf"([aeouyôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])")

_TAG = regex.compile(r"<[^<>]{1,500}>")
_WORD = regex.compile(r"[\p{L}\p{M}\u00a1-\u00bf\u03bc]+")
_QUOTES = "«»¡¿"


def require_unicode(text: str) -> None:
    """Raises SourceError when `text`, not yet normalised, is Vietnamese in a font's own encoding."""
    sample = _TAG.sub(" ", text[:_SAMPLE])
    words = sorted({word.strip(_QUOTES) for word in _WORD.findall(sample)})
    for name, convert in (("TCVN3 (ABC)", from_tcvn3), ("VNI", from_vni)):
        if _becomes_vietnamese(words, convert):
            raise SourceError(Reason.of(Problem.FONT_ENCODING, name=name))


def from_tcvn3(text: str) -> str:
    """`ViÖt` -> `Việt`."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """`Vieät` -> `Việt`; in lower case."""
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, text.lower()))


def _vni_letter(match: regex.Match[str]) -> str:
    vowel, mark, letter = match.groups()
    return _VNI_LETTERS[letter] if letter else _VNI_LETTERS.get(vowel, vowel) + _VNI_MARKS[mark]


def _becomes_vietnamese(words: list[str], convert: Callable[[str], str]) -> bool:
    marked = [word for word in words if not word.isascii()]
    if len(marked) < _FEWEST:
        return False
    becomes = _share([convert(word) for word in marked])
    return (
        becomes >= max(_MARKED, _share(marked) + _GAIN) and _share([convert(word) for word in words]) >= _ALL
    )


def _share(words: list[str]) -> float:
    """Vietnamese syllables among the words."""
    return sum(map(is_syllable, words)) / len(words)
