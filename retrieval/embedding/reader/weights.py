"""The reader's own weights on disk: matrices in 8 bits, a scale for each group of 128 numbers, the rest in 16 bits.

What it shares with the bundled encoder, its word table and lowest layers, is not among them.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

_GROUP = 128
_LARGEST = 127


def save(weights: Mapping[str, Tensor], path: Path) -> None:
    """Writes `weights`, by name, as small as they go."""
    packed: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if weight.ndim == 2 and weight.shape[1] % _GROUP == 0:
            groups = weight.float().reshape(len(weight), -1, _GROUP)
            scales = (groups.abs().amax(-1) / _LARGEST).clamp_min(1e-7).half()
            rounded = torch.round(groups / scales.float().unsqueeze(-1)).clamp(-_LARGEST, _LARGEST)
            packed[f"{name}.packed"] = rounded.to(torch.int8).reshape(weight.shape)
            packed[f"{name}.scales"] = scales
        else:
            packed[name] = weight.half()
    save_file({name: tensor.contiguous() for name, tensor in packed.items()}, path)


def load(path: Path) -> dict[str, Tensor]:
    """What `save` wrote, in 32 bits."""
    found = load_file(path)
    weights: dict[str, Tensor] = {}
    for name, tensor in found.items():
        if name.endswith(".packed"):
            whole = name.removesuffix(".packed")
            groups = tensor.float().reshape(len(tensor), -1, _GROUP)
            weights[whole] = (groups * found[f"{whole}.scales"].float().unsqueeze(-1)).reshape(tensor.shape)
        elif not name.endswith(".scales"):
            weights[name] = tensor.float()
    return weights
