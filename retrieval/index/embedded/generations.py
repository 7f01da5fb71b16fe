"""The generations of one data directory.

generations/<id>/  see generation.py
current            the id of the serving generation
"""

import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from retrieval.errors import IndexDamaged, IndexMissing, IndexUnusable
from retrieval.index.catalogue import Catalogue
from retrieval.index.embedded.generation import Generation, open_generation, open_store
from retrieval.index.embedded.manifest import REMAKE, Manifest, NamedSources, named_sources
from retrieval.index.embedded.store.store import Store
from retrieval.index.protocol import Index
from retrieval.storage.removal import is_below, remove_folder
from retrieval.storage.whole_files import remove_unfinished, sync, write_whole

_STAMP = len("20250402-210600")
_DOUBTED = "doubted"
"""Lies in the folder of a generation that was published and never taken into service."""
_ID = re.compile(r"[0-9a-z-]{1,64}")


class Generations(Index[Generation]):
    """The embedded index: what `data_dir` holds, written by one process at a time and read by any number."""

    def __init__(self, data_dir: Path, keep: int = 2) -> None:
        """`keep` is how many generations stay, the current one among them, two at least."""
        self.data_dir = data_dir
        self._keep = max(keep, 2)
        self._root = data_dir / "generations"
        self._current = data_dir / "current"

    def __str__(self) -> str:
        return str(self.data_dir)

    def current(self) -> str | None:
        """The id of the serving generation, None when nothing was indexed yet."""
        try:
            if named := self._current.read_text(encoding="utf-8").strip():
                return named
        except (FileNotFoundError, NotADirectoryError):
            pass
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(
                f"{self._current} should name the serving index but cannot be read: {REMAKE}."
            ) from error
        if any(_ID.fullmatch(path.name) for path in self._published()):
            raise IndexDamaged(
                f"{self._current} should name the serving index but is missing or blank: {REMAKE}."
            )
        return None

    def others(self) -> Iterator[str]:
        """The ids of published generations but the current one, the newest first, and last what was not trusted."""
        current = self._serving_now()
        published = (p for p in self._published() if _ID.fullmatch(p.name) and p.name != current)
        yield from (folder.name for folder in sorted(published, key=_last_resort, reverse=True))

    def pin(self, generation: str, model: str | None) -> Generation:
        return open_generation(self.folder(generation), model)

    @contextmanager
    def catalogue(self) -> Iterator[Catalogue]:
        """The articles in service alone: neither vectors nor words are opened, and no model is needed. Like questions,
        they are answered from the index before a damaged one.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated: each says what to do.
        """
        (store, _), _ = self._of_whole(
            lambda generation: open_store(self.folder(generation)), lambda opened: opened[1].created
        )
        with closing(store):
            yield store

    def current_folder(self) -> Path | None:
        """Where the serving generation lies, unverified; None when nothing was indexed yet."""
        current = self.current()
        return self.folder(current) if current else None

    def named_sources(self) -> NamedSources:
        """What the index in service was made from, also where another version of the product made it; nothing where
        there is none or it cannot be told."""
        found = map(named_sources, self._folders())
        return next((each for each in found if each.sources), NamedSources())

    @contextmanager
    def current_store(self) -> Iterator[Store | None]:
        """The articles in service, also of an index that another version made; None where they cannot be read."""
        store = next(filter(None, map(_store_of, self._folders())), None)
        try:
            yield store
        finally:
            if store:
                store.close()

    def new_folder(self) -> Path:
        """An empty folder for a generation in the making; a dot in front keeps it from being served.

        To be called, like `publish` and `drop_unfinished`, by one process at a time.
        """
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        folder = self._root / f".{stamp}-{secrets.token_hex(3)}"
        folder.mkdir(parents=True)
        return folder

    def publish(self, folder: Path, manifest: Manifest, whole: str | None = None) -> None:
        """Makes the finished `folder` the serving generation by atomic renames."""
        self.place(folder, manifest)
        self.take(manifest.id, whole)

    def place(self, folder: Path, manifest: Manifest) -> None:
        """Puts the finished `folder` beside the serving generation, to be taken into service or not."""
        (folder / "manifest.json").write_text(
            json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        (folder / _DOUBTED).touch()
        for path in folder.iterdir():
            sync(path)
        folder.rename(self._root / manifest.id)
        sync(self._root)

    def take(self, generation_id: str, whole: str | None = None) -> None:
        """Makes what was placed the serving generation.

        Of the old ones some stay, to fall back upon: `whole`, which is known to be so, else the current one, and beside
        it the newest.
        """
        before = whole or self._serving_now()
        self._serve(generation_id)
        self._drop_all_but(generation_id, before)

    def set_aside(self, generation_id: str) -> None:
        """What was placed is doubted: the serving generation serves on, and `serve` takes this one all the same."""
        self._drop_all_but(generation_id, self._serving_now())

    def _drop_all_but(self, *named: str | None) -> None:
        kept = [*filter(None, named)]
        kept += [name for name in self.others() if name not in kept][: self._keep - len(kept)]
        self._drop(lambda name: name not in kept)

    def fall_back(self, whole: str) -> None:
        """Makes `whole`, a generation published before, the current one, unless it is; drops the others."""
        if self._serving_now() != whole:
            self._serve(whole)
            self._drop(lambda name: name != whole and not name.startswith("."))

    def roll_back(self, to: str | None = None) -> Generation:
        """Makes an earlier generation the current one, `to` or the one before; none is dropped.

        To be called by one process at a time.

        Raises:
            IndexMissing: there is none. IndexDamaged: it is damaged, and the current one stays.
        """
        current = self.current()
        if to is None:
            older = (
                name
                for name in self.others()
                if current is None or _made(self.folder(name)) < _made(self.folder(current))
            )
            to = next(older, None)
            if to is None:
                raise IndexMissing(
                    f"{self} holds no index that is older than the one in service: nothing was changed."
                )
        elif to not in (current, *self.others()):
            raise IndexMissing(f"{self} holds no index {to}: `trichdan generations` lists them.")
        return self.serve(to)

    def serve(self, generation_id: str) -> Generation:
        """Makes a generation that lies here the current one; none is dropped.

        To be called by one process at a time.

        Raises:
            IndexDamaged, IndexOutdated: it cannot be opened, and the current one stays.
        """
        found = self.pin(generation_id, None)
        self._serve(generation_id)
        return found

    def whole(self) -> str | None:
        """The id of the current generation, or where that is damaged of the newest that is not; None without one."""
        for folder in self._folders():
            try:
                open_store(folder)[0].close()
            except IndexUnusable:
                continue
            return folder.name
        return None

    def drop_unfinished(self) -> None:
        """Removes what was not published, also by a process that was killed."""
        self._drop(lambda name: name.startswith("."))
        remove_unfinished(self._current)

    def _serve(self, generation_id: str) -> None:
        (self._root / generation_id / _DOUBTED).unlink(missing_ok=True)
        write_whole(self._current, f"{generation_id}\n".encode(), lasting=True)

    def _serving_now(self) -> str | None:
        try:
            return self.current()
        except IndexDamaged:  # what nobody can open need not be kept
            return None

    def _folders(self) -> Iterator[Path]:
        """The current generation's folder, unverified, then those to fall back upon; none when nothing was indexed."""
        try:
            if (folder := self.current_folder()) is None:
                return
            yield folder
        except IndexDamaged:
            pass
        yield from map(self.folder, self.others())

    def _published(self) -> Iterator[Path]:
        return self._root.iterdir() if self._root.is_dir() else iter(())

    def _drop(self, unwanted: Callable[[str], bool]) -> None:
        for folder in self._root.iterdir() if self._root.is_dir() else ():
            if unwanted(folder.name) and is_below(folder, self._root):  # else it is a link: not ours
                remove_folder(folder, self._root)

    def folder(self, generation_id: str) -> Path:
        """Where that generation lies. Raises IndexDamaged for what is no id."""
        if not _ID.fullmatch(generation_id):
            raise IndexDamaged(f"{self._current} names no index of this data directory: {REMAKE}.")
        return self._root / generation_id


def _store_of(folder: Path) -> Store | None:
    try:
        return Store.load(folder)
    except IndexDamaged:
        return None


def _last_resort(folder: Path) -> tuple[bool, tuple[str, int]]:
    return not (folder / _DOUBTED).exists(), _made(folder)


def _made(folder: Path) -> tuple[str, int]:
    """When a generation was made: names tell the second, what was written in one the order."""
    try:
        return folder.name[:_STAMP], folder.stat().st_mtime_ns
    except FileNotFoundError:  # dropped by another process meanwhile
        return folder.name[:_STAMP], 0
