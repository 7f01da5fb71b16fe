"""A sentence-transformers model as one traceable torch module: token ids in, unit vectors out."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from retrieval.embedding.adapter import OFF, ON, Switch
from retrieval.embedding.prompts import Prompts
from retrieval.embedding.protocol import Vectors
from retrieval.embedding.sentence import SentenceEmbedder

_GROUP = 32
_PROBES = (
    "Xin chào",
    "Thủ đô của Việt Nam là thành phố nào?",
    "Which river flows through the old town, and when was the bridge over it built?",
    "Столица Вьетнама расположена на берегах Красной реки. " * 6,
    "Hội nghị đã thông qua nghị quyết về bảo vệ rừng ngập mặn ven biển. " * 40,
)


@dataclass(frozen=True, slots=True)
class Export:
    """All that another runtime needs, with reference vectors to hold it against.

    `ids` and `mask` have the shape (probes, width), `vectors` (probes, dimensions). A model with an adapter is probed
    with its corrections off and on, as `switch` (probes, 1, 1) says; it is None for others.
    """

    module: nn.Module
    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    switch: NDArray[np.float32] | None
    vectors: Vectors
    tokenizer_json: str
    pad: int
    max_tokens: int
    prompts: Prompts
    fingerprint: str


def export(embedder: SentenceEmbedder) -> Export:
    """Take a loaded model apart; it is of no further use as an embedder, for its word table is packed."""
    model = embedder.model
    tokenizer: Any = model.tokenizer
    max_tokens = int(model.max_seq_length or tokenizer.model_max_length)
    encoded = tokenizer(
        list(_PROBES), padding=True, truncation=True, max_length=max_tokens, return_tensors="pt"
    )
    module = _Pipeline(list(model), embedder.adapter).eval().to("cpu")
    ids, mask = encoded["input_ids"], encoded["attention_mask"]
    switch = None
    if embedder.adapter is not None:
        switch = torch.tensor([OFF] * len(ids) + [ON] * len(ids)).reshape(-1, 1, 1)
        ids, mask = ids.repeat(2, 1), mask.repeat(2, 1)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        vectors = module(ids, mask, switch)
    _pack_word_table(model[0])
    return Export(
        module,
        ids.numpy(),
        mask.numpy(),
        None if switch is None else switch.numpy(),
        vectors.float().numpy(),
        tokenizer.backend_tokenizer.to_str(),
        int(tokenizer.pad_token_id or 0),
        max_tokens,
        embedder.prompts,
        embedder.fingerprint,
    )


class _Pipeline(nn.Module):
    """The model's own modules in a row (encoder, pooling, and what follows), then unit length."""

    def __init__(self, parts: Sequence[nn.Module], adapter: Switch | None) -> None:
        super().__init__()
        self.parts = nn.ModuleList(parts)
        self.adapter = adapter

    def forward(self, input_ids: Tensor, attention_mask: Tensor, switch: Tensor | None = None) -> Tensor:
        if self.adapter is not None and switch is not None:
            self.adapter.value = switch
        features: dict[str, Any] = {"input_ids": input_ids, "attention_mask": attention_mask}
        for part in self.parts:
            features = part(features)
        return nn.functional.normalize(features["sentence_embedding"], dim=-1)


class _PackedTable(nn.Module):
    """A word table in 8 bits with one scale for 32 weights: a quarter of the memory, hardly other vectors.

    Nine tenths of a multilingual model are its word table, of which a text reads a few rows.
    """

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        groups = weight.float().reshape(len(weight), -1, _GROUP)
        scales = (groups.abs().amax(-1) / 127).clamp_min(1e-12)
        packed = torch.round(groups / scales.unsqueeze(-1)).to(torch.int8)
        self.register_buffer("packed", packed.reshape(weight.shape))
        self.register_buffer("scales", scales)

    def forward(self, ids: Tensor) -> Tensor:
        packed, scales = self.get_buffer("packed")[ids].float(), self.get_buffer("scales")[ids]
        groups = packed.reshape(packed.shape[0], packed.shape[1], -1, _GROUP)
        return (groups * scales.unsqueeze(-1)).reshape(packed.shape)


def _pack_word_table(encoder: nn.Module) -> None:
    model: Any = encoder.model
    table = model.get_input_embeddings()
    if table.weight.shape[1] % _GROUP == 0:
        model.set_input_embeddings(_PackedTable(table.weight.detach()))
