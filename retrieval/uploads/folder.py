"""Where uploads lie: the files themselves, what is said of them, and beside them what is on its way.

Each way from one place to the next is one rename. What stands in `.adding` is decided: whatever ends the process, it is
among the uploads after `recover`.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import regex

from retrieval.errors import NameTaken, NotStaged
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.metadata_files import NAMES
from retrieval.storage.removal import is_below, remove_folder
from retrieval.storage.whole_files import read_object, remove_unfinished, write_json

_STAGING, _STAGED, _ADDING, _REMOVED = ".staging", ".staged", ".adding", ".removed"
"""What is being looked at, what waits for a decision, what is to be added, and what was taken out."""
_STAGED_FOR_S = 24 * 3600.0
"""What was neither added nor discarded goes after this long."""
_REMOVED_FOR_S = 30 * _STAGED_FOR_S
"""And what was taken out, after this long."""
_NOTE = "removed.json"
_TOKEN = regex.compile(r"[0-9a-f]{16}")
_SAID = NAMES[1]
_GONE = Reason.of(Problem.NOT_STAGED)


def no_step() -> None:
    """What is done between two steps: nothing."""


class TakenOutFile(NamedTuple):
    """A file that was put away under `token`, with what was noted of it and when, in seconds since 1970."""

    token: str
    name: str
    note: Mapping[str, Any]
    at: float


class UploadFolder:
    """`path` holds the files. Tokens come from buttons: nothing but a token ever becomes part of a path."""

    def __init__(self, path: Path, step: Callable[[], None] = no_step) -> None:
        """`step` is called between any two changes on the disk."""
        self.path = path
        self._step = step

    def put_aside(self, name: str, data: bytes, fields: Mapping[str, str]) -> str:
        """Writes a file where it can be looked at; its token."""
        token = secrets.token_hex(8)
        folder = self.path / _STAGING / token
        folder.mkdir(parents=True)
        (folder / name).write_bytes(data)
        (folder / _SAID).write_text(json.dumps({name: dict(fields)}), encoding="utf-8")
        return token

    def aside(self, token: str) -> Path:
        """The file that was put aside."""
        (name,) = read_object(self._of(_STAGING, token) / _SAID)
        return self._of(_STAGING, token) / name

    def keep(self, token: str, note: Mapping[str, Any]) -> None:
        """It was looked at, which gave the `note`, and waits for a decision."""
        (self._of(_STAGING, token) / _NOTE).write_text(json.dumps(dict(note)), encoding="utf-8")
        target = self._of(_STAGED, token)
        target.parent.mkdir(exist_ok=True)
        self._of(_STAGING, token).rename(target)

    def noted(self, token: str) -> Mapping[str, Any]:
        """The note of what waits, or is to be added; nothing where it is gone."""
        return read_object(self._of(_STAGED, token) / _NOTE) or read_object(self._of(_ADDING, token) / _NOTE)

    def forget(self, token: str) -> None:
        """Deletes what is on its way under `token`, if anything is."""
        if _TOKEN.fullmatch(token):
            for place in (_STAGING, _STAGED):
                remove_folder(self._of(place, token), self.path)

    def decide(self, token: str) -> Iterator[str]:
        """What waits is to be added, also when that was decided before; its name, once it lies among the uploads.

        Raises NotStaged when nothing of that token is there.
        """
        adding, staged = self._of(_ADDING, token), self._of(_STAGED, token)
        if not adding.is_dir():
            if not staged.is_dir():
                raise NotStaged(_GONE)
            adding.parent.mkdir(exist_ok=True)
            self._step()
            staged.rename(adding)
            self._step()
        yield from self._finish(token)

    def decided(self) -> list[str]:
        """The tokens of what a process that was killed was to add."""
        return [path.name for path in (self.path / _ADDING).glob("*") if _TOKEN.fullmatch(path.name)]

    def sweep(self) -> None:
        """Removes what a killed process left: halves of writing, what nobody was shown, what is said of files that are
        gone. To be called while nothing is put aside, added or removed."""
        there = {name: fields for name, fields in self.said().items() if (self.path / name).exists()}
        if there != self.said():
            self.say(there)
        remove_unfinished(self.path / _SAID)
        self._drop(_STAGING, older_than_s=0)

    def drop_old(self) -> None:
        """Forgets what has waited for a day, and what was taken out a month ago."""
        for place in (_STAGING, _STAGED):
            self._drop(place, older_than_s=_STAGED_FOR_S)
        self._drop(_REMOVED, older_than_s=_REMOVED_FOR_S)

    def said(self) -> dict[str, dict[str, str]]:
        """What is said of each file, by its name; raises SourceError when that was spoilt."""
        return read_object(self.path / _SAID)

    def say(self, known: Mapping[str, Mapping[str, str]]) -> None:
        if known:
            write_json(self.path / _SAID, known)
        else:
            (self.path / _SAID).unlink(missing_ok=True)

    def take_out(self, name: str, note: Mapping[str, Any]) -> None:
        """Puts an uploaded file away, with what is said of it and a `note`; nothing where it is gone."""
        file = self.path / name
        if file.parent.resolve() != self.path.resolve():
            raise ValueError(f"{file} does not lie among the uploads and is not taken out")
        if file.exists():
            folder = self._of(_REMOVED, secrets.token_hex(8))
            folder.mkdir(parents=True)
            (folder / _SAID).write_text(json.dumps({name: self.said().get(name, {})}), encoding="utf-8")
            (folder / _NOTE).write_text(json.dumps(dict(note)), encoding="utf-8")
            self._step()
            file.rename(folder / name)
            self._step()
        self.say({other: fields for other, fields in self.said().items() if other != name})

    def taken_out(self) -> Iterator[TakenOutFile]:
        """What was put away, the latest first."""
        folders = [path for path in (self.path / _REMOVED).glob("*") if _TOKEN.fullmatch(path.name)]
        for folder in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True):
            for name in read_object(folder / _SAID):
                if (folder / name).is_file():  # else a process was killed before it was put there
                    note = read_object(folder / _NOTE)
                    yield TakenOutFile(folder.name, name, note, folder.stat().st_mtime)

    def bring_back(self, token: str) -> None:
        """Puts what was taken out among the uploads again; raises NameTaken where a file has its name by now."""
        folder = self._of(_REMOVED, token)
        (name,) = read_object(folder / _SAID)
        if (self.path / name).exists():
            raise NameTaken(Reason.of(Problem.NAME_TAKEN, name=name))
        (self.path / _ADDING).mkdir(exist_ok=True)
        folder.rename(self._of(_ADDING, token))
        self._step()
        for _ in self._finish(token):
            pass

    def _finish(self, token: str) -> Iterator[str]:
        """Each step may have been done before."""
        folder = self._of(_ADDING, token)
        for name, fields in read_object(folder / _SAID).items():
            if Path(name).name != name or name in NAMES:
                continue  # not of our making
            known = {**self.said(), name: fields}
            self.say({path: said for path, said in known.items() if said})
            self._step()
            with suppress(FileNotFoundError):
                (folder / name).replace(self.path / name)
            self._step()
            if (self.path / name).exists():
                yield name
        remove_folder(folder, self.path)
        self._step()

    def _of(self, place: str, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise NotStaged(_GONE)
        return self.path / place / token

    def _drop(self, place: str, *, older_than_s: float) -> None:
        folders = (self.path / place).iterdir() if (self.path / place).is_dir() else ()
        for folder in folders:
            with suppress(FileNotFoundError):
                if is_below(folder, self.path) and time.time() - folder.stat().st_mtime > older_than_s:
                    remove_folder(folder, self.path)
