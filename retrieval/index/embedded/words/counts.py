"""What the word index counts of passages. It needs nothing of the index, so that any process can count."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from retrieval.index.embedded.words.lexical import term_hash
from retrieval.index.terms import VIEWS, terms
from retrieval.text.forms import Token

_MOST_FREQUENT = 65_535


class Counted(NamedTuple):
    """The distinct terms of passages in one view, those of one passage behind those of the one before.

    `hashes` and `frequencies` (terms,); `distinct`, how many of these are a passage's, and `lengths`, how many words
    it has, (passages,).
    """

    hashes: "array[int]"
    frequencies: "array[int]"
    distinct: "array[int]"
    lengths: "array[int]"


def count_terms(passages: Iterable[Sequence[Token]]) -> Mapping[str, Counted]:
    """The terms of the tokens of passages, by view."""
    views = {view: Counted(array("Q"), array("H"), array("I"), array("I")) for view in VIEWS}
    for tokens in passages:
        for view, counted in views.items():
            _count(counted, terms(view, tokens))
    return views


def _count(counted: Counted, document: Sequence[str]) -> None:
    frequencies = Counter(document)
    if len(document) > _MOST_FREQUENT:
        frequencies = Counter({term: min(count, _MOST_FREQUENT) for term, count in frequencies.items()})
    counted.hashes.extend(map(term_hash, frequencies))
    counted.frequencies.extend(frequencies.values())
    counted.distinct.append(len(frequencies))
    counted.lengths.append(len(document))
