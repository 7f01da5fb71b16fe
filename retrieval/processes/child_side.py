"""What goes on in a `Child`."""

import pickle
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from retrieval.errors import TrichdanError
from retrieval.problems import Problem
from retrieval.processes.child import ChildFailed, Limits, Stumbled, TookTooMuchMemory
from retrieval.processes.with_parent import end_with_parent
from retrieval.reasons import Reason

_TIRED = 256 * 2**20
"""A process whose memory has grown by so much gives way to a fresh one."""


def serve(connection: Connection, parent: int) -> None:
    """Answers what comes over `connection` until it ends, or the process `parent` does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(parent)
    _set(resource.RLIMIT_CORE, 0)
    used = _memory()
    while True:
        try:
            limits, asked = connection.recv(), connection.recv_bytes()
        except (EOFError, OSError):
            return
        outcome = _outcome(asked, limits)
        tired = _memory() - used > _TIRED or isinstance(outcome, TookTooMuchMemory)
        connection.send_bytes(_pickled(tired, outcome))


def _outcome(asked: bytes, limits: Limits) -> object:
    _limit(limits)
    try:
        work, given = pickle.loads(asked)  # noqa: S301 - from this program
        return work(given)
    except Exception as error:
        return _explained(error, limits)
    finally:
        _set(resource.RLIMIT_DATA, resource.RLIM_INFINITY)


def _explained(error: Exception, limits: Limits) -> Exception:
    """The error as it may be passed on."""
    if _is_about_memory(error):
        most = f"{limits.memory / 2**30:.1f}".removesuffix(".0")
        return TookTooMuchMemory(Reason.of(Problem.TOO_MUCH_MEMORY, limit=most))
    if isinstance(error, TrichdanError | OSError | ChildFailed):
        return error
    return Stumbled(Reason.of(Problem.READER_STUMBLED, error=type(error).__name__))


def _is_about_memory(error: BaseException | None) -> bool:
    """Whether it is a MemoryError, or what a reader made of one."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _pickled(tired: bool, outcome: object) -> bytes:
    try:
        return pickle.dumps((tired, outcome))
    except Exception as error:  # whatever objects raise when they are pickled
        return pickle.dumps((tired, Stumbled(f"makes what cannot be passed on ({type(error).__name__})")))


def _limit(limits: Limits) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_s)
    if memory := _memory():
        _set(resource.RLIMIT_DATA, memory + limits.memory)


def _set(what: int, soft: int) -> None:
    """Sets a limit that this process may lift again, as far as it is allowed to."""
    hard = resource.getrlimit(what)[1]
    finite = [each for each in (soft, hard) if each != resource.RLIM_INFINITY]
    resource.setrlimit(what, (min(finite, default=resource.RLIM_INFINITY), hard))


def _memory() -> int:
    """Bytes of data of this process; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    except OSError:
        return 0
