"""A run over one folder: what lies below it is looked at, all other articles stay as they serve."""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from retrieval.index.embedded.store.store import Known, Store
from retrieval.sources.collection import Reading, Source, scan
from retrieval.sources.files import FoundFile
from retrieval.sources.model import Failure, Pending


class OneFolder:
    """The articles of `store`, with those below `folder` looked at anew.

    Paths that the store tells are relative to `working_dir`, where they are not absolute.
    """

    def __init__(self, store: Store, folder: Path, working_dir: Path) -> None:
        self._store = store
        self._folder = os.path.realpath(folder)
        self._working_dir = working_dir
        self._real = lru_cache(4096)(os.path.realpath)

    def scan(self, sources: Sequence[Source], reading: Reading) -> Iterator[Pending | Failure]:
        """What stays, then what `sources`, all of them below the folder, hold now."""
        taken: set[str] = set()
        named: dict[str, str] = {}
        for known in self._store.known():
            if self._is_below(known):
                named[self._place(known)] = _file_part(known)
            else:
                taken.add(_file_part(known))
                if known.id not in reading.removed:
                    yield Pending(
                        origin=known.origin,
                        digest=known.digest,
                        place=known.id,
                        read=_not_read,
                        path=known.path,
                    )
        if sources:
            yield from scan(sources, reading, lambda found, file_id: _named(found, file_id, named, taken))

    def _is_below(self, known: Known) -> bool:
        return known.path is not None and f"{self._place(known)}/".startswith(f"{self._folder}/")

    def _place(self, known: Known) -> str:
        path = self._working_dir / (known.path or "")
        return f"{self._real(path.parent)}/{path.name}"


def _named(found: FoundFile, file_id: str, named: dict[str, str], taken: set[str]) -> str:
    """The id by which a file is known, else one that no article has that stays."""
    place = f"{os.path.realpath(found.path.parent)}/{found.path.name}"
    if place in named:
        return named[place]
    return f"{found.root.name}/{file_id}" if file_id in taken else file_id


def _file_part(known: Known) -> str:
    """The id of the file that an article is from: without the line or the member that follows its name."""
    name = Path(known.path).name if known.path else ""
    for sign in "#!":
        before, found, _ = known.origin.rpartition(f"{name}{sign}")
        if name and found:
            return f"{before}{name}"
    return known.origin


def _not_read() -> NoReturn:
    raise AssertionError("an article that stays is not read")
