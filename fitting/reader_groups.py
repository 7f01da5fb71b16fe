"""What the reader is trained on: groups of pairs, of which one at most answers.

The others are hard: the nearest passages, the right passage without the sentence that answers, the question with
another year, number or country. Some questions are in small letters or mistyped, some passages without their marks.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from fitting.development_data import ROOT
from fitting.reader_collections import Collection, Question, Text
from fitting.unmarked import without_marks
from retrieval.article import Span
from retrieval.text.sentences import sentences

_NUMBER = re.compile(r"\d+")
_OFTEN_NAMED = "US CN JP RU VN KZ BY IN FR DE GB LA KH TH UA KR AU IT ES CA PL TR ID SG MY".split()
_MOST_SPANS = 8
_HARDEST = 6
_TIMES = {
    "ntrex": 2.0,
    "ntrex-en": 0.5,
    "ntrex-ru": 0.5,
    "squad": 0.25,
    "gaps": 0.5,
    "dialogues": 4.0,
    "elsewhere": 0.7,
    "days": 2.5,
}
_NEAREST_IS_RIGHT = 0.8
"""How often the nearest is taken of several passages that hold the words of the answer: others may do so by chance."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage; `spans` are where the passage answers, empty where it does not."""

    question: str
    title: str
    text: str
    spans: tuple[Span, ...] = ()


class Groups:
    """Groups in an order that a seed gives. The pair that answers, if there is one, comes first."""

    def __init__(self, collections: Sequence[Collection], negatives: int, seed: int = 0) -> None:
        """`negatives` is how many pairs of a group do not answer."""
        self._all = [
            (collection, question)
            for collection in collections
            for question in collection.questions
            if question.split == "train"
        ]
        self._negatives = negatives
        self._seed = seed

    def __len__(self) -> int:
        return len(self._all)

    def endless(self, skipped: int = 0) -> Iterator[list[Pair]]:
        """Pass after pass, without the first `skipped` groups."""
        number = 0
        while True:
            for group in filter(None, self._pass(number)):
                if skipped:
                    skipped -= 1
                else:
                    yield group
            number += 1

    def _pass(self, number: int) -> Iterator[list[Pair]]:
        order = Random(f"{self._seed}-{number}")
        for collection, question in order.sample(self._all, len(self._all)):
            times = _times(question)
            for _ in range(int(times) + (order.random() < times % 1)):
                yield self._group(collection.texts, question, order)

    def _group(self, texts: Sequence[Text], question: Question, order: Random) -> list[Pair]:
        asked = question.text
        if order.random() < 0.1:
            asked = asked.lower().rstrip("?").rstrip()
        if order.random() < 0.05:
            asked = mistyped(asked, order)
        bare = order.random() < (0.4 if question.lang == "vi-nodia" else 0.05)
        shown: Callable[[str], str] = without_marks if bare else str
        group: list[Pair] = []
        if question.right:
            nearest = order.random() < _NEAREST_IS_RIGHT
            text = texts[question.right[0] if nearest else order.choice(question.right)]
            if spans := answer_spans(text.text, question.answers):
                group.append(Pair(asked, shown(text.title), shown(text.text), spans))
                if order.random() < 0.3 and (less := without_answer(text.text, spans)):
                    group.append(Pair(asked, shown(text.title), shown(less)))
                other = renumbered(asked, order)
                if order.random() < 0.5 or not other:
                    other = elsewhere(asked, question.lang, text.title + text.text, order)
                if other and order.random() < 0.5:
                    group.append(Pair(other, shown(text.title), shown(text.text)))
        hardest = list(question.near[:_HARDEST])
        order.shuffle(hardest)
        wanted = self._negatives + bool(question.right) - len(group)
        for i in [*hardest, *question.near[_HARDEST:]][: max(0, wanted)]:
            group.append(Pair(asked, shown(texts[i].title), shown(texts[i].text)))
        return group


def _times(question: Question) -> float:
    """How often it comes in a pass, on average: most often what is asked as people type, over Vietnamese texts."""
    return _TIMES.get(question.collection, 1.0) * (2 if _is_twice(question) else 1)


def _is_twice(question: Question) -> bool:
    return question.form == "alt" or (question.collection == "wiki" and question.lang in ("en", "ru"))


def answer_spans(text: str, answers: Sequence[str]) -> tuple[Span, ...]:
    """Where any of the answers stands, whatever its case."""
    small = text.casefold()
    same_places = len(small) == len(text)
    found: list[Span] = []
    for answer in answers:
        place, wanted = (small, answer.casefold()) if same_places else (text, answer)
        start = place.find(wanted)
        while start >= 0 and len(found) < _MOST_SPANS:
            found.append(Span(start, start + len(wanted)))
            start = place.find(wanted, start + 1)
    return tuple(found)


def without_answer(text: str, spans: Sequence[Span]) -> str | None:
    """The text without the sentences that hold any of `spans`; None when nothing is left."""
    kept = [
        text[s.start : s.end]
        for s in sentences(text)
        if not any(s.start < span.end and span.start < s.end for span in spans)
    ]
    return " ".join(kept) or None


def renumbered(question: str, order: Random) -> str | None:
    """The question with one of its years or numbers a little higher or lower; None where it has none."""
    found = list(_NUMBER.finditer(question))
    if not found:
        return None
    match = order.choice(found)
    number = int(match[0][:9])
    other = max(number + order.choice([-3, -2, -1, 1, 2, 3]), 1)
    return f"{question[: match.start()]}{other if other != number else number + 1}{question[match.end() :]}"


def elsewhere(question: str, lang: str, passage: str, order: Random) -> str | None:
    """The question about another country than it names; None where it names none that is often named."""
    names = _countries(lang)
    named = [name for name in names if re.search(rf"\b{re.escape(name)}", question)]
    others = [name for name in names if name not in passage and name not in question]
    if not named or not others:
        return None
    return question.replace(order.choice(named), order.choice(others))


@cache
def _countries(lang: str) -> list[str]:
    path = ROOT / "retrieval" / "questions" / "data" / "places.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    kind = "vi" if lang == "vi-nodia" else lang
    found = [name for code in _OFTEN_NAMED for name in table.get(code, {}).get(kind, [])[:2] if len(name) > 2]
    return [without_marks(name) for name in found] if lang == "vi-nodia" else found


def mistyped(question: str, order: Random) -> str:
    """Two neighbouring letters inside the question exchanged."""
    places = [i for i in range(1, len(question) - 2) if question[i : i + 2].isalpha()]
    if not places:
        return question
    at = order.choice(places)
    return question[:at] + question[at + 1] + question[at] + question[at + 2 :]
