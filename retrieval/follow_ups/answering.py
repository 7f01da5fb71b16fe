"""Questions that lean on the one before: "Còn năm 2021?", "And in Moscow?", "А в 2021 году?".

No model reads them. Such a question is searched as it is and, besides, together with the previous question, in which
its times, countries and names take the place of those of the same kind. What either finds counts only where an
excerpt holds what the question newly names.
"""

from dataclasses import dataclass, replace

from retrieval.article import Answer, Excerpt, Span
from retrieval.excerpts.order import MOST
from retrieval.follow_ups.demands import NewlyNamed, newly_named
from retrieval.follow_ups.dependence import Leaning, leaning
from retrieval.follow_ups.long_text import is_long
from retrieval.follow_ups.rewriting import Substituted, wordings
from retrieval.progress import added_up
from retrieval.questions.cues import cues_of
from retrieval.questions.phrases import found_in
from retrieval.questions.query import Query, analyse
from retrieval.retriever import EXCERPTS, Retriever
from retrieval.text.forms import is_within, tokens


@dataclass(frozen=True)
class FollowUp:
    """What to search for, the best first, and what an answer must hold. `topical`: whether it has words of its own."""

    attempts: tuple[str, ...]
    new: NewlyNamed
    topical: bool


def answer_in_context(
    retriever: Retriever, current: Query, before: Query | None, limit: int = MOST
) -> tuple[Answer, str | None]:
    """The answer to `current`, asked after `before`, and what was searched for it; None: the question alone.

    `before` is what was searched for last. At most `limit` excerpts, all worth showing. The question of the answer is
    that of `current` in any case.
    """
    alone = retriever.answer_worth_showing(current, limit)
    follow_up = read_together(current, before) if before else None
    if follow_up is None:
        return alone, None
    tried: list[Answer] = []
    for attempt in follow_up.attempts:
        tried.append(_asked(retriever, attempt, alone, limit))
        if held := _held(retriever, tried[-1], follow_up.new)[:limit]:
            return replace(tried[-1], excerpts=held, elapsed_ms=_time_of(alone, *tried)), attempt
    spent = _time_of(alone, *tried)
    if follow_up.topical and not alone.answered:
        return replace(alone, elapsed_ms=spent), None
    if follow_up.topical and (held := _held(retriever, alone, follow_up.new)):
        return replace(alone, excerpts=held, elapsed_ms=spent), None
    nearest = (tried[0].excerpts or tried[0].nearest)[: min(limit, EXCERPTS)]
    refusal = replace(
        tried[0], answered=False, excerpts=(), nearest=nearest, reason="refused", elapsed_ms=spent
    )
    return refusal, follow_up.attempts[0]


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


def read_together(current: Query, before: Query) -> FollowUp | None:
    """What `current`, asked after `before`, means; None where it stands by itself."""
    if is_long(current) or is_long(before) or not current.kind == before.kind == "question":
        return None
    found = leaning(current, before)
    if found is None:
        return None
    texts = [_together(said, found, before.language) for said in wordings(before, found)]
    attempts = tuple(text for text in dict.fromkeys(texts) if text != before.text)
    new = newly_named(found, before)
    own = any(not (found.cued and is_within(word, found.mentioned)) for word in found.content)
    return FollowUp(attempts, new, own) if attempts else None


def _together(said: Substituted, current: Leaning, language: str) -> str:
    """The previous question as it is `said` now, with what else the current one says."""
    left = [word for word in current.content if not is_within(word, said.placed)]
    if not (left or current.asks or set(current.times) - set(said.placed)):
        return said.text
    text = (_without_asking(said.text, language) if current.asks else said.text).rstrip(" ?!.")
    written, core = current.query.text, Span(current.core[0].start, current.core[-1].end)
    if (meant := current.pronoun) is None:
        return f"{text} {written[core.start : core.end]}"
    return f"{written[core.start : meant.start]}{text}{written[meant.end : core.end]}"


def _without_asking(text: str, language: str) -> str:
    """`text` without its question words."""
    cues, words = cues_of(language), tokens(text)
    for i in reversed(found_in(words, cues.asking) if cues else []):
        word = words[i]
        text = text[: word.start] + text[word.end :]
    return " ".join(text.split())


def _time_of(*answers: Answer) -> dict[str, float]:
    return added_up(answer.elapsed_ms for answer in answers)
