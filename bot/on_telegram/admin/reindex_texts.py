"""What a reindexing says in a chat: where it stands, what came of it, and its buttons."""

from collections.abc import Sequence
from pathlib import Path

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.wording import one_line
from bot.problems import reason_of
from bot.processes.pace import Pace, Standing
from bot.processes.unfinished import Begun
from bot.telegram_html.admin.documents import key_of
from bot.texts import Texts
from retrieval.indexing.run import Report
from retrieval.progress import Step

_FAILURES_SHOWN = 5
_LONGEST_NAME, _LONGEST_REASON = 80, 300
_READING = (Step.READING, Step.SPLITTING)
_STAGES: dict[str, str] = {
    Step.PASSAGES: "embedding",
    Step.SENTENCES: "sentences",
    Step.WRITING: "writing",
}


class RunProgress:
    """The latest progress, written by the indexing thread and read by the event loop."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._latest = Standing(step="", done=0, total=0)

    def __call__(self, step: str, done: int, total: int) -> None:
        self._latest = self._pace(step, done, total)  # one assignment: a reader sees the old or the new

    def text(self, texts: Texts) -> str:
        standing = self._latest
        if standing.step in _READING:
            return texts("reindex-reading", done=standing.done)
        if standing.step not in _STAGES or not standing.total:
            return ""
        text = texts(
            "reindex-progress", stage=_STAGES[standing.step], done=standing.done, total=standing.total
        )
        left = standing.left_s
        return text if left is None else f"{text}\n{texts('reindex-left', minutes=max(1, round(left / 60)))}"


def report_text(report: Report, texts: Texts, named: Sequence[str] = ()) -> str:
    """The report in the reader's language; the lines `named`; failed files by name and reason, a few of them."""
    counts = {
        name: getattr(report, name)
        for name in ("articles", "passages", "added", "changed", "removed", "unchanged")
    }
    lines = [texts("reindex-report", **counts)]
    if named:
        lines += ["", *named]
    if report.failed:
        lines += ["", texts("reindex-report-failed", count=len(report.failed))]
        lines += [
            f"• {one_line(Path(f.path).name, _LONGEST_NAME)}: "
            f"{one_line(reason_of(f.reason, texts), _LONGEST_REASON)}"
            for f in report.failed[:_FAILURES_SHOWN]
        ]
    if len(report.failed) > _FAILURES_SHOWN:
        lines.append(texts("reindex-report-more", count=len(report.failed) - _FAILURES_SHOWN))
    return "\n".join(lines)


def change_text(begun: Begun, report: Report, texts: Texts) -> str:
    """The report on a change, with the articles that were added, taken out or brought back."""
    names = [f"• {one_line(name, _LONGEST_NAME)}" for name in begun.subjects]
    if begun.more:
        names.append(texts("document-more", count=begun.more))
    message = f"change-{begun.change}"
    if begun.change == "add" and not report.added + report.changed:
        message = "change-add-nothing"
    return report_text(report, texts, [texts(message), *names] if names else ())


def after_change(begun: Begun, texts: Texts) -> Keyboard:
    """What was taken out can be brought back at once."""
    if begun.change != "remove":
        return ()
    return ((Button.of(texts("button-undo"), Verb.RETURN, key_of(begun.argument)),),)


def named_in_short(subjects: Sequence[str], more: int) -> str:
    """The articles of a change in one line."""
    names = "; ".join(one_line(name, _LONGEST_NAME) for name in subjects)
    return f"{names} (+{more})" if more else names


def cancel_button(texts: Texts) -> Keyboard:
    return ((Button.of(texts("button-cancel"), Verb.CANCEL),),)


def full_button(texts: Texts) -> Keyboard:
    return ((Button.of(texts("button-full"), Verb.FULL),),)
