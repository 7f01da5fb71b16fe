"""Writes a backup, also while the bot runs."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import SecretStr

from bot.backups.archive import (
    GENERATIONS,
    LINKS,
    REMOVED,
    SETTINGS,
    STATE,
    UNFINISHED,
    UPLOADS,
    BackupError,
    Listing,
    Writer,
)
from bot.bootstrap import generations_of
from bot.state.db.copying import copy_file, file_of
from config.settings import PREFIX, Settings
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import locked
from retrieval.storage.disk_space import writing
from retrieval.storage.whole_files import sync

_PATIENCE_S = 900.0
"""So long a run of indexing is waited for: until it is done, what was added in chat may not be whole."""


def back_up(settings: Settings, file: Path, patience_s: float = _PATIENCE_S) -> Listing:
    """Writes state, uploads, what was removed, the index in service and the settings but for secrets to `file`.

    A state that a PostgreSQL server holds is not in it. The file is there when it is complete, and not before.

    Raises:
        BackupError: `file` is there already. IndexLocked: somebody else is indexing for too long.
        StateError: the state cannot be copied. CannotWrite: `file` cannot be written.
    """
    if file.exists():
        raise BackupError(f"{file} is there already: name a new file, or delete it first.")
    if not settings.data_dir.is_dir():
        raise BackupError(
            f"{settings.data_dir} is not there: name the folder of your bot's data with --data-dir."
        )
    part = file.with_name(f".{file.name}.{os.getpid()}")
    with writing(file.parent, "The backup"), locked(settings.data_dir, patience_s):
        try:
            with part.open("xb") as opened:
                part.chmod(0o600)  # questions and names of admins are in it
                listing = _write(settings, Writer(opened))
            sync(part)
            part.rename(file)
            sync(file.parent)
        finally:
            part.unlink(missing_ok=True)
    return listing


def _write(settings: Settings, writer: Writer) -> Listing:
    state = file_of(settings.state)
    if state and state.exists():
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.data_dir) as folder:
            copy_file(state, Path(folder) / STATE)
            writer.add(STATE, Path(folder) / STATE)
    for name in (REMOVED, UNFINISHED, LINKS):
        if (settings.data_dir / name).is_file():
            writer.add(name, settings.data_dir / name)
    for path in _files_below(settings.uploads_dir):
        try:
            writer.add(f"{UPLOADS}/{path.relative_to(settings.uploads_dir).as_posix()}", path)
        except FileNotFoundError:
            continue  # what waited for a decision has had it meanwhile
    generation = _whole_generation(generations_of(settings))
    for path in _files_below(generation) if generation else ():
        writer.add(f"{GENERATIONS}/{path.parent.name}/{path.name}", path)
    writer.add_text(SETTINGS, "".join(f"{name}={value}\n" for name, value in settings_of(settings).items()))
    return writer.end(
        Listing(
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            version=version("trichdan"),
            generation=generation.name if generation else "",
        )
    )


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):  # follows no links
        for name in sorted(names):
            path = Path(parent) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _whole_generation(generations: Generations) -> Path | None:
    """Where the index in service lies, or the one before where it is damaged; None where there is none."""
    whole = generations.whole()
    return generations.folder(whole) if whole else None


def settings_of(settings: Settings) -> Mapping[str, str]:
    """The settings that were set, as a `.env` has them; secrets are left out."""
    told = {name: getattr(settings, name) for name in sorted(settings.model_fields_set)}
    return {
        f"{PREFIX}{name.upper()}": _as_written(value)
        for name, value in told.items()
        if name != "data_dir" and not isinstance(value, SecretStr | None)
    }


def _as_written(value: object) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{key}={each}" for key, each in value.items())
    if isinstance(value, tuple | frozenset | set):
        return ",".join(sorted(map(str, value)) if not isinstance(value, tuple) else map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
