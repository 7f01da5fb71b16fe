"""What reached whom: each message that the server took, by the question that it replies to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Delivery:
    """A message of the bot as it was sent; `question_id` is that of the message it replies to, 0 for none."""

    chat_id: int
    question_id: int
    message_id: int
    text: str
    quotes: tuple[str, ...]

    @property
    def question(self) -> tuple[int, int]:
        """Which question: chat and message id."""
        return self.chat_id, self.question_id


def by_question(deliveries: Iterable[Delivery]) -> dict[tuple[int, int], list[Delivery]]:
    """The deliveries of each question, in the order of their sending."""
    found: defaultdict[tuple[int, int], list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        if delivery.question_id:
            found[delivery.question].append(delivery)
    return dict(found)
