"""Words by which a question leans on the one before it, as small readable data, by language."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from retrieval.questions.query import Query
from retrieval.text.forms import Token, tokens

Phrase = tuple[Token, ...]


class Phrases(tuple[Phrase, ...]):
    """Longest first. Those that begin with a word, in whatever marks, are found without a look at the others."""

    @cached_property
    def by_first(self) -> Mapping[str, Sequence[Phrase]]:
        """The folded form of the first word -> the phrases, longest first."""
        first: dict[str, list[Phrase]] = {}
        for phrase in self:
            first.setdefault(phrase[0].folded, []).append(phrase)
        return first


@dataclass(frozen=True)
class Cues:
    """The phrases of one language, longest first; see the data file for what each kind is."""

    openers: Phrases
    closers: Phrases
    particles: Phrases
    whole: Phrases
    pronouns: Phrases
    pointers: Phrases
    asking: Phrases
    when: Phrases
    why: Phrases
    empty: Phrases

    @cached_property
    def referring(self) -> Phrases:
        """The pronouns and pointers."""
        return _longest_first((*self.pronouns, *self.pointers))


def cues_of(language: str) -> Cues | None:
    """The cues of `language`, None for one that has none."""
    return _cues().get(language)


def cues_for(query: Query, before: Query) -> Cues | None:
    """Those of its language, or of the language before where only they fit: `Belarus?` is of none."""
    own, other = cues_of(query.language), cues_of(before.language)
    if own and (other is None or length_at_start(query.tokens, own.openers)):
        return own
    return other if other and length_at_start(query.tokens, other.openers) else own or other


def core_of(words: Phrase, cues: Cues) -> tuple[Phrase, bool]:
    """What a question of `words` says between its opening and its closing words, and whether any of them is a cue."""
    cued = False
    while not length_at_start(words, cues.whole) and (length := length_at_start(words, cues.openers)):
        words, cued = words[length:], True
    while length := length_at_end(words, (*cues.closers, *cues.particles)):
        if length_at_end(words, cues.asking) > length:
            break  # `thế` of `như thế`
        cued = cued or length_at_end(words, cues.closers) == length
        words = words[:-length]
    return words, cued


def length_at_start(words: Sequence[Token], phrases: Phrases) -> int:
    """Of how many words the longest of `phrases` is that `words` begin with; 0 for none."""
    likely = phrases.by_first.get(words[0].folded, ()) if words else ()
    return next((len(phrase) for phrase in likely if _begins(words, phrase)), 0)


def length_at_end(words: Sequence[Token], phrases: Sequence[Phrase]) -> int:
    """Of how many words the longest of `phrases` is that `words` end with; 0 for none."""
    return max((len(p) for p in phrases if len(p) <= len(words) and _begins(words[-len(p) :], p)), default=0)


def found_in(words: Sequence[Token], phrases: Phrases) -> list[int]:
    """The positions of the words that belong to any of `phrases`."""
    found: list[int] = []
    position = 0
    while position < len(words):
        length = length_at_start(words[position:], phrases)
        found += range(position, position + length)
        position += max(length, 1)
    return found


def is_written_as(typed: Token, meant: Token) -> bool:
    """Whether `typed` is `meant`: marks that were typed count, and a word without any may have lost them."""
    return typed.exact == meant.exact or (typed.exact == typed.folded == meant.folded)


def _begins(words: Sequence[Token], phrase: Phrase) -> bool:
    return len(words) >= len(phrase) and all(map(is_written_as, words, phrase))


@cache
def _cues() -> Mapping[str, Cues]:
    path = files("retrieval.questions") / "data" / "follow_ups.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: Cues(**{kind: _phrases(p) for kind, p in by.items()}) for language, by in data.items()}


def _phrases(written: Sequence[str]) -> Phrases:
    return _longest_first([tuple(tokens(phrase)) for phrase in written])


def _longest_first(phrases: Sequence[Phrase]) -> Phrases:
    return Phrases(sorted(phrases, key=len, reverse=True))
