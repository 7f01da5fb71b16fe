"""Small talk and requests about the bot itself, recognised by their words: the interface answers, never a passage."""

from collections.abc import Mapping, Sequence
from functools import cache

import regex

from retrieval.languages.reading import words_of_all
from retrieval.questions.wordings import Wordings, covers
from retrieval.questions.words import is_word
from retrieval.text.forms import Token, tokens

_LONGEST, _LETTERS = 12, 2
"""Small talk is short: a text with more words than this is always searched."""
_REASONS = (
    "wrong",
    "language",
    "articles",
    "abilities",
    "identity",
    "rude",
    "chat",
    "more",
    "goodbye",
    "thanks",
    "sure",
    "help",
    "greeting",
    "noted",
)
"""In the order in which they are looked for: `cảm ơn, tạm biệt` is a goodbye, `thanks for your help` no call for it."""
_LIGHT = ("greeting", "goodbye", "thanks", "noted")
_FILLER, _ALONE, _NOTED = "filler", "alone", "noted"
_DRAWN_OUT, _DOUBLED = regex.compile(r"(\p{L})\1\1|(\p{L}{2})\2\2"), regex.compile(r"(\p{L})\1$")
_PAIRS, _RUNS = regex.compile(r"(\p{L}{2})\1+"), regex.compile(r"(\p{L})\1+")
_FACES = regex.compile(r"\p{Extended_Pictographic}|[:;=]['’-]?[()\[\]DPp3]|\){2,}|\({2,}|\^_*\^")


def small_talk(question: Sequence[Token]) -> str | None:
    """One of the reasons above, or `unclear` for a text without a single word; None for a real question."""
    if len(question) <= _LETTERS and all(map(_is_single_letter, question)):
        return "unclear"
    known = _known()
    if len(question) > _LONGEST:
        return None
    if not covers(question, known):
        return _alone(question)
    found = (reason for reason in _REASONS if covers(question, known, _wordings(reason)))
    return next(found, _alone(question))


def without_words(text: str) -> str:
    """The kind of small talk that a text without a word is: faces are a nod, question marks alone are unclear."""
    return _NOTED if _FACES.search(text) else "unclear"


def spoken(text: str) -> list[Token]:
    """The words of `text`, those of small talk as they are written where they are drawn out: `helloooo`, `hahahaha`."""
    return [_undrawn(word) for word in tokens(text)]


def weightiest(reasons: Sequence[str]) -> str | None:
    """The one that counts of those of several sentences, None where there is none."""
    return min(reasons, key=_REASONS.index, default=None)


@cache
def greetings() -> Wordings:
    """Greetings, thanks, goodbyes and nods of all languages."""
    return Wordings(_written(*_LIGHT))


@cache
def light_words() -> Wordings:
    """The same and filler: phrases that say nothing to look for."""
    return Wordings(_written(*_LIGHT, _FILLER))


def language_requests() -> Wordings:
    """Of what language the bot is to write, such as `in English please`."""
    return _wordings("language")


def _is_single_letter(word: Token) -> bool:
    """`y`; `Ý` is Italy."""
    return len(word.folded) == 1 and word.folded.isalpha() and word.exact == word.folded


def _alone(question: Sequence[Token]) -> str | None:
    """A nod where all of it is one phrase that with any other word would ask: `không`."""
    return _NOTED if 0 < len(question) == _wordings(_ALONE).longest(question) else None


def _undrawn(word: Token) -> Token:
    if word.folded in _by_short_form() or not _is_drawn_out(word.folded):
        return word
    meant = _by_short_form().get(_short_form(word.exact))
    return word._replace(folded=meant.folded, exact=meant.exact) if meant else word


def _is_drawn_out(word: str) -> bool:
    """Whether letters of it are repeated beyond what words have; at the end two are too many for a word not known."""
    return _DRAWN_OUT.search(word) is not None or (_DOUBLED.search(word) is not None and not is_word(word))


@cache
def _by_short_form() -> Mapping[str, Token]:
    """The words of small talk by themselves, with and without marks, and with no letter twice in a row."""
    found: dict[str, Token] = {}
    kinds = (*_REASONS, _ALONE, _FILLER)
    words = [word for phrase in _written(*kinds) for word in tokens(phrase) if word.folded.isalpha()]
    for word in words:
        bare = word._replace(exact=word.folded)
        for form, meant in ((word.exact, word), (word.folded, bare)):
            found.setdefault(form, meant)
            found.setdefault(_short_form(form), meant)
    return found


def _short_form(form: str) -> str:
    return _RUNS.sub(r"\1", _PAIRS.sub(r"\1", form))


@cache
def _known() -> tuple[Wordings, ...]:
    return tuple(map(_wordings, (*_REASONS, _FILLER)))


@cache
def _wordings(kind: str) -> Wordings:
    return Wordings(_written(kind))


def _written(*kinds: str) -> list[str]:
    return [phrase for kind in kinds for phrase in words_of_all("small_talk", kind)]
