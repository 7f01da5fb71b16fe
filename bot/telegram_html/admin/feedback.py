"""Answers that somebody found bad, as admins see them: the question, the votes, and the excerpts that were shown."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.conversation.replies.buttons import Keyboard, Verb
from bot.conversation.replies.reply import Reply
from bot.conversation.replies.wording import one_line
from bot.state.feedback import DownVoted
from bot.telegram_html.admin.paging import pages
from bot.telegram_html.markup import escape, fits
from bot.telegram_html.quotes import citation_lines, quotes
from bot.texts import Texts
from retrieval.retriever import Retriever

_LONGEST_QUESTION: Final = 300
_EXCERPTS_SHOWN: Final = 3


def feedback_page(
    voted: Sequence[DownVoted], page: int, days: int, retriever: Retriever, texts: Texts
) -> tuple[str, Keyboard]:
    """One answer a page, the latest vote first; the question only where questions are kept for `days`. For a worker."""
    if not voted:
        return escape(texts("feedback-none")), ()
    page = min(page, len(voted) - 1)
    html = ""
    for most in range(_EXCERPTS_SHOWN, -1, -1):  # as many excerpts as one message carries
        html = "\n\n".join(_shown(voted[page], days, retriever, texts, most))
        if fits(html):
            break
    return html, pages(Verb.FEEDBACK, page, len(voted), texts)


def _shown(voted: DownVoted, days: int, retriever: Retriever, texts: Texts, most: int) -> Iterator[str]:
    if days:
        yield f"<b>{escape(one_line(voted.kept.question, _LONGEST_QUESTION))}</b>"
    else:
        yield f"<b>{escape(texts('feedback-question-hidden'))}</b>"
    facts = [f"👍 {voted.votes.up}, 👎 {voted.votes.down}", texts.date(voted.last.date())]
    facts += [texts("feedback-asked-by", person=voted.person)] if voted.person else []
    yield escape(" · ".join(facts))
    reply = Reply.from_options(voted.kept.options)
    standing = [excerpt for _, excerpt in reply.standing(retriever)]
    for number, excerpt in enumerate(standing[:most], 1):
        cited = citation_lines(excerpt, texts, number, answers=reply.kind == "answer" and not reply.unsure)
        yield f"{''.join(quotes(excerpt, 'further'))}\n{cited}"
    if missing := len(reply.windows) - len(standing):
        yield escape(texts("feedback-gone", count=missing))
    if len(standing) > most:
        yield escape(texts("feedback-more", count=len(standing) - most))
