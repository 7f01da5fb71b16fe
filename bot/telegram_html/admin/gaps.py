"""What people asked in vain, as admins see it: what asks the same together, whether it is answered by now, a file."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.wording import one_line
from bot.state.questions import UnansweredQuestion
from bot.telegram_html.admin.paging import pages
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever
from retrieval.same_question.groups import groups as groups_of

PAGE: Final = 8
"""Groups on a page."""
_LONGEST: Final = 160
_LONGEST_VARIANT: Final = 80
_VARIANTS_SHOWN: Final = 2
_IN_A_ROW: Final = 4
_LINE_ENDS: Final = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""JSON leaves these as they are, and whoever reads by lines ends one there."""


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Questions that ask the same, the most frequent first."""

    gaps: tuple[UnansweredQuestion, ...]

    @property
    def question(self) -> str:
        """The most frequent wording."""
        return self.gaps[0].question

    @property
    def searched(self) -> str | None:
        """What was searched for it, where that is something else: the whole question behind a follow-up."""
        return self.gaps[0].searched

    @property
    def meaning(self) -> str:
        """The question to be answered."""
        return self.gaps[0].meaning

    @property
    def key(self) -> str:
        """Names it in a button, for as long as its most frequent wording is the same."""
        return hashlib.sha256(self.meaning.encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def disputed(self) -> int:
        """How many say that the articles do answer it."""
        return sum(gap.disputed for gap in self.gaps)

    @property
    def variants(self) -> tuple[str, ...]:
        """The other wordings."""
        known = {self.gaps[0].question}
        others = (gap.question for gap in self.gaps if gap.question not in known)
        return tuple(dict.fromkeys(others))

    @property
    def times(self) -> int:
        return sum(gap.times for gap in self.gaps)

    @property
    def people(self) -> int:
        """How many asked it in any wording; whoever wrote as a channel is not among them."""
        return len(frozenset().union(*(gap.askers for gap in self.gaps)))

    @property
    def last(self) -> datetime:
        return max(gap.last for gap in self.gaps)


def grouped(gaps: Sequence[UnansweredQuestion], retriever: Retriever) -> list[GapGroup]:
    """`gaps` by what they ask, the most frequent group first. For a worker thread.

    What is typed with marks is easier to tell, so that these lead; a group is named after its most frequent wording.
    """
    clearest = sorted(gaps, key=lambda gap: gap.unaccented)
    groups = [
        GapGroup(tuple(sorted((clearest[i] for i in group), key=lambda gap: (-gap.times, gap.unaccented))))
        for group in groups_of(retriever, [gap.meaning for gap in clearest])
    ]
    return sorted(groups, key=lambda group: (-group.times, -group.last.timestamp(), group.question))


def answered_since(group: GapGroup, retriever: Retriever) -> bool:
    """Whether the collection answers it by now: it is asked again where the index has changed since. For a worker."""
    if all(gap.generation == retriever.generation.id for gap in group.gaps):
        return False
    return retriever.answer(analyse(group.meaning)).answered


def gaps_page(
    groups: Sequence[GapGroup], answered: Sequence[bool], page: int, days: int, texts: Texts
) -> tuple[str, Keyboard]:
    """A page of `groups`; `answered` tells of those on the page. `days`: how long questions are kept."""
    if not days:
        return escape(texts("gaps-not-kept")), ()
    if not groups:
        return escape(texts("gaps-none", days=days)), ()
    shown = groups[page * PAGE : (page + 1) * PAGE]
    times = sum(group.times for group in groups)
    head = [f"<b>{escape(texts('gaps-heading', count=len(groups), days=days, times=times))}</b>"]
    numbered = list(enumerate(zip(shown, answered, strict=True), page * PAGE + 1))
    body = [_entry(number, group, done, texts) for number, (group, done) in numbered]
    foot = [f"<i>{escape(texts('gaps-add-hint'))}</i>"]
    foot += [f"<i>{escape(texts('gaps-answered-hint'))}</i>"] if any(answered) else []
    fill = [Button.of(f"➕ {number}", Verb.FILL, group.key) for number, (group, done) in numbered if not done]
    rows = (tuple(fill[at : at + _IN_A_ROW]) for at in range(0, len(fill), _IN_A_ROW))
    export = Button.of(texts("button-export"), Verb.EXPORT)
    return "\n\n".join([*head, *body, *foot]), (
        *rows,
        *pages(Verb.GAPS, page, -(-len(groups) // PAGE), texts),
        (export,),
    )


def wanted_text(question: str, texts: Texts) -> str:
    """What an admin is asked for who is to fill a gap."""
    return escape(texts("gaps-send", question=one_line(question, _LONGEST)))


def _entry(number: int, group: GapGroup, done: bool, texts: Texts) -> str:
    mark = f"{number}. ✓ " if done else f"{number}. "
    facts = [
        texts("gaps-times", count=group.times),
        texts("gaps-people", count=group.people),
        texts.date(group.last.date()),
    ]
    if group.disputed:
        facts.append(texts("gaps-disputed", count=group.disputed))
    lines = [f"{mark}{escape(one_line(group.question, _LONGEST))}"]
    if group.searched:
        lines.append(escape(texts("searched", question=one_line(group.searched, _LONGEST))))
    lines.append(f"<i>{escape(' · '.join(facts))}</i>")
    lines += [f"≈ {escape(one_line(each, _LONGEST_VARIANT))}" for each in group.variants[:_VARIANTS_SHOWN]]
    if len(group.variants) > _VARIANTS_SHOWN:
        lines.append(escape(texts("gaps-variants", count=len(group.variants) - _VARIANTS_SHOWN)))
    return "\n".join(lines)


def questions_file(groups: Sequence[GapGroup]) -> bytes:
    """A question set for `trichdan eval`, a line a wording, those that ask the same under one `group`.

    What is right is for the admin to say: as it stands, each is a question that the collection does not answer.
    """
    lines = (json.dumps(row, ensure_ascii=False).translate(_LINE_ENDS) for row in _rows(groups))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _rows(groups: Sequence[GapGroup]) -> Iterator[dict[str, object]]:
    for number, group in enumerate(groups, 1):
        for wording, gap in enumerate(group.gaps, 1):
            yield {
                "id": f"gap-{number:04}-{wording}",
                "group": f"gap-{number:04}",
                "question": gap.meaning,
                "lang": "vi-nodia" if gap.unaccented and gap.language == "vi" else gap.language,
                "article_ids": [],
                "answers": [],
                "answerable": False,
                "times": gap.times,
            }
