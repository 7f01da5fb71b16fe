"""The answer to a question that was asked after others: the collection decides what it means.

It is searched as it is and in every way that it may be read, together; passages of the articles that answered last are
candidates. What is found is read, and the reading taken that is likelier to be answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Final

from retrieval.article import Answer, Excerpt
from retrieval.excerpts.order import MOST
from retrieval.excerpts.together import together
from retrieval.follow_ups.context import Context
from retrieval.follow_ups.reading import Readings, read_after
from retrieval.index.protocol import Rows
from retrieval.progress import Stages
from retrieval.questions.query import Query
from retrieval.ranking.confidence import Confidence
from retrieval.ranking.reordering import averaged, nearer
from retrieval.ranking.spelling import as_spelled_here
from retrieval.retriever import EXCERPTS, Ranked, Retriever, SearchResult

NEARNESS: Final = 4.0
"""What a passage of the article that answered last scores more, as log-odds."""
LEANING: Final = 1.0
"""What words that lean on something said before say for a question that follows, as log-odds."""
ALONE: Final = 1.0
"""What a question says for itself that leans on nothing, as log-odds."""
CLOSE: Final = 1.0
"""Log-odds within which the better formed of two readings is taken."""
STRAY: Final = 0.1
"""A question less likely than this to be answered alone is on something else, such as the weather: where the answer to
what it may mean after others tells nothing of what it newly names, it is not answered from what was talked about."""
SURE: Final = 0.93
"""From this probability on what was read into a question is answered for sure: a fifth of what was so was wrong."""
LAST: Final = 4
"""Articles that answered lately in which a follow-up is likely answered."""
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Turn:
    """The `answer`, what was `searched` where that is not the question alone, and what the next question follows."""

    answer: Answer
    searched: str | None
    context: Context | None


def answer_in_context(
    retriever: Retriever, current: Query, context: Context | None, limit: int = MOST
) -> Turn:
    """The answer to `current`, asked after what `context` tells: at most `limit` excerpts, all worth showing."""
    if current.questions and context:
        return _each_in_context(retriever, current, context, limit)
    readings = read_after(as_spelled_here(current, retriever.generation), context) if context else None
    if context is None or readings is None:
        answer = retriever.answer_worth_showing(current, limit)
        if context and current.thanks and answer.unsure:
            answer = _thanked(answer)
        return Turn(answer, None, _begun(current, answer, context))
    return _Search(retriever, current, context, readings, Stages()).turn(limit)


def _each_in_context(retriever: Retriever, current: Query, context: Context, limit: int) -> Turn:
    """The answers to several questions of one message, each after what was asked before it."""
    turns: list[Turn] = []
    after: Context | None = context
    for each in current.questions:
        turns.append(answer_in_context(retriever, each, after, limit))
        after = turns[-1].context
    answer = together(current, [turn.answer for turn in turns], limit)
    if not any(turn.searched for turn in turns):
        return Turn(answer, None, after)
    asked = (turn.searched or each.text for each, turn in zip(current.questions, turns, strict=True))
    return Turn(answer, " ".join(asked), after)


def _thanked(answer: Answer) -> Answer:
    """A remark with thanks after an answer; what it finds is by chance."""
    return replace(
        answer, kind="chitchat", reason="thanks", answered=False, unsure=False, confidence=0.0, excerpts=()
    )


def _begun(current: Query, answer: Answer, context: Context | None) -> Context | None:
    """What follows a question that was searched by itself; small talk changes nothing."""
    if answer.kind != "question":
        return context
    return Context.of(answer.searched or current.text, *_articles(answer.excerpts or answer.nearest))


def _articles(found: Sequence[Excerpt], before: Sequence[str] = ()) -> tuple[str, ...]:
    """Those of what was `found` now, best first, and of `before`."""
    return tuple(dict.fromkeys((*(each.citation.article_id for each in found[:EXCERPTS]), *before)))[:LAST]


@dataclass(frozen=True)
class _Search:
    """One question with its `readings`."""

    retriever: Retriever
    current: Query
    context: Context
    readings: Readings
    clock: Stages

    def turn(self, limit: int) -> Turn:
        alone, meant = self._ranked()
        chosen, is_meant = self._chosen(alone, meant)
        answer = self._answer(chosen, limit)
        holds_new = not is_meant or self._holds_new(answer)
        if not holds_new and answer.answered and (strayed := self._stray(alone)):
            answer, is_meant = self._answer(strayed, limit), False
        if not is_meant:
            return Turn(answer, None, self._after_alone(answer))
        searched = answer.searched or meant.query.asked
        is_guess = not holds_new or answer.confidence < SURE
        answer = replace(answer, searched=searched, unsure=answer.unsure or (answer.answered and is_guess))
        return Turn(answer, searched, self._after(meant, searched, answer))

    def _answer(self, found: SearchResult, limit: int) -> Answer:
        asked = replace(self.current, language=found.query.language)
        return self.retriever.answer_of(asked, found, self.clock, limit, self.retriever.worth_showing)

    def _stray(self, alone: Ranked) -> SearchResult | None:
        """What the question finds alone, where that is nothing because it is on something else."""
        if not self.readings.topical:
            return None
        found = self.retriever.read(alone, self.clock)
        return found if found.verdict.probability < STRAY else None

    def _ranked(self) -> tuple[Ranked, Ranked]:
        """What the question finds alone, and the best of what it finds otherwise."""
        near = self.retriever.rows_of(self.context.articles)
        alone, *ranked = self.retriever.ranked([self.current, *self.readings.questions], self.clock, near)
        return alone, self._best([self._placed(each, alone, near) for each in ranked])

    def _placed(self, reading: Ranked, alone: Ranked, near: Rows) -> Ranked:
        """A reading with what was talked about before: a topic finds the article, the question alone the passage in it.

        A question that is whole finds both.
        """
        found = reading.candidates
        if not self.readings.whole:
            found = averaged(found, alone.candidates)
        return replace(reading, candidates=nearer(found, near, NEARNESS))

    def _chosen(self, alone: Ranked, meant: Ranked) -> tuple[SearchResult, bool]:
        """The likelier of both, and whether it is `meant`; where what its words suggest is sure, that alone is read."""
        leans, topical = self.readings.leans, self.readings.topical
        first = self.retriever.read(meant if leans else alone, self.clock)
        alone_is_nothing = leans and self.readings.bare
        if alone_is_nothing or first.verdict.sure or (leans and not topical and first.verdict.answered):
            return first, leans
        second = self.retriever.read(alone if leans else meant, self.clock)
        by_itself, after = (second, first) if leans else (first, second)
        is_meant = self._is_ahead(by_itself.verdict, after.verdict)
        return (after if is_meant else by_itself), is_meant

    def _is_ahead(self, alone: Confidence, meant: Confidence) -> bool:
        """Whether the question is likelier meant as one that follows; what is answered goes before what is not."""
        if alone.answered != meant.answered:
            return meant.answered
        ahead = _log_odds(meant.probability) - _log_odds(alone.probability)
        return ahead > (-LEANING if self.readings.leans else ALONE)

    def _best(self, ranked: list[Ranked]) -> Ranked:
        """The reading that is likeliest to be answered as far as can be told unread; of equal ones the best formed."""
        likely = [_log_odds(self.retriever.unread(each)) for each in ranked]
        return next(each for each, odds in zip(ranked, likely, strict=True) if odds > max(likely) - CLOSE)

    def _holds_new(self, answer: Answer) -> bool:
        """Whether the first excerpt holds what is newly named."""
        first = next(iter(answer.excerpts), None)
        article = self.retriever.article(first.citation.article_id) if first else None
        return first is None or article is None or self.readings.new.held_by(first, article.lang)

    def _after_alone(self, answer: Answer) -> Context:
        """Only what is answered for sure begins a topic; the one before stays in mind beside anything else."""
        question = answer.searched or self.readings.core
        if answer.answered and not answer.unsure:
            return Context.of(question, *_articles(answer.excerpts))
        if self.readings.leans and not answer.answered:
            return self.context
        articles = _articles(answer.excerpts, self.context.articles)
        return replace(self.context, question=question, said=question, articles=articles)

    def _after(self, meant: Ranked, searched: str, answer: Answer) -> Context:
        """The topic is what it was taken to be about."""
        return Context(
            question=searched,
            said=searched if self.readings.whole else self.readings.core,
            topic=searched if self.readings.whole else self.readings.about[meant.query.asked],
            articles=_articles(answer.excerpts, self.context.articles),
        )


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return log(bounded / (1 - bounded))
