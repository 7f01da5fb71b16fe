"""Text from before UTF-8: which code page its bytes are in, as far as they tell.

Each way of telling fits one family: Vietnamese by its syllables, Latin alphabets by the letters and the frequent words
of their languages, other alphabets by charset-normalizer, which cannot be trusted to tell the Latin ones apart.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from retrieval.text.language import detect_language, is_syllable

_SAMPLE = 20_000


class _Latin(NamedTuple):
    """A language: the code pages it was written in, its letters beyond a to z, some of its words that have them."""

    pages: tuple[str, ...]
    letters: frozenset[str]
    words: frozenset[str]


def _latin(pages: str, letters: str, words: str) -> _Latin:
    return _Latin(tuple(pages.split()), frozenset(letters), frozenset(words.split()))


_LATIN = {
    "en": _latin("cp1252", "áàâäåæçéèêëíîïñóôöøúûü", "café"),
    "fr": _latin(
        "cp1252", "àâæçéèêëîïôœùûüÿ", "à été même être où très après déjà là ça français première années"
    ),
    "de": _latin("cp1252", "äöüßé", "für über können müssen würde während größte später wäre möglich zurück"),
    "es": _latin(
        "cp1252", "áéíñóúüªº¿¡", "más también está según años después país él qué así además día había"
    ),
    "pt": _latin("cp1252", "áâãàçéêíóôõúªº", "não são está também até já três mês você após então à é"),
    "it": _latin("cp1252", "àèéìòùî", "è più perché già però città così può sarà cioè"),
    "nl": _latin("cp1252", "éëèïöüêç", "één zoëven categorieën België coördinatie"),
    "sv": _latin("cp1252", "åäöé", "är för på från också när så där även över två måste att"),
    "da": _latin("cp1252", "æøåéó", "på også når år så må få før første være været både"),
    "fi": _latin("cp1252", "äöåé", "että myös hän sekä jälkeen tämä välillä"),
    "is": _latin("cp1252", "áéíóúýþæöð", "að það á við þegar hefur ísland"),
    "cs": _latin("cp1250 iso8859_2", "áčďéěíňóřšťúůýž", "že být která který při není též může také již mezi"),
    "sk": _latin("cp1250 iso8859_2", "áäčďéíĺľňóôŕšťúýž", "že sú ktoré ktorý pri môže už"),
    "pl": _latin(
        "cp1250 iso8859_2", "ąćęłńóśźż", "się że też są być który która także będzie może przez między"
    ),
    "hu": _latin("cp1250 iso8859_2", "áéíóöőúüű", "és több már így után őket között első még"),
    "ro": _latin("cp1250 iso8859_2", "ăâîşţ", "şi în să că pentru către după câte fără"),
    "hr": _latin("cp1250 iso8859_2", "čćđšž", "će što više može također če še že več tudi"),
    "tr": _latin("cp1254", "çğıiöşüâî\u0307", "için olduğunu çok değil şekilde göre büyük olduğu karşı"),
    "et": _latin("cp1257", "äõöüšž", "või ühe üle töö kõik"),
    "lv": _latin("cp1257", "āčēģīķļņšūž", "ir šī viņa būs arī vairāk"),
    "lt": _latin("cp1257", "ąčęėįšųūž", "šią būti tačiau jų už"),
}
_PUNCTUATION = frozenset("“”„‘’‚–—…«»‹›©®°§€£•\u00a0·™")
_OTHERS = "cp1251 koi8_r cp866 iso8859_5 cp1253 cp1255 cp1256 gb18030 big5 shift_jis euc_jp euc_kr".split()

_FIT, _MOSTLY_PLAIN = 0.98, 0.4
"""Share of a text's other characters that its language knows; share of letters in its words that may be such."""
_TELLING = 0.05
_CONTROL = regex.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")


def guess_code_page(data: bytes) -> str | None:
    """The name of Python's codec for bytes that are not UTF-8, None when they do not tell."""
    sample = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    if _CONTROL.search(sample):
        return None
    if _is_vietnamese(sample):
        return "cp1258"
    return _latin_page(sample) or _page_of_another_alphabet(sample)


def _is_vietnamese(data: bytes) -> bool:
    words = _marked(_decoded(data, "cp1258"))
    return len(words) > 1 and sum(map(is_syllable, words)) >= 0.8 * len(words)


def _latin_page(data: bytes) -> str | None:
    """The page whose text suits its language best, unless another page makes as good a text of another wording."""
    found = sorted(_suits(data), reverse=True)
    if not found:
        return None
    best, page = found[0]
    text = _decoded(data, page)
    rivals = {_decoded(data, each) for score, each in found if score == best or best < _TELLING}
    return page if rivals == {text} else None


def _suits(data: bytes) -> Iterator[tuple[float, str]]:
    for code, language in _LATIN.items():
        for page in language.pages:
            text = _decoded(data, page)
            if text and _fits(text, language):
                words = _marked(text)
                familiar = sum(word.lower() in language.words for word in words) / max(1, len(words))
                yield familiar + (detect_language(text[:2000]).code == code), page


def _fits(text: str, language: _Latin) -> bool:
    others = [character for character in text.lower() if not character.isascii()]
    letters = "".join(_marked(text)).lower()
    known = sum(character in language.letters or character in _PUNCTUATION for character in others)
    plain = sum(map(str.isascii, letters))
    return known >= _FIT * len(others) and len(letters) - plain <= _MOSTLY_PLAIN * len(letters) + 1


def _page_of_another_alphabet(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_OTHERS).best()
    known = best is not None and best.chaos < 0.1 and best.coherence > 0.2
    return best.encoding if best is not None and known else None


def _marked(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isascii()]


@lru_cache(maxsize=8)
def _decoded(data: bytes, page: str) -> str:
    """Blank when the bytes are not of that page."""
    try:
        return unicodedata.normalize("NFC", data.decode(page))
    except UnicodeDecodeError:
        return ""
