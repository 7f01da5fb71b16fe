"""Deleting folders: only what lies below a folder of our own, wherever the name of it came from."""

import shutil
from pathlib import Path


def remove_folder(folder: Path, below: Path) -> None:
    """Deletes `folder` and all that is in it, as far as that can be done; nothing where it is gone.

    Raises:
        ValueError: it does not lie below `below`, be it by `..`, by an absolute name or by a link.
    """
    if not is_below(folder, below):
        raise ValueError(f"{folder} does not lie below {below} and is not deleted")
    shutil.rmtree(folder, ignore_errors=True)


def is_below(path: Path, folder: Path) -> bool:
    """Whether `path`, all links followed, lies below `folder` and is not the folder itself."""
    real, root = path.resolve(), folder.resolve()
    return real != root and real.is_relative_to(root)
