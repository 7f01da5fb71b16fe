"""Words by which a question leans on the one before it, as small readable data, by language."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from retrieval.ranking.query import Query
from retrieval.text import Token, tokens

Phrase = tuple[Token, ...]


@dataclass(frozen=True)
class Cues:
    """The phrases of one language, longest first; see the data file for what each kind is."""

    openers: tuple[Phrase, ...]
    closers: tuple[Phrase, ...]
    particles: tuple[Phrase, ...]
    whole: tuple[Phrase, ...]
    pronouns: tuple[Phrase, ...]
    pointers: tuple[Phrase, ...]
    asking: tuple[Phrase, ...]
    when: tuple[Phrase, ...]
    why: tuple[Phrase, ...]
    empty: tuple[Phrase, ...]


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


def length_at_start(words: Sequence[Token], phrases: Sequence[Phrase]) -> int:
    """Of how many words the longest of `phrases` is that `words` begin with; 0 for none."""
    return next((len(phrase) for phrase in phrases if _begins(words, phrase)), 0)


def length_at_end(words: Sequence[Token], phrases: Sequence[Phrase]) -> int:
    """Of how many words the longest of `phrases` is that `words` end with; 0 for none."""
    return max((len(p) for p in phrases if len(p) <= len(words) and _begins(words[-len(p) :], p)), default=0)


def found_in(words: Sequence[Token], phrases: Sequence[Phrase]) -> list[int]:
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
    path = files("retrieval.ranking") / "data" / "follow_ups.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: Cues(**{kind: _phrases(p) for kind, p in by.items()}) for language, by in data.items()}


def _phrases(written: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(sorted((tuple(tokens(phrase)) for phrase in written), key=len, reverse=True))
