"""Low-rank corrections that are switched on for questions and off for passages (LoRA, Hu et al., 2021).

The bundled model puts an English or a Russian question somewhere else than its Vietnamese twin. The adapter, trained by
fitting/fit_adapter.py, moves it there. Passages keep the model's own vectors, so that no index depends on it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

ON, OFF = 1.0, 0.0


class Switch(nn.Module):
    """Says for each text of a batch whether the corrections count: a tensor that broadcasts to (texts, 1, 1)."""

    def __init__(self) -> None:
        super().__init__()
        self.value: Tensor = torch.tensor(OFF)

    def turn(self, value: float) -> None:
        """One value for all texts, until the next call."""
        self.value = torch.tensor(value)


class Corrected(nn.Module):
    """A linear layer with a correction: `linear(x) + switch * up(down(x))`."""

    def __init__(self, linear: nn.Linear, down: Tensor, up: Tensor, switch: Switch) -> None:
        super().__init__()
        self.linear, self.switch = linear, switch
        self.down, self.up = nn.Parameter(down), nn.Parameter(up)

    def forward(self, x: Tensor) -> Tensor:
        corrected: Tensor = self.linear(x) + self.switch.value * (x @ self.down.T @ self.up.T)
        return corrected


def adapt(encoder: nn.Module, file: Path) -> Switch:
    """Puts the corrections in `file` on the layers of `encoder` that they name; off to begin with."""
    switch = Switch()
    weights = load_file(file)
    for name in sorted({key.rpartition(".")[0] for key in weights}):
        parent, _, last = name.rpartition(".")
        owner: Any = encoder.get_submodule(parent)
        down, up = (weights[f"{name}.{part}"].float() for part in ("down", "up"))
        setattr(owner, last, Corrected(getattr(owner, last), down, up, switch))
    return switch


def fold(encoder: nn.Module, value: float) -> nn.Module:
    """`encoder` with plain linear layers in place of corrected ones, as they are with the switch at `value`."""
    for name, module in list(encoder.named_modules()):
        if isinstance(module, Corrected):
            owner, _, last = name.rpartition(".")
            module.linear.weight.data += value * (module.up @ module.down).to(module.linear.weight.dtype)
            setattr(encoder.get_submodule(owner), last, module.linear)
    return encoder


def linear_layers(encoder: nn.Module) -> Iterator[tuple[str, nn.Linear]]:
    """The layers that can be corrected, by name: attention and feed-forward of every block."""
    for name, module in encoder.named_modules():
        if isinstance(module, nn.Linear) and ".layer." in f".{name}":
            yield name, module
