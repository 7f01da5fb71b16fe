"""What is said when something cannot be written: the folder, how much is free there, and what helps."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import CannotWrite, TrichdanError

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
_OTHER = "or name another data folder (TRICHDAN_DATA_DIR)"


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
    beginning = f"{what} could not be written to {folder}"
    if any(map(_means_full, causes)) or (_may_mean_full(error) and _free(folder) < _NEXT_TO_NOTHING):
        needed = f", about {needed_mb} MB are needed" if needed_mb else ""
        return (
            f"{beginning}: the disk is full ({_free(folder) // 2**20} MB free{needed}); free some space, {_OTHER}, "
            "then try again."
        )
    if any(each.errno == errno.EFBIG for each in causes if isinstance(each, OSError)):
        return f"{beginning}: files may not be that large for this user; raise the limit (ulimit -f), then try again."
    if any(isinstance(each, sqlite3.OperationalError) and "disk I/O error" in str(each) for each in causes):
        return f"{beginning}: the disk refuses it; look at its health and at limits of file size (ulimit -f), {_OTHER}."
    if any(_is_about(each, folder, _CLOSED) or _means_read_only(each) for each in causes):
        return f"{beginning}: it is closed to this user or read-only; correct its permissions, {_OTHER}."
    if any(_is_about(each, folder, _TAKEN) for each in causes):
        return f"{beginning}: a file is where a folder should be; move it away, {_OTHER}."
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
