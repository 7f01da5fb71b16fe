"""What a question asks for: a time, a person, a place, a reason, an amount; and the numbers it writes as words."""

from collections.abc import Mapping
from functools import cache

from retrieval.languages.reading import of
from retrieval.questions.phrases import Phrases, found_in
from retrieval.questions.query import Query


def asked_for(query: Query) -> frozenset[str]:
    """Any of `time`, `person`, `place`, `reason` and `amount`; empty where its words do not tell."""
    words = [word for i, word in enumerate(query.tokens) if not _is_name(query, i)]
    kinds = _phrases(query.language, "asks")
    return frozenset(kind for kind, phrases in kinds.items() if found_in(words, phrases))


def numbers_in_words(query: Query) -> frozenset[str]:
    """In digits. None of a question without marks, where `ba` may be many a word."""
    if query.unaccented:
        return frozenset()
    numbers = _phrases(query.language, "numbers")
    return frozenset(digits for digits, phrases in numbers.items() if found_in(query.tokens, phrases))


def _is_name(query: Query, i: int) -> bool:
    """`AI` and `Doctor Who` do not ask who."""
    word = query.text[query.tokens[i].start : query.tokens[i].end]
    return (i > 0 and word[0].isupper()) or (len(word) > 1 and word.isupper())


@cache
def _phrases(language: str, section: str) -> Mapping[str, Phrases]:
    return {name: Phrases.of(written) for name, written in (of(language, section) or {}).items()}
