"""What is said when something cannot be written: the folder, how much is free there, and what helps."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import CannotWrite, TrichdanError
from retrieval.problems import Problem
from retrieval.reasons import Reason

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_TAKEN = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}
_SAID_WHEN_FULL = (
    "no space left",
    "disk is full",
    "disk quota",
    "not enough free",
    "requested and",
    "write error",
)
"""Libraries tell of it in words of their own: Rust's, SQLite's, NumPy's, faiss's."""
_NEXT_TO_NOTHING = 2**18


@contextmanager
def writing(
    folder: Path, what: str, needed_mb: int = 0, kind: type[TrichdanError] = CannotWrite
) -> Iterator[None]:
    """What goes wrong in this block because `folder` cannot be written is raised as one sentence about `what`.

    Raises:
        CannotWrite, or `kind`: the disk is full, the folder is closed or read-only, or a file is in its place.
    """
    try:
        yield
    except TrichdanError:
        raise
    except Exception as error:
        sentence = why_not_written(error, folder, what, needed_mb)
        if sentence is None:
            raise
        raise kind(sentence) from error


def why_not_written(error: BaseException, folder: Path, what: str, needed_mb: int = 0) -> str | None:
    """The sentence for an error; None for one that has nothing to do with writing to `folder`."""
    causes = list(_causes(error))

    def said(problem: Problem, **values: int) -> str:
        return Reason.of(problem, what=what, folder=str(folder), **values)

    if any(map(_means_full, causes)) or (_may_mean_full(error) and _free(folder) < _NEXT_TO_NOTHING):
        free = _free(folder) // 2**20
        full = said(Problem.DISK_FULL, free=free)
        return said(Problem.DISK_FULL_FOR, free=free, needed=needed_mb) if needed_mb else full
    if any(each.errno == errno.EFBIG for each in causes if isinstance(each, OSError)):
        return said(Problem.FILE_LIMIT)
    if any(isinstance(each, sqlite3.OperationalError) and "disk I/O error" in str(each) for each in causes):
        return said(Problem.DISK_REFUSES)
    if any(_is_about(each, folder, _CLOSED) or _means_read_only(each) for each in causes):
        return said(Problem.FOLDER_CLOSED)
    if any(_is_about(each, folder, _TAKEN) for each in causes):
        return said(Problem.FOLDER_TAKEN)
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _means_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return any(words in str(error).lower() for words in _SAID_WHEN_FULL)


def _may_mean_full(error: BaseException) -> bool:
    """What comes of writing, without a word on why."""
    return isinstance(error, OSError | sqlite3.OperationalError | RuntimeError)


def _means_read_only(error: BaseException) -> bool:
    words = ("readonly database", "unable to open database")
    return isinstance(error, sqlite3.OperationalError) and any(each in str(error) for each in words)


def _is_about(error: BaseException, folder: Path, numbers: set[int]) -> bool:
    """Whether it is one of the errors `numbers` at `folder` or below it: a source that is closed is another matter."""
    if not isinstance(error, OSError) or error.errno not in numbers or not error.filename:
        return False
    path, root = Path(str(error.filename)).absolute(), folder.absolute()
    return path == root or root in path.parents or path in root.parents


def _free(folder: Path) -> int:
    """Bytes, on the disk of the first folder above that is there."""
    there = next((each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir()), None)
    return shutil.disk_usage(there).free if there else 0
