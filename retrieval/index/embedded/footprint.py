"""Size and time of the files of a folder that is never written again: what differs later has been damaged."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Footprint:
    """As the files were when it was taken; looking at them again costs some tens of microseconds."""

    folder: Path
    _files: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, folder: Path) -> Self:
        """The footprint of what `folder` holds now."""
        return cls(folder, {path.name: _state(path) for path in folder.iterdir() if path.is_file()})

    def changed(self) -> Path | None:
        """The first file that is not as it was; one that was deleted can still be read by whoever has it open."""
        for name, state in self._files.items():
            path = self.folder / name
            try:
                if _state(path) != state:
                    return path
            except OSError:
                continue
        return None


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
