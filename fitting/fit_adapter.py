"""Trains retrieval/embedding/bundled/data/adapter.bundled.safetensors: low-rank corrections of the model for questions.

Run: .venv/bin/python -m fitting.fit_adapter        (TRICHDAN_DEV_DATA names the data, default ../shared/data)

A question in English or Russian is moved to where the model itself puts the same question in Vietnamese, and a
Vietnamese one is held where it is. The questions are those of XQuAD and MLQA; no passage and no answer is used, so that
nothing is learned of which passages there are. A few minutes on two cores.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from fitting.development_data import ROOT, document, questions
from retrieval.embedding.adapter import ON, Corrected, Switch, linear_layers
from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.model import ADAPTER, PROMPTS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODELS = ROOT / "data" / "models"
LANGUAGES = ("en", "ru", "vi")
RANK = 8
EPOCHS = 2
BATCH = 64
LEARNING_RATE = 3e-4
FOLDS = 5
_LONGEST = 128

Pair = tuple[str, str]
"""A question, and the same in Vietnamese."""


def fold_of(passage_id: str) -> int:
    """The fold of an XQuAD document; -1 for MLQA, which is never held out."""
    return int(document(passage_id)) % FOLDS if passage_id.startswith("xquad") else -1


def pairs(without: int | None) -> list[Pair]:
    """The questions in all languages, each with its Vietnamese twin, but for those of the fold `without`."""
    asked = [row for row in questions() if fold_of(row["passage_ids"][0]) != without or without is None]
    vietnamese = {row["group"]: row["question"] for row in asked if row["lang"] == "vi"}
    return [
        (row["question"], vietnamese[row["group"]])
        for row in asked
        if row["lang"] in LANGUAGES and row["group"] in vietnamese
    ]


def train(taught: Sequence[Pair], target: Path) -> None:
    """Writes the corrections that bring the questions of `taught` to their twins."""
    torch.manual_seed(0)
    order = random.Random(0)
    model, switch, corrected = _model()
    goals = _goals(model, [twin for _, twin in taught])
    parameters = [weight for layer in corrected.values() for weight in (layer.down, layer.up)]
    optimiser = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=0.01)
    steps = EPOCHS * -(-len(taught) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps, pct_start=0.1)
    switch.turn(ON)
    for epoch in range(EPOCHS):
        model.train()
        shuffled = order.sample(list(enumerate(taught)), len(taught))
        total = 0.0
        for start in range(0, len(shuffled), BATCH):
            batch = shuffled[start : start + BATCH]
            vectors = _vectors(model, [question for _, (question, _) in batch])
            loss = (1 - (vectors * goals[[i for i, _ in batch]]).sum(dim=1)).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch types it so
            optimiser.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1}: 1 - cosine to the twin {total / len(taught):.4f}", flush=True)
    weights = {
        f"{name}.{part}": getattr(layer, part).detach().half().contiguous()
        for name, layer in corrected.items()
        for part in ("down", "up")
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, target)


def _model() -> tuple["SentenceTransformer", Switch, dict[str, Corrected]]:
    """The bundled model with corrections that do nothing yet, and nothing else to train."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(bundled.materialise(MODELS)))
    encoder: Any = model[0]
    encoder.model.float().requires_grad_(False)
    switch = Switch()
    corrected = {}
    for name, linear in list(linear_layers(encoder.model)):
        parent, _, last = name.rpartition(".")
        down = torch.randn(RANK, linear.in_features) / linear.in_features**0.5
        layer = Corrected(linear, down, torch.zeros(linear.out_features, RANK), switch)
        setattr(encoder.model.get_submodule(parent), last, layer)
        corrected[name] = layer
    return model, switch, corrected


def _goals(model: "SentenceTransformer", twins: Sequence[str]) -> Tensor:
    """Where the model itself puts the Vietnamese questions, shape (twins, dimensions)."""
    model.eval()
    with torch.no_grad():
        parts = [_vectors(model, twins[start : start + BATCH]) for start in range(0, len(twins), BATCH)]
    return torch.cat(parts)


def _vectors(model: "SentenceTransformer", texts: Sequence[str]) -> Tensor:
    tokenizer: Any = model.tokenizer
    encoder: Any = model[0]
    encoded = tokenizer(
        [PROMPTS.query + text for text in texts],
        padding=True,
        truncation=True,
        max_length=_LONGEST,
        return_tensors="pt",
    )
    with torch.autocast("cpu", torch.bfloat16):
        states = encoder.model(**encoded).last_hidden_state.float()
    mask = encoded["attention_mask"].unsqueeze(-1).float()
    return nn.functional.normalize((states * mask).sum(dim=1) / mask.sum(dim=1), dim=-1)


if __name__ == "__main__":
    train(pairs(None), ADAPTER)
    print(f"written: {ADAPTER.relative_to(ROOT)}")
