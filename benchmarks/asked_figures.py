"""What people get for their questions, and the figures of many of them: benchmarks/asked.py prints these."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from retrieval.article import Answer, Excerpt
from retrieval.evaluation.figures import auroc, false_at
from retrieval.evaluation.outcomes import holds_answer

Kind = Literal["answer", "near-miss", "off-corpus"]
"""An article tells it; the article is there and does not tell it; nothing there is about it."""

ANSWERED_AT, SURE_AT = 0.95, 0.6
"""The shares of what is answerable that thresholds chosen for comparison show, and tell as sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question as somebody types it: `doc` is the article that answers it, or that it is about; "" where none is.

    Those of one `group` ask the same in other languages and forms.
    """

    id: str
    group: str
    text: str
    lang: str
    form: str
    kind: Kind
    doc: str = ""
    answers: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "AskedQuestion":
        """From a row of data/asked, or of data/offcorpus, where rows have neither form nor kind."""
        kind: Kind = row.get("kind", "off-corpus")
        return cls(
            id=row["id"],
            group=row["group"],
            text=row["question"],
            lang=row["lang"],
            form=row.get("form", "plain"),
            kind=kind,
            doc=row.get("doc", ""),
            answers=tuple(row["answers"]) if kind == "answer" else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What became of one question.

    `article_first` and `answer_first` are of the first excerpt, also of a refusal's nearest, and so tell of the order
    alone; `in_reply` and `bold` are of what is shown. An answer counts in its own article only.
    """

    question: AskedQuestion
    article_first: bool
    answer_first: bool
    in_reply: bool
    bold: bool
    shown: bool
    sure: bool
    confidence: float


def got(question: AskedQuestion, answer: Answer) -> Got:
    """How an answer compares with what the question asks for."""
    first = (answer.excerpts or answer.nearest)[:1]
    return Got(
        question=question,
        article_first=any(_is_of(excerpt, question.doc) for excerpt in first),
        answer_first=any(_holds(excerpt, excerpt.text, question) for excerpt in first),
        in_reply=any(_holds(excerpt, excerpt.text, question) for excerpt in answer.excerpts),
        bold=any(_holds(excerpt, _marked(excerpt), question) for excerpt in answer.excerpts[:1]),
        shown=answer.answered,
        sure=answer.answered and not answer.unsure,
        confidence=answer.confidence,
    )


def _is_of(excerpt: Excerpt, doc: str) -> bool:
    return doc in (excerpt.citation.article_id, *excerpt.also_in)


def _holds(excerpt: Excerpt, text: str, question: AskedQuestion) -> bool:
    return _is_of(excerpt, question.doc) and holds_answer(text, question.answers)


def _marked(excerpt: Excerpt) -> str:
    return " ".join(excerpt.text[start:end] for start, end in excerpt.highlights)


Figures = dict[str, float | None]
"""Name -> value, None where there is nothing to measure it on; shares lie in 0..1."""


class Group(NamedTuple):
    """Questions of one language in one form."""

    lang: str
    form: str


def by_group(found: Iterable[Got]) -> dict[Group, list[Got]]:
    """In the order in which the groups first appear. Questions on nothing there are plain ones."""
    groups: dict[Group, list[Got]] = {}
    for each in found:
        groups.setdefault(Group(each.question.lang, each.question.form), []).append(each)
    return groups


def figures(found: Sequence[Got]) -> Figures:
    """The figures of one group."""
    there, near, off = (
        [each for each in found if each.question.kind == kind]
        for kind in ("answer", "near-miss", "off-corpus")
    )
    inside = [each.confidence for each in there]
    return {
        "questions": float(len(there)),
        "article first": _share(there, lambda each: each.article_first),
        "answer first": _share(there, lambda each: each.answer_first),
        "in reply": _share(there, lambda each: each.in_reply),
        "bold": _share(there, lambda each: each.bold),
        "refused": _share(there, lambda each: not each.shown),
        "unsure": _share(there, lambda each: each.shown and not each.sure),
        **_absent("near", near, inside),
        **_absent("off", off, inside),
    }


def _absent(name: str, absent: Sequence[Got], inside: Sequence[float]) -> Figures:
    """Of questions that nothing answers: what is shown and told as sure, and what would be at the thresholds."""
    outside = [each.confidence for each in absent]
    return {
        f"{name} questions": float(len(absent)),
        f"{name} shown": _share(absent, lambda each: each.shown),
        f"{name} sure": _share(absent, lambda each: each.sure),
        f"{name} auroc": auroc(inside, outside),
        f"{name} shown at 95 %": false_at(inside, outside, ANSWERED_AT),
        f"{name} sure at 60 %": false_at(inside, outside, SURE_AT),
    }


def _share(found: Sequence[Got], is_so: Callable[[Got], bool]) -> float | None:
    return float(np.mean([is_so(each) for each in found])) if found else None
