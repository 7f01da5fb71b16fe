"""One complete index on disk: a folder that is written once, verified, and never changed.

generations/<id>/  manifest.json, store.sqlite, dense.*, sentences.*, lexical.*, marks.*, repeats.*,
                   stories.*
current            the id of the serving generation
"""

import json
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnusable
from retrieval.index.footprint import Footprint
from retrieval.index.learned.marks import Marks
from retrieval.index.manifest import REMAKE, Manifest, NamedSources, named_sources, read_manifest, sha256
from retrieval.index.store.store import Store
from retrieval.index.vectors.faiss_index import DenseIndex
from retrieval.index.vectors.sentences import SentenceVectors
from retrieval.index.words.lexical import LexicalIndex
from retrieval.storage.removal import is_below, remove_folder

_log = logging.getLogger(__name__)
_STAMP = len("20250402-210600")
_ID = re.compile(r"[0-9a-z-]{1,64}")


@dataclass(frozen=True)
class Generation:
    """An open generation: row i of `dense`, `sentences` and `lexical` is passage i of `store`."""

    folder: Path
    manifest: Manifest
    store: Store
    dense: DenseIndex
    sentences: SentenceVectors
    lexical: LexicalIndex
    marks: Marks
    footprint: Footprint

    @property
    def id(self) -> str:
        return self.manifest.id


class Opened(NamedTuple):
    """What serves; `damage` tells why it is not the current generation but the one before it."""

    generation: Generation
    damage: IndexDamaged | None


class Generations:
    """The generations of one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._root = data_dir / "generations"
        self._current = data_dir / "current"

    def current_id(self) -> str | None:
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

    def current_folder(self) -> Path | None:
        """Where the serving generation lies, unverified; None when nothing was indexed yet."""
        current = self.current_id()
        return self._folder(current) if current else None

    def open_current(self, model: str | None) -> Generation:
        """The serving generation, verified.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated: each says what to do.
        """
        while (current := self.current_id()) is not None:
            try:
                return open_generation(self._folder(current), model)
            except IndexDamaged:
                if self.current_id() == current:
                    raise
                # Replaced, and dropped, while it was being opened: the newer one is meant.
        raise IndexMissing(f"Nothing is indexed yet in {self._data_dir}: run `trichdan reindex` first.")

    def open_serving(self, model: str | None) -> Opened:
        """The current generation or, where that is damaged, the newest other one that is whole, which is logged.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated: there is none; each says what to do.
        """
        try:
            return Opened(self.open_current(model), None)
        except IndexDamaged as damage:
            for folder in self._others():
                try:
                    generation = open_generation(folder, model)
                except IndexUnusable:
                    continue
                made = generation.manifest.created
                _log.error(
                    "The index is damaged; the one before it, made %s, answers until then. %s", made, damage
                )
                return Opened(generation, damage)
            raise

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
        """Makes the finished `folder` the serving generation by atomic renames.

        Of the old generations one stays, to fall back upon: `whole`, which is known to be so, else the current one.
        """
        previous = whole or self._serving_now()
        (folder / "manifest.json").write_text(
            json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        for path in folder.iterdir():
            _sync(path)
        folder.rename(self._root / manifest.id)
        _sync(self._root)
        _replace(self._current, manifest.id)
        self._drop(lambda name: name not in (manifest.id, previous))

    def fall_back(self, whole: str) -> None:
        """Makes `whole`, a generation published before, the current one, unless it is; drops the others."""
        if self._serving_now() != whole:
            _replace(self._current, whole)
            self._drop(lambda name: name != whole and not name.startswith("."))

    def drop_unfinished(self) -> None:
        """Removes what was not published, also by a process that was killed."""
        self._drop(lambda name: name.startswith("."))
        for leftover in self._data_dir.glob(f".{self._current.name}.*"):
            leftover.unlink(missing_ok=True)

    def _serving_now(self) -> str | None:
        try:
            return self.current_id()
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
        yield from self._others()

    def _others(self) -> Iterator[Path]:
        """The folders of published generations but the current one, the newest first."""
        current = self._serving_now()
        published = (p for p in self._published() if _ID.fullmatch(p.name) and p.name != current)
        yield from sorted(published, key=_made, reverse=True)

    def _published(self) -> Iterator[Path]:
        return self._root.iterdir() if self._root.is_dir() else iter(())

    def _drop(self, unwanted: Callable[[str], bool]) -> None:
        for folder in self._root.iterdir() if self._root.is_dir() else ():
            if unwanted(folder.name) and is_below(folder, self._root):  # else it is a link: not ours
                remove_folder(folder, self._root)

    def _folder(self, generation_id: str) -> Path:
        if not _ID.fullmatch(generation_id):
            raise IndexDamaged(f"{self._current} names no index of this data directory: {REMAKE}.")
        return self._root / generation_id


def open_generation(folder: Path, model: str | None) -> Generation:
    """Opens `folder` after checking its files, its counts and that `model` (a fingerprint) made it.

    With `model` None the fingerprint is not compared: for reading articles, which needs no model.
    """
    manifest = read_manifest(folder)
    footprint = Footprint.of(folder)
    for name, expected in manifest.files.items():
        _check_file(folder / name, expected)
    if model is not None and manifest.model != model:
        raise IndexOutdated(
            f"The index was made with the model {manifest.model} but the model in use is {model}: "
            "run `trichdan reindex`, or set TRICHDAN_MODEL back."
        )
    generation = Generation(
        folder,
        manifest,
        Store.load(folder),
        DenseIndex.load(folder),
        SentenceVectors.load(folder, manifest.dimensions),
        LexicalIndex.load(folder),
        Marks.load(folder),
        footprint,
    )
    _check_counts(generation)
    return generation


def _check_file(path: Path, expected: str) -> None:
    try:
        found = sha256(path)
    except OSError as error:
        raise IndexDamaged(f"The index file {path} is missing or unreadable: {REMAKE}.") from error
    if found != expected:
        raise IndexDamaged(f"The index file {path} was changed or cut off (its sha256 differs): {REMAKE}.")


def _check_counts(generation: Generation) -> None:
    expected = generation.manifest.passages
    counts = {
        "store": generation.store.passages,
        "dense index": generation.dense.count,
        "list of sentences": generation.sentences.count,
        "word index": generation.lexical.count,
    }
    for name, found in counts.items():
        if found != expected:
            raise IndexDamaged(
                f"The {name} holds {found} passages but its manifest says {expected}: {REMAKE}."
            )
    if generation.dense.dimensions != generation.manifest.dimensions:
        raise IndexDamaged(
            f"The dense index has {generation.dense.dimensions} dimensions but its manifest says "
            f"{generation.manifest.dimensions}: {REMAKE}."
        )


def _store_of(folder: Path) -> Store | None:
    try:
        return Store.load(folder)
    except IndexDamaged:
        return None


def _made(folder: Path) -> tuple[str, int]:
    """When a generation was made: names tell the second, what was written in one the order."""
    try:
        return folder.name[:_STAMP], folder.stat().st_mtime_ns
    except FileNotFoundError:  # dropped by another process meanwhile
        return folder.name[:_STAMP], 0


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(path: Path, content: str) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(3)}")
    temporary.write_text(content + "\n", encoding="utf-8")
    _sync(temporary)
    temporary.replace(path)
    _sync(path.parent)
