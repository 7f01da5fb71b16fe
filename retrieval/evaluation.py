"""Question sets -> figures: how often the right article and the answer are found, and refusals that are right.

A question set is JSONL, a row a question: `id`, `question`, `lang`, `answers`, `answerable`, and `passage_ids` or
`article_ids`, the ids of the articles that answer it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from retrieval.article import Answer
from retrieval.errors import SourceError
from retrieval.questions.query import Query, analyse
from retrieval.retriever import Retriever

_DEEPEST = 10
"""Articles ranked for recall@10 and MRR@10."""
_FALSE_AT = 0.95
"""False answers are counted where this share of what the collection holds is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of a question set."""

    id: str
    text: str
    lang: str
    right: frozenset[str]
    answers: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one question. `ranked` are the ids of the best articles, at most ten, best first."""

    question: Question
    ranked: tuple[str, ...]
    in_excerpt: bool
    in_reply: bool
    in_highlight: bool
    answered: bool
    right: bool
    confidence: float
    elapsed_ms: float


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
        right = frozenset(map(str, row.get("article_ids") or row.get("passage_ids") or ()))
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


def evaluate(retriever: Retriever, questions: Iterable[Question]) -> Iterator[Outcome]:
    """Asks every question; refused ones are ranked as well."""
    for question in questions:
        query = analyse(question.text)
        yield outcome(question, _ranked_articles(retriever, query), retriever.answer(query))


def _ranked_articles(retriever: Retriever, query: Query) -> list[str]:
    rows = [int(row) for row in retriever.search(query).candidates.rows[: _DEEPEST * 5]]
    found = retriever.generation.passages(rows)
    return list(dict.fromkeys(found[row][1].id for row in rows))[:_DEEPEST]


def outcome(question: Question, ranked: Sequence[str], answer: Answer) -> Outcome:
    """How the ranked article ids and the answer compare with what the question expects."""
    shown = answer.excerpts or answer.nearest
    held = [
        excerpt.citation.article_id in question.right and _holds(excerpt.text, question) for excerpt in shown
    ]
    marked = "".join(shown[0].text[a:b] for a, b in shown[0].highlights) if shown else ""
    return Outcome(
        question=question,
        ranked=tuple(ranked),
        in_excerpt=any(held[:1]),
        in_reply=any(held),
        in_highlight=any(held[:1]) and _holds(marked, question),
        answered=answer.answered,
        right=answer.answered and answer.excerpts[0].citation.article_id in question.right,
        confidence=answer.confidence,
        elapsed_ms=answer.elapsed_ms.get("total", 0.0),
    )


def _holds(text: str, question: Question) -> bool:
    return any(answer in text for answer in question.answers)


Figures = Mapping[str, float | None]
"""Name -> value; None where the set has no question to measure it on."""


def figures(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """The figures of some outcomes; shares lie in 0..1."""
    there = [o for o in outcomes if o.question.answerable]
    absent = [o for o in outcomes if not o.question.answerable]
    answered = [o for o in outcomes if o.answered]
    excerpted = [o for o in there if o.in_excerpt]
    return {
        "questions": float(len(outcomes)),
        **_of_rankings(there),
        "in excerpt": _share(there, lambda o: o.in_excerpt),
        "in reply": _share(there, lambda o: o.in_reply),
        "highlight": _share(excerpted, lambda o: o.in_highlight),
        "answered": _share(there, lambda o: o.answered),
        "false answers": _share(absent, lambda o: o.answered),
        "wrong answers": _share(answered, lambda o: not o.right),
        "auroc": auroc([o.confidence for o in there], [o.confidence for o in absent]),
        "false at 95%": false_at([o.confidence for o in there], [o.confidence for o in absent]),
        "calibration error": calibration_error(outcomes) if there and absent else None,
        "p50 ms": float(np.median([o.elapsed_ms for o in outcomes])) if outcomes else None,
    }


def _of_rankings(there: Sequence[Outcome]) -> dict[str, float | None]:
    """Recall of any right article and the mean reciprocal rank, as ir-measures (MacAvaney et al., 2022) has them."""
    import ir_measures
    from ir_measures import RR, Success

    named = {"recall@1": Success @ 1, "recall@5": Success @ 5, "recall@10": Success @ 10, "mrr@10": RR @ 10}
    if not there:
        return dict.fromkeys(named)
    numbered = [(str(number), outcome) for number, outcome in enumerate(there)]
    right = [ir_measures.Qrel(key, article, 1) for key, o in numbered for article in o.question.right]
    ranked = [
        ir_measures.ScoredDoc(key, article, -float(place))
        for key, o in numbered
        for place, article in enumerate(o.ranked)
    ]
    found = ir_measures.calc_aggregate(list(named.values()), right, ranked)
    return {name: float(found[measure]) for name, measure in named.items()}


def by_language(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float | None]]:
    """Language -> figures, in the order in which languages first appear, `all` last when there are several."""
    languages = list(dict.fromkeys(o.question.lang for o in outcomes))
    table = {lang: figures([o for o in outcomes if o.question.lang == lang]) for lang in languages}
    return table | ({"all": figures(outcomes)} if len(languages) > 1 else {})


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """The chance that a confidence from `inside` exceeds one from `outside`, ties counting half (Mann-Whitney)."""
    if not inside or not outside:
        return None
    ordered = np.sort(np.asarray(outside))
    below = np.searchsorted(ordered, inside, side="left")
    up_to = np.searchsorted(ordered, inside, side="right")
    return float((below + up_to).mean() / (2 * len(ordered)))


def false_at(inside: Sequence[float], outside: Sequence[float], answered: float = _FALSE_AT) -> float | None:
    """The share of `outside` that is answered at the threshold which answers `answered` of `inside`."""
    if not inside or not outside:
        return None
    threshold = np.quantile(inside, 1 - answered, method="lower")
    return float((np.asarray(outside) >= threshold).mean())


class Bin(NamedTuple):
    """Questions of about one confidence: how many, their mean confidence, and the share that is answerable."""

    questions: int
    confidence: float
    answerable: float


def reliability(outcomes: Sequence[Outcome], bins: int = 10) -> list[Bin]:
    """The filled ones of equal bins of confidence."""
    confidence = np.array([o.confidence for o in outcomes])
    truth = np.array([o.question.answerable for o in outcomes], dtype=float)
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    inside = [which == number for number in range(bins)]
    return [
        Bin(int(mask.sum()), float(confidence[mask].mean()), float(truth[mask].mean()))
        for mask in inside
        if mask.any()
    ]


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Expected calibration error over ten equal bins (Guo et al., On calibration of modern neural networks, 2017)."""
    found = reliability(outcomes)
    return sum(b.questions * abs(b.confidence - b.answerable) for b in found) / len(outcomes)


class Risk(NamedTuple):
    """Where the most confident share `coverage` of all questions is answered, the share `risk` of answers is wrong."""

    coverage: float
    risk: float


def risk_coverage(outcomes: Sequence[Outcome]) -> list[Risk]:
    """The curve over all thresholds (El-Yaniv and Wiener, 2010): wrong is a first excerpt of another article."""
    ordered = sorted(outcomes, key=lambda o: -o.confidence)
    wrong = np.cumsum([o.ranked[:1] == () or o.ranked[0] not in o.question.right for o in ordered])
    return [Risk((i + 1) / len(ordered), float(wrong[i]) / (i + 1)) for i in range(len(ordered))]


def _share(outcomes: Sequence[Outcome], is_so: Callable[[Outcome], bool]) -> float | None:
    return _mean([float(is_so(o)) for o in outcomes])


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None
