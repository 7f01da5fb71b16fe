"""What a person wrote -> what the collection has on it, checked at this moment to be verbatim. For worker threads."""

from dataclasses import dataclass

from bot.conversation.reply import Reply, Window
from bot.conversation.verified import verified
from bot.conversation.wording import is_unsure
from retrieval.article import Answer
from retrieval.follow_ups.answering import answer_in_context
from retrieval.follow_ups.long_text import answer_about, is_long
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Found:
    """`searched` is what a follow-up was taken for; `about_text`: what was written is a text, not a question."""

    answer: Answer
    searched: str | None = None
    about_text: bool = False

    def reply(self, example: str | None = None) -> Reply:
        """The reply as it is kept; small talk is answered with an `example` of a question."""
        answer = self.answer
        if answer.kind != "question":
            return Reply("talk", reason=answer.reason, example=example)
        windows = tuple(map(Window.of, answer.excerpts or answer.nearest))
        return Reply(
            "answer" if answer.answered else "refusal",
            windows,
            searched=self.searched,
            about_text=self.about_text,
            unsure=is_unsure(answer),
            reason=answer.reason,
        )


def find(retriever: Retriever, written: str, previous: str | None = None, *, is_text: bool = False) -> Found:
    """What the collection has on `written`, a question asked after `previous`, or a text (`is_text`, or by itself)."""
    query = analyse(written)
    if is_text or is_long(query):
        return Found(verified(retriever, answer_about(retriever, query)), about_text=True)
    answer, searched = answer_in_context(retriever, query, analyse(previous) if previous else None)
    return Found(verified(retriever, answer), searched)
