"""Words of a question in another language as the collection's language would have them.

A small table of translation probabilities, learned from parallel questions and passages (fitting/fit_lexicon.py)
by IBM model 1 (Brown et al., The mathematics of statistical machine translation, 1993). They are of an encyclopaedia:
what the news speaks of stands in a glossary written by hand. Neither translates questions: they let words count as
evidence where a question and a passage share none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import snowballstemmer

from retrieval.languages.reading import VIETNAMESE, of_each
from retrieval.questions.phrases import cues_of, found_in
from retrieval.text.forms import Token, fold, tokens
from retrieval.text.sounds import consonants

TARGET = VIETNAMESE
"""The language of the passages that the tables lead to."""
LANGUAGES: dict[str, str] = of_each("stemmer")
"""Those that are translated out of, with the stemmer of each."""

Table = Mapping[str, Mapping[str, float]]
"""Stem -> folded Vietnamese syllables and pairs of them -> probability."""
_LONGEST = 4
"""Words of an entry of the glossary."""
_SURE = 0.8
"""What an entry of the glossary adds up to: as much as the probabilities of a word that is learned well."""
LIKELY = 0.05
"""A translation counts as one from this probability."""
_LEARNED_WELL = 0.15
"""A stem whose likeliest term has this probability is one that the parallel questions had often."""


class Lexicon:
    """Translations out of one language, by a learned table of stems and a glossary of stems and phrases."""

    def __init__(self, language: str, table: Table, glossary: Table | None = None) -> None:
        """`glossary` maps stems joined by blanks."""
        self.language = language
        self._table = table
        self._glossary: Table = glossary or {}

    def translate(self, text: str, words: Sequence[Token]) -> dict[str, float]:
        """Terms of the folded and the bigram view with weights: the expected number of words that mean them."""
        found: dict[str, float] = {}
        for meanings in self.meanings(text, words):
            for term, probability in meanings.items():
                found[term] = found.get(term, 0.0) + probability
        return found

    def meanings(self, text: str, words: Sequence[Token]) -> list[Mapping[str, float]]:
        """What each word of `text` that is known means, and each phrase in place of its words; a repeat counts once."""
        return [self.meaning_of(key) for key in dict.fromkeys(self._keys(stems(self.language, text, words)))]

    def knows(self, stem: str) -> bool:
        """Whether it translates a stem, or stems joined by blanks."""
        return stem in self._glossary or stem in self._table

    @property
    def stems(self) -> Collection[str]:
        """What it translates: stems, and phrases of stems."""
        return {**self._table, **self._glossary}

    def knows_word(self, word: str) -> bool:
        """Whether it translates `word` in any of its forms, or that names nothing, such as `when`."""
        cues = cues_of(self.language)
        typed = tuple(tokens(word))
        serves = cues is not None and bool(found_in(typed, cues.asking) | found_in(typed, cues.empty))
        return serves or any(map(self.translates, stems(self.language, word, typed)))

    def translates(self, stem: str) -> bool:
        """Whether it knows a stem as something else than a name, which is called alike: `Toyota`, `Путин`."""
        if stem in self._glossary:
            return True
        meaning = self._table.get(stem)
        return meaning is not None and consonants(max(meaning, key=lambda term: meaning[term])) != consonants(
            stem
        )

    def meaning_of(self, stem: str) -> Mapping[str, float]:
        """Its Vietnamese terms with probabilities, none of an unknown one.

        By the glossary, and by halves where the table knows it well: a word may mean something else besides.
        """
        learned, written = self._table.get(stem, {}), self._glossary.get(stem)
        if written is None:
            return learned
        if max(learned.values(), default=0.0) < _LEARNED_WELL:
            return written
        return {
            term: (learned.get(term, 0.0) + written.get(term, 0.0)) / 2 for term in {**learned, **written}
        }

    def _keys(self, found: Sequence[str]) -> Iterator[str]:
        position = 0
        while position < len(found):
            key = next(
                (
                    phrase
                    for length in range(_LONGEST, 1, -1)
                    if (phrase := " ".join(found[position : position + length])) in self._glossary
                ),
                found[position],
            )
            if self.knows(key):
                yield key
            position += key.count(" ") + 1


def stems(language: str, text: str, words: Sequence[Token]) -> list[str]:
    """The stems of the words of `text`, numbers as they are."""
    return [
        w.folded if w.folded[0].isdigit() else stem(language, text[w.start : w.end].lower()) for w in words
    ]


@lru_cache(maxsize=1 << 14)
def stem(language: str, word: str) -> str:
    """The stem of a word in small letters: it is asked for more than once of every question."""
    found: str = _stemmer(language).stemWord(word)
    return found


@cache
def _stemmer(language: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(LANGUAGES[language])


@cache
def load_lexicon(language: str) -> Lexicon | None:
    """The table for questions in `language`, None where there is none."""
    if language not in LANGUAGES:
        return None
    path = files("retrieval.questions") / "data" / f"lexicon.{language}.tsv"
    table: dict[str, dict[str, float]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        stem, *terms = line.split("\t")
        table[stem] = {term: float(p) for term, _, p in (entry.rpartition("=") for entry in terms)}
    return Lexicon(language, table, load_glossary(language))


@cache
def load_glossary(language: str) -> Table:
    """The glossary out of `language`: stems of a word or a phrase -> folded syllables and pairs of them -> weight."""
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    path = files("retrieval.questions") / "data" / "glossary.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    column = head.index(language)
    for row in rows:
        meaning = _terms(row[0].split("/"))
        for form in row[column].split("/") if row[column] else ():
            found[" ".join(stems(language, form, tokens(form)))].append(meaning)
    return {
        key: {
            term: sum(each.get(term, 0.0) for each in meanings) / len(meanings)
            for term in dict.fromkeys(term for each in meanings for term in each)
        }
        for key, meanings in found.items()
    }


def _terms(written: Sequence[str]) -> dict[str, float]:
    """The syllable of a word that has one only, else its pairs of neighbours; `written` are words of one meaning."""
    found: dict[str, float] = defaultdict(float)
    for word in written:
        syllables = fold(word).split()
        pairs = [" ".join(pair) for pair in pairwise(syllables)] or syllables
        for term in pairs:
            found[term] += _SURE / len(written) / len(pairs)
    return dict(found)
