"""The bundled model from one machine to another that cannot install it: one file, checked against its own checksums."""

import os
import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.folders import MARKER, damaged_file, files_of, is_complete, publish
from retrieval.errors import ModelError
from retrieval.progress import Progress, silent
from retrieval.storage.disk_space import writing

_FILES, _DEPTH = 16, 2
"""More files than the model has, and how deep they lie."""


def export_model(models_dir: Path, file: Path, progress: Progress = silent) -> None:
    """Writes the bundled model, which is prepared first where it is not, to a new file.

    Raises:
        ModelError: there is no model here, or `file` is there already. CannotWrite: `file` cannot be written.
    """
    if file.exists():
        raise ModelError(f"{file} is there already: name a new file, or delete it first.")
    folder = bundled.materialise(models_dir, progress)
    part = file.with_name(f".{file.name}.{os.getpid()}")
    with writing(file.parent, "The model's file"):
        try:
            with tarfile.open(part, "x") as tar:
                for name in (*files_of(folder), MARKER):
                    tar.add(folder / name, name, recursive=False)
            part.rename(file)
        finally:
            part.unlink(missing_ok=True)


def import_model(models_dir: Path, file: Path) -> Path:
    """Makes the model's folder below `models_dir` of what `export_model` wrote; returns the folder.

    Raises:
        ModelError: `file` is not there, holds something else, or is cut off or changed. CannotWrite: no room.
    """
    target = models_dir / bundled.NAME
    with writing(models_dir, "The model"):
        models_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".importing-", dir=models_dir) as temporary:
            folder = Path(temporary)
            _unpack(file, folder)
            if not is_complete(folder, bundled.fingerprint()) or damaged_file(folder, in_full=True):
                raise _foreign(file)
            with publish(target, bundled.fingerprint()) as new:
                for name in files_of(folder):
                    (new / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.move(folder / name, new / name)
    return target


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file, "r|") as tar:
            for count, member in enumerate(tar):
                parts = PurePosixPath(member.name).parts
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or count >= _FILES or len(parts) > _DEPTH or {"..", "/"} & {*parts}:
                    raise _foreign(file)
                target = folder.joinpath(*parts)
                target.parent.mkdir(exist_ok=True)
                with target.open("xb") as opened:
                    shutil.copyfileobj(source, opened)
    except (tarfile.TarError, EOFError, FileExistsError) as error:
        raise _foreign(file) from error
    except OSError as error:
        if error.filename is None or Path(str(error.filename)) != file:
            raise
        raise ModelError(
            f"{file} cannot be read ({error.strerror}): name a file of `trichdan model export`."
        ) from error


def _foreign(file: Path) -> ModelError:
    return ModelError(
        f"{file} does not hold the bundled model, or was cut off or changed: write it again with `trichdan model "
        "export`."
    )
