"""What was asked: normal form, language, marks or none, small talk or question."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Literal

from retrieval.article import QuestionKind
from retrieval.languages.reading import VIETNAMESE
from retrieval.questions.abbreviations import write_out
from retrieval.questions.chitchat import small_talk
from retrieval.text.forms import Token, normalise, tokens
from retrieval.text.language import detect_language
from retrieval.text.spelling import respelled

MAX_CHARACTERS = 4096
"""The longest question, in code points: the longest text that Telegram delivers."""

Profile = Literal["vi", "vi-unmarked", "other"]
"""The kinds of question that are weighed differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question ready to be searched. `reason` says why one that is no question is not.

    `asked` is what was typed, `lines` that in normal form, line by line; `spent_s` the seconds that reading it took.
    """

    text: str
    tokens: tuple[Token, ...]
    language: str
    unaccented: bool
    kind: QuestionKind = "question"
    reason: str | None = None
    asked: str = field(default="", compare=False)
    lines: str = field(default="", compare=False)
    spent_s: float = field(default=0.0, compare=False)

    @property
    def profile(self) -> Profile:
        if self.language != VIETNAMESE:
            return "other"
        return "vi-unmarked" if self.unaccented else "vi"


def analyse(question: str) -> Query:
    """Never fails: a blank or over-long text becomes a query of kind `invalid`."""
    started = perf_counter()
    lines = normalise(question).strip()
    text = respelled(" ".join(lines.split()))
    if text.isupper() and " " in text:
        text = text.lower()  # shouted: capitals tell nothing, and the model knows small letters better
    language = detect_language(text)
    invalid = None if 0 < len(text) <= MAX_CHARACTERS else "too_long" if text else "blank"
    if invalid is None:
        text = write_out(text, language.code)
    found = () if invalid else tuple(tokens(text))
    talk = None if invalid else small_talk(found)
    return Query(
        text=text,
        tokens=found,
        language=language.code,
        unaccented=language.unaccented,
        kind="invalid" if invalid else "chitchat" if talk else "question",
        reason=invalid or talk,
        asked=question,
        lines=lines,
        spent_s=perf_counter() - started,
    )


def with_marks(query: Query, restore: Callable[[str], str]) -> Query:
    """A Vietnamese question with its unmarked syllables as the collection would write them: `restore` writes a text so.

    Its folded tokens stay the same; what is embedded and what is compared exactly gets the likeliest marks. Typed
    marks are kept: they count.
    """
    if query.language != VIETNAMESE:
        return query
    restored = restore(query.text)
    return replace(query, text=restored, tokens=tuple(tokens(restored)))
