"""Words by which a question leans on the one before it, by language."""

from dataclasses import dataclass
from functools import cache, cached_property

from retrieval.languages.reading import of
from retrieval.questions.phrases import Phrase, Phrases, length_at_end, length_at_start
from retrieval.questions.query import Query


@dataclass(frozen=True, kw_only=True)
class FollowUpCues:
    """The phrases of one language; see `retrieval.languages` for what each kind is."""

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
        return Phrases(sorted((*self.pronouns, *self.pointers), key=len, reverse=True))


@cache
def cues_of(language: str) -> FollowUpCues | None:
    """The cues of `language`, None for one that has none."""
    kinds = of(language, "follow_ups")
    if kinds is None:
        return None
    return FollowUpCues(**{kind: Phrases.of(written) for kind, written in kinds.items()})


def cues_for(query: Query, before: Query) -> FollowUpCues | None:
    """Those of its language, or of the language before where only they fit: `Belarus?` is of none."""
    own, other = cues_of(query.language), cues_of(before.language)
    if own and (other is None or length_at_start(query.tokens, own.openers)):
        return own
    return other if other and length_at_start(query.tokens, other.openers) else own or other


def core_of(words: Phrase, cues: FollowUpCues) -> tuple[Phrase, bool]:
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
