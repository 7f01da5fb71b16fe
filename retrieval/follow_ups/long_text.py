"""The answer to a long text: what the collection says about it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.article import Answer, Excerpt
from retrieval.excerpts.opening import at_most
from retrieval.excerpts.order import MOST
from retrieval.progress import added_up
from retrieval.questions.query import Query, worth_asking
from retrieval.retriever import EXCERPTS, Retriever


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
        excerpts=at_most(found),
        nearest=() if found else nearest,
        reason=None if found else "refused",
        elapsed_ms=added_up(answer.elapsed_ms for answer in answers),
        generation=retriever.generation.id,
    )


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
