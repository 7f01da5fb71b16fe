"""The OpenVINO runtime: fast on a CPU, without torch. The only file that imports openvino."""

import json
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal, Self, cast

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.folders import is_complete
from retrieval.embedding.openvino_runtime.batches import make_batches
from retrieval.embedding.openvino_runtime.batching import Together
from retrieval.embedding.openvino_runtime.reader import OpenVinoReader
from retrieval.embedding.openvino_runtime.tokenizing import TokenIds, load_token_ids
from retrieval.embedding.openvino_runtime.word_table import WordTable
from retrieval.embedding.protocol import Vectors
from retrieval.embedding.text import encodable
from retrieval.errors import ModelError

if TYPE_CHECKING:
    import openvino

_FORMAT = "openvino-3"
PASSAGES, QUERIES, READER, META = "passages.xml", "queries.xml", "reader.xml", "meta.json"
_CACHE = "compiled"
_TOKEN_BUDGET = 1024
"""A batch of this many tokens takes some 0.1 s, the longest that a question waits for indexing."""
Precision = Literal["int8", "bf16", "f32"]
_GROUP = "128"
"""Numbers of a text that share a scale where networks compute in 8 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What the runtime needs beside the networks; where `adapted`, questions have a network of their own."""

    fingerprint: str
    dimensions: int
    max_tokens: int
    pad: int
    precision: Precision
    query: str
    passage: str
    adapted: bool


class OpenVinoEmbedder:
    """An `Embedder` on the CPU. Any number of threads may use it; questions do not queue behind passages.

    The network of passages is loaded at the first passage where questions have one of their own: answering needs none.
    """

    def __init__(self, folder: Path, meta: Meta, token_ids: TokenIds, words: WordTable) -> None:
        self._folder = folder
        self._meta = meta
        self._token_ids = token_ids
        self._words = words
        self._queries = _Lane(self._compiled(QUERIES if meta.adapted else PASSAGES))
        self._passages: _Lane | None = None
        self._reader: OpenVinoReader | None = None
        self._loading = threading.Lock()
        self._together = Together(lambda texts: self._embed(texts, meta.query, self._queries))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Load what `ov_conversion.convert` wrote into `folder`.

        Raises:
            ModelError: OpenVINO is missing or cannot read the folder.
        """
        try:
            meta = Meta(**json.loads((folder / META).read_text("utf-8")))
            token_ids = load_token_ids(folder, meta.max_tokens)
            # OpenVINO keeps a ready form for each path that it is given: one, however the folder was reached.
            embedder = cls(folder.resolve(), meta, token_ids, WordTable.load(folder))
            # Here, in one thread: two that hand the binding its first array together wait for each other for ever.
            embedder.embed_queries([""])
        except Exception as error:  # sentencepiece and openvino raise bare Exception and RuntimeError
            raise ModelError(
                f"The OpenVINO form of the model in {folder} cannot be used; delete that folder "
                "to have it made again."
            ) from error
        return embedder

    @property
    def fingerprint(self) -> str:
        """Names the weights and prompts."""
        return self._meta.fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._meta.dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, shape (texts, dimensions); those that come at one time are one batch."""
        return self._together(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (texts, dimensions)."""
        return self._embed(texts, self._meta.passage, self._passage_lane())

    def embed(self, texts: Sequence[str], prompt: str, *, adapted: bool) -> Vectors:
        """Unit vectors of `texts`, shape (texts, dimensions), with the adapter's corrections or without."""
        return self._embed(texts, prompt, self._queries if adapted else self._passage_lane())

    def reader(self) -> OpenVinoReader | None:
        """What reads questions and passages together, loaded at the first call; None where the model has none."""
        with self._loading:
            if self._reader is None and (self._folder / READER).exists():
                request = self._compiled(READER).create_infer_request()
                self._reader = OpenVinoReader(request, self._token_ids, self._words, self._meta.pad)
            return self._reader

    def _embed(self, texts: Sequence[str], prompt: str, lane: "_Lane") -> Vectors:
        ids = self._token_ids([prompt + encodable(text) for text in texts])
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for batch in make_batches(ids, self._meta.pad, _TOKEN_BUDGET):
            vectors[batch.rows] = lane.infer(self._words[batch.ids], batch.mask)
        return vectors

    def _passage_lane(self) -> "_Lane":
        with self._loading:
            if self._passages is None:
                self._passages = (
                    _Lane(self._compiled(PASSAGES)) if self._meta.adapted else self._queries.another()
                )
            return self._passages

    def _compiled(self, network: str) -> "openvino.CompiledModel":
        return compile_model(self._folder / network, self._meta.precision, self._folder / _CACHE)


class _Lane:
    """One inference request, for one thread at a time; OpenVINO serves its requests in turn."""

    def __init__(self, compiled: "openvino.CompiledModel") -> None:
        self._compiled = compiled
        self._request = compiled.create_infer_request()
        self._lock = threading.Lock()

    def another(self) -> "_Lane":
        """A lane beside this one, over the same network."""
        return _Lane(self._compiled)

    def infer(self, words: Vectors, mask: NDArray[np.int64]) -> Vectors:
        """Unit vectors (texts, dimensions) for word vectors (texts, width, dimensions)."""
        with self._lock:
            found: Vectors = self._request.infer([words, mask])[0]
        return found


def is_converted(folder: Path, fingerprint: str, adapter: str = "") -> bool:
    """Whether `folder` holds the OpenVINO form of the model with this fingerprint and adapter."""
    return is_complete(folder, version(fingerprint, adapter))


def is_compiled(folder: Path) -> bool:
    """Whether the networks in `folder` were loaded before, so that what loading keeps is there."""
    compiled = folder / _CACHE
    return compiled.is_dir() and any(compiled.iterdir())


def version(fingerprint: str, adapter: str = "") -> str:
    """What marks a folder as the OpenVINO form of the model with this fingerprint and adapter."""
    return f"{_FORMAT} {fingerprint} {adapter}".rstrip()


def compile_model(path: Path, precision: Precision, cache: Path | None = None) -> "openvino.CompiledModel":
    """The network at `path`, made ready for this CPU; one that does not compute in bfloat16 takes `f32`.

    `cache` is a folder that keeps the ready form for the next process.
    """
    core = openvino_module().Core()
    if not has_bf16():
        precision = "f32"
    settings = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32" if precision == "f32" else "bf16",
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": _GROUP if precision == "int8" else "0",
    }
    if cache is not None:
        settings["CACHE_DIR"] = str(cache)
    return core.compile_model(path, "CPU", settings)


def has_bf16() -> bool:
    """Whether this CPU computes in bfloat16, and so in 8 bits as well."""
    core: openvino.Core = openvino_module().Core()
    return "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def openvino_module() -> ModuleType:
    """OpenVINO without its telemetry: importing it would send a usage event over the network.

    With None in its place the telemetry package cannot be imported, and OpenVINO uses an empty stand-in.
    """
    sys.modules["openvino_telemetry"] = cast(ModuleType, None)
    import openvino

    return cast(ModuleType, openvino)
