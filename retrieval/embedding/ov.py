"""The OpenVINO runtime: fast on a CPU, without torch. The only file that imports openvino."""

import json
import sys
import threading
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np
from tokenizers import Tokenizer

from retrieval.embedding.batches import Batch, make_batches
from retrieval.embedding.folders import is_complete, publish
from retrieval.embedding.prompts import Prompts
from retrieval.embedding.protocol import Vectors
from retrieval.embedding.text import encodable
from retrieval.errors import ModelError

if TYPE_CHECKING:
    from retrieval.embedding.export import Export

_FORMAT = "openvino-1"
_MODEL, _TOKENIZER, _META, _CACHE = "model.xml", "tokenizer.json", "meta.json", "compiled"
_LEAST_COSINE = 0.995
_TOKEN_BUDGET = 2048
"""A passage batch of this many tokens takes some 0.2 s, the longest that a question waits for indexing."""


@dataclass(frozen=True, slots=True)
class _Meta:
    fingerprint: str
    dimensions: int
    max_tokens: int
    pad: int
    precision: str
    query: str
    passage: str


class OpenVinoEmbedder:
    """An `Embedder` on the CPU. Any number of threads may use it; questions do not queue behind passages."""

    def __init__(self, compiled: Any, tokenizer: Tokenizer, meta: _Meta) -> None:
        self._tokenizer = tokenizer
        self._meta = meta
        self._queries = _Lane(compiled)
        self._passages = _Lane(compiled)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Load what `convert` wrote into `folder`.

        Raises:
            ModelError: OpenVINO is missing or cannot read the folder.
        """
        try:
            meta = _Meta(**json.loads((folder / _META).read_text("utf-8")))
            tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
            tokenizer.no_padding()
            tokenizer.enable_truncation(meta.max_tokens)
            compiled = _compile(folder / _MODEL, meta.precision, folder / _CACHE)
        except Exception as error:  # tokenizers and openvino raise bare Exception and RuntimeError
            raise ModelError(
                f"The OpenVINO form of the model in {folder} cannot be used; delete that folder "
                "to have it made again."
            ) from error
        return cls(compiled, tokenizer, meta)

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
        return self._embed(self._queries, self._meta.query, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (texts, dimensions)."""
        return self._embed(self._passages, self._meta.passage, texts)

    def _embed(self, lane: "_Lane", prompt: str, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch([prompt + encodable(text) for text in texts])
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for batch in make_batches([encoding.ids for encoding in encodings], self._meta.pad, _TOKEN_BUDGET):
            vectors[batch.rows] = lane.infer(batch)
        return vectors


class _Lane:
    """One inference request, for one thread at a time; OpenVINO serves its requests in turn."""

    def __init__(self, compiled: Any) -> None:
        self._request = compiled.create_infer_request()
        self._lock = threading.Lock()

    def infer(self, batch: Batch) -> Vectors:
        with self._lock:
            found: Vectors = self._request.infer([batch.ids, batch.mask])[0]
        return found


def is_converted(folder: Path, fingerprint: str) -> bool:
    """Whether `folder` holds the OpenVINO form of the model with this fingerprint."""
    return is_complete(folder, _version(fingerprint))


def convert(export: "Export", folder: Path) -> None:
    """Write the OpenVINO form of a model into `folder`, with the fastest precision that keeps its vectors.

    Raises:
        ModelError: OpenVINO is missing, cannot convert the model, or gives other vectors.
    """
    try:
        with publish(folder, _version(export.fingerprint)) as temporary:
            _save(export, temporary / _MODEL)
            meta = _meta(export, _precision(export, temporary / _MODEL))
            (temporary / _META).write_text(json.dumps(asdict(meta), indent=1) + "\n", "utf-8")
            (temporary / _TOKENIZER).write_text(export.tokenizer_json, "utf-8")
    except ModelError:
        raise
    except Exception as error:  # tracing runs the model's own code, which may raise anything
        raise ModelError(
            "OpenVINO cannot convert this model; use the torch runtime, which runs every model."
        ) from error


def _version(fingerprint: str) -> str:
    return f"{_FORMAT} {fingerprint}"


def _meta(export: "Export", precision: str) -> _Meta:
    prompts: Prompts = export.prompts
    return _Meta(
        export.fingerprint,
        export.vectors.shape[1],
        export.max_tokens,
        export.pad,
        precision,
        prompts.query,
        prompts.passage,
    )


def _save(export: "Export", path: Path) -> None:
    import torch

    openvino = _openvino()
    example = {"input_ids": torch.from_numpy(export.ids), "attention_mask": torch.from_numpy(export.mask)}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns of each Python condition that it fixes
        model = openvino.convert_model(export.module, example_input=example)
    openvino.save_model(model, path, compress_to_fp16=True)


def _precision(export: "Export", path: Path) -> str:
    cosines = {}
    for precision in ("bf16", "f32"):
        request = _compile(path, precision, None).create_infer_request()
        found = request.infer([export.ids, export.mask])[0]
        cosines[precision] = float((found * export.vectors).sum(axis=1).min())
        if cosines[precision] >= _LEAST_COSINE:
            return precision
    raise ModelError(
        f"OpenVINO gives vectors with a cosine of {max(cosines.values()):.3f} to the model's own, at least "
        f"{_LEAST_COSINE} is expected; use the torch runtime."
    )


def _compile(path: Path, precision: str, cache: Path | None) -> Any:
    core = _openvino().Core()
    if precision == "bf16" and "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        precision = "f32"
    settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision}
    if cache is not None:
        settings["CACHE_DIR"] = str(cache)
    return core.compile_model(path, "CPU", settings)


def _openvino() -> Any:
    """OpenVINO without its telemetry: importing it would send a usage event over the network.

    With None in its place the telemetry package cannot be imported, and OpenVINO uses an empty stand-in.
    """
    sys.modules["openvino_telemetry"] = cast(ModuleType, None)
    import openvino  # type: ignore[import-untyped]

    return openvino
