"""Phrases of a language, where they stand among the words of a question, and those by which one leans on another.

Compared in lower case; a word that was typed without marks matches whatever its marks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from retrieval.languages.reading import of
from retrieval.text.forms import Token, tokens

Phrase = tuple[Token, ...]


class Phrases(tuple[Phrase, ...]):
    """Longest first. Those that begin with a word, in whatever marks, are found without a look at the others."""

    @classmethod
    def of(cls, written: Iterable[str]) -> "Phrases":
        return cls(sorted((tuple(tokens(phrase)) for phrase in written), key=len, reverse=True))

    @cached_property
    def by_first(self) -> Mapping[str, Sequence[Phrase]]:
        """The folded form of the first word -> the phrases, longest first."""
        first: dict[str, list[Phrase]] = {}
        for phrase in self:
            first.setdefault(phrase[0].folded, []).append(phrase)
        return first


def folded(phrase: str) -> tuple[str, ...]:
    """Its words without marks."""
    return tuple(word.folded for word in tokens(phrase))


def length_at_start(words: Sequence[Token], phrases: Phrases) -> int:
    """Of how many words the longest of `phrases` is that `words` begin with; 0 for none."""
    return len(longest_at_start(words, phrases))


def longest_at_start(words: Sequence[Token], phrases: Phrases) -> Phrase:
    """The longest of `phrases` that `words` begin with; empty for none."""
    likely = phrases.by_first.get(words[0].folded, ()) if words else ()
    return next((phrase for phrase in likely if _begins(words, phrase)), ())


def length_at_end(words: Sequence[Token], phrases: Iterable[Phrase]) -> int:
    """Of how many words the longest of `phrases` is that `words` end with; 0 for none."""
    return max((len(p) for p in phrases if len(p) <= len(words) and _begins(words[-len(p) :], p)), default=0)


def found_in(words: Sequence[Token], phrases: Phrases) -> set[int]:
    """The positions of the words that belong to any of `phrases`."""
    found: set[int] = set()
    position = 0
    while position < len(words):
        length = length_at_start(words[position:], phrases)
        found.update(range(position, position + length))
        position += max(length, 1)
    return found


def is_written_as(typed: Token, meant: Token) -> bool:
    """Whether `typed` is `meant`: marks that were typed count, and a word without any may have lost them."""
    return typed.exact == meant.exact or (typed.exact == typed.folded == meant.folded)


def _begins(words: Sequence[Token], phrase: Phrase) -> bool:
    return len(words) >= len(phrase) and all(map(is_written_as, words, phrase))


@dataclass(frozen=True, kw_only=True)
class FollowUpCues:
    """The phrases of one language; see `retrieval.languages` for what each kind is."""

    openers: Phrases
    closers: Phrases
    particles: Phrases
    whole: Phrases
    pronouns: Phrases
    possessives: Phrases
    pointers: Phrases
    asking: Phrases
    counting: Phrases
    when: Phrases
    behind_time: Phrases
    why: Phrases
    empty: Phrases

    @cached_property
    def referring(self) -> Phrases:
        """The pronouns and pointers."""
        return Phrases(sorted((*self.pronouns, *self.pointers), key=len, reverse=True))


@cache
def cues_of(language: str) -> FollowUpCues | None:
    """The cues of `language`, None for one that has none."""
    kinds = of(language, "follow_ups")
    if kinds is None:
        return None
    return FollowUpCues(**{kind: Phrases.of(written) for kind, written in kinds.items()})


@dataclass(frozen=True, kw_only=True)
class CuesFound:
    """The cues of a question, and its `core`: what it says between its opening and its closing words.

    `framed`: whether any of those is a cue. `idle` are the positions of words in the core that name nothing to look
    for, `reference` is the first word for something said before, `pronoun` the words of the first pronoun. `asks`:
    whether there is a question word, `asks_when` one for a time, `asks_why` one for a reason.
    """

    core: Phrase
    framed: bool
    idle: set[int]
    reference: Token | None
    pronoun: Phrase
    asks: bool
    asks_when: bool
    asks_why: bool


def cues_found(words: Phrase, language: str, before: str) -> CuesFound | None:
    """Those of a question of `words`, asked after one in the language `before`; None where neither has any."""
    cues = _fitting(words, language, before)
    if cues is None:
        return None
    core, framed = _core(words, cues)
    refers = found_in(core, cues.referring) - found_in(core, cues.whole)
    asking = found_in(core, cues.asking) - refers
    pronouns = (core[i : i + length_at_start(core[i:], cues.pronouns)] for i in sorted(refers))
    return CuesFound(
        core=core,
        framed=framed,
        idle=refers | asking | found_in(core, cues.empty),
        reference=core[min(refers)] if refers else None,
        pronoun=next(filter(None, pronouns), ()),
        asks=bool(asking),
        asks_when=bool(found_in(core, cues.when)),
        asks_why=bool(found_in(core, cues.why)),
    )


def _fitting(words: Phrase, language: str, before: str) -> FollowUpCues | None:
    """The cues of `language`, or of the one `before` where only they fit: `Belarus?` is of none."""
    own, other = cues_of(language), cues_of(before)
    if own and (other is None or length_at_start(words, own.openers)):
        return own
    return other if other and length_at_start(words, other.openers) else own or other


def _core(words: Phrase, cues: FollowUpCues) -> tuple[Phrase, bool]:
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
