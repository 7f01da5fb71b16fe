"""The rows of a generation in the making: which are copied, which are new."""

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple


class Stretch(NamedTuple):
    """So many neighbouring rows: those from `first` on of the generation before, or new ones."""

    rows: int
    first: int | None


@dataclass
class Written:
    """What the texts of a generation come to: its rows in order, and how many sentences each has."""

    stretches: list[Stretch] = field(default_factory=list)
    sentences: "array[int]" = field(default_factory=lambda: array("I"))
    articles: int = 0

    @property
    def passages(self) -> int:
        """How many rows there are."""
        return len(self.sentences)

    @property
    def new(self) -> int:
        """How many rows are new."""
        return sum(stretch.rows for stretch in self.stretches if stretch.first is None)
