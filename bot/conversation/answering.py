"""What a person wrote -> what the collection has on it, and the reply to that. For worker threads."""

import logging
from dataclasses import dataclass, replace

from bot.conversation.replies.glance import told_at_a_glance
from bot.conversation.replies.reply import Reply, Window
from bot.conversation.replies.view import View, view_of
from retrieval.article import Answer
from retrieval.excerpts.opening import opened, unopened
from retrieval.excerpts.order import MOST
from retrieval.follow_ups.context import Context
from retrieval.follow_ups.in_context import answer_in_context
from retrieval.follow_ups.long_text import answer_about
from retrieval.questions.query import analyse, is_long
from retrieval.retriever import Retriever

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Findings:
    """`searched` is what a follow-up was taken for, `context` what the question that comes next may lean on;
    `about_text`: what was written is a text, not a question; `says`: the words of a reply to small talk that have more
    in them than its reason.
    """

    answer: Answer
    searched: str | None = None
    context: Context | None = None
    about_text: bool = False
    says: str | None = None

    @property
    def looked_for(self) -> str | None:
        """What was searched, where that is not the question as it was asked."""
        return self.answer.searched or self.searched

    def reply(self, example: str | None = None) -> Reply:
        """The reply as it is kept; small talk is answered with an `example` of a question."""
        answer = self.answer
        opens = opened(answer)
        if answer.kind != "question":
            return Reply(kind="talk", reason=answer.reason, example=example, says=self.says)
        return Reply(
            kind="answer" if answer.answered else "refusal",
            windows=tuple(map(Window.of, (*opens, *unopened(answer)) or answer.nearest)),
            opened=len(opens),
            searched=self.looked_for,
            spelled=self.searched is None and self.looked_for is not None,
            glance=None if self.about_text else told_at_a_glance(answer),
            about_text=self.about_text,
            unsure=answer.unsure,
            reason=answer.reason,
        )

    def naming_the_question(self) -> "Findings":
        """The same, with the question named in the reply: the person did not type it."""
        answer = self.answer
        if answer.kind != "question" or self.looked_for:
            return self
        return replace(self, answer=replace(answer, searched=answer.question))

    def refused(self) -> "Findings":
        """The same without any passage: none of those found can be shown."""
        refusal = replace(self.answer, answered=False, excerpts=(), nearest=(), reason="refused")
        return replace(self, answer=refusal)


def find(
    retriever: Retriever,
    written: str,
    context: Context | None = None,
    *,
    is_text: bool = False,
    limit: int = MOST,
) -> Findings:
    """What the collection has on `written`, a question asked after what `context` tells, or a text (`is_text`, or by
    itself)."""
    query = analyse(written)
    if is_text or is_long(query):
        return Findings(answer_about(retriever, query, limit), context=context, about_text=True)
    turn = answer_in_context(retriever, query, context, limit)
    return Findings(turn.answer, turn.searched, turn.context)


def first_shown(
    found: Findings, answer_id: str, retriever: Retriever, example: str | None = None, *, whole: bool = False
) -> tuple[Findings, View]:
    """What was found a moment ago as it is shown: an answer of which nothing stands in its articles is a refusal.

    `whole`: with all results, none trimmed.
    """
    reply = found.reply(example)
    view = view_of(replace(reply, opened=0) if whole else reply, answer_id, retriever)
    missing = len(reply.windows) - (len(view.results or view.topics) + view.waiting if view else 0)
    if missing:
        _log.error("%d passages do not stand in their articles and are not shown.", missing)
    if view is None:
        found = found.refused()
        view = view_of(found.reply(), answer_id, retriever)
        assert view is not None  # it has nothing that could be missing
    return found, view
