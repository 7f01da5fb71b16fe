"""The articles that an admin took out, and the small JSON files that uploads are kept with."""

import json
import secrets
from pathlib import Path

from retrieval.errors import SourceError


class Hidden:
    """Ids of articles that no reindexing lets in, in a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ids(self) -> frozenset[str]:
        """Raises SourceError when the file is spoilt."""
        try:
            return frozenset(map(str, json.loads(self._path.read_text(encoding="utf-8"))))
        except FileNotFoundError:
            return frozenset()
        except (OSError, ValueError, TypeError) as error:
            raise SourceError(
                f"{self._path} should be a JSON list of article ids but cannot be read: mend or remove it"
            ) from error

    def add(self, article_id: str) -> None:
        write_json(self._path, sorted(self.ids() | {article_id}))

    def take_out(self, article_id: str) -> bool:
        """False when it was not in."""
        ids = self.ids()
        if article_id not in ids:
            return False
        write_json(self._path, sorted(ids - {article_id}))
        return True


def read_object(path: Path) -> dict[str, dict[str, str]]:
    """What a metadata file of ours says, nothing where there is none; raises SourceError when it was spoilt."""
    try:
        found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        return found
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} should be a JSON object by file names: mend or remove it") from error


def write_json(path: Path, values: object) -> None:
    """All of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(3)}")
    temporary.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)
