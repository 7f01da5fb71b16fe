"""Puts a backup in the place of what a data folder holds; what was there is kept beside it."""

import asyncio
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

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
    unpack,
)
from bot.state.db.copying import file_of, is_open
from bot.state.db.errors import StateError
from bot.state.db.size import measure
from config.settings import Settings
from retrieval.errors import IndexUnusable
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import locked
from retrieval.storage.disk_space import writing
from retrieval.storage.whole_files import sync, write_whole

_UNPACKED, _READY = ".restoring", ".restore-ready"
"""What is still being checked, and what is checked and decided: the next step is to put it in place."""
_PLAN = "plan.json"
_SETTINGS_OF_BACKUP = "settings-of-backup.env"


class Restored(NamedTuple):
    """What was restored, and where that which it replaced lies; None where there was nothing."""

    listing: Listing
    replaced: Path | None


def restore(settings: Settings, file: Path) -> Restored:
    """Checks the whole of `file`, then puts it in place.

    Nothing is lost: what was there is moved aside. When the process is killed, either nothing was changed, or the next
    start of the bot, or the next `restore`, does the rest.

    Raises:
        BackupError: it is no backup, is damaged, or does not fit; a bot runs. Nothing was changed.
        IndexLocked: another process is indexing. CannotWrite: the data folder cannot be written.
    """
    data_dir = settings.data_dir
    with writing(data_dir, "What is restored"), locked(data_dir):
        _finish(data_dir)
        unpacked = data_dir / _UNPACKED
        shutil.rmtree(unpacked, ignore_errors=True)
        unpacked.mkdir(mode=0o700)
        try:
            listing = unpack(file, unpacked)
            state = _check(settings, file, listing, unpacked)
            aside = f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}"
            plan = {
                "moves": _moves(data_dir, unpacked, state, listing),
                "aside": aside,
                "generation": listing.generation,
            }
            write_whole(unpacked / _PLAN, json.dumps(plan).encode(), lasting=True)
            unpacked.rename(data_dir / _READY)
            sync(data_dir)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
        _finish(data_dir)
    replaced = data_dir / aside
    return Restored(listing, replaced if replaced.exists() else None)


def finish_restoring(data_dir: Path) -> None:
    """Puts in place what a `restore` that was killed had checked and decided; nothing where there is none.

    Raises:
        CannotWrite, IndexLocked: as `restore` does.
    """
    if (data_dir / _READY).exists():
        with writing(data_dir, "What is restored"), locked(data_dir):
            _finish(data_dir)


def _check(settings: Settings, file: Path, listing: Listing, unpacked: Path) -> Path | None:
    """Where the state goes, if there is one in it; all that could go wrong later goes wrong here."""
    if listing.generation:
        try:
            Generations(unpacked).pin(listing.generation, None)
        except IndexUnusable as error:
            raise BackupError(f"The index in {file} cannot be used: {error}") from error
    state = file_of(settings.state)
    if state is not None and is_open(state):
        raise BackupError(f"A bot is running with {state}: stop it, restore, and start it again.")
    if STATE not in listing.files:
        return None
    if state is None:
        raise BackupError(
            f"{file} holds the bot's state as a file, and TRICHDAN_STATE_URL names a server: restore it without that "
            "setting."
        )
    try:
        asyncio.run(measure(unpacked / STATE))
    except StateError as error:
        raise BackupError(f"The state in {file} cannot be used: {error}") from error
    return state


def _moves(
    data_dir: Path, unpacked: Path, state: Path | None, listing: Listing
) -> list[tuple[str, str, bool]]:
    """Of each thing that a backup may hold its name, its place, and whether this one holds it.

    Where a backup has no key, links go on to be signed with the one that is there.
    """
    places = {name: data_dir / name for name in (REMOVED, UNFINISHED, UPLOADS)}
    places |= {LINKS: data_dir / LINKS} if LINKS in listing.files else {}
    if SETTINGS in listing.files:
        places[SETTINGS] = data_dir / _SETTINGS_OF_BACKUP
    if listing.generation:
        places[f"{GENERATIONS}/{listing.generation}"] = data_dir / GENERATIONS / listing.generation
    if state is not None:
        places |= {f"{STATE}{end}": state.with_name(state.name + end) for end in ("-wal", "-shm", "")}
    return [(name, str(place.absolute()), (unpacked / name).exists()) for name, place in places.items()]


def _finish(data_dir: Path) -> None:
    """Does what is left to do of a restoring that is decided."""
    ready = data_dir / _READY
    if not (ready / _PLAN).exists():
        shutil.rmtree(ready, ignore_errors=True)
        return
    plan = json.loads((ready / _PLAN).read_text(encoding="utf-8"))
    aside = data_dir / plan["aside"]
    for name, place, is_in_it in plan["moves"]:
        _exchange(ready / name if is_in_it else None, Path(place), aside / name)
    if plan["generation"]:
        Generations(data_dir).serve(plan["generation"])
    (ready / _PLAN).unlink()
    shutil.rmtree(ready, ignore_errors=True)
    sync(data_dir)


def _exchange(new: Path | None, place: Path, aside: Path) -> None:
    """Moves what is at `place` to `aside`, and `new`, if there is one, to `place`; what was done before is left."""
    if new is not None and not new.exists():
        return
    if place.exists() and not aside.exists():
        aside.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(place, aside)
    if new is not None:
        _remove(place)  # half of it, where it was to cross from one disk to another
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(new, place)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
