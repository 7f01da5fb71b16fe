"""The articles that an admin took out."""

import json
from collections.abc import Mapping
from pathlib import Path

from retrieval.errors import SourceError
from retrieval.storage.whole_files import write_json


class Hidden:
    """Ids of articles that no reindexing lets in, each with the file it was in, in a JSON file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def files(self) -> dict[str, Path | None]:
        """The file of each article by its id, None where it has none or none was noted; raises SourceError when the
        list is spoilt."""
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
            # Before files were noted, it was a list.
            by_id = dict(said) if isinstance(said, dict) else dict.fromkeys(said)
            return {str(article_id): Path(file) if file else None for article_id, file in by_id.items()}
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, TypeError) as error:
            raise SourceError(
                f"{self.path} should be JSON that tells ids of articles but cannot be read: mend or remove it"
            ) from error

    def add(self, article_id: str, file: Path | None) -> None:
        self._write(self.files() | {article_id: file and file.resolve()})

    def take_out(self, article_id: str) -> bool:
        """False when it was not in."""
        files = self.files()
        if article_id not in files:
            return False
        self._write({each: file for each, file in files.items() if each != article_id})
        return True

    def _write(self, files: Mapping[str, Path | None]) -> None:
        write_json(self.path, {each: file and file.as_posix() for each, file in sorted(files.items())})
