"""What was asked: normal form, language, marks or none; a question, small talk or a long text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Literal

from retrieval.article import QuestionKind, Span
from retrieval.languages.reading import VIETNAMESE
from retrieval.questions.abbreviations import write_out
from retrieval.questions.chitchat import small_talk
from retrieval.text.forms import Token, is_within, normalise, respelled, tokens
from retrieval.text.language import detect_language
from retrieval.text.sentences import sentences

MAX_CHARACTERS = 4096
"""The longest question, in code points: the longest text that Telegram delivers."""

_LONGEST_QUESTION = 300
"""Characters of a question; the longest of 300 real ones has 170."""
_TELLING = 3
"""So many sentences, none of which asks, are a text from half that length on."""
_WORDS = 5
"""A sentence of fewer words says nothing that could be looked for: a heading, a signature."""
_LONGEST = 600
"""Characters that are searched of a sentence."""
_ASKED = 8
_FIRST = 2
"""Sentences at the beginning that are asked in any case: they tell what a text is about."""

Profile = Literal["vi", "vi-unmarked", "other"]
"""The kinds of question that are weighed differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question ready to be searched. `reason` says why one that is no question is not.

    `searched` is its text where what was mistyped is written otherwise.
    `asked` is what was typed, `lines` that in normal form, line by line; `spent_s` the seconds that reading it took.
    """

    text: str
    tokens: tuple[Token, ...]
    language: str
    unaccented: bool
    kind: QuestionKind = "question"
    reason: str | None = None
    searched: str | None = None
    asked: str = field(default="", compare=False)
    lines: str = field(default="", compare=False)
    spent_s: float = field(default=0.0, compare=False)

    @property
    def profile(self) -> Profile:
        if self.language != VIETNAMESE:
            return "other"
        return "vi-unmarked" if self.unaccented else "vi"

    def is_capitalised(self, word: Token) -> bool:
        return self.text[word.start].isupper()

    def within(self, spans: Sequence[Span]) -> list[Token]:
        """Its words that `spans` cover."""
        return [word for word in self.tokens if is_within(word, spans)]


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


def names_and_numbers(query: Query) -> list[Token]:
    """Numbers, and words that are capitalised inside a sentence."""
    return [
        word
        for i, word in enumerate(query.tokens)
        if word.folded[0].isnumeric() or (i > 0 and query.is_capitalised(word))
    ]


def is_long(query: Query) -> bool:
    """Whether what was typed is a text, such as a forwarded post: that is no question, its sentences are."""
    text = query.lines
    if len(text) > _LONGEST_QUESTION:
        return True
    return "?" not in text and len(text) > _LONGEST_QUESTION / 2 and len(sentences(text)) >= _TELLING


def worth_asking(text: Query) -> list[Query]:
    """At most eight sentences of a text in its order: the first ones, and those with the most names and numbers."""
    cut = [text.lines[start:end][:_LONGEST] for start, end in sentences(text.lines)]
    told = dict.fromkeys(sentence for sentence in cut if len(tokens(sentence)) >= _WORDS)
    said = [analyse(sentence) for sentence in told]
    named = [len({word.folded for word in names_and_numbers(sentence)}) for sentence in said]
    rest = sorted(range(_FIRST, len(said)), key=lambda i: -named[i])
    chosen = [*range(min(_FIRST, len(said))), *rest][:_ASKED]
    return [said[i] for i in sorted(chosen)]
