"""The rows of question sets.

A question set is JSONL, a row a question: `id`, `question`, `lang`, `answers`, `answerable`, and `article_ids`,
`passage_ids` or `doc`, the ids of the articles that answer it, or one. The `doc` of a row that is not answerable names
what it is about.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.errors import SourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of a question set."""

    id: str
    text: str
    lang: str
    right: frozenset[str]
    answers: tuple[str, ...]
    answerable: bool


def read_questions(path: Path) -> list[Question]:
    """The rows of one file.

    Raises:
        SourceError: the file is missing, or a line is no question; the sentence names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"The question set {path} cannot be read: expected a JSONL file in UTF-8."
        ) from error
    return [_question(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _question(path: Path, number: int, line: str) -> Question:
    try:
        row: dict[str, Any] = json.loads(line)
        right = _right(row)
        return Question(
            id=str(row.get("id", number)),
            text=str(row["question"]),
            lang=str(row.get("lang") or "und"),
            right=right,
            answers=tuple(map(str, row.get("answers") or ())),
            answerable=bool(row.get("answerable", bool(right))),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(
            f"{path}#{number} is no question: expected a JSON object with `question`, `lang`, `article_ids`, `answers`."
        ) from error


def _right(row: dict[str, Any]) -> frozenset[str]:
    several = row.get("article_ids") or row.get("passage_ids")
    one = [row["doc"]] if row.get("doc") and row.get("answerable", True) else []
    return frozenset(map(str, several or one))
