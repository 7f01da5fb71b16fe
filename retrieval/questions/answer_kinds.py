"""What kind of answer a question asks for by name, and whether a text tells any: `on what day` asks for no year."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import regex

from retrieval.languages.reading import any_of, of, words_of_all
from retrieval.questions.answer_type import common_words
from retrieval.questions.phrases import Phrases, found_in
from retrieval.questions.query import Query
from retrieval.text.forms import tokens
from retrieval.text.values import dates

_DAY = regex.compile(r"\d{4}-\d\d-\d\d|--\d\d-\d\d")
_WRITTEN = regex.compile(r"(?i)(?<![\d/])[0-3]?\d/[01]?\d(?!\d)|\b(?:ngày|mùng|mồng) \d")
_OF_WEEK = regex.compile(rf"\b(?:{any_of(words_of_all('times', 'weekdays'))})\b")
_YEAR = regex.compile(
    r"(?i)(?<![\d.,])\d{3,4}(?![\d%]|[.,]\d)|\b(?:năm|thế kỷ|thế kỉ|century|век\w*) \d|\d(?:th|st) century|\d год"
)
_FROM_TO = regex.compile(
    r"(?<![\d.,/])[0-3]?\d(?:/[01]?\d)?(?: ?[-–—] ?| (?:\w+ ){0,4}?(?:đến|tới|to|until|till|по|до) (?:\w+ )?)"
    r"[0-3]?\d(?:/[01]?\d|(?= \p{L}))"
    r"|\b\p{Lu}\p{L}+ [0-3]?\d ?[-–—] ?[0-3]?\d\b"
)
"""`25-28/9`, `29/11 - 2/12`, `5 đến ngày 12 tháng 5`, `5 to 12 May`, `May 5-12`."""


def kinds_asked_for(query: Query) -> frozenset[str]:
    """Any of `year`, `day`, `days` (the first and the last of several), `hour`, `age`, `population`, `percent` and
    `price`."""
    words = common_words(query)
    kinds = of(query.language, "answer_kinds") or {}
    return frozenset(kind for kind in kinds if found_in(words, _asking(query.language, kind)))


def tells(kind: str, text: str) -> bool:
    """Whether what a question for that `kind` wants may stand in a text."""
    return _TIMES[kind](text) if kind in _TIMES else _telling(kind).search(text) is not None


@lru_cache(maxsize=1024)
def _day(text: str) -> bool:
    told = _WRITTEN.search(text) or _OF_WEEK.search(text)
    return told is not None or any(map(_DAY.fullmatch, dates(tokens(text))))


@lru_cache(maxsize=1024)
def _days(text: str) -> bool:
    return _day(text) and _FROM_TO.search(text) is not None


def _year(text: str) -> bool:
    return _YEAR.search(text) is not None


_TIMES: Mapping[str, Callable[[str], bool]] = {"year": _year, "day": _day, "days": _days}


@cache
def _telling(kind: str) -> "regex.Pattern[str]":
    patterns = words_of_all("answer_kinds", kind, "told")
    return regex.compile(rf"(?i)(?<!\p{{L}})(?:{'|'.join(patterns)})(?!\p{{L}})")


@cache
def _asking(language: str, kind: str) -> Phrases:
    return Phrases.of(of(language, "answer_kinds", kind, "asked") or ())
