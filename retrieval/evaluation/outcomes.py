"""What becomes of a question, beside what it expects."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.article import Answer, Excerpt
from retrieval.evaluation.question_sets import Question
from retrieval.excerpts.opening import opened
from retrieval.excerpts.trimming import part_shown
from retrieval.questions.query import Query, analyse
from retrieval.retriever import Retriever
from retrieval.text.forms import normalise

_DEEPEST = 10
"""Articles ranked for recall@10 and MRR@10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one question. `ranked` are the ids of the best articles, at most ten, best first.

    `opened` are the lengths of the texts that the reply opens with, `in_opening`: the answer stands in one of them.
    """

    question: Question
    ranked: tuple[str, ...]
    in_excerpt: bool
    in_reply: bool
    in_highlight: bool
    answered: bool
    unsure: bool
    right: bool
    confidence: float
    elapsed_ms: float
    opened: tuple[int, ...] = ()
    in_opening: bool = False


def evaluate(retriever: Retriever, questions: Iterable[Question]) -> Iterator[Outcome]:
    """Asks every question; refused ones are ranked as well."""
    for question in questions:
        query = analyse(question.text)
        yield outcome(question, _ranked_articles(retriever, query), retriever.answer(query))


def _ranked_articles(retriever: Retriever, query: Query) -> list[str]:
    rows = [int(row) for row in retriever.search(query).candidates.rows[: _DEEPEST * 5]]
    found = retriever.generation.passages(rows)
    return list(dict.fromkeys(found[row][1].id for row in rows))[:_DEEPEST]


def outcome(question: Question, ranked: Sequence[str], answer: Answer) -> Outcome:
    """How the ranked article ids and the answer compare with what the question expects."""
    shown = answer.excerpts or answer.nearest
    held = [_holds(excerpt, question) for excerpt in shown]
    opens = [part_shown(excerpt) for excerpt in opened(answer)]
    marked = "".join(shown[0].text[a:b] for a, b in shown[0].highlights) if shown else ""
    return Outcome(
        question=question,
        ranked=tuple(ranked),
        in_excerpt=any(held[:1]),
        in_reply=any(held),
        in_highlight=any(held[:1]) and holds_answer(marked, question.answers),
        answered=answer.answered,
        unsure=answer.unsure,
        right=answer.answered and answer.excerpts[0].citation.article_id in question.right,
        confidence=answer.confidence,
        elapsed_ms=answer.elapsed_ms.get("total", 0.0),
        opened=tuple(len(each.text) for each in opens),
        in_opening=any(_holds(each, question) for each in opens),
    )


def _holds(excerpt: Excerpt, question: Question) -> bool:
    return excerpt.citation.article_id in question.right and holds_answer(excerpt.text, question.answers)


def holds_answer(text: str, answers: Iterable[str]) -> bool:
    """Whether one of `answers` stands in `text`; how words are spaced and capitalised does not count."""
    held = _comparable(text)
    return any(_comparable(answer) in held for answer in answers)


def _comparable(text: str) -> str:
    return " ".join(normalise(text).split()).casefold()
