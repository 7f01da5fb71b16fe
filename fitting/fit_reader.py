"""Trains the reader and writes its weights, retrieval/embedding/bundled/data/reader.bundled.safetensors.

Run: .venv/bin/python -m fitting.fit_reader       some 100 minutes of two cores with AMX
     with --further it goes on from the reader that ships, be it one of fewer layers; --seed gives another order
     with --write the state reached so far is written, without training on; --mean-with takes means with a reader

What was reached is kept in data/cache/reader/state.pt every twenty minutes, and a run goes on from there.

Loss: of each pair whether it answers; of each group which pair does; of each pair where the answer stands. The encoder
computes in bfloat16 where the processor has units for it (AMX); its weights are kept in 32 bits. The word table and the
two lowest layers stay as they are.
"""

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel

from fitting.development_data import ROOT
from fitting.reader_collections import CACHE, load
from fitting.reader_evaluation import evaluate
from fitting.reader_groups import Groups, Pair
from fitting.reader_tokens import Encoder, batches
from retrieval.embedding.bundled.model import READER
from retrieval.embedding.reader.network import ReaderNetwork
from retrieval.embedding.reader.weights import load as load_weights
from retrieval.embedding.reader.weights import save

MODEL = ROOT / "data" / "models" / "bundled"
STATE = CACHE / "state.pt"
_FROZEN_LAYERS = 2
_GROUPS_A_STEP = 12
_NEGATIVES = 3
_RATE, _HEAD_RATE = 1.5e-4, 1e-3
_WARM_UP = 100
_LEAST_RATE = 0.02
_TOGETHER = 16
_GROUP_WEIGHT = 0.7
_LONGEST_STEP = 1.0
_TOLD_EVERY = 50
_SAVED_EVERY_S = 1200
_SAMPLE = 12


def build() -> ReaderNetwork:
    """The reader as it is before training: for `encoder(input_ids=...)` and `heads`."""
    untyped: Any = AutoModel
    half = "amx_bf16" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    # The attention that is faster to train: without the units the other one, by a quarter.
    encoder = untyped.from_pretrained(MODEL, attn_implementation="eager" if half else "sdpa")
    network = ReaderNetwork(encoder)
    for module in encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    for frozen in (encoder.embeddings, *encoder.encoder.layer[:_FROZEN_LAYERS]):
        for weights in frozen.parameters():
            weights.requires_grad = False
    if half:
        encoder.to(torch.bfloat16)
    return network


@dataclass
class Training:
    """The network, what it is trained with, and how far it has come."""

    network: ReaderNetwork
    halves: list[nn.Parameter]
    wholes: list[nn.Parameter]
    optimiser: torch.optim.Optimizer
    pairs: int = 0
    steps: int = 0

    @classmethod
    def begin(cls, *, further: bool = False) -> "Training":
        """From the state that was kept, if there is one; `further` from the reader that ships."""
        torch.manual_seed(0)
        network = build()
        named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
        halves = [p for name, p in named if name.startswith("encoder.")]
        wholes = [nn.Parameter(p.detach().float()) for p in halves]
        heads = [p for name, p in named if not name.startswith("encoder.")]
        optimiser = torch.optim.AdamW(
            [{"params": wholes, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}], weight_decay=0.01
        )
        training = cls(network, halves, wholes, optimiser)
        if further and not STATE.exists():
            training._take(load_weights(READER))
        if STATE.exists():
            training._resume(torch.load(STATE, weights_only=True))
        return training

    def _take(self, weights: Mapping[str, Tensor]) -> None:
        self.network.load_state_dict(weights, strict=False)
        names = [
            n for n, p in self.network.named_parameters() if p.requires_grad and n.startswith("encoder.")
        ]
        for name, whole in zip(names, self.wholes, strict=True):
            if name in weights:  # a reader with fewer layers has none for the others
                whole.data.copy_(weights[name])

    def _resume(self, state: Mapping[str, Any]) -> None:
        self.network.load_state_dict(state["model"], strict=False)
        for whole, kept in zip(self.wholes, state["body"], strict=True):
            whole.data.copy_(kept)
        self.optimiser.load_state_dict(state["optimiser"])
        self.pairs, self.steps = state["done"], state["step"]
        print(f"going on after {self.pairs} pairs", flush=True)

    def save(self) -> None:
        """Keeps the state, so that a run which ends can go on."""
        model = {name: p for name, p in self.network.state_dict().items() if "embeddings" not in name}
        state = {
            "model": model,
            "body": [whole.data for whole in self.wholes],
            "optimiser": self.optimiser.state_dict(),
            "done": self.pairs,
            "step": self.steps,
        }
        torch.save(state, STATE.with_suffix(".new"))
        STATE.with_suffix(".new").replace(STATE)

    def write(self, other: Path | None = None) -> None:
        """Writes the weights that ship: of what was trained, in 8 bits; their means with those of `other`, a reader
        of the same training before, are steadier than either."""
        names = [
            name
            for name, p in self.network.named_parameters()
            if p.requires_grad and name.startswith("encoder.")
        ]
        weights: dict[str, Tensor] = dict(zip(names, (whole.data for whole in self.wholes), strict=True))
        weights |= {
            name: p.data for name, p in self.network.named_parameters() if not name.startswith("encoder.")
        }
        if other:
            before = load_weights(other)
            weights = {name: (each.float() + before[name].float()) / 2 for name, each in weights.items()}
        save(weights, READER)
        print(f"{READER.name}: {READER.stat().st_size / 1e6:.1f} MB after {self.pairs} pairs", flush=True)

    def step(self, loss: Tensor, total: int, count: int) -> None:
        """One step down the slope of `loss`, over `count` of `total` pairs."""
        share = min(1.0, (self.steps + 1) / _WARM_UP) * max(_LEAST_RATE, 1 - self.pairs / total)
        for group, rate in zip(self.optimiser.param_groups, (_RATE, _HEAD_RATE), strict=True):
            group["lr"] = rate * share
        self.network.zero_grad()
        torch.autograd.backward(loss)
        for whole, half in zip(self.wholes, self.halves, strict=True):
            whole.grad = None if half.grad is None else half.grad.float()
        every = [p for group in self.optimiser.param_groups for p in group["params"]]
        nn.utils.clip_grad_norm_(every, _LONGEST_STEP)
        self.optimiser.step()
        for whole, half in zip(self.wholes, self.halves, strict=True):
            half.data.copy_(whole.data)
        self.pairs, self.steps = self.pairs + count, self.steps + 1


def train(training: Training, total: int, seed: int) -> None:
    """Until `total` pairs have been seen, in the order that `seed` gives."""
    collections = load()
    encoder = Encoder(MODEL)
    groups = Groups(collections, _NEGATIVES, seed).endless(training.steps * _GROUPS_A_STEP)
    told: list[tuple[float, float, float]] = []
    begun = saved = time.monotonic()
    before = training.pairs
    while training.pairs < total:
        chosen = [next(groups) for _ in range(_GROUPS_A_STEP)]
        loss, parts = losses(training.network, encoder, chosen)
        training.step(loss, total, sum(map(len, chosen)))
        told.append(parts)
        if training.steps % _TOLD_EVERY == 0:
            pair, group, span = np.mean(told, axis=0)
            speed = (training.pairs - before) / (time.monotonic() - begun)
            print(
                f"{training.pairs} pairs: {pair:.3f} {group:.3f} {span:.3f}; {speed:.0f} a second", flush=True
            )
            told.clear()
        if time.monotonic() - saved > _SAVED_EVERY_S:
            training.save()
            evaluate(training.network, encoder, collections[:1], _SAMPLE)
            saved = time.monotonic()
    training.save()
    training.write()
    evaluate(training.network, encoder, collections[:2])


def losses(
    network: ReaderNetwork, encoder: Encoder, groups: Sequence[Sequence[Pair]]
) -> tuple[Tensor, tuple[float, float, float]]:
    """Their weighted sum, and the three: of pairs, of groups, of spans."""
    lines = [encoder(pair) for group in groups for pair in group]
    found: list[Tensor] = [torch.tensor(0.0)] * len(lines)
    spans = []
    for batch in batches(lines, _TOGETHER):
        states = network.encoder(input_ids=batch.ids, attention_mask=batch.mask)[0]
        read = network.heads(states.float(), batch.kinds)
        for row, number in enumerate(batch.numbers):
            found[number] = read.answers[row]
            line = lines[number]
            spans.append(_missed(read.starts[row], line.starts) + _missed(read.ends[row], line.ends))
    scores = torch.stack(found)
    truth = torch.tensor([float(bool(pair.spans)) for group in groups for pair in group])
    pair_loss = F.binary_cross_entropy_with_logits(scores, truth)
    parted = torch.split(scores, [len(group) for group in groups])
    chosen = [
        -F.log_softmax(s, 0)[0] for s, g in zip(parted, groups, strict=True) if g[0].spans and len(g) > 1
    ]
    group_loss = torch.stack(chosen).mean() if chosen else torch.tensor(0.0)
    span_loss = torch.stack(spans).mean() / 2
    total = pair_loss + _GROUP_WEIGHT * group_loss + span_loss
    return total, (pair_loss.item(), group_loss.item(), span_loss.item())


def _missed(logits: Tensor, places: Sequence[int]) -> Tensor:
    return -torch.logsumexp(F.log_softmax(logits, 0)[list(set(places))], 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=90_000, help="how many it has seen in the end")
    parser.add_argument("--further", action="store_true", help="begin with the reader that ships")
    parser.add_argument("--seed", type=int, default=0, help="of the order of the groups")
    parser.add_argument("--write", action="store_true", help="write the weights of the state that was kept")
    parser.add_argument(
        "--mean-with", type=Path, metavar="FILE", help="a reader that --write takes means with"
    )
    given = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    training = Training.begin(further=given.further)
    if given.write:
        training.write(given.mean_with)
    else:
        train(training, given.pairs, given.seed)
