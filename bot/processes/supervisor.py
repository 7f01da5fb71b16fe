"""The parent process of `trichdan bot`: it starts the bot again when a signal ends it, and does nothing else.

An index file that is cut while it is mapped ends a process by SIGBUS, want of memory by SIGKILL, and neither can be
outlived from within. What ends in order, with whatever exit code, is over.
"""

import faulthandler
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from types import FrameType
from typing import Final

from retrieval.processes.with_parent import end_with_parent

ENDED_BY: Final = "TRICHDAN_BOT_ENDED_BY"
"""The variable that tells a bot which signal ended the one before it."""
_PASSED_ON = ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGABRT")
PAUSES_S: Final = (0.5, 1, 2, 4, 8, 16, 30, 30, 30)
"""Before each restart; more than there are ends after which an update that brings the bot down is given up
(bot/on_telegram/updates/inbox.py)."""
_STEP_S = 0.1
_LONG_ENOUGH_S = 300.0


class Supervisor:
    """Keeps one command running."""

    def __init__(self, command: Sequence[str], pauses_s: Sequence[float] = PAUSES_S) -> None:
        """`pauses_s` are waited for before the restarts that follow one another; after the last one it gives up."""
        self._command = list(command)
        self._pauses_s = pauses_s
        self._process: subprocess.Popen[bytes] | None = None
        self._passed_on: signal.Signals | None = None

    def run(self) -> int:
        """Until it ends in order, is told to end, or is ended by signals again and again; the exit code."""
        for name in _PASSED_ON:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._pass_on)
        pauses, ended_by = iter(self._pauses_s), ""
        while True:
            started = time.monotonic()
            code = self._once(ended_by)
            if code >= 0 or self._passed_on:
                return code if code >= 0 else 128 - code
            ended_by = _name(-code)
            if time.monotonic() - started > _LONG_ENOUGH_S:
                pauses = iter(self._pauses_s)
            pause = next(pauses, None)
            if pause is None:
                _say(f"{ended_by} ends the bot again and again: it is not started any more.")
                return 128 - code
            _say(f"{ended_by} has ended the bot{_likely(-code)}. It starts again in {pause:g} s.")
            self._wait(pause)
            if self._passed_on:
                return 128 + self._passed_on

    def _wait(self, pause_s: float) -> None:
        """Waits, in steps: a sleep goes on after a signal was handled."""
        ends = time.monotonic() + pause_s
        while not self._passed_on and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, _STEP_S))

    def _once(self, ended_by: str) -> int:
        given = {ENDED_BY: ended_by} if ended_by else {}
        traces = {"PYTHONFAULTHANDLER": "1"} if faulthandler.is_enabled() else {}
        with subprocess.Popen(  # noqa: S603 - this program
            self._command,
            env=os.environ | given | traces,
            preexec_fn=partial(end_with_parent, os.getpid()),  # noqa: PLW1509 - there is one thread
        ) as self._process:
            if self._passed_on:  # while it was being started
                self._process.send_signal(self._passed_on)
            return self._process.wait()

    def _pass_on(self, number: int, _: FrameType | None) -> None:
        self._passed_on = signal.Signals(number)
        if self._process and self._process.poll() is None:
            self._process.send_signal(number)


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _likely(number: int) -> str:
    """What such a signal mostly comes from."""
    if number == signal.SIGKILL:
        return " (was the memory full?)"
    return " (was a file of the index or the model cut?)" if number == signal.SIGBUS else ""


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
