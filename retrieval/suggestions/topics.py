"""What may be asked about: how texts of each language say it, and how questions of each language ask it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import regex

from retrieval.languages.reading import any_of, of, of_each, words_of_all
from retrieval.text.values import TOLD_YEAR

_NUMBER = r"[0-9][0-9.,\u00a0]*+"
_MAGNITUDES = any_of(
    word for name in ("thousand", "million", "billion", "trillion") for word in words_of_all("amounts", name)
)
_SHARES = any_of(words_of_all("amounts", "per_cent"))
_REACH: Final = 90
"""Characters between the words of a topic and the figure that belongs to them."""


class Holds(StrEnum):
    """The kind of figure that a sentence must hold to tell of a topic."""

    AMOUNT = "amount"
    COUNT = "count"
    SHARE = "share"
    YEAR = "year"


class Topic(StrEnum):
    """What is asked; the order is that in which topics are offered."""

    TRADE = "trade"
    TIES = "ties"
    PROJECTS = "projects"
    VISITORS = "visitors"
    PERSON = "person"
    GROWTH = "growth"
    INFLATION = "inflation"
    EXPORTS = "exports"
    PARTNERS = "partners"
    TITLE = "title"


PAIRS: Final = frozenset({Topic.TRADE, Topic.TIES, Topic.PARTNERS})
"""Topics of two countries, whichever comes first."""
ORDERED: Final = frozenset({Topic.PROJECTS})
"""Of two countries, of which the first does something in the second."""


@dataclass(frozen=True)
class Cue:
    """How a text tells of a topic: `pattern` finds the words with their figure."""

    topic: Topic
    pattern: "regex.Pattern[str]"


@cache
def cues() -> tuple[Cue, ...]:
    """Those of all languages."""
    found: dict[tuple[Holds, Topic], list[str]] = {}
    for kinds in of_each("suggestions", "said").values():
        for kind, topics in kinds.items():
            for topic, words in topics.items():
                found.setdefault((Holds(kind), Topic(topic)), []).extend(words)
    return tuple(Cue(topic, _pattern(holds, words)) for (holds, topic), words in found.items())


def _pattern(holds: Holds, words: Sequence[str]) -> "regex.Pattern[str]":
    said, between = rf"\b(?:{any_of(words)})\b", rf"[^\n.;]{{0,{_REACH}}}?"
    figure = {
        Holds.AMOUNT: rf"{said}{between}{_NUMBER}\s?(?:{_MAGNITUDES})\b",
        Holds.COUNT: rf"{_NUMBER}\s(?:(?:{_MAGNITUDES})\s)?{said}",
        Holds.SHARE: rf"{said}{between}{_NUMBER}\s?(?:%|(?:{_SHARES})\b)",
        Holds.YEAR: rf"{said}[^\n.;]{{0,30}}?\b(?:{TOLD_YEAR})\b|\b(?:{TOLD_YEAR})\b[^\n.;]{{0,60}}?{said}",
    }[holds]
    return regex.compile(figure, regex.IGNORECASE)


@cache
def unsure() -> "regex.Pattern[str]":
    """Words of sentences that tell of no fact."""
    return regex.compile(rf"\b(?:{any_of(words_of_all('suggestions', 'unsure'))})\b", regex.IGNORECASE)


@cache
def part_of_year() -> "regex.Pattern[str]":
    """Words for a part of a year."""
    return regex.compile(rf"\b(?:{any_of(words_of_all('suggestions', 'parts'))})\b", regex.IGNORECASE)


@cache
def months_of_year() -> "regex.Pattern[str]":
    """So many months of a year, as groups `months` and `year`."""
    forms = (
        regex.escape(form, literal_spaces=True)
        .replace(r"\{months\}", r"(?P<months>[0-9]{1,2})")
        .replace(r"\{year\}", rf"(?P<year>{TOLD_YEAR})")
        for form in words_of_all("suggestions", "months")
    )
    return regex.compile(rf"\b(?:{'|'.join(forms)})\b", regex.IGNORECASE)


def asked_as(topic: Topic, language: str) -> Sequence[str]:
    """The ways to ask, the most natural first; none in a language that has no words for it."""
    return tuple(of(language, "suggestions", "asks", topic) or ())


def names_of_places(language: str) -> Mapping[str, str]:
    """What countries are called in a question, where that is not their first name: code -> name."""
    return dict(of(language, "suggestions", "places") or {})
