"""A sentence-transformers model taken apart: its word table, and traceable networks from word to unit vectors."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from retrieval.embedding.adapter import OFF, ON, fold
from retrieval.embedding.openvino_runtime.probes import PROBES
from retrieval.embedding.prompts import Prompts
from retrieval.embedding.protocol import Vectors
from retrieval.embedding.torch_runtime import SentenceEmbedder

_Built = TypeVar("_Built", bound=nn.Module)
_GROUP = 128
"""Weights that share a scale."""


class Network(nn.Module):
    """Word vectors (texts, width, dimensions) and a mask (texts, width) in, unit vectors (texts, dimensions) out."""

    def __init__(self, encoder: nn.Module, following: Sequence[nn.Module]) -> None:
        """`following` are the model's own modules after the encoder: pooling, and what comes then."""
        super().__init__()
        self.encoder = encoder
        self.following = nn.ModuleList(following)

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        encoded = self.encoder(inputs_embeds=words, attention_mask=mask)[0]
        features: dict[str, Any] = {"token_embeddings": encoded, "attention_mask": mask}
        for part in self.following:
            features = part(features)
        return nn.functional.normalize(features["sentence_embedding"], dim=-1)


@dataclass(frozen=True, slots=True)
class ExportedNetwork:
    """A network and the vectors that the model itself gives for the probes, shape (probes, dimensions)."""

    network: Network
    vectors: Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """All that another runtime needs. `ids` and `mask` of the probes have the shape (probes, width).

    `words` has the shape (tokens, dimensions). `queries` is None where questions take the network of passages.
    """

    words: NDArray[np.float32]
    passages: ExportedNetwork
    queries: ExportedNetwork | None
    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    tokenizer_json: str
    pad: int
    max_tokens: int
    prompts: Prompts
    fingerprint: str


def export(embedder: SentenceEmbedder) -> Export:
    """Take a loaded model apart; it is of no further use as an embedder, for its word table is gone.

    Raises:
        ValueError: the model leaves its prompt out when pooling, which the networks cannot tell from the text.
    """
    model = embedder.model.eval().to("cpu").float()
    tokenizer: Any = model.tokenizer
    max_tokens = int(model.max_seq_length or tokenizer.model_max_length)
    encoded = tokenizer(
        list(PROBES), padding=True, truncation=True, max_length=max_tokens, return_tensors="pt"
    )
    probes = {name: encoded[name] for name in ("input_ids", "attention_mask")}
    plain = _vectors(embedder, probes, OFF)
    adapted = None if embedder.adapter is None else _vectors(embedder, probes, ON)
    first: Any = model[0]
    encoder, following = first.model, list(model)[1:]
    if not all(getattr(part, "include_prompt", True) for part in following):
        raise ValueError("a prompt that is not pooled")
    words: NDArray[np.float32] = encoder.get_input_embeddings().weight.detach().numpy()
    encoder.set_input_embeddings(nn.Embedding(1, words.shape[1]))
    return Export(
        words=words,
        passages=ExportedNetwork(Network(fold(deepcopy(encoder), OFF), following).eval(), plain),
        queries=None
        if adapted is None
        else ExportedNetwork(Network(fold(encoder, ON), following).eval(), adapted),
        ids=probes["input_ids"].numpy(),
        mask=probes["attention_mask"].numpy(),
        tokenizer_json=tokenizer.backend_tokenizer.to_str(),
        pad=int(tokenizer.pad_token_id or 0),
        max_tokens=max_tokens,
        prompts=embedder.prompts,
        fingerprint=embedder.fingerprint,
    )


def _vectors(embedder: SentenceEmbedder, probes: dict[str, Tensor], switch: float) -> Vectors:
    if embedder.adapter is not None:
        embedder.adapter.turn(switch)
    with torch.no_grad():
        features: Any = embedder.model(probes)
        found: Vectors = nn.functional.normalize(features["sentence_embedding"], dim=-1).numpy()
    return found


class _PackedLinear(nn.Module):
    """A linear layer with weights in 8 bits, one scale for each group of numbers that it takes."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        weight = linear.weight.detach()
        group = _GROUP if weight.shape[1] % _GROUP == 0 else weight.shape[1]
        groups = weight.reshape(len(weight), -1, group)
        scales = (groups.abs().amax(-1, keepdim=True) / 127).clamp_min(1e-12)
        self.register_buffer("packed", torch.round(groups / scales).to(torch.int8))
        self.register_buffer("scales", scales)
        self.bias = linear.bias

    def forward(self, x: Tensor) -> Tensor:
        weight = self.get_buffer("packed").float() * self.get_buffer("scales")
        return nn.functional.linear(x, weight.reshape(len(weight), -1), self.bias)


def packed(network: _Built) -> _Built:
    """The network with the weights of its layers in 8 bits: half the size, and faster on many processors."""
    layers = {id(module): module for module in network.modules() if isinstance(module, nn.Linear)}
    copy = deepcopy(network, dict(layers))  # these, nearly all of it, need no copy: they are replaced
    encoder: Any = copy.encoder
    for name, module in list(encoder.named_modules()):
        if isinstance(module, nn.Linear):
            parent, _, last = name.rpartition(".")
            setattr(encoder.get_submodule(parent), last, _PackedLinear(module))
    return copy
