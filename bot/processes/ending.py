"""The end of a command by Ctrl+C or SIGTERM: within two seconds, and said in one sentence.

It is ended in order, so that nothing unfinished stays. Where that takes longer - a library may be at work that hears of
nothing - it is ended all the same: whatever it was at, it may be killed at any moment.
"""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_PATIENCE_S = 1.2
_CLEAN_LINE = "\r\x1b[K\x1b[?25h"
"""A bar may stand there, with the cursor hidden."""


class Ended(KeyboardInterrupt):
    """Told to end."""


@contextmanager
def ends_at_once(sentence: str) -> Iterator[None]:
    """In this block a signal raises Ended; when that has left it, or after a while, the process ends with `sentence`.

    In another thread than the main one, which alone hears of signals, it does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ending = _Ending(sentence)
    ending.listen()
    try:
        yield
    finally:
        if ending.number:
            ending.end()
        ending.close()


class _Ending:
    """The way from a signal to the end of the process."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._one = threading.Lock()
        self._hears, self._speaks = socket.socketpair()
        self._speaks.setblocking(False)
        self.number: int = 0
        """Of the signal; 0 before it comes."""

    def listen(self) -> None:
        self._wakeup = signal.set_wakeup_fd(self._speaks.fileno(), warn_on_full_buffer=False)
        self._handlers = [signal.signal(number, self._raise) for number in _SIGNALS]
        self._hook, sys.unraisablehook = sys.unraisablehook, self._unraisable
        threading.Thread(target=self._wait, daemon=True).start()

    def close(self) -> None:
        sys.unraisablehook = self._hook
        for number, handler in zip(_SIGNALS, self._handlers, strict=True):
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        self._speaks.close()

    def end(self) -> NoReturn:
        """Whoever comes first: the thread that was at work, or the one that waits for it."""
        self._one.acquire()
        for stream in (sys.stdout, sys.stderr):
            try:
                if stream is sys.stderr:
                    print(f"{_CLEAN_LINE if stream.isatty() else ''}{self._sentence}", file=stream)
                stream.flush()
            except (OSError, ValueError, AttributeError):  # nobody listens
                pass
        os._exit(128 + self.number)

    def _raise(self, number: int, _: FrameType | None) -> NoReturn:
        self.number = number
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Ended

    def _wait(self) -> None:
        """The signal is heard here though the main thread is busy."""
        with self._hears:
            heard = self._hears.recv(1)
        if heard:
            time.sleep(_PATIENCE_S)
            self.number = heard[0]
            self.end()

    def _unraisable(self, unraisable: "sys.UnraisableHookArgs") -> None:
        if not isinstance(unraisable.exc_value, Ended):
            self._hook(unraisable)
