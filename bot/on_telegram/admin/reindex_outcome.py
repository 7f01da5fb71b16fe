"""What came of a run of indexing: what is said at its end, and the buttons below it."""

import asyncio
import logging
from collections.abc import Sequence

from bot.conversation.replies.buttons import Keyboard
from bot.on_telegram.admin.progress_message import Board
from bot.on_telegram.admin.reindex_texts import after_change, change_text, full_button, report_text
from bot.problems import reason_in
from bot.telegram_html.admin.doubts import doubt_buttons, doubt_text
from bot.telegram_html.admin.losses import loss_buttons, loss_text
from bot.texts import Texts
from retrieval.errors import IndexLocked, TrichdanError
from retrieval.indexing.run import Report

ALL: tuple[str, ...] = ()
ANEW = ("--full",)
UPLOADS = ("--uploads",)
"""Options of a run. What was sent in chat is taken in by the next process where this one cannot end it; what else was
to be read has to be asked for again."""

_log = logging.getLogger(__name__)


class BrokenOff(Exception):
    """Indexing was broken off: the process is to end, or an admin wishes it."""


def outcome(
    work: "asyncio.Task[Report]", board: Board, options: Sequence[str], *, stopped: bool
) -> tuple[str, Keyboard]:
    """Of `work`, a run with these options that has ended; `stopped`: the bot is to end."""
    texts = board.texts
    again = () if "--full" in options else full_button(texts)
    try:
        return _said(work.result(), board, options)
    except BrokenOff:
        return texts("reindex-stopped" if stopped else "reindex-cancelled"), ()
    except IndexLocked:
        return texts("reindex-elsewhere"), ()
    except TrichdanError as error:
        return texts("reindex-failed", reason=reason_in(error, texts)), again
    except Exception:
        _log.exception("Reindexing failed")
        return texts("reindex-failed", reason=texts("failed")), ()


def _said(report: Report, board: Board, options: Sequence[str]) -> tuple[str, Keyboard]:
    texts, begun = board.texts, board.begun
    if report.held:
        return loss_text(report.held, texts), _yes_or_no(options, report.held.key, texts)
    if report.doubt:
        return doubt_text(report.doubt, texts), doubt_buttons(report.doubt, texts)
    if begun and begun.change:
        return change_text(begun, report, texts), after_change(begun, texts)
    return report_text(report, texts), () if "--full" in options else full_button(texts)


def _yes_or_no(options: Sequence[str], key: str, texts: Texts) -> Keyboard:
    kinds = [option.removeprefix("--") for option in (*ANEW, *UPLOADS) if option in options]
    return loss_buttons("-".join([*kinds, key]), texts)
