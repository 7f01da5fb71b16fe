"""What a question asks for in words: its terms, and those that translate them, with what each is worth.

A term is worth its idf, Lucene's ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative; one that translates, that
times the number of words of the question that mean it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from retrieval.index.protocol import Pinned
from retrieval.index.terms import VIEWS, Term, terms
from retrieval.questions.answer_type import telling_runs
from retrieval.questions.query import Query, likely_names
from retrieval.questions.translation import Lexicon
from retrieval.text.forms import Token

_LONGEST = 64
"""Distinct terms looked up of a question: the rarest ones of a long pasted text."""

_WORDS = ("folded", "sound")
"""Views in which a word or a name is found however it is written."""

TermsByView = Mapping[str, Mapping[str, float]]
"""View -> the terms in it, each with its worth."""


@dataclass(frozen=True)
class AskedTerms:
    """A question with its distinct terms, at most the rarest `_LONGEST` of a view, and its `translations`.

    Question words are not among them, unless there is nothing else.
    """

    query: Query
    words: TermsByView
    translations: TermsByView
    unseen: frozenset[Term] = frozenset()
    """Those of its own words that no passage holds."""

    @classmethod
    def of(cls, query: Query, index: Pinned, lexicon: Lexicon | None) -> Self:
        """Looked up in `index`, with the translations of `lexicon`."""
        runs = telling_runs(query)
        asked = [Term(view, text) for view in VIEWS for text in _words(query, runs, view)]
        meant = lexicon.translate(query.text, [word for run in runs for word in run]) if lexicon else {}
        translating = {Term("bigram" if " " in text else "folded", text): n for text, n in meant.items()}
        holders = index.frequencies({*asked, *translating})
        idf = {term: _idf(holders.get(term, 0), index.facts.passages) for term in (*asked, *translating)}
        words = {view: _rarest({t.text: idf[t] for t in asked if t.view == view}) for view in VIEWS}
        translations: dict[str, dict[str, float]] = {"folded": {}, "bigram": {}}
        for term, times in translating.items():
            translations[term.view][term.text] = times * idf[term]
        return cls(query, words, translations, frozenset(term for term in asked if not holders.get(term)))

    @cached_property
    def terms(self) -> dict[Term, int]:
        """All of them, each with its place among them."""
        found = (
            Term(view, text)
            for by_view in (self.words, self.translations)
            for view, worth in by_view.items()
            for text in worth
        )
        return {term: place for place, term in enumerate(dict.fromkeys(found))}

    @cached_property
    def is_known(self) -> bool:
        """Whether any of it is known: a word or name that some passage holds, or a word that can be translated."""
        own = any(Term(view, text) not in self.unseen for view in _WORDS for text in self.words[view])
        return own or any(self.translations.values())

    def weighted(self, weights: Mapping[str, float], translated: float) -> dict[Term, float]:
        """Terms with what they add to a score where `weights` tells what all words of a view together add, and
        `translated` what all translations do; those that add nothing are left out."""
        found: dict[Term, float] = {}
        for view, worth in self.words.items():
            _add(found, view, worth, weights.get(view, 0.0) / mass(worth))
        share = translated / max(sum(sum(worth.values()) for worth in self.translations.values()), 1e-9)
        for view, worth in self.translations.items():
            _add(found, view, worth, share)
        return found


def mass(worth: Mapping[str, float]) -> float:
    """What all terms of a view are worth together; never 0."""
    return max(sum(worth.values()), 1e-9)


def _add(found: dict[Term, float], view: str, worth: Mapping[str, float], share: float) -> None:
    for text, each in worth.items() if share else ():
        term = Term(view, text)
        found[term] = found.get(term, 0.0) + share * each


def _words(query: Query, runs: Sequence[Sequence[Token]], view: str) -> dict[str, None]:
    if view == "sound":
        return dict.fromkeys(terms(view, likely_names(query)))
    if view == "value":
        return dict.fromkeys(terms(view, query.tokens))
    return dict.fromkeys(term for run in runs for term in terms(view, run))


def _idf(holders: int, passages: int) -> float:
    return float(np.log1p((passages - holders + 0.5) / (holders + 0.5)))


def _rarest(idf: Mapping[str, float]) -> Mapping[str, float]:
    if len(idf) <= _LONGEST:
        return idf
    rarest = sorted(idf, key=lambda term: -idf[term])[:_LONGEST]
    return {term: idf[term] for term in rarest}
