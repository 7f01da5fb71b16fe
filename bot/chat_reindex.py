"""A reindex asked for in a chat: it runs in a thread of its own while a message shows where it stands."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.bootstrap import Services
from bot.texts import Texts
from retrieval.errors import IndexLocked, TrichdanError
from retrieval.indexer import Report

_INTERVAL_S = 2.0
_FAILURES_SHOWN = 5
_STAGES = {"reading articles": "reading", "embedding passages": "embedding", "writing the index": "writing"}

_log = logging.getLogger(__name__)

Show = Callable[[str], Awaitable[None]]
"""Replaces the text of the progress message."""


class ChatReindex:
    """Runs one reindex at a time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._running = asyncio.Lock()

    @property
    def running(self) -> bool:
        return self._running.locked()

    async def run(self, texts: Texts, show: Show) -> None:
        """Reindexes the configured sources, takes the result into service and shows the report."""
        async with self._running:
            seen = _Seen()
            work = asyncio.create_task(asyncio.to_thread(self._reindex, seen))
            shown = ""
            while not work.done():
                await asyncio.wait([work], timeout=_INTERVAL_S)
                current = seen.text(texts)
                if current not in ("", shown) and not work.done():
                    await show(current)
                    shown = current
            await show(_outcome(work, texts))

    def _reindex(self, seen: "_Seen") -> Report:
        report = self._services.reindex(progress=seen)
        self._services.serving.refresh()
        return report


class _Seen:
    """The latest progress, written by the indexing thread and read by the event loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest = ("", 0, 0)

    def __call__(self, step: str, done: int, total: int) -> None:
        with self._lock:
            self._latest = (step, done, total)

    def text(self, texts: Texts) -> str:
        with self._lock:
            step, done, total = self._latest
        if step not in _STAGES or not total:
            return ""
        return texts("reindex-progress", stage=_STAGES[step], done=done, total=total)


def _outcome(work: "asyncio.Task[Report]", texts: Texts) -> str:
    try:
        return report_text(work.result(), texts)
    except IndexLocked:
        return texts("reindex-running")
    except TrichdanError as error:
        return texts("reindex-failed", reason=str(error))
    except Exception:
        _log.exception("Reindexing failed")
        return texts("reindex-failed", reason=texts("failed"))


def report_text(report: Report, texts: Texts) -> str:
    """The report in the reader's language; failed files by name and reason, a few of them."""
    counts = {
        name: getattr(report, name)
        for name in ("articles", "passages", "added", "changed", "removed", "unchanged")
    }
    lines = [texts("reindex-report", **counts)]
    if report.failed:
        lines += ["", texts("reindex-report-failed", count=len(report.failed))]
        lines += [f"• {Path(f.path).name}: {f.reason}" for f in report.failed[:_FAILURES_SHOWN]]
    if len(report.failed) > _FAILURES_SHOWN:
        lines.append(texts("reindex-report-more", count=len(report.failed) - _FAILURES_SHOWN))
    return "\n".join(lines)
