"""What a question asks for: a time, a person, a place, a reason, an amount; and the numbers it writes as words."""

from collections.abc import Mapping
from functools import cache

from retrieval.languages.reading import of
from retrieval.questions.phrases import Phrases, cues_of, found_in, length_at_start
from retrieval.questions.query import Query
from retrieval.text.forms import Token


def asked_for(query: Query) -> frozenset[str]:
    """Any of `time`, `person`, `place`, `reason` and `amount`; empty where its words do not tell."""
    words = common_words(query)
    kinds = _phrases(query.language, "asks")
    return frozenset(kind for kind, phrases in kinds.items() if found_in(words, phrases))


def common_words(query: Query) -> list[Token]:
    """Its words without those that are written as names: `Nam` is no `năm`."""
    return [word for i, word in enumerate(query.tokens) if not _is_name(query, i)]


def telling_runs(query: Query) -> list[list[Token]]:
    """The words of `query` but for its question words, in runs between those; all of them where nothing else is left.

    A question word says nothing of what an article holds: `ai` is no evidence. Marks decide: `may` of clothes is no
    `mấy`.
    """
    cues = cues_of(query.language)
    asking = _asking(query, cues.asking) if cues else set[int]()
    runs: list[list[Token]] = [[]]
    for i, word in enumerate(query.tokens):
        if i in asking:
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run] or [list(query.tokens)]


def _asking(query: Query, phrases: Phrases) -> set[int]:
    """The positions of question words."""
    found: set[int] = set()
    for i in range(len(query.tokens)):
        length = length_at_start(query.tokens[i:], phrases)
        words = range(i, i + length)
        exact = length > 1 or (length == 1 and query.tokens[i].exact in _exact(query.language))
        if exact and not any(_is_name(query, n) for n in words):
            found.update(words)
    return found


@cache
def _exact(language: str) -> frozenset[str]:
    """Question words of one word, as they are written."""
    cues = cues_of(language)
    return frozenset(phrase[0].exact for phrase in (cues.asking if cues else ()) if len(phrase) == 1)


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
