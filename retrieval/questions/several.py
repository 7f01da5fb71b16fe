"""Whether a question asks for more than one thing: for a list, or for figures to be compared."""

from functools import cache

import regex

from retrieval.languages.reading import of
from retrieval.questions.answer_type import asked_for
from retrieval.questions.query import Query
from retrieval.questions.times import times_asked
from retrieval.text.forms import tokens

_GAP, _REST = r"(?: \S+){0,3}?", r"\S*"


def asks_for_list(query: Query) -> bool:
    """`những nước nào`, `which countries`, `какие страны`."""
    return _says(query, "list")


def asks_for_countries(query: Query) -> bool:
    """Whether a list is asked for, and it is one of countries."""
    return asks_for_list(query) and _says(query, "countries")


def asks_to_compare(query: Query) -> bool:
    """Whether figures of several times are asked for: the highest of all years, or which of two is higher."""
    if not _says(query, "compared"):
        return False
    return bool(asked_for(query) & {"time", "amount"}) or len(times_asked(query)) > 1


def _says(query: Query, kind: str) -> bool:
    pattern = _pattern(query.language, kind, marked=not query.unaccented)
    single = _single(query.language)
    words = " ".join(word.exact if not query.unaccented else word.folded for word in query.tokens)
    return any(found.group().rpartition(" ")[2] not in single for found in pattern.finditer(words))


@cache
def _single(language: str) -> frozenset[str]:
    return frozenset(of(language, "several", "single") or ())


@cache
def _pattern(language: str, kind: str, *, marked: bool) -> "regex.Pattern[str]":
    """Any of the phrases; of words with their marks as they are compared, or without any."""
    phrases = of(language, "several", kind) or ()
    found = "|".join(_of_phrase(phrase.split(), marked=marked) for phrase in phrases) or r"(?!)"
    return regex.compile(rf"(?<!\S)(?:{found})(?!\S)")


def _of_phrase(words: list[str], *, marked: bool) -> str:
    """A star alone is up to three words, one beside letters whatever stands there."""
    pattern = ""
    for word in words:
        if word == "*":
            pattern += _GAP
            continue
        letters = "".join(each.exact if marked else each.folded for each in tokens(word))
        before, after = (_REST if star else "" for star in (word[0] == "*", word[-1] == "*"))
        pattern += (" " if pattern else "") + before + regex.escape(letters) + after
    return pattern
