"""Whether a question leans on the one before it, and what it then names.

One that names enough by itself never does, whatever it begins with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.article import Span
from retrieval.languages.reading import of
from retrieval.questions.cues import FollowUpCues, core_of, cues_for
from retrieval.questions.mentions import names, times
from retrieval.questions.names import share_held
from retrieval.questions.phrases import found_in, length_at_start
from retrieval.questions.places import Place, places_named
from retrieval.questions.query import Query
from retrieval.text.forms import Token, is_within

_WITH_CUE, _WITH_REFERENCE = 2, 4
"""A question with more words that name something than this stands by itself, in spite of what it begins with or refers
to. Twice as many in Vietnamese, where a word has about two syllables."""


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """A question that leans on another, and what it names.

    `core` is what it says apart from its cue, `content` the words of it that name something, times left out. `pronoun`
    is where one stands for something said before. `asks`: whether it has a question word of its own, `asks_when` one
    for a time, `asks_why` one for a reason.
    """

    query: Query
    cued: bool
    core: tuple[Token, ...]
    content: tuple[Token, ...]
    times: tuple[Span, ...]
    places: tuple[tuple[Place, Span], ...]
    names: tuple[Span, ...]
    pronoun: Span | None
    asks: bool
    asks_when: bool
    asks_why: bool

    @property
    def mentioned(self) -> tuple[Span, ...]:
        """Its countries and names."""
        return (*(span for _, span in self.places), *self.names)


def leaning(query: Query, before: Query) -> Leaning | None:
    """How `query` leans on the question `before` it; None when it stands by itself, or says nothing at all."""
    cues = cues_for(query, before)
    if cues is None:
        return None
    core, cued = core_of(query.tokens, cues)
    whole = set(found_in(core, cues.whole))
    refers = set(found_in(core, cues.referring)) - whole
    found = _read(query, before, core, refers, cues, cued=cued)
    if not (found.content or found.times or found.asks):
        return None
    words = len(found.content) / (of(query.language, "syllables") or 1)
    if refers and not _names_before(found, core[min(refers)]):
        leans = words <= _WITH_REFERENCE
    elif found.cued:
        leans = words <= _WITH_CUE
    else:
        leans = _is_fragment(found)
    return found if leans else None


def _read(
    query: Query, before: Query, core: tuple[Token, ...], refers: set[int], cues: FollowUpCues, *, cued: bool
) -> Leaning:
    timed = tuple(times(query))
    asking = set(found_in(core, cues.asking)) - refers
    content = _content(query, core, refers | asking | set(found_in(core, cues.empty)), timed)
    query = _capitalised(query, content) if cued else query
    places = _places(query, before)
    return Leaning(
        query=query,
        cued=cued,
        core=core,
        content=content,
        times=timed,
        places=places,
        names=tuple(names(query, [*timed, *(span for _, span in places)])),
        pronoun=_pronoun(core, refers, cues),
        asks=bool(asking),
        asks_when=bool(found_in(core, cues.when)),
        asks_why=bool(found_in(core, cues.why)),
    )


def _content(query: Query, core: Sequence[Token], idle: set[int], timed: Sequence[Span]) -> tuple[Token, ...]:
    """The words of `core` outside `timed` that name something; those of a country's name always do."""
    there = [span for _, span in places_named(query)]
    return tuple(
        word
        for i, word in enumerate(core)
        if not is_within(word, timed) and (i not in idle or is_within(word, there))
    )


def _capitalised(query: Query, content: Sequence[Token]) -> Query:
    """A question that says nothing but the name of a country in small letters, with capitals: `còn nga?`."""
    text = query.text
    for word in content:
        text = text[: word.start] + text[word.start].upper()[:1] + text[word.start + 1 :]
    written = replace(query, text=text, unaccented=False)
    spans = [span for _, span in places_named(written)]
    return written if spans and all(is_within(word, spans) for word in content) else query


def _places(query: Query, before: Query) -> tuple[tuple[Place, Span], ...]:
    """The countries named, without those that the question before named by another name: Moscow is not Russia then."""
    there = places_named(before)
    found = []
    for place, span in places_named(query):
        forms = [at for each, at in there if each == place]
        known = [word.folded for word in before.tokens if is_within(word, forms)]
        written = [word for word in query.tokens if is_within(word, [span])]
        if not known or query.language != before.language or share_held(written, known) == 1:
            found.append((place, span))
    return tuple(found)


def _pronoun(core: Sequence[Token], refers: set[int], cues: FollowUpCues) -> Span | None:
    """The first word or two that stand for something said before."""
    for i in sorted(refers):
        if length := length_at_start(core[i:], cues.pronouns):
            return Span(core[i].start, core[i + length - 1].end)
    return None


def _names_before(found: Leaning, word: Token) -> bool:
    """Whether the question itself names somebody or some country before `word`, which then stands for that."""
    return any(span.start < word.start for span in found.mentioned)


def _is_fragment(found: Leaning) -> bool:
    """Whether a question without a cue is no whole one: `Năm 2021?`, `Belarus?`, `Ai ký?`."""
    if not found.content:
        return True
    if len(found.mentioned) == 1 and all(is_within(word, found.mentioned) for word in found.content):
        return not found.asks  # `Ai là Putin?` is whole
    return len(found.content) == 1 and not found.mentioned and (found.asks or bool(found.times))
