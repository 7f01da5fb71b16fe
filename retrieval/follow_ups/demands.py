"""What a follow-up names that the question before it did not, and whether an excerpt holds it."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.article import Excerpt
from retrieval.questions.mentions import Mentions, Said
from retrieval.questions.names import share_held
from retrieval.questions.phrases import is_written_as
from retrieval.questions.place_forms import Place
from retrieval.questions.places import places_named
from retrieval.questions.query import Query
from retrieval.questions.translation import LIKELY, load_lexicon, stems
from retrieval.text.forms import Token, is_within, tokens
from retrieval.text.language import is_syllable
from retrieval.text.values import Times


@dataclass(frozen=True, kw_only=True)
class NewlyNamed:
    """Times, countries, `towns` that stand for one, and words of `query`; `a_time` where it asks for one.

    `nothing`: whether it asks for what no word can show, a reason, and names nothing else.
    """

    query: Query
    times: Times
    places: tuple[Place, ...]
    towns: tuple[Place, ...]
    words: tuple[Token, ...]
    a_time: bool
    nothing: bool

    def held_by(self, excerpt: Excerpt, language: str | None) -> bool:
        """Whether the excerpt, of an article in `language`, holds all of it.

        Countries and times may stand in the title too, a time may be that of the article. Words stand in the answering
        sentences; across languages anywhere in the excerpt, as far as their translation is known.
        """
        shown = f"{excerpt.citation.title or ''}\n{excerpt.text}"
        if self.nothing or not all(place.is_named_in(shown) for place in self.places):
            return False
        if not all(place.is_town_named_in(shown) for place in self.towns):
            return False
        text, times = tokens(excerpt.text), Times.told(tokens(shown), excerpt.citation.date)
        if not times.hold(self.times) or (self.a_time and not any(Times.told(text))):
            return False
        if language == self.query.language:
            answering = "\n".join(excerpt.text[mark.start : mark.end] for mark in excerpt.highlights)
            return all(_stands_in(tokens(answering), word) for word in self.words)
        return self._held_across(text)

    def _held_across(self, there: Sequence[Token]) -> bool:
        """Whether every word that can be checked is there, as it sounds or translated; one at least can."""
        folded = frozenset(token.folded for token in there)
        held = [self._is_word_held(word, folded) for word in self.words]
        known = [is_held for is_held in held if is_held is not None]
        return all(known) and (bool(known) or not self.words)

    def _is_word_held(self, word: Token, folded: frozenset[str]) -> bool | None:
        """None where nothing tells: a common word without a known translation."""
        if share_held([word], folded) == 1:
            return True
        lexicon = load_lexicon(self.query.language)
        (stem,) = stems(self.query.language, self.query.text, [word]) if lexicon else ("",)
        if lexicon is None or not lexicon.knows(stem):
            named = self.query.is_capitalised(word) or word.folded[0].isnumeric()
            return False if named else None
        return any(set(term.split()) <= folded for term, p in lexicon.meaning_of(stem).items() if p >= LIKELY)


def _stands_in(there: Sequence[Token], word: Token) -> bool:
    """Whether a word is there as it is, or is a foreign one and sounds alike."""
    if any(is_written_as(word, other) for other in there):
        return True
    return not is_syllable(word.folded) and share_held([word], [other.folded for other in there]) == 1


def newly_named(current: Said, before: Mentions) -> NewlyNamed:
    """What the current question names and the one before does not."""
    named, known = current.mentions, before.query.tokens
    called = places_named(named.query) if named.as_names else named.places
    there = [span for _, span in called]
    times = Times.told(named.query.within(named.times)).besides(Times.told(known))
    words = tuple(
        word
        for word in current.content
        if not is_within(word, there) and not any(is_written_as(word, other) for other in known)
    )
    places = tuple(place for place, _ in named.places if place not in dict(before.places))
    return NewlyNamed(
        query=named.query,
        times=times,
        places=places,
        towns=tuple(place for place, span in called if span in named.as_names),
        words=words,
        a_time=current.cues.asks_when,
        nothing=current.cues.asks_why and not (any(times) or places or words),
    )
