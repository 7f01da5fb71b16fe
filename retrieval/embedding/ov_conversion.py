"""From a sentence-transformers model to its OpenVINO form on disk."""

import json
import warnings
from dataclasses import asdict
from pathlib import Path

import torch

from retrieval.embedding.export import Export
from retrieval.embedding.folders import publish
from retrieval.embedding.ov import (
    META,
    MODEL,
    TOKENIZER,
    Meta,
    compile_model,
    has_bf16,
    openvino_module,
    version,
)
from retrieval.errors import ModelError

_LEAST_COSINE = 0.995


def convert(exported: Export, folder: Path, adapter: str = "") -> None:
    """Write the OpenVINO form of a model into `folder`, with the fastest precision that keeps its vectors.

    `adapter` names the content of the model's adapter, if it has one.

    Raises:
        ModelError: OpenVINO is missing, cannot convert the model, or gives other vectors.
    """
    try:
        with publish(folder, version(exported.fingerprint, adapter)) as temporary:
            _save(exported, temporary / MODEL)
            meta = _meta(exported, _precision(exported, temporary / MODEL))
            (temporary / META).write_text(json.dumps(asdict(meta), indent=1) + "\n", "utf-8")
            (temporary / TOKENIZER).write_text(exported.tokenizer_json, "utf-8")
    except ModelError:
        raise
    except Exception as error:  # tracing runs the model's own code, which may raise anything
        raise ModelError(
            "OpenVINO cannot convert this model; use the torch runtime, which runs every model."
        ) from error


def _meta(exported: Export, precision: str) -> Meta:
    return Meta(
        exported.fingerprint,
        exported.vectors.shape[1],
        exported.max_tokens,
        exported.pad,
        precision,
        exported.prompts.query,
        exported.prompts.passage,
        exported.switch is not None,
    )


def _save(exported: Export, path: Path) -> None:
    openvino = openvino_module()
    example = {"input_ids": torch.from_numpy(exported.ids), "attention_mask": torch.from_numpy(exported.mask)}
    if exported.switch is not None:
        example["switch"] = torch.from_numpy(exported.switch)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns of each Python condition that it fixes
        model = openvino.convert_model(exported.module, example_input=example)
    openvino.save_model(model, path, compress_to_fp16=True)


def _precision(exported: Export, path: Path) -> str:
    cosines = {}
    for precision in ("bf16", "f32") if has_bf16() else ("f32",):
        request = compile_model(path, precision).create_infer_request()
        switch = [] if exported.switch is None else [exported.switch]
        found = request.infer([exported.ids, exported.mask, *switch])[0]
        cosines[precision] = float((found * exported.vectors).sum(axis=1).min())
        if cosines[precision] >= _LEAST_COSINE:
            return precision
    raise ModelError(
        f"OpenVINO gives vectors with a cosine of {max(cosines.values()):.3f} to the model's own, at least "
        f"{_LEAST_COSINE} is expected; use the torch runtime."
    )
