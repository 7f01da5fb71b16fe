"""From a sentence-transformers model to its OpenVINO form on disk."""

import gc
import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from retrieval.embedding.folders import publish
from retrieval.embedding.openvino_runtime.embedder import (
    META,
    PASSAGES,
    QUERIES,
    Meta,
    Precision,
    compile_model,
    has_bf16,
    openvino_module,
    version,
)
from retrieval.embedding.openvino_runtime.export import Export, ExportedNetwork, packed
from retrieval.embedding.openvino_runtime.probes import PROBES
from retrieval.embedding.openvino_runtime.tokenizing import write_token_ids
from retrieval.embedding.openvino_runtime.word_table import WordTable
from retrieval.embedding.protocol import Vectors
from retrieval.errors import ModelError

_LEAST_COSINE = 0.995


def convert(exported: Export, folder: Path, adapter: str = "") -> None:
    """Write the OpenVINO form of a model into `folder`, the smallest and fastest that keeps its vectors.

    `adapter` names the content of the model's adapter, if it has one.

    Raises:
        ModelError: OpenVINO is missing, cannot convert the model, or gives other vectors.
    """
    try:
        with publish(folder, version(exported.fingerprint, adapter)) as temporary:
            WordTable.write(temporary, exported.words)
            precision = save_networks(_parts(exported), exported.ids, exported.mask, temporary)
            write_meta(_meta(exported, precision), temporary)
            write_token_ids(exported.tokenizer_json, temporary, exported.max_tokens, PROBES)
    except ModelError:
        raise
    except Exception as error:  # tracing runs the model's own code, which may raise anything
        raise ModelError(
            "OpenVINO cannot convert this model; use the torch runtime, which runs every model."
        ) from error


def write_meta(meta: Meta, folder: Path) -> None:
    """What the runtime needs beside the networks."""
    (folder / META).write_text(json.dumps(asdict(meta), indent=1) + "\n", "utf-8")


def _meta(exported: Export, precision: Precision) -> Meta:
    return Meta(
        fingerprint=exported.fingerprint,
        dimensions=exported.passages.vectors.shape[1],
        max_tokens=exported.max_tokens,
        pad=exported.pad,
        precision=precision,
        query=exported.prompts.query,
        passage=exported.prompts.passage,
        adapted=exported.queries is not None,
    )


def _parts(exported: Export) -> dict[str, Callable[[], ExportedNetwork]]:
    passages, queries = exported.passages, exported.queries
    return {PASSAGES: lambda: passages} | ({QUERIES: lambda: queries} if queries else {})


def save_networks(
    parts: Mapping[str, Callable[[], ExportedNetwork]],
    ids: NDArray[np.int64],
    mask: NDArray[np.int64],
    folder: Path,
) -> Precision:
    """Write networks beside the word table in `folder`, and say in which precision they are fast and right.

    `parts` makes each network when its turn comes; `ids` and `mask` of the probes have the shape (probes, width).

    Raises:
        ModelError: OpenVINO gives other vectors than the model.
    """
    words = WordTable.load(folder)[ids]
    best = 0.0
    for smaller in (True, False):
        expected = {name: _save_part(part, folder / name, smaller=smaller) for name, part in parts.items()}
        for precision in _precisions():
            least = min(
                _cosine(folder / name, precision, words, mask, vectors) for name, vectors in expected.items()
            )
            if least >= _LEAST_COSINE:
                return precision
            best = max(best, least)
    raise ModelError(
        f"OpenVINO gives vectors with a cosine of {best:.3f} to the model's own, at least {_LEAST_COSINE} is "
        "expected; use the torch runtime."
    )


def _save_part(make: Callable[[], ExportedNetwork], path: Path, *, smaller: bool) -> Vectors:
    """Writes one network; returns the vectors that the model itself gives for the probes."""
    part = make()
    network = packed(part.network) if smaller else part.network
    dimensions = part.vectors.shape[1]
    like = {"words": torch.randn(2, 8, dimensions), "mask": torch.ones(2, 8, dtype=torch.int64)}
    save_network(network, like, path)
    gc.collect()  # what tracing made holds itself in memory, some 160 MB for a small model
    return part.vectors


def _precisions() -> tuple[Precision, ...]:
    return ("int8", "bf16", "f32") if has_bf16() else ("f32",)


def save_network(network: nn.Module, example: Mapping[str, Tensor], path: Path) -> None:
    """Writes a network as OpenVINO has it; `example` are inputs of the right kind by name."""
    openvino = openvino_module()
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns of each Python condition that it fixes
        model = openvino.convert_model(network, example_input=dict(example))
    openvino.save_model(model, path, compress_to_fp16=True)


def _cosine(
    path: Path, precision: Precision, words: Vectors, mask: NDArray[np.int64], expected: Vectors
) -> float:
    """The lowest cosine of a probe's vectors."""
    request = compile_model(path, precision).create_infer_request()
    found = request.infer([words, mask])[0]
    return float((found * expected).sum(axis=1).min())
