"""One answer of several: to the questions that one message asks."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.article import Answer, Excerpt, Span
from retrieval.excerpts.opening import MOST_OPENED, at_most
from retrieval.progress import added_up
from retrieval.questions.query import Query


def together(query: Query, answers: Sequence[Answer], limit: int) -> Answer:
    """The `answers`, at least one, to what `query` asks, as the answer to it.

    At most `limit` excerpts: the best of the first answer, the best of the second, then the second ones; none twice.
    A reply opens with the best of each, or with what the reply to the only one that is answered would open with.
    Answered where any is, and unsure where any of those that are is. The nearest ones are shown where none is.
    """
    answered = [answer for answer in answers if answer.answered]
    fewest = max(len(answer.nearest) for answer in answers)
    return replace(
        answers[0],
        question=query.asked,
        language=query.language,
        unaccented=query.unaccented,
        answered=bool(answered),
        unsure=any(answer.unsure for answer in answered),
        by_date=any(answer.by_date for answer in answered),
        confidence=max(answer.confidence for answer in answers),
        excerpts=at_most(
            _in_turn([answer.excerpts for answer in answered], limit),
            len(answered) if len(answered) > 1 else MOST_OPENED,
        ),
        nearest=() if answered else _in_turn([answer.nearest for answer in answers], fewest),
        reason=None if answered else "refused",
        elapsed_ms=added_up(answer.elapsed_ms for answer in answers),
    )


def _in_turn(found: Sequence[Sequence[Excerpt]], limit: int) -> tuple[Excerpt, ...]:
    """The first of each, then the second of each; of two that overlap one, with the marks of both that lie in it.

    The score of an excerpt falls from turn to turn.
    """
    taken: list[Excerpt] = []
    for place in range(max(map(len, found), default=0)):
        for excerpt in (each[place] for each in found if place < len(each)):
            same = next((n for n, other in enumerate(taken) if _overlap(excerpt, other)), None)
            if same is not None:
                taken[same] = _with_marks_of(taken[same], excerpt)
            elif len(taken) < limit:
                taken.append(replace(excerpt, score=1.0 / (1 + place)))
    return tuple(taken)


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    same = one.citation.article_id == other.citation.article_id
    return same and one.start < other.end and other.start < one.end


def _with_marks_of(one: Excerpt, other: Excerpt) -> Excerpt:
    """`one` with what of the marks and of the opening of `other` lies in it."""
    shift = other.start - one.start
    marks = (Span(start + shift, end + shift) for start, end in other.highlights)
    within = (mark for mark in marks if mark.start >= 0 and mark.end <= len(one.text))
    opened = [one.shown] if one.shown else []
    if other.shown:
        start, end = (min(max(at + shift, 0), len(one.text)) for at in other.shown)
        opened += [Span(start, end)] if start < end else []
    shown = Span(min(span.start for span in opened), max(span.end for span in opened)) if opened else None
    return replace(one, highlights=tuple(sorted({*one.highlights, *within})), shown=shown)
