"""What a generation says of itself: counts, model, versions, and the sha256 of each of its files."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from retrieval.errors import IndexDamaged, IndexOutdated
from retrieval.index.embedded.store import articles
from retrieval.index.embedded.vectors import faiss_index as dense
from retrieval.index.embedded.vectors import sentences as sentence_vectors
from retrieval.index.embedded.words import lexical
from retrieval.index.learned import marks
from retrieval.index.learned import outlet_lines as repeats
from retrieval.index.learned import same_stories as stories
from retrieval.text.forms import TEXT_VERSION

FORMAT = 4
FILES = (
    articles.FILE,
    *dense.FILES,
    *sentence_vectors.FILES,
    *lexical.FILES,
    *marks.FILES,
    *repeats.FILES,
    *stories.FILES,
)
REMAKE = "run `trichdan reindex` to make a new one"


@dataclass(frozen=True)
class NamedSources:
    """The sources that an index was made from, as they were named in `working_dir`."""

    sources: tuple[str, ...] = ()
    working_dir: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a generation holds, and the sha256 of each of its files."""

    id: str
    articles: int
    passages: int
    dimensions: int
    model: str
    created: str
    text_version: int
    cleaning_version: int
    sources: list[str]
    files: dict[str, str]
    format: int = FORMAT
    working_dir: str | None = None
    """What `sources` that are no absolute paths are relative to; None in an index made before this was kept."""
    recall_at_10: float | None = None
    """What the dense index finds of the exact ten best; None where every passage is compared."""


def describe(
    folder: Path,
    *,
    articles: int,
    passages: int,
    dimensions: int,
    model: str,
    cleaning_version: int,
    sources: Sequence[str],
    recall_at_10: float | None = None,
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
        cleaning_version=cleaning_version,
        sources=list(sources),
        files=checksums(folder),
        working_dir=str(Path.cwd()),
        recall_at_10=recall_at_10,
    )


def checksums(folder: Path) -> dict[str, str]:
    """The sha256 of each file that `folder` now holds."""
    return {path.name: sha256(path) for path in sorted(folder.iterdir())}


def read_manifest(folder: Path) -> Manifest:
    path = folder / "manifest.json"
    try:
        values: Any = json.loads(path.read_text(encoding="utf-8"))
        if values.get("format") != FORMAT or values.get("text_version") != TEXT_VERSION:
            raise IndexOutdated(f"The index {folder.name} was made by another version of Trichdan: {REMAKE}.")
        return _sound(Manifest(**values), folder)
    except FileNotFoundError as error:
        raise IndexDamaged(f"The index {folder.name} has no manifest.json: {REMAKE}.") from error
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise IndexDamaged(f"The manifest {path} is not readable: {REMAKE}.") from error


def named_sources(folder: Path) -> NamedSources:
    """What a manifest of any version tells of the sources; nothing where it cannot be read."""
    try:
        values: Any = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        working_dir = values.get("working_dir")
        return NamedSources(tuple(map(str, values["sources"])), Path(working_dir) if working_dir else None)
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return NamedSources()


def _sound(manifest: Manifest, folder: Path) -> Manifest:
    """The manifest, when it belongs to `folder` and lists an index's files; ValueError or TypeError otherwise."""
    if manifest.id != folder.name.lstrip("."):
        raise IndexDamaged(
            f"The manifest of the index {folder.name} belongs to another one, {manifest.id!r:.60}: {REMAKE}."
        )
    if set(manifest.files) - {dense.LISTS_FILE} != set(FILES):
        raise IndexDamaged(
            f"The manifest of the index {folder.name} lists other files than an index has: {REMAKE}."
        )
    return manifest


def sha256(path: Path) -> str:
    """The hex sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
