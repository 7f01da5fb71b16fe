"""What a question may mean after others: whole questions, each as a person would have typed it.

One of before with a part exchanged (`And Belarus?`), the current one with a name in the place of a pronoun (`When did
he leave?`), or behind what was talked about (`Putin, 2024: when?`). Which is meant is for the collection to tell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from retrieval.article import Span
from retrieval.follow_ups.context import Context
from retrieval.follow_ups.demands import NewlyNamed, newly_named
from retrieval.follow_ups.exchanging import asked_otherwise, without_times, wordings
from retrieval.languages.reading import of
from retrieval.questions.mentions import Mentions, Said, said_after
from retrieval.questions.phrases import Phrases, cues_of, found_in, length_at_start
from retrieval.questions.query import Query, as_one, is_long, likely_names
from retrieval.text.forms import Token, is_within, without_possessive

_FEW = 2
"""So many words that name something are no whole question where one of them asks; as syllables, twice as many."""


@dataclass(frozen=True, kw_only=True)
class Readings:
    """What a question may mean besides what it says: `questions`, the best formed first, with what each is `about`: the
    topic or the last question. `core` is what it says between the cues at its beginning and its end.

    `whole`: they are a question of before with a part exchanged. `leans`: its words show that it goes on with what was
    said, `refers`: one of them stands for something said before. `topical`: it can be asked alone, `bare`: it names
    nothing. `new` is what an answer must hold.
    """

    questions: tuple[Query, ...]
    about: Mapping[str, str]
    core: str
    whole: bool
    leans: bool
    refers: bool
    topical: bool
    bare: bool
    new: NewlyNamed


def read_after(current: Query, context: Context) -> Readings | None:
    """What `current` may mean; None for what is no question, is in a language without cues or says nothing."""
    before = as_one(context.question, current)
    if is_long(current) or is_long(before) or current.kind != "question" or current.thanks:
        return None
    mentioned = Mentions.of(before)
    said = said_after(mentioned, current)
    if said is None or not (said.content or said.mentions.times or said.cues.asks):
        return None
    if said.mentions.towns and mentioned.towns:
        mentioned = mentioned.with_towns_as_names()
        said = replace(said, mentions=said.mentions.with_towns_as_names())
    whole = {text: text for text in _exchanged(mentioned, said) if text != before.text}
    talked_of = [Mentions.of(as_one(text, current)) for text in (context.topic, context.said)]
    if said.mentions.times:
        talked_of = [Mentions.of(as_one(without_times(each), current)) for each in talked_of]
    about: dict[Query, str] = {}
    for text, talk in whole.items() or _about(talked_of, said):
        about.setdefault(as_one(text, current), talk)
    refers = _refers(said)
    questions = tuple(query for query in about if query.text != current.text)
    if not questions:
        return None
    return Readings(
        questions=questions,
        about={query.asked: talk for query, talk in about.items()},
        core=_core(said),
        whole=bool(whole),
        leans=refers or said.cues.framed or _is_fragment(said),
        refers=refers,
        topical=_is_topical(said) and not (refers and said.cues.pronoun),
        bare=not said.content,
        new=newly_named(said, mentioned),
    )


def _exchanged(before: Mentions, said: Said) -> Iterator[str]:
    """The question `before` with what is said now in the place of a part of it, where it has a place for all."""
    only_asks = not said.content and not said.mentions.times
    if only_asks and (asked := asked_otherwise(before, _core(said))):
        yield asked
    if said.cues.asks:
        return
    for wording in wordings(before, said):
        if said.names_only(wording.placed) and {*said.mentions.times} <= {*wording.placed}:
            yield wording.text


def _about(talked_of: Sequence[Mentions], said: Said) -> Iterator[tuple[str, str]]:
    """What is said now, of what was talked about, and which of that: a topic first, and then the last question."""
    topic = talked_of[0].query.text
    written, core = said.mentions.query.text, _core(said)
    names = [name for each in talked_of for name in _named(each) if name.casefold() not in core.casefold()]
    if said.cues.pronoun and _refers(said) and (person := _person(talked_of)):
        first, last = said.cues.pronoun[0], said.cues.pronoun[-1]
        ending = "'s" if _is_possessive(said) else ""
        yield written[: first.start] + person.name + ending + written[last.end :], person.question
    end = "?" if written.rstrip().endswith("?") or said.cues.asks else ""
    if names:
        yield f"{', '.join(dict.fromkeys(names))}: {core}{end}", topic
    for each in talked_of:
        if (subject := _subject(each.query)) and subject.casefold() not in core.casefold():
            yield f"{subject}: {core}{end}", each.query.text


def _is_possessive(said: Said) -> bool:
    """Whether its pronoun is one of possession, as `his`, behind which stands what is owned."""
    cues, last = cues_of(said.mentions.query.language), said.cues.pronoun[-1]
    behind = next((word for word in said.cues.core if word.start > last.start), None)
    owns = cues is not None and length_at_start(said.cues.pronoun, cues.possessives) > 0
    return owns and behind in said.content


def _core(said: Said) -> str:
    """What is said between the cues at its beginning and its end."""
    core = said.cues.core
    return said.mentions.query.text[core[0].start : core[-1].end]


def _subject(query: Query) -> str:
    """What a question is about: its words without those that ask or name nothing at its beginning and its end."""
    cues, words, mentioned = cues_of(query.language), query.tokens, Mentions.of(query)
    named = [*mentioned.times, *mentioned.named]
    idle = (
        found_in(words, cues.asking) | found_in(words, cues.empty) - found_in(words, cues.behind_time)
        if cues
        else ()
    )
    telling = [word for i, word in enumerate(words) if i not in idle or is_within(word, named)]
    return query.text[telling[0].start : telling[-1].end] if telling else ""


class _Person(NamedTuple):
    """Somebody named in a question."""

    name: str
    question: str


def _person(talked_of: Sequence[Mentions]) -> _Person | None:
    """The name that came up last: the first one of its question."""
    for each in reversed(talked_of):
        for span in (*each.names, *_small_names(each)):
            text = each.query.text
            return _Person(without_possessive(text[span.start : span.end]), text)
    return None


def _named(before: Mentions) -> list[str]:
    """The names, countries and times in the question `before`, as they are written, each once."""
    spans = sorted((*before.times, *before.named, *_small_names(before)))
    names = (without_possessive(before.query.text[span.start : span.end]) for span in spans)
    return list(dict.fromkeys(names))


def _small_names(before: Mentions) -> list[Span]:
    """Words that may be names though they are typed in small letters."""
    taken = [*before.times, *before.named]
    likely = [word for word in likely_names(before.query) if word.folded.isalpha()]
    return _joined(before.query, [Span(w.start, w.end) for w in likely if not is_within(w, taken)])


def _joined(query: Query, spans: Sequence[Span]) -> list[Span]:
    """`spans` of which those with one blank between are one."""
    joined: list[Span] = []
    for span in spans:
        if joined and query.text[joined[-1].end : span.start] == " ":
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _refers(said: Said) -> bool:
    """Whether it has a word for something said before that no name precedes."""
    cues, named = said.cues, (*said.mentions.named, *_small_names(said.mentions))
    pointing = [cues.core[i] for i in found_in(cues.core, _pointing(said.mentions.query.language))]
    there: list[Token] = [*pointing, *([cues.reference] if cues.reference else [])]
    return bool(there) and not any(span.start < min(word.start for word in there) for span in named)


def _is_topical(said: Said) -> bool:
    """Whether it says something of its own that could be looked for: `And Lavrov?` does not."""
    return bool(said.content) and not (said.cues.framed and said.names_only(said.mentions.named))


def _is_fragment(said: Said) -> bool:
    """Whether it is no whole question: `Năm 2021?`, `Belarus?`, `Ai ký?`."""
    words = len(said.content) / (of(said.mentions.query.language, "syllables") or 1)
    if said.names_only(said.mentions.named):
        return not said.cues.asks or not said.content  # `Ai là Putin?` is whole
    return words + len(said.mentions.times) <= _FEW and not said.mentions.named


@cache
def _pointing(language: str) -> Phrases:
    return Phrases.of(of(language, "courtesies", "pointing") or ())
