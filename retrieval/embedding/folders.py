"""Folders that are complete or not there, whoever else writes them and whenever a process is killed."""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from retrieval.errors import ModelError
from retrieval.storage.disk_space import writing
from retrieval.storage.whole_files import sync, write_whole

Content = TypeVar("Content", dict[str, Any], list[dict[str, Any]])

MARKER = "trichdan.json"
_TEMPORARY = ".writing-"
_NEEDED_MB = 450
"""What the bundled model takes in both its forms."""


def read_json(path: Path, default: Content) -> Content:
    """The content of a JSON file, `default` where there is none.

    Raises:
        ModelError: it is not JSON, or holds a list where `default` is a dict or the other way round.
    """
    if not path.is_file():
        return default
    try:
        content = json.loads(path.read_text("utf-8"))
        if not isinstance(content, type(default)):
            raise TypeError(f"a {type(content).__name__}")
        return content
    except (ValueError, TypeError) as error:
        raise ModelError(
            f"The model's file {path} does not hold the JSON expected; copy the model again."
        ) from error


def is_complete(folder: Path, version: str) -> bool:
    """Whether `publish` finished this folder for `version` and its files are as they were."""
    return _marker(folder).get("version") == version and damaged_file(folder) is None


def damaged_file(folder: Path, *, in_full: bool = False) -> Path | None:
    """The first file that is not as `publish` left it, None for a folder that is not one of ours.

    Files whose size and time are as noted are not read, unless they are to be compared `in_full`, which notes nothing.
    """
    touched = False
    for name, (size, time_ns, sha256) in _noted(folder).items():
        path = folder / name
        try:
            found = path.stat()
            if found.st_size != size:
                return path
            if sha256 is None or (found.st_mtime_ns == time_ns and not in_full):
                continue
            if _sha256(path) != sha256:
                return path
        except OSError:
            return path
        touched = touched or found.st_mtime_ns != time_ns
    if touched and not in_full:
        with suppress(OSError):  # a copy: so that it is read in full but once
            _write_marker(folder, _marker(folder)["version"])
    return None


def files_of(folder: Path) -> list[str]:
    """The names below `folder` of what `publish` finished there; none for a folder that is not one of ours."""
    return [*_noted(folder)]


def _marker(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # none, or not one of ours: the folder is to be written
    return found if isinstance(found, dict) and isinstance(found.get("sizes"), dict) else {}


def _noted(folder: Path) -> dict[str, tuple[int, int | None, str | None]]:
    """Size, time in ns and sha256 of each file; before, sizes alone were noted."""
    marker = _marker(folder)
    times, digests = marker.get("times_ns", {}), marker.get("sha256", {})
    return {
        name: (size, times.get(name), digests.get(name)) for name, size in marker.get("sizes", {}).items()
    }


@contextmanager
def publish(target: Path, version: str) -> Iterator[Path]:
    """Yields an empty folder to fill, which becomes `target` at the end of the block, in one rename.

    When two processes race, the first one's folder stays. An error leaves `target` as it was.
    """
    with writing(target.parent, "The model", _NEEDED_MB):
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        temporary, lock = _locked_folder(target.parent)
        try:
            yield temporary
            _mark(temporary, version)
            _replace(temporary, target, version)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
            os.close(lock)


def _locked_folder(parent: Path) -> tuple[Path, int]:
    """A new folder, and the descriptor whose lock says that it belongs to a living process."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=parent))
        try:
            lock = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue  # swept before it was locked
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            return folder, lock
        os.close(lock)


def _mark(folder: Path, version: str) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        path.chmod(0o644)  # some writers and mkdtemp shut out a service that runs as another user
        sync(path)
    folder.chmod(0o755)
    _write_marker(folder, version, files)


def _write_marker(folder: Path, version: str, files: Sequence[Path] = ()) -> None:
    """Notes `files`, by default those that are noted already, as they are now."""
    named = files or [folder / name for name in _noted(folder)]
    known = {path.relative_to(folder).as_posix(): path for path in sorted(named)}
    marker = {
        "version": version,
        "sizes": {name: path.stat().st_size for name, path in known.items()},
        "times_ns": {name: path.stat().st_mtime_ns for name, path in known.items()},
        "sha256": {name: _sha256(path) for name, path in known.items()},
    }
    write_whole(folder / MARKER, (json.dumps(marker, indent=1) + "\n").encode())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(source: Path, target: Path, version: str) -> None:
    while True:
        try:
            source.rename(target)
            return
        except OSError:
            if not target.exists():
                raise
        if is_complete(target, version):
            return  # another process was faster with the same content
        _set_aside(target)


def _set_aside(target: Path) -> None:
    aside = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=target.parent))
    try:
        target.rename(aside / "old")
    except FileNotFoundError:
        return  # another process set it aside first
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def sweep(parent: Path) -> bool:
    """Removes what processes that were killed left in `parent`; True when there was something."""
    return sum(map(_sweep_one, parent.glob(_TEMPORARY + "*"))) > 0


def _sweep_one(path: Path) -> bool:
    try:
        lock = os.open(path, os.O_RDONLY)
    except OSError:
        return False  # a living process has just finished it
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path, ignore_errors=True)
    except OSError:
        return False  # a living process is at it
    finally:
        os.close(lock)
    return True
