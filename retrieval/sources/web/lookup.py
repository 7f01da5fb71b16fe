"""Looking up the addresses of a host, for no longer than the request may take."""

import queue
import threading
from collections.abc import Callable

import httpcore

Resolve = Callable[[str], list[str]]
"""A host's IP addresses; raises OSError or UnicodeError when it has none."""


def in_time(resolve: Resolve, host: str, seconds: float) -> list[str]:
    """What `resolve` tells of the host; raises as it does, or httpcore.ConnectTimeout when it takes too long.

    The system's look-up cannot be told when to end: it is left alone in its thread, which ends with the process.
    """
    told: queue.Queue[list[str] | Exception] = queue.Queue()

    def ask() -> None:
        try:
            told.put(resolve(host))
        except Exception as error:  # raised below, in the thread that asked
            told.put(error)

    threading.Thread(target=ask, name=f"look-up of {host[:60]}", daemon=True).start()
    try:
        answer = told.get(timeout=seconds)
    except queue.Empty as error:
        raise httpcore.ConnectTimeout(f"the name of {host} was not looked up in time") from error
    if isinstance(answer, Exception):
        raise answer
    return answer
