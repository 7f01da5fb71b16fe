"""How the collection writes its Vietnamese syllables, to put back the marks that a question was typed without.

The likeliest writing of a whole question is found by the Viterbi algorithm over a bigram model of syllables with
Dirichlet smoothing (Zhai and Lafferty, A study of smoothing methods, 2004), counted in the collection itself: names
and terms come back as its articles write them. Memory is bounded: Vietnamese has a few thousand syllables.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import IndexDamaged
from retrieval.index.embedded.words.lexical import term_hash
from retrieval.index.learned.hash_counts import HashCounts
from retrieval.index.learned.mark_counts import CountedMarks
from retrieval.text.forms import exact_form, fold, tokens
from retrieval.text.language import is_syllable

FILES = ("marks.forms.json", "marks.hashes.npy", "marks.counts.npy")
_SMOOTHING = 8.0
"""Weight of the single-syllable model, in pairs seen."""
_WITH_MARKS = 0.55
"""Of the syllables of a text that was typed with marks at least this share has some; of Vietnamese three in four do."""
_CONSONANTS = tuple("bcdghklmnpqrstvx")

Scored = tuple[float, tuple[str, ...]]
"""The log probability of a path, and its writings."""


class MarksBuilder:
    """Counts syllables and pairs of neighbours in Vietnamese text."""

    def __init__(self, before: "Marks | None" = None) -> None:
        """Begins with what `before` has counted."""
        self._forms: Counter[str] = Counter()
        self._pairs = before.pairs() if before else HashCounts()
        for writings in before.forms.values() if before else ():
            self._forms.update(writings)

    def add(self, counted: CountedMarks) -> None:
        self._forms.update(counted.syllables)
        self._pairs.add(counted.pairs)

    def take_out(self, counted: CountedMarks) -> None:
        """Forgets what was added."""
        self._forms.subtract(counted.syllables)
        self._pairs.take_out(counted.pairs)

    def finish(self) -> "Marks":
        forms: dict[str, dict[str, int]] = {}
        for written, count in sorted(self._forms.items()):
            if count > 0:
                forms.setdefault(fold(written), {})[written] = count
        return Marks(forms, *self._pairs.finish())


class Marks:
    """Restores marks. `forms`: folded syllable -> its writings with counts; pairs as sorted hashes with counts."""

    def __init__(
        self,
        forms: Mapping[str, Mapping[str, int]],
        hashes: NDArray[np.uint64],
        counts: NDArray[np.uint32],
    ) -> None:
        self.forms = forms
        self._hashes = hashes
        self._counts = counts
        self._total = sum(sum(writings.values()) for writings in forms.values())

    def pairs(self) -> HashCounts:
        """The pairs of neighbours, to go on counting from."""
        return HashCounts(self._hashes, self._counts)

    def save(self, folder: Path) -> None:
        forms, hashes, counts = (folder / name for name in FILES)
        forms.write_text(json.dumps(self.forms, ensure_ascii=False), encoding="utf-8")
        np.save(hashes, self._hashes, allow_pickle=False)
        np.save(counts, self._counts, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Marks":
        """From `folder`, the pairs memory-mapped.

        Raises:
            IndexDamaged: when a file is missing or not what it should be.
        """
        forms, hashes, counts = (folder / name for name in FILES)
        try:
            return cls(
                json.loads(forms.read_text(encoding="utf-8")),
                np.load(hashes, mmap_mode="r", allow_pickle=False),
                np.load(counts, mmap_mode="r", allow_pickle=False),
            )
        except (OSError, ValueError, TypeError, AttributeError, EOFError) as error:
            raise IndexDamaged(
                f"The writings of words in {folder} cannot be read: run `trichdan reindex` to make a new one."
            ) from error

    def restore(self, text: str) -> str:
        """`text` with its unmarked syllables as the collection most probably writes them.

        Typed marks, capitals and everything that is no known syllable stay as they are, but for what the collection
        spells otherwise: `hoà` becomes `hòa` and `Mĩ` `Mỹ` where it writes them so alone. In a text that was typed with
        marks a syllable without any that the collection writes so is meant so: `Trung Quốc`.
        """
        found = tokens(text)
        words = [text[token.start : token.end] for token in found]
        best = self._best([word.lower() for word in words], as_typed=_is_typed_with_marks(words))
        pieces, end = [], 0
        for token, word, restored in zip(found, words, best, strict=True):
            pieces += [text[end : token.start], _as_typed(word, restored)]
            end = token.end
        return "".join([*pieces, text[end:]])

    def _best(self, words: list[str], *, as_typed: bool) -> tuple[str, ...]:
        """Viterbi: for each writing of the current word the best path that ends in it."""
        paths: dict[str, Scored] = {"": (0.0, ())}
        for word in words:
            writings = [word] if as_typed and self._count(word) else self._writings(word)
            paths = {writing: self._extended(paths, writing) for writing in writings}
        return max(paths.values(), key=lambda path: path[0])[1]

    def _extended(self, paths: Mapping[str, Scored], writing: str) -> Scored:
        scored = (
            (score + self._log_probability(last, writing), path) for last, (score, path) in paths.items()
        )
        score, path = max(scored, key=lambda found: found[0])
        return score, (*path, writing)

    def _writings(self, word: str) -> list[str]:
        bare = fold(word)
        known = self.forms.get(bare)
        if word == bare:
            return list(known) if known else [word]
        if known and word in known:
            return [word]
        return [self._spelled_otherwise(word) or word]

    def _spelled_otherwise(self, word: str) -> str | None:
        """How the collection writes a word with its marks that it never writes so: `hoà` as `hòa`, `Mĩ` as `Mỹ`."""
        for alike in (word, _other_vowel(word)):
            found = self.forms.get(fold(alike), {})
            same = [each for each in found if exact_form(each) == exact_form(alike)]
            if same:
                return max(same, key=lambda each: found[each])
        return None

    def _log_probability(self, last: str, writing: str) -> float:
        single = (self._count(writing) + 0.1) / (self._total + 1)
        if not last:
            return log(single)
        seen = self._pair(last, writing)
        return log((seen + _SMOOTHING * single) / (self._count(last) + _SMOOTHING))

    def _count(self, writing: str) -> int:
        return self.forms.get(fold(writing), {}).get(writing, 0)

    def _pair(self, first: str, second: str) -> int:
        key = np.uint64(term_hash(f"{first} {second}"))
        i = int(np.searchsorted(self._hashes, key))
        return int(self._counts[i]) if i < len(self._hashes) and self._hashes[i] == key else 0


def _is_typed_with_marks(words: Sequence[str]) -> bool:
    syllables = [word for word in words if is_syllable(word)]
    marked = sum(word.lower() != fold(word) for word in syllables)
    return marked >= _WITH_MARKS * max(len(syllables), 1)


def _other_vowel(word: str) -> str:
    """A syllable that ends with i or y behind a consonant in the other's writing, which sounds the same: `Mĩ`, `Mỹ`."""
    last = unicodedata.normalize("NFD", word[-1:])
    other = {"i": "y", "y": "i"}.get(last[:1])
    before = fold(word[:-1])
    if other is None or not (before.endswith("qu") or before[-1:] in _CONSONANTS):
        return word
    return word[:-1] + unicodedata.normalize("NFC", other + last[1:])


def _as_typed(word: str, restored: str) -> str:
    """The restored writing with the capitals that were typed."""
    if word.isupper() and len(word) > 1:
        return restored.upper()
    return restored[:1].upper() + restored[1:] if word[:1].isupper() else restored
