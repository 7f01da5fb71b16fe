"""Whether an index that was just made is to be trusted with people's questions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class New(NamedTuple):
    """The ids of a new index and of the one that serves; `chosen`: other sources were named, or it was permitted that
    much is taken out, so that what is gone is gone on purpose."""

    generation: str
    before: str | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Why `generation`, a new index, is not taken into service: of `asked` questions the one that serves answers
    `before` and this one `after`; `lost` are the first of those that only the former answers."""

    generation: str
    asked: int
    before: int
    after: int
    lost: tuple[str, ...]


Judge = Callable[[New], Doubt | None]
"""None for an index that may serve."""


def trusting(_: New) -> None:
    """Every index may."""
    return
