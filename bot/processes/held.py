"""The note of a run that waits for somebody's yes, in the data folder: a running bot tells its admins of it."""

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from retrieval.indexing.loss import Loss
from retrieval.storage.whole_files import remove_unfinished, write_json

_SHOWN = 3


class Held:
    """The note of a held run in one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "held.json"

    def note(self, loss: Loss | None) -> None:
        """What the latest run would have taken out; None when it did what it was to do."""
        remove_unfinished(self._path)
        if loss is None:
            self._path.unlink(missing_ok=True)
        else:
            with suppress(FileNotFoundError):  # two runs end at once: one notice is enough
                write_json(self._path, asdict(loss))

    def read(self) -> Loss | None:
        """None where no run waits."""
        try:
            return _loss_from(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None  # it is a notice, no more: the next run says the same again


def _loss_from(values: dict[str, Any]) -> Loss:
    """The reverse of `asdict`."""
    names, unnamed = tuple(values["names"]), tuple(values["unnamed"])
    return Loss(
        count=values["count"], of=values["of"], names=names, unnamed=unnamed, key=values.get("key", "")
    )


def loss_text(loss: Loss) -> str:
    """What a run would take out, and what to do, for whoever reads a terminal."""
    return f"{loss_question(loss)} Nothing was changed. If that is meant, run it again with --yes."


def loss_question(loss: Loss) -> str:
    names = ", ".join(loss.names[:_SHOWN])
    more = f" and {loss.count - _SHOWN} more" if loss.count > _SHOWN else ""
    unnamed = f"; no longer named as sources: {', '.join(loss.unnamed)}" if loss.unnamed else ""
    return f"This run would take {loss.count} of {loss.of} articles out of the collection ({names}{more}{unnamed})."
