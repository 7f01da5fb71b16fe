"""The articles that an admin took out."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from retrieval.errors import SourceError
from retrieval.storage.whole_files import write_json


@dataclass(frozen=True, slots=True)
class HiddenArticle:
    """What was noted when an article was hidden: its file, what it is called, and when, in seconds since 1970."""

    file: str | None = None
    title: str | None = None
    at: float | None = None


class Hidden:
    """Ids of articles that no reindexing lets in, each with what was noted of it, in a JSON file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> dict[str, HiddenArticle]:
        """By id; raises SourceError when the list is spoilt."""
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
            # Before files were noted, it was a list; before titles were, a file stood in the place of the note.
            by_id = dict(said) if isinstance(said, dict) else dict.fromkeys(said)
            return {str(article_id): _noted(note) for article_id, note in by_id.items()}
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, TypeError) as error:
            raise SourceError(
                f"{self.path} should be JSON that tells ids of articles but cannot be read: fix or remove it"
            ) from error

    def files(self) -> dict[str, Path | None]:
        """The file of each article by its id, None where it has none or none was noted; raises as `all` does."""
        return {each: Path(note.file) if note.file else None for each, note in self.all().items()}

    def add(self, article_id: str, file: Path | None, title: str | None = None) -> None:
        note = HiddenArticle(file.resolve().as_posix() if file else None, title, time.time())
        self._write(self.all() | {article_id: note})

    def take_out(self, article_id: str) -> bool:
        """False when it was not in."""
        hidden = self.all()
        if article_id not in hidden:
            return False
        self._write({each: note for each, note in hidden.items() if each != article_id})
        return True

    def _write(self, hidden: Mapping[str, HiddenArticle]) -> None:
        write_json(self.path, {each: asdict(note) for each, note in sorted(hidden.items())})


def _noted(note: Any) -> HiddenArticle:  # noqa: ANN401 - of JSON
    noted = HiddenArticle(**note) if isinstance(note, dict) else HiddenArticle(note)
    if not isinstance(noted.file, str | None):
        raise TypeError(f"the file of an article is {noted.file!r}")
    return noted
