"""Questions with known answers, asked of every new index before it serves."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.article import Answer
from retrieval.errors import IndexUnusable, SourceError
from retrieval.evaluation.outcomes import holds_answer
from retrieval.evaluation.question_sets import Question, read_questions
from retrieval.indexing.judging import Doubt, New
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever

_NAMED = 5
Opened = Callable[[str], Retriever]
"""A retriever over the generation of this id; raises IndexUnusable."""


@dataclass(frozen=True, kw_only=True)
class SelfCheck:
    """A `Judge`: an index that answers a much smaller share of `questions` than the one in service is doubted.

    `drop` is by how much the share may fall. What is asked of articles that went on purpose does not count: `removed`
    are the ids of those that an admin took out.
    """

    questions: Sequence[Question]
    drop: float
    opened: Opened
    removed: Collection[str] = ()

    def __call__(self, new: New) -> Doubt | None:
        if new.before is None:
            return None
        try:
            before = self.opened(new.before)
        except IndexUnusable:
            return None  # of another model, or damaged: nothing to compare with
        after = self.opened(new.generation)
        asked = [each for each in self.questions if not self._went_on_purpose(each, after, chosen=new.chosen)]
        answered = [each for each in asked if is_answered(each, before)]
        kept = [each for each in asked if is_answered(each, after)]
        if not asked or (len(answered) - len(kept)) / len(asked) <= self.drop:
            return None
        lost = [each.text for each in answered if each not in kept]
        return Doubt(
            generation=new.generation,
            asked=len(asked),
            before=len(answered),
            after=len(kept),
            lost=tuple(lost[:_NAMED]),
        )

    def _went_on_purpose(self, question: Question, after: Retriever, *, chosen: bool) -> bool:
        gone = [each for each in question.right if after.generation.articles.article(each) is None]
        return bool(gone) and len(gone) == len(question.right) and (chosen or set(gone) <= set(self.removed))


def questions_in(path: Path) -> list[Question]:
    """The questions of a file that have an answer.

    Raises:
        SourceError: it cannot be read, or holds none.
    """
    found = [each for each in read_questions(path) if each.answerable or each.answers]
    if not found:
        raise SourceError(
            f"{path} holds no question with an answer: `trichdan self-check --write {path.name}` makes an example."
        )
    return found


def is_answered(question: Question, retriever: Retriever) -> bool:
    """Whether the reply, sure or unsure, holds one of the answers, in one of the articles where these are named."""
    return holds(retriever.answer(analyse(question.text)), question)


def holds(answer: Answer, question: Question) -> bool:
    """Whether an excerpt of `answer` is of a right article and holds one of the answers, as far as they are named."""
    return answer.answered and any(
        (not question.right or each.citation.article_id in question.right)
        and (not question.answers or holds_answer(each.text, question.answers))
        for each in answer.excerpts
    )
