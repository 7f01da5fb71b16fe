"""Answer -> the one-line object of `ask --json` (docs: the public contract of the command)."""

from typing import Any

from bot.conversation.replies.wording import no_answer_text
from bot.printable import json_line
from bot.texts import load_texts
from retrieval.article import Answer, Excerpt


def answer_json(answer: Answer) -> str:
    """The answer as one line of JSON that can be written in UTF-8, without the line's end."""
    return json_line(answer_object(answer), surrogates=True)


def answer_object(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, keys in their published order; `message` in the question's language."""
    message = None if answer.answered else no_answer_text(answer, load_texts(answer.language))
    return {
        "question": answer.question,
        "kind": answer.kind,
        "language": answer.language,
        "unaccented": answer.unaccented,
        "answered": answer.answered,
        "unsure": answer.unsure,
        "confidence": round(float(answer.confidence), 4),
        "excerpts": [_excerpt_object(excerpt) for excerpt in answer.excerpts],
        "nearest": [_excerpt_object(excerpt) for excerpt in answer.nearest],
        "message": message,
        **({} if answer.searched is None else {"searched": answer.searched}),
        "elapsed_ms": _elapsed(answer),
        "generation": answer.generation,
    }


def _excerpt_object(excerpt: Excerpt) -> dict[str, Any]:
    citation = excerpt.citation
    return {
        "text": excerpt.text,
        "highlights": [[span.start, span.end] for span in excerpt.highlights],
        "score": round(float(excerpt.score), 6),
        "article_id": citation.article_id,
        "passage_id": excerpt.passage_id,
        "title": citation.title,
        "source": citation.source,
        "author": citation.author,
        "date": None if citation.date is None else citation.date.isoformat(),
        "url": citation.url,
        "path": citation.path,
        "paragraph": citation.paragraph,
        "start": excerpt.start,
        "end": excerpt.end,
        "also_in": list(excerpt.also_in),
        "shown": None if excerpt.shown is None else list(excerpt.shown),
        **({} if citation.page is None else {"page": citation.page}),
    }


def _elapsed(answer: Answer) -> dict[str, float]:
    """Milliseconds by stage, `total` last: the measured one, else the sum of the stages."""
    stages = {stage: float(spent) for stage, spent in answer.elapsed_ms.items() if stage != "total"}
    stages["total"] = float(answer.elapsed_ms.get("total", sum(stages.values())))
    return {stage: round(spent, 2) for stage, spent in stages.items()}
