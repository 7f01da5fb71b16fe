"""The reader as a torch module: the first layers of the bundled encoder under three small heads."""

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from retrieval.embedding.reader.pairs import PASSAGE, QUESTION

LAYERS = 9
_WIDTH_OF_JUDGE = 128
_NEVER = -1e4
"""A logit of what cannot be."""


class Read(NamedTuple):
    """Of each pair: the log-odds that it answers; by how much an answer that stands here is likelier than none; both of
    shape (pairs,). And the logits of where it starts and ends, shape (pairs, tokens): the first token stands for "not
    here", tokens outside the passage are out of the question."""

    answers: Tensor
    here: Tensor
    starts: Tensor
    ends: Tensor


class ReaderNetwork(nn.Module):
    """Word vectors (pairs, tokens, width), a mask and the kinds of tokens (pairs, tokens) in, `Read` out."""

    def __init__(self, encoder: Any, layers: int = LAYERS) -> None:  # noqa: ANN401 - a BertModel
        """`encoder` is the bundled one: it becomes part of the reader, cut to `layers`."""
        super().__init__()
        encoder.encoder.layer = encoder.encoder.layer[:layers]
        encoder.pooler = None
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.span = nn.Linear(width, 2)
        self.judge = nn.Sequential(
            nn.Linear(3 * width, _WIDTH_OF_JUDGE), nn.GELU(), nn.Linear(_WIDTH_OF_JUDGE, 1)
        )
        self.gap = nn.Parameter(torch.tensor(0.2))

    def forward(self, words: Tensor, mask: Tensor, kinds: Tensor) -> Read:
        states = self.encoder(inputs_embeds=words, attention_mask=mask)[0]
        return self.heads(states.float(), kinds)

    def heads(self, states: Tensor, kinds: Tensor) -> Read:
        """By the encoder's output, shape (pairs, tokens, width)."""
        starts, ends = self.span(states).unbind(-1)
        inside = kinds == PASSAGE
        elsewhere = torch.zeros_like(starts).masked_fill(~inside, _NEVER)
        within = (starts + elsewhere, ends + elsewhere)
        gaps = [
            logits.logsumexp(1) - all_logits[:, 0]
            for logits, all_logits in zip(within, (starts, ends), strict=True)
        ]
        here = (gaps[0] + gaps[1]) / 2
        seen = torch.cat([states[:, 0], _mean(states, kinds == QUESTION), _mean(states, inside)], dim=1)
        none = (starts[:, :1], ends[:, :1])
        start, end = (torch.cat([n, logits[:, 1:]], dim=1) for n, logits in zip(none, within, strict=True))
        return Read(self.judge(seen).squeeze(1) + self.gap * here, here, start, end)


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    weights = chosen.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)
