"""Which language a question or an article is written in, and whether Vietnamese was typed without its marks.

Scripts decide first. Latin text is a vote of words: function words speak for their language, and a word that is
built like a Vietnamese syllable (an onset and a rhyme, see `is_syllable`) speaks for Vietnamese, more so with marks.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

from retrieval.languages.reading import VIETNAMESE, of, of_each, recognised
from retrieval.text.forms import TONES, fold, respelled

_ENOUGH_WORDS = 400
"""Words read of a long text: more do not change the verdict."""

_ONSETS_WRITTEN = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RHYMES_WRITTEN = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc
    oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh
    uơ uy uya uych uyêt uyên uynh uyp uyt uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương
    ươp ươt ươu y yêm yên yêng yêt yêu
"""
_ONSETS = frozenset(_ONSETS_WRITTEN.split()) | {""}
_RHYMES = frozenset(_RHYMES_WRITTEN.split())
_FRONT = tuple("eêiy")
_BARE_RHYMES = frozenset(fold(rhyme) for rhyme in _RHYMES)

_FUNCTIONS = {
    code: frozenset(words)
    for code, words in (of_each("detection", "function_words") | recognised()["function_words"]).items()
}
_BARE_VIETNAMESE = frozenset(map(fold, _FUNCTIONS[VIETNAMESE]))
_CHAT_WORDS = frozenset(of(VIETNAMESE, "detection", "chat_words"))
"""Abbreviations that are no syllables and hardly words of another language."""
_PLAIN = tuple(of_each("detection", "plain_words"))
"""Languages for which a word of ASCII letters speaks a little."""

_WORD = regex.compile(r"(?:\p{L}\p{M}*)+")
_SCRIPTS = {
    **recognised()["scripts"],
    **{code: [script] for code, script in of_each("detection", "script").items()},
}
_BY_SCRIPT = {
    code: regex.compile("|".join(rf"\p{{{script}}}" for script in scripts))
    for code, scripts in _SCRIPTS.items()
}
_LETTERS = recognised()["letters"]
"""By the language that a script is taken for, letters that only a neighbour of it has."""
_FOREIGN_SHARE = 0.3
"""Share of letters from which a script decides, however the text begins."""
_QUESTION_LETTERS = 200
"""In a text this short the script of the first word decides: `кто поёт ...` may go on with a long Latin title."""


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code, or `und` when nothing tells; `unaccented` is True for Vietnamese without any marks."""

    code: str
    unaccented: bool = False


def detect_language(text: str) -> Language:
    """The language of a question or an article; never fails, empty text is `und`."""
    text = respelled(unicodedata.normalize("NFC", text[:20_000]))
    return _by_script(text) or _of_latin(_WORD.findall(text)[:_ENOUGH_WORDS])


def is_syllable(word: str) -> bool:
    """Whether `word` is built like a Vietnamese syllable, with its marks or with none of them."""
    return _is_syllable(word.lower())


def _by_script(text: str) -> Language | None:
    counts = Counter({code: len(pattern.findall(text)) for code, pattern in _BY_SCRIPT.items()})
    letters = sum(map(str.isalpha, text))
    code, count = counts.most_common(1)[0]
    first = _WORD.search(text)
    begins = letters <= _QUESTION_LETTERS and first is not None and _BY_SCRIPT[code].match(first.group())
    if not count or (count < _FOREIGN_SHARE * letters and not begins):
        return None
    if code == "zh" and counts["ja"]:
        return Language("ja")
    lower = text.lower()
    of_neighbours = _LETTERS.get(code, {}).items()
    return Language(next((other for other, letters in of_neighbours if any(map(lower.count, letters))), code))


def _of_latin(words: list[str]) -> Language:
    votes = dict.fromkeys(_FUNCTIONS, 0.0)
    for word in words:
        for code, vote in _votes(word).items():
            votes[code] += vote
    best = max(votes, key=lambda code: votes[code])
    if votes[best] < 0.2:  # one plain word of no known language says nothing
        return Language("und")
    return Language(best, unaccented=best == VIETNAMESE and not any(map(_has_vietnamese_mark, words)))


@lru_cache(maxsize=65536)
def _votes(word: str) -> Mapping[str, float]:
    lower = word.lower()
    votes = {code: 2.0 for code, functions in _FUNCTIONS.items() if code != VIETNAMESE and lower in functions}
    votes[VIETNAMESE] = _vietnamese_vote(word, lower)
    if votes[VIETNAMESE] < 0 and lower.isascii() and len(lower) > 2:
        for code in _PLAIN:
            votes[code] = votes.get(code, 0.0) + 0.1
    return votes


def _vietnamese_vote(word: str, lower: str) -> float:
    if lower in _CHAT_WORDS:
        return 2.0
    if not _is_syllable(lower):
        return 0.0 if word[0].isupper() else -0.5
    if lower.isascii():
        return 2.0 if lower in _BARE_VIETNAMESE else 1.0
    # A Vietnamese name in a foreign sentence is capitalised: it must not outvote that sentence.
    return 1.0 if word[0].isupper() else 3.0


def _has_vietnamese_mark(word: str) -> bool:
    return not word.isascii() and is_syllable(word)


@lru_cache(maxsize=16384)
def _is_syllable(word: str) -> bool:
    decomposed = unicodedata.normalize("NFD", word)
    toneless = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES))
    # With a tone or a mark the vowels must be right (`să` is Romanian); typed bare, any vowel may be meant.
    rhymes = _BARE_RHYMES if toneless.isascii() else _RHYMES
    return any(
        toneless[:cut] in _ONSETS and toneless[cut:] in rhymes and _fits(toneless[:cut], toneless[cut:])
        for cut in range(min(4, len(toneless)))
    )


def _fits(onset: str, rhyme: str) -> bool:
    """Vietnamese spells some sounds by the vowel that follows: `kẻ` but `cá`, `nghe` but `nga`."""
    if onset in ("k", "gh", "ngh"):
        return rhyme.startswith(_FRONT)
    if onset in ("c", "ng"):
        return not rhyme.startswith(_FRONT)
    if onset == "g":
        return not rhyme.startswith(("e", "ê", "y"))
    if onset == "q":
        return rhyme.startswith("u")
    return onset != "qu" or not rhyme.startswith("u")


def language_code(text: str) -> str | None:
    """The code that an Article carries: None when the text does not tell."""
    code = detect_language(text).code
    return None if code == "und" else code


_TOLD_APART = (frozenset(_FUNCTIONS) | frozenset(_SCRIPTS)) - {"hi", "ar", "he", "my"}
"""Languages that `detect_language` tells from all their neighbours."""
_UNMISTAKEN = (VIETNAMESE, "und", "ja", "ko", "th", "el", "km", "lo", "hy", "ka", "zh")
"""What it takes no other language for."""
_SAME_SCRIPT = recognised()["same_script"]


def agreed_language(said: str | None, text: str) -> str | None:
    """The language that is `said` of a text, None where the text is in another one.

    A language that is not told apart here is believed unless the text is surely in another.
    """
    found = detect_language(text).code
    if said is None or found in (said, "und"):
        return said
    if said in _TOLD_APART or found in _UNMISTAKEN:
        return None
    if found in _SCRIPTS:
        return said if said in _SAME_SCRIPT.get(found, ()) else None
    return said
