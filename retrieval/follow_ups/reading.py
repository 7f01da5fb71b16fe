"""What a question means that leans on the one before it: that one, with what is named now in the place of what was.

One that names enough by itself never leans, whatever it begins with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.article import Span
from retrieval.follow_ups.demands import NewlyNamed, newly_named
from retrieval.languages.reading import VIETNAMESE, of
from retrieval.questions.mentions import Mentions, Said, said_after
from retrieval.questions.phrases import cues_of, found_in
from retrieval.questions.query import Query, is_long
from retrieval.text.forms import tokens

_WITH_CUE, _WITH_REFERENCE = 2, 4
"""A question with more words that name something than this stands by itself, in spite of what it begins with or refers
to. Twice as many in Vietnamese, where a word has about two syllables."""
_HOME = of(VIETNAMESE, "home")
"""`trade of Vietnam and Japan` is about Japan."""

Edit = tuple[Span, str]


@dataclass(frozen=True)
class FollowUp:
    """What to search for, the best first, and what an answer must hold. `topical`: whether it has words of its own."""

    attempts: tuple[str, ...]
    new: NewlyNamed
    topical: bool


@dataclass(frozen=True)
class Substituted:
    """The previous question's new wording, and the spans of the current question that found their place in it."""

    text: str
    placed: tuple[Span, ...]


def read_together(current: Query, before: Query) -> FollowUp | None:
    """What `current`, asked after `before`, means; None where it stands by itself."""
    if is_long(current) or is_long(before) or not current.kind == before.kind == "question":
        return None
    mentioned = Mentions.of(before)
    said = said_after(mentioned, current)
    if said is None or not _leans(said):
        return None
    if said.mentions.towns and mentioned.towns:
        mentioned = mentioned.with_towns_as_names()
        said = replace(said, mentions=said.mentions.with_towns_as_names())
    texts = [_together(wording, said, before.language) for wording in _wordings(mentioned, said)]
    attempts = tuple(text for text in dict.fromkeys(texts) if text != before.text)
    own = bool(said.content) and not (said.cues.framed and said.names_only(said.mentions.named))
    return FollowUp(attempts, newly_named(said, mentioned), own) if attempts else None


def _leans(said: Said) -> bool:
    """Whether a question leans on the one before; one that says nothing at all does not."""
    named = said.mentions
    if not (said.content or named.times or said.cues.asks):
        return False
    words = len(said.content) / (of(named.query.language, "syllables") or 1)
    there = said.cues.reference
    # Behind the name of somebody or some country it stands for that.
    if there and not any(span.start < there.start for span in named.named):
        return words <= _WITH_REFERENCE
    return words <= _WITH_CUE if said.cues.framed else _is_fragment(said)


def _is_fragment(said: Said) -> bool:
    """Whether a question without a cue is no whole one: `Năm 2021?`, `Belarus?`, `Ai ký?`."""
    if not said.content:
        return True
    named = said.mentions.named
    if len(named) == 1 and said.names_only(named):
        return not said.cues.asks  # `Ai là Putin?` is whole
    return len(said.content) == 1 and not named and (said.cues.asks or bool(said.mentions.times))


def _wordings(before: Mentions, current: Said) -> Iterator[Substituted]:
    """`before` with year for year, date for date, country for country, name for name; everything else stays.

    Where the current question names no time, a second wording leaves that of `before` out: `Belarus?` after a question
    about one year may have an answer that is of no year.
    """
    yield _substituted(before, current, _times(before, current.mentions))
    if not current.mentions.times and before.times:
        yield _substituted(before, current, [(span, "") for span in before.times])


def _substituted(before: Mentions, current: Said, of_times: list[Edit]) -> Substituted:
    named = current.mentions
    of_places, of_names = _places(before, current), _names(before, current)
    text, rest = before.query.text, len(before.query.text)
    for span, written in sorted([*of_times, *of_places, *of_names], reverse=True):
        if span.end <= rest:  # two names of countries may share a word
            text, rest = text[: span.start] + written + text[span.end :], span.start
    placed = (
        *(named.times if of_times else ()),
        *((span for _, span in named.places) if of_places else ()),
        *((named.as_names or named.names) if of_names else ()),
    )
    return Substituted(" ".join(text.split()), placed)


def _times(before: Mentions, current: Mentions) -> list[Edit]:
    """The first time becomes the current ones, further ones go."""
    if not (before.times and current.times):
        return []
    return [(before.times[0], _written(current, current.times)), *((span, "") for span in before.times[1:])]


def _places(before: Mentions, current: Said) -> list[Edit]:
    """The last country that is not at home becomes the current one; one of two that were named changes its role."""
    if not before.places or len(current.mentions.places) != 1:
        return []
    ((place, span),) = current.mentions.places
    distinct = list(dict.fromkeys(place for place, _ in before.places))
    if place in distinct:
        both = len(before.places) == len(distinct) == 2
        return _exchanged(before) if both and current.names_only([span]) else []
    foreign = [each for each in distinct if each.code != _HOME]
    replaced = (foreign or distinct)[-1]
    return [(at, _written(current.mentions, [span])) for each, at in before.places if each == replaced]


def _exchanged(before: Mentions) -> list[Edit]:
    (_, one), (_, other) = before.places
    return [(one, _written(before, [other])), (other, _written(before, [one]))]


def _names(before: Mentions, current: Said) -> list[Edit]:
    """The last name becomes the current one, when that is all that the current question says; a town takes the place of
    a town in any case.
    """
    names = current.mentions.names
    if before.as_names and current.mentions.as_names:
        return [(before.as_names[-1], _written(current.mentions, current.mentions.as_names[-1:]))]
    if not (before.names and names and current.names_only(names)):
        return []
    return [(before.names[-1], _written(current.mentions, names))]


def _written(named: Mentions, spans: Sequence[Span]) -> str:
    return named.query.text[spans[0].start : spans[-1].end]


def _together(wording: Substituted, current: Said, language: str) -> str:
    """The `wording` of the previous question with what else the current one says."""
    all_placed = current.names_only(wording.placed) and {*current.mentions.times} <= {*wording.placed}
    if all_placed and not current.cues.asks:
        return wording.text
    text = (_without_asking(wording.text, language) if current.cues.asks else wording.text).rstrip(" ?!.")
    written, core, meant = current.mentions.query.text, current.cues.core, current.cues.pronoun
    begin, end = core[0].start, core[-1].end
    if not meant:
        return f"{text} {written[begin:end]}"
    return f"{written[begin : meant[0].start]}{text}{written[meant[-1].end : end]}"


def _without_asking(text: str, language: str) -> str:
    """`text` without its question words."""
    cues, words = cues_of(language), tokens(text)
    for i in sorted(found_in(words, cues.asking) if cues else (), reverse=True):
        text = text[: words[i].start] + text[words[i].end :]
    return " ".join(text.split())
