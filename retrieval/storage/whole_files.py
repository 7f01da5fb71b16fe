"""Files that are written whole or not at all, whenever a process ends; and the small JSON files among them."""

import json
import os
import secrets
from pathlib import Path

from retrieval.errors import SourceError


def write_whole(path: Path, data: bytes, *, lasting: bool = False) -> None:
    """Puts `data` in the place of what was there; `lasting` waits until it would outlive a power cut."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(3)}")
    try:
        temporary.write_bytes(data)
        if lasting:
            sync(temporary)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    if lasting:
        sync(path.parent)


def remove_unfinished(path: Path) -> None:
    """Removes what processes that were killed while they wrote `path` have left beside it."""
    for leftover in path.parent.glob(f".{path.name}.*"):
        leftover.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_json(path: Path, values: object) -> None:
    """As `write_whole`; the folder is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(values, ensure_ascii=False, indent=1).encode())


def read_object(path: Path) -> dict[str, dict[str, str]]:
    """What a JSON file says by file names, nothing where there is none; raises SourceError when it was spoilt."""
    try:
        found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        return found
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} should be a JSON object by file names: mend or remove it") from error
