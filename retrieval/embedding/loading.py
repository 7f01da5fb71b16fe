"""From a model's name to an `Embedder`, loaded now or when it is first needed."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from retrieval.embedding import hashed
from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.steps_process import memory_needed, run_step
from retrieval.embedding.folders import damaged_file, publish, sweep
from retrieval.embedding.model_sources import ModelSource, dimensions_of, fingerprint_of, resolve
from retrieval.embedding.openvino_runtime import embedder as ov
from retrieval.embedding.protocol import Embedder, Reader, Vector, Vectors
from retrieval.errors import ModelError, ModelNotPrepared
from retrieval.progress import Progress, Step, silent

if TYPE_CHECKING:
    from retrieval.embedding.torch_runtime import CrossEncoderReranker

Runtime = Literal["auto", "openvino", "torch"]

_UNKNOWN = object()
"""Stands for a reader that was not looked for yet."""
_log = logging.getLogger(__name__)


def load_embedder(
    name: str,
    models_dir: Path,
    runtime: Runtime = "auto",
    progress: Progress = silent,
    loaders: "Loaders | None" = None,
) -> Embedder:
    """Load the model `name`: `bundled`, `hashed-words`, a hub id or a folder. The first time may take half a minute.

    `auto` runs it on OpenVINO, and on torch where OpenVINO cannot: with a warning, the first time, when it has tried.

    Raises:
        ModelError: the model cannot be found, read or used.
    """
    if name == hashed.NAME:
        return hashed.HashedWords()
    source, loaders = resolve(name, models_dir), loaders or Loaders()
    _tidy(source, models_dir)
    if source.kind == "bundled" and not bundled.is_materialised(models_dir):
        run_step("materialise", models_dir, progress=progress)
    if runtime == "torch" or (runtime == "auto" and _refused(source).exists()):
        return loaders.torch(source, models_dir)
    try:
        return loaders.openvino(source, models_dir, progress)
    except ModelError as error:
        if runtime != "auto" or isinstance(error, ModelNotPrepared):
            raise
        embedder = loaders.torch(source, models_dir)  # a model that is missing or damaged says so here
        _log.warning("%s The slower torch runtime is used instead.", error)
        _refuse(source)
        return embedder


class LazyEmbedder:
    """An `Embedder` that loads at the first text. One thread loads, the others wait for it."""

    def __init__(
        self, load: Callable[[], Embedder], fingerprint: str | None = None, dimensions: int | None = None
    ) -> None:
        """`load` is called once; a fingerprint or dimensions that are not given are asked of its result."""
        self._load = load
        self._fingerprint = fingerprint
        self._dimensions = dimensions
        self._embedder: Embedder | None = None
        self._reader: object = _UNKNOWN
        self._lock = threading.Lock()

    @classmethod
    def of(
        cls, name: str, models_dir: Path, runtime: Runtime = "auto", progress: Progress = silent
    ) -> "LazyEmbedder":
        """The model `name`, with what its files tell of it. Raises ModelError for a path without a folder."""
        if name == hashed.NAME:
            return cls(hashed.HashedWords, hashed.FINGERPRINT, hashed.DIMENSIONS)
        source = resolve(name, models_dir)
        return cls(
            lambda: load_embedder(name, models_dir, runtime, progress),
            fingerprint_of(source),
            dimensions_of(source),
        )

    @property
    def is_known(self) -> bool:
        """Whether the model's files tell its fingerprint, so that asking for it loads nothing."""
        return self._fingerprint is not None

    @property
    def fingerprint(self) -> str:
        """Names the weights and prompts; loads the model if its files do not tell."""
        return self._fingerprint or self.embedder().fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector; loads the model if its files do not tell."""
        return self._dimensions or self.embedder().dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As the model does it; the first call loads it."""
        return self.embedder().embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """As the model does it; the first call loads it."""
        return self.embedder().embed_passages(texts)

    def embedder(self) -> Embedder:
        """The loaded model. Raises ModelError as `load_embedder` does; the next call tries again."""
        with self._lock:
            if self._embedder is None:
                self._embedder = self._load()
            return self._embedder

    def reader(self) -> Reader | None:
        """What reads questions and passages together, loaded at the first call; None where the model has none."""
        embedder = self.embedder()
        with self._lock:
            if self._reader is _UNKNOWN:
                self._reader = _reader_of(embedder)
            return cast("Reader | None", self._reader)


def _reader_of(embedder: Embedder) -> Reader | None:
    """What reads beside `embedder`: the bundled model on OpenVINO has it. One that fails is said, and done without."""
    if not isinstance(embedder, ov.OpenVinoEmbedder):
        return None
    try:
        return embedder.reader()
    except Exception as error:
        _log.error("Passages are not read before they are shown: the reader cannot be loaded (%s).", error)
        return None


class LazyReranker:
    """A `Reranker` that loads its cross-encoder at the first question that it is needed for."""

    def __init__(self, name: str) -> None:
        """`name` is a hub id or a folder."""
        self._name = name
        self._reranker: CrossEncoderReranker | None = None
        self._lock = threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> Vector:
        """Log-odds, shape (passages,). Raises ModelError when the cross-encoder cannot be loaded."""
        with self._lock:
            if self._reranker is None:
                from retrieval.embedding.torch_runtime import load_reranker

                self._reranker = load_reranker(self._name)
            return self._reranker.scores(question, passages)


def _load_torch(source: ModelSource, models_dir: Path) -> Embedder:
    from retrieval.embedding.torch_runtime import load_sentence_embedder

    return load_sentence_embedder(source, models_dir)


def _load_openvino(source: ModelSource, models_dir: Path, progress: Progress) -> Embedder:
    folder = source.workspace / "openvino"
    fingerprint = fingerprint_of(source)
    if fingerprint is None or not ov.is_converted(folder, fingerprint, _adapter_of(source)):
        _convert(source, models_dir, folder, progress)
    return ov.OpenVinoEmbedder.open(folder)


@dataclass(frozen=True, kw_only=True)
class Loaders:
    """What loads a model for each runtime."""

    openvino: Callable[[ModelSource, Path, Progress], Embedder] = _load_openvino
    torch: Callable[[ModelSource, Path], Embedder] = _load_torch


def _refused(source: ModelSource) -> Path:
    """The file that says that OpenVINO has failed with this version of the model: trying takes half a minute."""
    return source.workspace / f"no-{ov.version(fingerprint_of(source) or '', _adapter_of(source))}"


def _refuse(source: ModelSource) -> None:
    if source.kind != "bundled":  # what is bundled is known to work: it failed because of something else
        source.workspace.mkdir(parents=True, exist_ok=True)
        _refused(source).touch()


def _adapter_of(source: ModelSource) -> str:
    return bundled.additions() if source.kind == "bundled" else ""


def is_prepared(name: str, models_dir: Path, runtime: Runtime = "auto") -> bool:
    """Whether loading the model `name` makes nothing: what is made of it, once, is there. Raises ModelError."""
    if name == hashed.NAME:
        return True
    source = resolve(name, models_dir)
    if source.kind == "bundled" and not bundled.is_materialised(models_dir):
        return False
    if runtime == "torch" or (runtime == "auto" and _refused(source).exists()):
        return source.folder is not None
    folder, fingerprint = source.workspace / "openvino", fingerprint_of(source)
    return (
        fingerprint is not None
        and ov.is_converted(folder, fingerprint, _adapter_of(source))
        and ov.is_compiled(folder)
    )


def is_downloaded(name: str) -> bool:
    """Whether the cross-encoder `name` is on this machine. Raises ModelError."""
    return resolve(name, Path()).folder is not None


def damaged_model_file(name: str, models_dir: Path) -> Path | None:
    """The first file of what was made of the model `name` that is not as it was written; reads all of them."""
    if name == hashed.NAME:
        return None
    workspace = resolve(name, models_dir).workspace
    found = (damaged_file(folder, in_full=True) for folder in (workspace, workspace / "openvino"))
    return next(filter(None, found), None)


def _tidy(source: ModelSource, models_dir: Path) -> None:
    """Removes what preparations that were broken off left, and says what is damaged and so is made anew."""
    if sum(map(sweep, (models_dir, source.workspace))):
        _log.warning("An earlier preparation of the model was broken off; %s.", memory_needed())
    for folder in (models_dir / source.name, source.workspace / "openvino"):
        if source.kind == "bundled" and (path := damaged_file(folder)):
            _log.warning("The model file %s was changed or cut off: it is made anew.", path)


def _convert(source: ModelSource, models_dir: Path, folder: Path, progress: Progress) -> None:
    if source.kind == "bundled":
        _convert_bundled(source.workspace, folder, progress)
        return
    from retrieval.embedding.openvino_runtime.conversion import convert
    from retrieval.embedding.openvino_runtime.export import export
    from retrieval.embedding.torch_runtime import load_sentence_embedder

    progress(Step.PREPARING, 0, 2)
    embedder = load_sentence_embedder(source, models_dir)
    try:
        exported = export(embedder)
    except Exception as error:  # a model of another build than a plain transformer with pooling
        raise ModelError(
            f"OpenVINO cannot run the model {source.name}, which is of an unusual build."
        ) from error
    progress(Step.PREPARING, 1, 2)
    convert(exported, folder, _adapter_of(source))
    progress(Step.PREPARING, 2, 2)


def _convert_bundled(model: Path, folder: Path, progress: Progress) -> None:
    """In processes of their own, one after the other, so that it does with little memory."""
    steps = ("words", "networks", "reader")
    progress(Step.PREPARING, 0, len(steps))
    with publish(folder, ov.version(bundled.fingerprint(), bundled.additions())) as temporary:
        for done, step in enumerate(steps, start=1):
            run_step(step, model, temporary)
            progress(Step.PREPARING, done, len(steps))
