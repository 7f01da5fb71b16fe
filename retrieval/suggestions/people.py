"""People whom a sentence names with what they are: `Đại sứ Gennady Bezdetko`, `Foreign Minister Sergey Lavrov`."""

from collections.abc import Iterator
from functools import cache

import regex

from retrieval.languages.reading import VIETNAMESE, any_of, of, words_of_all
from retrieval.questions.place_forms import places
from retrieval.text.language import is_syllable

_REACH = 45
"""Characters between what somebody is and the name: `Đại sứ Liên bang Nga tại Việt Nam Gennady Bezdetko`."""
_WORD = r"\p{Lu}[\p{Ll}\p{M}]+"
_RUN = regex.compile(rf"\b{_WORD}(?: {_WORD}){{1,5}}\b(?! \p{{Lu}})")
_PARTED = regex.compile(rf"[.,;:()“”\"]|\b(?:{any_of(words_of_all('suggestions', 'apart'))})\b")
"""What parts a name from a role before it."""
_SHORTEST = 3
_LONGEST_FOREIGN = 3
"""Words of a foreign name."""


def people(sentence: str) -> Iterator[str]:
    """The names, as they are written."""
    for run in _RUN.finditer(sentence):
        *_, inside = ["", *_roles().split(run[0])]  # an English role is a part of the run
        before = sentence[max(0, run.start() - _REACH) : run.start()]
        role = _roles().search(before)
        is_said = inside != run[0] or (role and not _PARTED.search(before, role.end()))
        if is_said and (name := _name(inside.split())):
            yield name


def _name(words: list[str]) -> str | None:
    """The end of a run that is a name: foreign words, or Vietnamese syllables from a surname on."""
    foreign: list[str] = []
    for word in reversed(words):
        if is_syllable(word) or not word.isascii() or word in _places():
            break
        foreign.insert(0, word)
    if len(foreign) >= 2 and len(foreign) <= _LONGEST_FOREIGN and min(map(len, foreign)) >= _SHORTEST:
        return " ".join(foreign)
    if foreign:
        return None
    start = next((i for i, word in enumerate(words) if word in _surnames()), None)
    name = words[start:] if start is not None else []
    return " ".join(name) if len(name) >= 2 else None


@cache
def _roles() -> "regex.Pattern[str]":
    roles = sorted(words_of_all("suggestions", "roles"), key=len, reverse=True)
    return regex.compile(rf"\b(?:{'|'.join(map(regex.escape, roles))})\b")


@cache
def _places() -> frozenset[str]:
    """Names of one word: `Kazakhstan` before the name of its president."""
    return frozenset(form for place in places() for form in place.phrases if " " not in form)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(of(VIETNAMESE, "suggestions", "surnames") or ())
