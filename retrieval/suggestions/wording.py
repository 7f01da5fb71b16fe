"""Facts as questions in a reader's language, in the reader's alphabet and short enough for a button."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from retrieval.languages.reading import VIETNAMESE, of
from retrieval.questions.place_forms import BEGINNINGS_FOR, Place
from retrieval.suggestions.facts import Fact
from retrieval.suggestions.topics import ORDERED, asked_as, names_of_places

LONGEST: Final = 50
"""Characters of a question: on a narrow phone a button shows hardly more."""
_HOME = of(VIETNAMESE, "home")


def question(fact: Fact, language: str) -> str | None:
    """How the fact is asked for; None where the language has no words for it, or no name in its alphabet.

    A year or a number of months that the fact tells is named: without it the question would be another one.
    """
    known = _known(fact, language)
    for form in asked_as(fact.topic, language):
        fields = set(_fields(form))
        if fields <= known.keys() and {"year", "months"} & known.keys() <= fields:
            asked = form.format(**known)
            if len(asked) <= LONGEST:
                return asked[0].upper() + asked[1:]
    return None


def _fields(form: str) -> Iterator[str]:
    return (part.partition("}")[0] for part in form.split("{")[1:])


def _known(fact: Fact, language: str) -> dict[str, str]:
    """What a form may name -> how it is called."""
    known: dict[str, str] = {}
    places = fact.places
    if fact.topic not in ORDERED:
        places = tuple(sorted(places, key=lambda place: place.code != _HOME))
    for key, place in zip("ab", places, strict=False):
        known |= _called(key, place, language)
    if fact.year is not None:
        known["year"] = str(fact.year)
    if fact.months is not None:
        known["months"] = str(fact.months)
    if fact.name is not None and (name := _readable(fact.name, language)):
        known["name"] = name
    if fact.title is not None and fact.language == language:
        known["title"] = fact.title
    return known


def _called(key: str, place: Place, language: str) -> dict[str, str]:
    """The name of a country, and its cases where the language has them."""
    name = names_of_places(language).get(place.code) or _territory(place, language)
    if not name:
        return {}
    called = {key: name}
    for case, endings in (of(language, "suggestions", "cases") or {}).items():
        if case in ("in_words", "in_before"):
            continue
        if declined := _declined(name, endings):
            called[f"{key}_{case}"] = declined
    if inside := called.get(f"{key}_inside"):
        called[f"{key}_inside"] = f"{_inside(inside, language)} {inside}"
    return called


def _declined(name: str, endings: list[list[str]]) -> str | None:
    if name.isupper():
        return name
    if not name.isalpha():
        return None
    return next((name.removesuffix(old) + new for old, new in endings if name.endswith(old)), None)


def _inside(name: str, language: str) -> str:
    usual, before_some = of(language, "suggestions", "cases", "in_words")
    return str(
        before_some if name.startswith(tuple(of(language, "suggestions", "cases", "in_before"))) else usual
    )


def _territory(place: Place, language: str) -> str | None:
    """The name of a country as CLDR has it, else its first one that is no mere beginning."""
    from babel import Locale  # late: it takes a tenth of a second

    if name := Locale(language).territories.get(place.code):
        return str(name)
    forms = place.forms.get(language, ())
    return next(iter(forms), None) if language not in BEGINNINGS_FOR else None


def _readable(name: str, language: str) -> str | None:
    """A name of Latin letters as the reader's language writes it: Vietnamese with its marks, others without.

    Where the language has another alphabet there is no form that is sure.
    """
    if language in BEGINNINGS_FOR:
        return None
    return name if language == VIETNAMESE else _plain(name)


def _plain(name: str) -> str:
    """`Bùi Thanh Sơn` is `Bui Thanh Son`."""
    bare = name.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
