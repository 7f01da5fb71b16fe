"""What was asked: normal form, language, marks or none, small talk or question."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.article import QuestionKind
from retrieval.questions.abbreviations import write_out
from retrieval.questions.chitchat import small_talk
from retrieval.text.forms import Token, normalise, tokens
from retrieval.text.language import detect_language
from retrieval.text.spelling import respelled

MAX_CHARACTERS = 4096
"""The longest question, in code points: the longest text that Telegram delivers."""

Profile = Literal["vi", "vi-unmarked", "other"]
"""The kinds of question that are weighed differently."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched. `reason` says why one that is no question is not."""

    text: str
    tokens: tuple[Token, ...]
    language: str
    unaccented: bool
    kind: QuestionKind = "question"
    reason: str | None = None

    @property
    def profile(self) -> Profile:
        if self.language != "vi":
            return "other"
        return "vi-unmarked" if self.unaccented else "vi"


def analyse(question: str) -> Query:
    """Never fails: a blank or over-long text becomes a query of kind `invalid`."""
    text = respelled(" ".join(normalise(question).split()))
    if text.isupper() and " " in text:
        text = text.lower()  # shouted: capitals tell nothing, and the model knows small letters better
    if not text:
        return Query(text, (), "und", False, "invalid", "blank")
    language = detect_language(text)
    if len(text) > MAX_CHARACTERS:
        return Query(text, (), language.code, language.unaccented, "invalid", "too_long")
    if language.code == "vi":
        text = write_out(text)
    found = tuple(tokens(text))
    reason = small_talk(found)
    kind: QuestionKind = "chitchat" if reason else "question"
    return Query(text, found, language.code, language.unaccented, kind, reason)


def with_marks(query: Query, restore: Callable[[str], str]) -> Query:
    """A Vietnamese question with its unmarked syllables as the collection would write them: `restore` writes a text so.

    Its folded tokens stay the same; what is embedded and what is compared exactly gets the likeliest marks. Typed
    marks are kept: they count.
    """
    if query.language != "vi":
        return query
    restored = restore(query.text)
    return replace(query, text=restored, tokens=tuple(tokens(restored)))
