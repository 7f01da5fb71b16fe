"""Question -> Answer whose excerpts were checked, at this moment, to stand in their articles."""

import logging
from dataclasses import replace

from retrieval.article import Answer, Excerpt
from retrieval.excerpts.opening import never_closed
from retrieval.questions.query import analyse
from retrieval.retriever import EXCERPTS, Retriever

_log = logging.getLogger(__name__)


def answer_verified(retriever: Retriever, question: str, limit: int = EXCERPTS) -> Answer:
    """The answer with at most `limit` excerpts, all `verified`."""
    return verified(retriever, retriever.answer(analyse(question), limit))


def verified(retriever: Retriever, answer: Answer) -> Answer:
    """The answer without any excerpt that is not verbatim; an answer that loses them all is a refusal."""
    excerpts = tuple(excerpt for excerpt in answer.excerpts if _stands(retriever, excerpt))
    nearest = tuple(excerpt for excerpt in answer.nearest if _stands(retriever, excerpt))
    if answer.answered and not excerpts:
        return replace(answer, answered=False, excerpts=(), nearest=(), reason="refused")
    return replace(answer, excerpts=never_closed(excerpts), nearest=nearest)


def _stands(retriever: Retriever, excerpt: Excerpt) -> bool:
    if retriever.is_verbatim(excerpt):
        return True
    _log.error("Passage %s does not stand in its article and is not shown.", excerpt.passage_id)
    return False
