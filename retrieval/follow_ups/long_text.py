"""A forwarded post or a long pasted text, and what the collection says about it.

A text is no question: its sentences are. A few of them are searched, the first ones and those that name the most, and
what they find is joined.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.article import Answer, Excerpt
from retrieval.excerpts.order import MOST
from retrieval.progress import added_up
from retrieval.questions.mentions import names_and_numbers
from retrieval.questions.query import Query, analyse
from retrieval.retriever import EXCERPTS, Retriever
from retrieval.text.forms import tokens
from retrieval.text.sentences import sentences

_LONGEST_QUESTION = 300
"""Characters of a question; the longest of 300 real ones has 170."""
_TELLING = 3
"""So many sentences, none of which asks, are a text from half that length on."""
_WORDS = 5
"""A sentence of fewer words says nothing that could be looked for: a heading, a signature."""
_LONGEST = 600
"""Characters that are searched of a sentence."""
_ASKED = 8
_FIRST = 2
"""Sentences at the beginning that are asked in any case: they tell what a text is about."""


def is_long(query: Query) -> bool:
    """Whether what was typed is to be answered about (`answer_about`) rather than answered."""
    text = query.lines
    if len(text) > _LONGEST_QUESTION:
        return True
    return "?" not in text and len(text) > _LONGEST_QUESTION / 2 and len(sentences(text)) >= _TELLING


def answer_about(retriever: Retriever, text: Query, limit: int = MOST) -> Answer:
    """What the collection says about a text: at most `limit` excerpts, none twice, the surest first.

    The score of an excerpt is the confidence in the sentence that found it, less its place among what that one found.
    """
    answers = [retriever.answer(sentence) for sentence in worth_asking(text)]
    answered = [answer for answer in answers if answer.answered]
    found = _merged([(a.confidence, a.excerpts) for a in answered], limit)
    nearest = _merged([(a.confidence, a.nearest) for a in answers], min(limit, EXCERPTS))
    return Answer(
        question=text.asked,
        kind="question",
        language=text.language,
        unaccented=text.unaccented,
        answered=bool(found),
        confidence=max((answer.confidence for answer in answers), default=0.0),
        excerpts=found,
        nearest=() if found else nearest,
        reason=None if found else "refused",
        elapsed_ms=added_up(answer.elapsed_ms for answer in answers),
        generation=retriever.generation.id,
    )


def worth_asking(text: Query) -> list[Query]:
    """At most eight sentences of a text in its order: the first ones, and those with the most names and numbers."""
    cut = [text.lines[start:end][:_LONGEST] for start, end in sentences(text.lines)]
    told = dict.fromkeys(sentence for sentence in cut if len(tokens(sentence)) >= _WORDS)
    said = [analyse(sentence) for sentence in told]
    rest = sorted(range(_FIRST, len(said)), key=lambda i: -_telling(said[i]))
    chosen = [*range(min(_FIRST, len(said))), *rest][:_ASKED]
    return [said[i] for i in sorted(chosen)]


def _telling(sentence: Query) -> int:
    """How many different names and numbers a sentence holds."""
    return len({name.folded for name in names_and_numbers(sentence)})


def _merged(found: Sequence[tuple[float, Sequence[Excerpt]]], limit: int) -> tuple[Excerpt, ...]:
    """The first excerpts of all, the surest first, then the second ones: at most `limit`, no two of one place."""
    merged: list[Excerpt] = []
    for excerpt in sorted(_scored(found), key=lambda each: -each.score):
        if len(merged) < limit and not any(_overlap(excerpt, other) for other in merged):
            merged.append(excerpt)
    return tuple(merged)


def _scored(found: Sequence[tuple[float, Sequence[Excerpt]]]) -> Iterator[Excerpt]:
    for confidence, excerpts in found:
        for place, excerpt in enumerate(excerpts):
            yield replace(excerpt, score=confidence - place)


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    same = one.citation.article_id == other.citation.article_id
    return same and one.start < other.end and other.start < one.end
