"""The time that several searches took together."""

from collections.abc import Iterable

from retrieval.article import Answer


def elapsed_together(answers: Iterable[Answer]) -> dict[str, float]:
    """Milliseconds by stage, summed over `answers`; the total comes last."""
    summed: dict[str, float] = {}
    for answer in answers:
        for stage, spent in answer.elapsed_ms.items():
            summed[stage] = round(summed.get(stage, 0.0) + spent, 3)
    total = summed.pop("total", 0.0)
    return {**summed, "total": total}
