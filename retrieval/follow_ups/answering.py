"""Answers that more than one search makes: to a question that leans on the one before, and to a long text.

No model reads questions such as "Còn năm 2021?", "And in Moscow?", "А в 2021 году?". Such a question is searched as it
is and, besides, together with the previous question, in which its times, countries and names take the place of those
of the same kind. What either finds counts only where an excerpt holds what the question newly names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.article import Answer, Excerpt
from retrieval.excerpts.order import MOST
from retrieval.excerpts.together import together
from retrieval.follow_ups.demands import NewlyNamed
from retrieval.follow_ups.reading import FollowUp, read_together
from retrieval.progress import added_up
from retrieval.questions.query import Query, analyse, worth_asking
from retrieval.ranking.spelling import as_spelled_here
from retrieval.retriever import EXCERPTS, Retriever


def answer_in_context(
    retriever: Retriever, current: Query, before: Query | None, limit: int = MOST
) -> tuple[Answer, str | None]:
    """The answer to `current`, asked after `before`, and what was searched for it; None: the question alone.

    `before` is what was searched for last. At most `limit` excerpts, all worth showing. The question of the answer is
    that of `current` in any case.
    """
    if current.questions and before:
        return _each_in_context(retriever, current, before, limit)
    if before is not None:  # what it newly names must be what an excerpt can hold
        current = as_spelled_here(current, retriever.generation)
    alone = retriever.answer_worth_showing(current, limit)
    follow_up = read_together(current, before) if before else None
    if follow_up is None:
        return alone, None
    tried: list[Answer] = []
    searched: str | None
    for attempt in follow_up.attempts:
        tried.append(_asked(retriever, attempt, alone, limit))
        if held := _held(retriever, tried[-1], follow_up.new)[:limit]:
            answer, searched = replace(tried[-1], excerpts=held), attempt
            break
    else:
        answer, searched = _by_itself(retriever, follow_up, alone, tried[0], limit)
    return replace(answer, elapsed_ms=added_up(each.elapsed_ms for each in (alone, *tried))), searched


def _each_in_context(
    retriever: Retriever, current: Query, before: Query, limit: int
) -> tuple[Answer, str | None]:
    """The answers to several questions of one message."""
    found = [answer_in_context(retriever, each, before, limit) for each in current.questions]
    answer = together(current, [each for each, _ in found], limit)
    if not any(searched for _, searched in found):
        return answer, None
    asked = (searched or each.text for each, (_, searched) in zip(current.questions, found, strict=True))
    return answer, " ".join(asked)


def _by_itself(
    retriever: Retriever, follow_up: FollowUp, alone: Answer, first: Answer, limit: int
) -> tuple[Answer, str | None]:
    """Where no attempt finds what is newly named: the answer to the question `alone`, or a refusal of the `first`."""
    if follow_up.topical and ((held := _held(retriever, alone, follow_up.new)) or not alone.answered):
        return replace(alone, excerpts=held), None
    nearest = (first.excerpts or first.nearest)[: min(limit, EXCERPTS)]
    return replace(first, answered=False, excerpts=(), nearest=nearest, reason="refused"), follow_up.attempts[
        0
    ]


def _asked(retriever: Retriever, attempt: str, alone: Answer, limit: int) -> Answer:
    """What `attempt` finds, as the answer to the question that was asked."""
    found = retriever.answer_worth_showing(analyse(attempt), max(limit, MOST))
    return replace(found, question=alone.question, language=alone.language, unaccented=alone.unaccented)


def _held(retriever: Retriever, answer: Answer, new: NewlyNamed) -> tuple[Excerpt, ...]:
    """The excerpts that hold what is newly named."""
    return tuple(
        excerpt
        for excerpt in answer.excerpts
        if (article := retriever.article(excerpt.citation.article_id)) and new.held_by(excerpt, article.lang)
    )


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
