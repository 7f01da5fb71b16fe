"""The file of a backup: a tar archive whose last member lists all others with their sizes and checksums.

A file that was cut off has no list, and what was changed does not agree with it: both are found before anything is
restored.
"""

import hashlib
import io
import json
import shutil
import stat
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from retrieval.errors import TrichdanError

STATE, REMOVED, UNFINISHED, LINKS, SETTINGS = (
    "state.db",
    "removed.json",
    "unfinished.json",
    "links.key",
    "settings.env",
)
UPLOADS, GENERATIONS = "uploads", "generations"
COLLECTION: Final = "default"
_FORMAT = 1
_LIST = "backup.json"
_LARGEST_LIST = 2**28
_ALONE = {STATE, REMOVED, UNFINISHED, LINKS, SETTINGS}
_CHUNK = 2**20


class BackupError(TrichdanError):
    """A backup cannot be written, read or restored; one sentence: what was found, what was expected, what to do."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a backup holds: `files` by their names in it, each with its size in bytes and its sha256.

    `made` is a time with its zone, `generation` the id of the index that served, "" where there was none.
    """

    made: str
    version: str
    generation: str
    collection: str = COLLECTION
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def uploads(self) -> int:
        """Files among the uploads that are in the collection."""
        names = (PurePosixPath(name).parts for name in self.files)
        return sum(len(parts) == 2 and parts[0] == UPLOADS for parts in names)


class Writer:
    """Writes the members of a backup, the list last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by `end`
        self._files: dict[str, tuple[int, str]] = {}

    def add(self, name: str, path: Path) -> None:
        """A file as it is now. Raises OSError."""
        with path.open("rb") as source:
            self._add(name, source, path.stat().st_size)

    def add_text(self, name: str, text: str) -> None:
        data = text.encode()
        self._add(name, io.BytesIO(data), len(data))

    def end(self, listing: Listing) -> Listing:
        """Writes the list of what was added; returns it."""
        listing = replace(listing, files=self._files)
        data = json.dumps({"format": _FORMAT, **asdict(listing)}, ensure_ascii=False).encode()
        self._tar.addfile(_member(_LIST, len(data)), io.BytesIO(data))
        self._tar.close()
        return listing

    def _add(self, name: str, source: IO[bytes], size: int) -> None:
        hashing = _Hashing(source)
        self._tar.addfile(_member(name, size), hashing)
        self._files[name] = size, hashing.sha256.hexdigest()


class _Hashing:
    """A file that is hashed as it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.sha256.update(data)
        return data


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def unpack(file: Path, folder: Path) -> Listing:
    """Writes the members of a backup below `folder`, which is empty, and returns their list.

    Raises:
        BackupError: the file is not there, is no backup, is cut off or changed, or was made by a newer program.
        OSError: `folder` cannot be written.
    """
    found: dict[str, tuple[int, str]] = {}
    said: Mapping[str, Any] | None = None
    try:
        with tarfile.open(file, "r|") as tar:
            for member in tar:
                if (source := tar.extractfile(member)) is None or said is not None:
                    raise _foreign(file)
                if member.name == _LIST:
                    said = json.loads(source.read(_LARGEST_LIST))
                    continue
                if not _is_ours(member.name) or member.name in found:
                    raise _foreign(file)
                found[member.name] = _write(source, folder / member.name)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _foreign(file) from error
    except OSError as error:
        if error.filename is None or Path(str(error.filename)) != file:
            raise
        raise BackupError(
            f"{file} cannot be read ({error.strerror}): name a file of `trichdan backup`."
        ) from error
    listing = _listing(file, said)
    if dict(listing.files) != found:
        raise BackupError(
            f"{file} was changed or cut off: what it holds is not what it lists. Take another backup."
        )
    return listing


def _write(source: IO[bytes], target: Path) -> tuple[int, str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    hashing = _Hashing(source)
    with target.open("xb") as file:
        shutil.copyfileobj(hashing, file, _CHUNK)
    target.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return target.stat().st_size, hashing.sha256.hexdigest()


def _is_ours(name: str) -> bool:
    """Whether it is a name that a backup has: nothing else is written anywhere."""
    parts = PurePosixPath(name).parts
    if "/".join(parts) != name or any(part in ("..", "/", ".") or "\0" in part for part in parts):
        return False
    if parts[0] == UPLOADS:
        return len(parts) > 1
    return (parts[0] == GENERATIONS and len(parts) == 3) or name in _ALONE


def _listing(file: Path, said: Mapping[str, Any] | None) -> Listing:
    if not isinstance(said, dict):
        raise _foreign(file)
    if said.get("format") != _FORMAT:
        raise BackupError(
            f"{file} was made by another version of Trichdan (format {said.get('format')!r:.20}, this one reads "
            f"{_FORMAT}): restore it with the version {said.get('version')!r:.20} that made it."
        )
    try:
        files = {str(name): (int(size), str(sha256)) for name, (size, sha256) in said["files"].items()}
        told = {name: str(said[name]) for name in ("made", "version", "generation", "collection")}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _foreign(file) from error
    return Listing(files=files, **told)


def _foreign(file: Path) -> BackupError:
    return BackupError(f"{file} is no backup of Trichdan's, or is cut off: name a file of `trichdan backup`.")
