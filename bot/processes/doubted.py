"""The note of an index that was made and is not trusted, in the data folder: a running bot tells its admins of it."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from retrieval.index.embedded.generations import Generations
from retrieval.indexing.judging import Doubt
from retrieval.indexing.run import locked
from retrieval.storage.whole_files import remove_unfinished, write_json


class Doubted:
    """The note of the latest index in one data folder, where that is not trusted."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "doubted.json"

    def note(self, doubt: Doubt | None) -> None:
        """What came of the latest run; None where its index serves."""
        remove_unfinished(self._path)
        if doubt is None:
            self._path.unlink(missing_ok=True)
        else:
            with suppress(FileNotFoundError):  # two runs end at once: one notice is enough
                write_json(self._path, asdict(doubt))

    def read(self) -> Doubt | None:
        """None where there is none."""
        try:
            return doubt_from(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None  # it is a notice, no more: the next run says the same again


def take(generations: Generations, generation_id: str) -> None:
    """Makes an index serve though it is not trusted.

    Raises:
        IndexLocked: another process is indexing. IndexUnusable: the index is gone or damaged.
    """
    with locked(generations.data_dir):
        generations.serve(generation_id)
        Doubted(generations.data_dir).note(None)


def doubt_from(values: Mapping[str, Any] | None) -> Doubt | None:
    """The reverse of `asdict`."""
    return Doubt(**{**values, "lost": tuple(values["lost"])}) if values else None


def doubt_text(doubt: Doubt) -> str:
    """Why an index does not serve, and what to do, for whoever reads a terminal."""
    lost = "".join(f"\n  {question}" for question in doubt.lost)
    return (
        f"The new index answers {doubt.after} of {doubt.asked} questions of the self-check, the one in service "
        f"{doubt.before}: it is kept and does not serve. Look at the sources, and reindex; or take it all the same "
        f"with `trichdan rollback {doubt.generation}`. No longer answered:{lost}"
    )
