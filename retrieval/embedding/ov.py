"""The OpenVINO runtime: fast on a CPU, without torch. The only file that imports openvino."""

import json
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Self, cast

import numpy as np
from tokenizers import Tokenizer

from retrieval.embedding.batches import Batch, make_batches
from retrieval.embedding.folders import is_complete
from retrieval.embedding.protocol import Vectors
from retrieval.embedding.text import encodable
from retrieval.errors import ModelError

if TYPE_CHECKING:
    import openvino

_FORMAT = "openvino-2"
MODEL, TOKENIZER, META = "model.xml", "tokenizer.json", "meta.json"
_CACHE = "compiled"
_TOKEN_BUDGET = 2048
"""A passage batch of this many tokens takes some 0.2 s, the longest that a question waits for indexing."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the runtime needs beside the network. `precision` is `bf16` or `f32`; `adapted` networks take a switch."""

    fingerprint: str
    dimensions: int
    max_tokens: int
    pad: int
    precision: str
    query: str
    passage: str
    adapted: bool


class OpenVinoEmbedder:
    """An `Embedder` on the CPU. Any number of threads may use it; questions do not queue behind passages."""

    def __init__(self, compiled: "openvino.CompiledModel", tokenizer: Tokenizer, meta: Meta) -> None:
        self._tokenizer = tokenizer
        self._meta = meta
        self._queries = _Lane(compiled)
        self._passages = _Lane(compiled)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Load what `ov_conversion.convert` wrote into `folder`.

        Raises:
            ModelError: OpenVINO is missing or cannot read the folder.
        """
        try:
            meta = Meta(**json.loads((folder / META).read_text("utf-8")))
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            tokenizer.no_padding()
            tokenizer.enable_truncation(meta.max_tokens)
            # OpenVINO keeps a ready form for each path that it is given: one, however the folder was reached.
            real = folder.resolve()
            compiled = compile_model(real / MODEL, meta.precision, real / _CACHE)
            embedder = cls(compiled, tokenizer, meta)
            # Here, in one thread: two that hand the binding its first array together wait for each other for ever.
            embedder.embed_queries([""])
        except Exception as error:  # tokenizers and openvino raise bare Exception and RuntimeError
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
        """Unit vectors of questions, shape (texts, dimensions)."""
        return self.embed(texts, self._meta.query, adapted=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (texts, dimensions)."""
        return self.embed(texts, self._meta.passage, adapted=False)

    def embed(self, texts: Sequence[str], prompt: str, *, adapted: bool) -> Vectors:
        """Unit vectors of `texts`, shape (texts, dimensions), with the adapter's corrections or without."""
        lane = self._queries if prompt == self._meta.query else self._passages
        switch = (1.0 if adapted else 0.0) if self._meta.adapted else None
        encodings = self._tokenizer.encode_batch([prompt + encodable(text) for text in texts])
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for batch in make_batches([encoding.ids for encoding in encodings], self._meta.pad, _TOKEN_BUDGET):
            vectors[batch.rows] = lane.infer(batch, switch)
        return vectors


class _Lane:
    """One inference request, for one thread at a time; OpenVINO serves its requests in turn."""

    def __init__(self, compiled: "openvino.CompiledModel") -> None:
        self._request = compiled.create_infer_request()
        self._lock = threading.Lock()

    def infer(self, batch: Batch, switch: float | None) -> Vectors:
        """Vectors of a batch; `switch` is that of the adapter, None for a network without one."""
        switches = [] if switch is None else [np.full((len(batch.rows), 1, 1), switch, np.float32)]
        with self._lock:
            found: Vectors = self._request.infer([batch.ids, batch.mask, *switches])[0]
        return found


def is_converted(folder: Path, fingerprint: str, adapter: str = "") -> bool:
    """Whether `folder` holds the OpenVINO form of the model with this fingerprint and adapter."""
    return is_complete(folder, version(fingerprint, adapter))


def version(fingerprint: str, adapter: str = "") -> str:
    """What marks a folder as the OpenVINO form of the model with this fingerprint and adapter."""
    return f"{_FORMAT} {fingerprint} {adapter}".rstrip()


def compile_model(path: Path, precision: str, cache: Path | None = None) -> "openvino.CompiledModel":
    """The network at `path`, made ready for this CPU; `bf16` on a CPU without it runs as `f32`.

    `cache` is a folder that keeps the ready form for the next process.
    """
    core = openvino_module().Core()
    if precision == "bf16" and not has_bf16():
        precision = "f32"
    settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision}
    if cache is not None:
        settings["CACHE_DIR"] = str(cache)
    return core.compile_model(path, "CPU", settings)


def has_bf16() -> bool:
    """Whether this CPU computes in bfloat16."""
    core: openvino.Core = openvino_module().Core()
    return "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def openvino_module() -> ModuleType:
    """OpenVINO without its telemetry: importing it would send a usage event over the network.

    With None in its place the telemetry package cannot be imported, and OpenVINO uses an empty stand-in.
    """
    sys.modules["openvino_telemetry"] = cast(ModuleType, None)
    import openvino

    return cast(ModuleType, openvino)
