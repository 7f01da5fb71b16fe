"""Words of a question in another language as the collection's language would have them.

A small table of translation probabilities, learned from parallel questions and passages (benchmarks/fit_lexicon.py)
by IBM model 1 (Brown et al., The mathematics of statistical machine translation, 1993). It does not translate
questions: it lets words count as evidence where a question and a passage share none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import snowballstemmer

from retrieval.text import Token

TARGET = "vi"
"""The language of the passages that the tables lead to."""
_ALGORITHMS = {"en": "english", "ru": "russian"}

Table = Mapping[str, Mapping[str, float]]
"""Stem -> folded Vietnamese syllables and pairs of them -> probability."""


@dataclass(frozen=True)
class Lexicon:
    """Translations out of one language."""

    language: str
    table: Table

    def translate(self, text: str, words: Sequence[Token]) -> dict[str, float]:
        """Terms of the folded and the bigram view with weights: the expected number of words that mean them."""
        found: dict[str, float] = {}
        for stem in dict.fromkeys(stems(self.language, text, words)):
            for term, probability in self.table.get(stem, {}).items():
                found[term] = found.get(term, 0.0) + probability
        return found


def stems(language: str, text: str, words: Sequence[Token]) -> list[str]:
    """The stems of the words of `text`, numbers as they are."""
    stemmer = _stemmer(language)
    return [
        w.folded if w.folded[0].isdigit() else stemmer.stemWord(text[w.start : w.end].lower()) for w in words
    ]


@cache
def _stemmer(language: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(_ALGORITHMS[language])


@cache
def load_lexicon(language: str) -> Lexicon | None:
    """The table for questions in `language`, None where there is none."""
    if language not in _ALGORITHMS:
        return None
    path = files("retrieval.ranking") / "data" / f"lexicon.{language}.tsv"
    table: dict[str, dict[str, float]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        stem, *terms = line.split("\t")
        table[stem] = {term: float(p) for term, _, p in (entry.rpartition("=") for entry in terms)}
    return Lexicon(language, table)
