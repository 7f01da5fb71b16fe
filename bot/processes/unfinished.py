"""The note of what admins have begun in chat and what is not done yet, in the data folder: the next process finishes
it."""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from retrieval.storage.whole_files import remove_unfinished, write_json

Change = Literal["add", "remove", "return", ""]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A run of indexing and the change before it: what is done to the uploads, to the document of this token or the
    article of this id, if anything; the run's options; and the message that shows where it stands, by chat and number,
    to a reader of this language.

    `tries` counts the processes that took it up and came to a sudden end. `subjects` are the titles of the articles
    that are changed, and `more` how many others are; `asks` is the question to be asked again when it is done. `by_id`
    and `by_name` are those of the admin who wished it.
    """

    chat_id: int
    message_id: int
    language: str
    options: tuple[str, ...] = ()
    change: Change = ""
    argument: str = ""
    tries: int = 0
    subjects: tuple[str, ...] = ()
    more: int = 0
    asks: str = ""
    by_id: int = 0
    by_name: str = ""

    @property
    def place(self) -> tuple[int, int]:
        return self.chat_id, self.message_id

    @property
    def is_taken_up(self) -> bool:
        """Whether it is for the next process to do where this one cannot end it."""
        return bool(self.change) or "--uploads" in self.options


class Unfinished:
    """The note of all that is begun in one data folder. What cannot be noted is done all the same."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "unfinished.json"

    def all(self) -> list[Begun]:
        """In the order they were begun; none where the note is spoilt."""
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
            lists = ("options", "subjects")
            return [Begun(**each | {name: tuple(each.get(name, ())) for name in lists}) for each in said]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, KeyError) as error:
            _log.error(
                "What an earlier run has left unfinished cannot be read from %s: %s", self._path, error
            )
            return []

    def note(self, begun: Begun) -> None:
        """It is begun, or stands otherwise than before."""
        others = self.all()
        known = [each.place for each in others]
        if begun.place in known:
            others[known.index(begun.place)] = begun
        else:
            others.append(begun)
        self._write(others)

    def done(self, begun: Begun) -> None:
        """Nothing is left to do, or it is given up."""
        self._write([each for each in self.all() if each.place != begun.place])

    def sweep(self) -> None:
        """Removes what a process that was killed while it noted has left. To be called at the start."""
        remove_unfinished(self._path)

    def _write(self, all_begun: Sequence[Begun]) -> None:
        try:
            if all_begun:
                write_json(self._path, [asdict(begun) for begun in all_begun])
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            _log.error("It cannot be noted in %s what is under way: %s", self._path, error)
