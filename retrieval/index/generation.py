"""One complete index on disk: a folder that is written once, verified, and never changed.

generations/<id>/  manifest.json, store.sqlite, dense.faiss, lexical.*.npy
current            the id of the serving generation
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from retrieval.errors import IndexDamaged, IndexMissing, IndexOutdated
from retrieval.index import dense, lexical, store
from retrieval.index.dense import DenseIndex
from retrieval.index.lexical import LexicalIndex
from retrieval.index.store import Store
from retrieval.text import TEXT_VERSION

FORMAT = 1
FILES = (store.FILE, *dense.FILES, *lexical.FILES)
_REMAKE = "run `trichdan reindex --full` to make a new one"


@dataclass(frozen=True)
class Manifest:
    """What a generation holds, and the sha256 of each of its files."""

    id: str
    articles: int
    passages: int
    dimensions: int
    model: str
    created: str
    text_version: int
    sources: list[str]
    files: dict[str, str]
    format: int = FORMAT


@dataclass(frozen=True)
class Generation:
    """An open generation: row i of `dense` and `lexical` is passage i of `store`."""

    manifest: Manifest
    store: Store
    dense: DenseIndex
    lexical: LexicalIndex

    @property
    def id(self) -> str:
        return self.manifest.id


class Generations:
    """The generations of one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / "generations"
        self._current = data_dir / "current"

    def current_id(self) -> str | None:
        """The id of the serving generation, None when nothing was indexed yet."""
        try:
            return self._current.read_text(encoding="utf-8").strip() or None
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(
                f"{self._current} should name the serving index but cannot be read: {_REMAKE}."
            ) from error

    def open_current(self, model: str | None) -> Generation:
        """The serving generation, verified.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated: each says what to do.
        """
        current = self.current_id()
        if current is None:
            raise IndexMissing("Nothing is indexed yet: run `trichdan reindex` first.")
        return open_generation(self._folder(current), model)

    def new_folder(self) -> Path:
        """An empty folder for a generation in the making; a dot in front keeps it from being served."""
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        folder = self._root / f".{stamp}-{secrets.token_hex(3)}"
        folder.mkdir(parents=True)
        return folder

    def publish(self, folder: Path, manifest: Manifest) -> None:
        """Makes the finished `folder` the serving generation by atomic renames; drops old generations."""
        previous = self._serving_now()
        (folder / "manifest.json").write_text(
            json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        for path in folder.iterdir():
            _sync(path)
        folder.rename(self._root / manifest.id)
        _sync(self._root)
        _replace(self._current, manifest.id)
        self._drop_all_but({manifest.id, previous})

    def _serving_now(self) -> str | None:
        try:
            return self.current_id()
        except IndexDamaged:  # what nobody can open need not be kept
            return None

    def _drop_all_but(self, kept: set[str | None]) -> None:
        for folder in self._root.iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, generation_id: str) -> Path:
        if not generation_id or Path(generation_id).name != generation_id or generation_id.startswith("."):
            raise IndexDamaged(f"{self._current} names no index of this data directory: {_REMAKE}.")
        return self._root / generation_id


def describe(
    folder: Path, *, articles: int, passages: int, dimensions: int, model: str, sources: Sequence[str]
) -> Manifest:
    """The manifest of the files that `folder` now holds."""
    return Manifest(
        id=folder.name.lstrip("."),
        articles=articles,
        passages=passages,
        dimensions=dimensions,
        model=model,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        text_version=TEXT_VERSION,
        sources=list(sources),
        files={path.name: _sha256(path) for path in sorted(folder.iterdir())},
    )


def read_manifest(folder: Path) -> Manifest:
    path = folder / "manifest.json"
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if values.get("format") != FORMAT or values.get("text_version") != TEXT_VERSION:
            raise IndexOutdated(
                f"The index {folder.name} was made by another version of Trichdan: {_REMAKE}."
            )
        return Manifest(**values)
    except FileNotFoundError as error:
        raise IndexDamaged(f"The index {folder.name} has no manifest.json: {_REMAKE}.") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"The manifest {path} is not readable: {_REMAKE}.") from error


def open_generation(folder: Path, model: str | None) -> Generation:
    """Opens `folder` after checking its files, its counts and that `model` (a fingerprint) made it.

    With `model` None the fingerprint is not compared: for reading articles, which needs no model.
    """
    manifest = read_manifest(folder)
    if set(manifest.files) != set(FILES):
        raise IndexDamaged(
            f"The manifest of the index {folder.name} lists other files than an index has: {_REMAKE}."
        )
    for name, expected in manifest.files.items():
        _check_file(folder / name, expected)
    if model is not None and manifest.model != model:
        raise IndexOutdated(
            f"The index was made with the model {manifest.model} but the model in use is {model}: "
            "run `trichdan reindex`, or set TRICHDAN_MODEL back."
        )
    generation = Generation(
        manifest, Store.load(folder), DenseIndex.load(folder), LexicalIndex.load(folder, manifest.passages)
    )
    _check_counts(generation)
    return generation


def _check_file(path: Path, expected: str) -> None:
    try:
        found = _sha256(path)
    except OSError as error:
        raise IndexDamaged(f"The index file {path} is missing or unreadable: {_REMAKE}.") from error
    if found != expected:
        raise IndexDamaged(f"The index file {path} was changed or cut off (its sha256 differs): {_REMAKE}.")


def _check_counts(generation: Generation) -> None:
    expected = generation.manifest.passages
    for name, found in (("store", generation.store.passages), ("dense index", generation.dense.count)):
        if found != expected:
            raise IndexDamaged(
                f"The {name} holds {found} passages but its manifest says {expected}: {_REMAKE}."
            )
    if generation.dense.dimensions != generation.manifest.dimensions:
        raise IndexDamaged(
            f"The dense index has {generation.dense.dimensions} dimensions but its manifest says "
            f"{generation.manifest.dimensions}: {_REMAKE}."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
