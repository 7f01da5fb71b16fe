"""What a conversation has been about, for the question that follows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The last `question` in full and as it was `said`, the one with which its `topic` came up, and the ids of the
    `articles` that answered last, the best first."""

    question: str
    said: str
    topic: str
    articles: tuple[str, ...] = ()

    @classmethod
    def of(cls, question: str, *articles: str) -> Self:
        """After a question that stands by itself."""
        return cls(question=question, said=question, topic=question, articles=articles)

    def options(self) -> dict[str, Any]:
        """What JSON can hold."""
        return asdict(self)

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> Self:
        """What `options` gave, back from JSON."""
        return cls(**{**options, "articles": tuple(options["articles"])})
