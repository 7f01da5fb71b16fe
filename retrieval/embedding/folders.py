"""Folders that are complete or not there, whoever else writes them and whenever a process is killed."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from retrieval.errors import ModelError

Content = TypeVar("Content", dict[str, Any], list[dict[str, Any]])

_MARKER = "trichdan.json"
_TEMPORARY = ".writing-"
_ABANDONED_AFTER_S = 3600.0


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
    """Whether `publish` finished this folder for `version` and no file of it has changed its size since."""
    try:
        marker: dict[str, Any] = json.loads((folder / _MARKER).read_text("utf-8"))
        same = all((folder / name).stat().st_size == size for name, size in marker["sizes"].items())
    except (OSError, ValueError, KeyError, AttributeError):
        return False  # no marker, or not one of ours: the folder is to be written
    return same and marker.get("version") == version


@contextmanager
def publish(target: Path, version: str) -> Iterator[Path]:
    """Yields an empty folder to fill, which becomes `target` at the end of the block, in one rename.

    When two processes race, the first one's folder stays. An error leaves `target` as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=target.parent))
    try:
        yield temporary
        _mark(temporary, version)
        _replace(temporary, target, version)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _mark(folder: Path, version: str) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
    for path in files:
        path.chmod(0o644)  # some writers and mkdtemp shut out a service that runs as another user
        _flush(path)
    folder.chmod(0o755)
    (folder / _MARKER).write_text(json.dumps({"version": version, "sizes": sizes}, indent=1) + "\n", "utf-8")


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


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


def _sweep(parent: Path) -> None:
    """Remove what killed processes left; what is young may belong to a living one."""
    for path in parent.glob(_TEMPORARY + "*"):
        try:
            written = path.stat().st_mtime
        except FileNotFoundError:
            continue  # a living process has just finished it
        if written < time.time() - _ABANDONED_AFTER_S:
            shutil.rmtree(path, ignore_errors=True)
