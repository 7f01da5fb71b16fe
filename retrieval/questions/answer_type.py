"""What a question asks for: a time, a person, a place, a reason, an amount; and the numbers it writes as words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from retrieval.questions.cues import Phrases, found_in
from retrieval.questions.query import Query
from retrieval.text.forms import tokens


def asked_for(query: Query) -> frozenset[str]:
    """Any of `time`, `person`, `place`, `reason` and `amount`; empty where its words do not tell."""
    words = [word for i, word in enumerate(query.tokens) if not _is_name(query, i)]
    kinds = _data().get(query.language, {}).get("asks", {})
    return frozenset(kind for kind, phrases in kinds.items() if found_in(words, phrases))


def numbers_in_words(query: Query) -> frozenset[str]:
    """In digits. None of Vietnamese without marks, where `ba` may be many a word."""
    if query.unaccented:
        return frozenset()
    numbers = _data().get(query.language, {}).get("numbers", {})
    return frozenset(digits for digits, phrases in numbers.items() if found_in(query.tokens, phrases))


def _is_name(query: Query, i: int) -> bool:
    """`AI` and `Doctor Who` do not ask who."""
    word = query.text[query.tokens[i].start : query.tokens[i].end]
    return (i > 0 and word[0].isupper()) or (len(word) > 1 and word.isupper())


@cache
def _data() -> Mapping[str, Mapping[str, Mapping[str, Phrases]]]:
    path = files("retrieval.questions") / "data" / "asking.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        language: {kind: {name: _phrases(each) for name, each in by.items()} for kind, by in kinds.items()}
        for language, kinds in data.items()
    }


def _phrases(written: list[str]) -> Phrases:
    return Phrases(sorted((tuple(tokens(phrase)) for phrase in written), key=len, reverse=True))
