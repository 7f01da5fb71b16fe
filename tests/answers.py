"""Hand-made answers for the tests of presentation."""

from dataclasses import replace
from datetime import date
from typing import Any

from retrieval.article import Answer, Citation, Excerpt, Span

CITATION = Citation(
    article_id="https://example.org/a",
    title="Việt Nam - Nga: Tin cậy và chân thành",
    source="Báo Quốc tế",
    author=None,
    date=date(2025, 4, 2),
    url="https://example.org/a",
    path="seeds/002.txt",
    paragraph=3,
    opening="Diễn ra từ ngày 25-28/9, chuyến thăm",
)


def make_excerpt(text: str = "Một câu. Câu cuối.", *spans: tuple[int, int], **changes: Any) -> Excerpt:
    """An excerpt of `text` with `spans` highlighted; `changes` are fields of Excerpt or Citation."""
    own = {
        name: changes.pop(name)
        for name in ("also_in", "copies", "score", "shown", "start")
        if name in changes
    }
    start = own.pop("start", 100)
    return Excerpt(
        text=text,
        highlights=tuple(Span(*span) for span in spans),
        score=own.pop("score", 0.5),
        passage_id="a#2",
        start=start,
        end=start + len(text),
        citation=replace(CITATION, **changes),
        **own,
    )


def make_answer(*excerpts: Excerpt, **changes: Any) -> Answer:
    """A confident Vietnamese answer, or a refusal when there are no excerpts."""
    fields: dict[str, Any] = {
        "question": "Ai trả lời?",
        "kind": "question",
        "language": "vi",
        "unaccented": False,
        "answered": bool(excerpts),
        "confidence": 0.93 if excerpts else 0.04,
        "excerpts": excerpts,
        "reason": None if excerpts else "refused",
        "elapsed_ms": {"embedding": 7.25, "search": 3.5},
        "generation": "20250402-1",
    }
    return Answer(**(fields | changes))
