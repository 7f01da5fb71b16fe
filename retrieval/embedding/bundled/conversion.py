"""The bundled model's OpenVINO form, made in two steps that never hold the word table as a whole.

As a sentence-transformers model it would take two gigabytes of memory: nine tenths of it are its word table. Each step
is for a process of its own (steps_process.py), since what a library has loaded is never given back.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.folders import read_json
from retrieval.embedding.openvino_runtime.probes import PROBES
from retrieval.embedding.openvino_runtime.tokenizing import load_token_ids, write_token_ids
from retrieval.embedding.openvino_runtime.word_table import WordTable

if TYPE_CHECKING:
    from retrieval.embedding.openvino_runtime.export import ExportedNetwork

_WEIGHTS = "model.safetensors"
_WORDS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True)
class _Rows:
    """The word table in the file of the weights: rows are read when they are asked for."""

    table: Any

    @property
    def shape(self) -> tuple[int, int]:
        tokens, dimensions = self.table.get_shape()
        return tokens, dimensions

    def __getitem__(self, part: slice) -> NDArray[np.float32]:
        inside = slice(*part.indices(self.shape[0]))
        found: NDArray[np.float32] = self.table[inside].astype(np.float32)
        return found


def write_words(model: Path, folder: Path) -> None:
    """The word table and the tokenizer of the materialised `model` into `folder`; loads no torch."""
    with safe_open(model / _WEIGHTS, "numpy") as weights:
        WordTable.write(folder, _Rows(weights.get_slice(_WORDS)))
    tokenizer = (model / "tokenizer.json").read_text("utf-8")
    write_token_ids(tokenizer, folder, bundled.MAX_TOKENS, PROBES)


def write_networks(model: Path, folder: Path) -> None:
    """The networks, after `write_words`, and what the runtime needs beside them.

    Raises:
        ModelError: OpenVINO gives other vectors than the model.
    """
    from retrieval.embedding.adapter import OFF, ON
    from retrieval.embedding.openvino_runtime.conversion import save_networks, write_meta
    from retrieval.embedding.openvino_runtime.embedder import PASSAGES, QUERIES, Meta

    pad = int(read_json(model / "config.json", {})["pad_token_id"])
    ids, mask = _probes(folder, pad)
    parts = {
        name: partial(_part, model, ids, mask, value) for name, value in ((PASSAGES, OFF), (QUERIES, ON))
    }
    precision = save_networks(parts, ids, mask, folder)
    meta = Meta(
        fingerprint=bundled.fingerprint(),
        dimensions=bundled.DIMENSIONS,
        max_tokens=bundled.MAX_TOKENS,
        pad=pad,
        precision=precision,
        query=bundled.PROMPTS.query,
        passage=bundled.PROMPTS.passage,
        adapted=True,
    )
    write_meta(meta, folder)


def write_reader(model: Path, folder: Path) -> None:
    """The network that reads question and passage together."""
    import torch

    from retrieval.embedding.openvino_runtime.conversion import save_network
    from retrieval.embedding.openvino_runtime.embedder import READER
    from retrieval.embedding.openvino_runtime.export import packed
    from retrieval.embedding.reader.network import ReaderNetwork
    from retrieval.embedding.reader.weights import load

    encoder = _encoder(model, np.zeros(1, np.int64))
    encoder.set_input_embeddings(torch.nn.Embedding(1, bundled.DIMENSIONS))
    network = ReaderNetwork(encoder)
    network.load_state_dict(load(bundled.READER), strict=False)
    like = {
        "words": torch.randn(2, 8, bundled.DIMENSIONS),
        "mask": torch.ones(2, 8, dtype=torch.int64),
        "kinds": torch.ones(2, 8, dtype=torch.int64),
    }
    save_network(packed(network.eval()), like, folder / READER)


def _probes(folder: Path, pad: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids and mask, shape (probes, width) each."""
    lists = load_token_ids(folder, bundled.MAX_TOKENS)(PROBES)
    width = max(map(len, lists))
    ids = np.full((len(lists), width), pad, np.int64)
    mask = np.zeros((len(lists), width), np.int64)
    for row, each in enumerate(lists):
        ids[row, : len(each)], mask[row, : len(each)] = each, 1
    return ids, mask


def _part(model: Path, ids: NDArray[np.int64], mask: NDArray[np.int64], switch: float) -> "ExportedNetwork":
    """The network with the adapter's corrections or without, and its vectors of the probes."""
    import torch

    from retrieval.embedding.adapter import adapt, fold
    from retrieval.embedding.openvino_runtime.export import ExportedNetwork, Network
    from retrieval.embedding.torch_runtime import load_following

    used, rows = np.unique(ids, return_inverse=True)
    encoder = _encoder(model, used)
    adapt(encoder, bundled.ADAPTER)
    network = Network(fold(encoder, switch), load_following(model)).eval()
    with torch.no_grad():
        words = encoder.get_input_embeddings()(torch.from_numpy(rows.reshape(ids.shape)))
        vectors = network(words, torch.from_numpy(mask)).numpy()
    encoder.set_input_embeddings(torch.nn.Embedding(1, bundled.DIMENSIONS))
    return ExportedNetwork(network, vectors)


def _encoder(model: Path, used: NDArray[np.int64]) -> Any:  # noqa: ANN401 - a model of the transformers library
    """The model's encoder in 32 bits, with no more of the word table than the rows that are `used`."""
    import torch
    from transformers import BertConfig, BertModel

    described = read_json(model / "config.json", {}) | {"vocab_size": len(used), "pad_token_id": None}
    untyped: tuple[Any, Any] = BertConfig, BertModel
    config, bert = untyped
    encoder = bert(config(**described)).eval()
    weights: dict[str, torch.Tensor] = {}
    with safe_open(model / _WEIGHTS, "pt") as file:
        table = file.get_slice(_WORDS)
        weights[_WORDS] = torch.cat([table[row : row + 1] for row in used.tolist()]).float()
        weights |= {name: file.get_tensor(name).float() for name in file.keys() if name != _WORDS}  # noqa: SIM118
    encoder.load_state_dict(weights, assign=True)  # instead of what it was drawn with, not beside it
    return encoder
