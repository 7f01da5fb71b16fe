"""What was asked: normal form, language, marks or none; a question or several, small talk or a long text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from time import perf_counter
from typing import Literal

from retrieval.article import QuestionKind, Span
from retrieval.languages.reading import VIETNAMESE, of
from retrieval.questions.abbreviations import write_out
from retrieval.questions.courtesies import only_thanks
from retrieval.questions.messages import Message, each_year, read
from retrieval.questions.phrases import Phrase, Phrases, longest_at_start
from retrieval.questions.translation import load_lexicon
from retrieval.text.forms import Token, is_within, normalise, respelled, tokens
from retrieval.text.language import Language, detect_language, is_syllable
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
_SHORTEST_NAME = 4
"""Letters of a name that is known without its capital."""
_ASKS_ALONE = ("gi", "nao")
"""Of one word and without its marks: hardly ever another one."""
_ASKED = 8
_FIRST = 2
"""Sentences at the beginning that are asked in any case: they tell what a text is about."""

Profile = Literal["vi", "vi-unmarked", "other"]
"""The kinds of question that are weighed differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question ready to be searched. `reason` says why one that is no question is not.

    `text` is what is searched: without greetings and politeness, of several sentences those that ask; `searched` is its
    text where what was mistyped is written otherwise. `asked` is what was typed, `lines` that in normal form, line by
    line. `questions` are those of a message that asks several, each to be answered. `thanks`: it is a remark with
    thanks, unless the collection knows better. `spent_s`: the seconds that reading
    it took.
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
    questions: "tuple[Query, ...]" = ()
    thanks: bool = False
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
    written = respelled(lines)
    if written.isupper() and len(written.split()) > 1:
        written = written.lower()  # shouted: capitals tell nothing, and the model knows small letters better
    text = " ".join(written.split())
    language = detect_language(text)
    invalid = None if 0 < len(text) <= MAX_CHARACTERS else "too_long" if text else "blank"
    message = Message(())
    if invalid is None:
        written = write_out(written, language.code)
        text = " ".join(written.split())
        message = Message((text,)) if _is_text(lines) else read(written, language.code)
    asked = [each for text in message.questions for each in each_year(text)]
    questions = tuple(_question(each, language) for each in asked)
    one = questions[0] if len(questions) == 1 else None
    text = one.text if one else " ".join(message.questions) or text
    return Query(
        text=text,
        tokens=one.tokens if one else () if invalid else tuple(tokens(text)),
        language=one.language if one else language.code,
        unaccented=one.unaccented if one else language.unaccented,
        kind="invalid" if invalid else "chitchat" if message.talk else "question",
        reason=invalid or message.talk,
        asked=question,
        lines=lines,
        questions=() if one else questions,
        thanks=invalid is None and "?" not in text and only_thanks(tokens(written), language.code),
        spent_s=perf_counter() - started,
    )


def _question(text: str, around: Language) -> Query:
    """One question of a message in the language `around`, which counts where its own words do not tell theirs."""
    own = detect_language(text)
    language = around if own.code == "und" else own
    return Query(
        text=text,
        tokens=tuple(tokens(text)),
        language=language.code,
        unaccented=language.unaccented or (around.unaccented and language.code == around.code),
        asked=text,
        lines=text,
    )


def as_one(text: str, around: Query) -> Query:
    """A `text` that is one question as a whole, in the language that `around` is in."""
    text = " ".join(respelled(normalise(text)).split())
    return _question(text, Language(around.language, around.unaccented))


def with_marks(query: Query, restore: Callable[[str], str]) -> Query:
    """A Vietnamese question with its unmarked syllables as the collection would write them: `restore` writes a text so.

    What is embedded and what is compared exactly gets the likeliest marks. Typed marks count and are kept, in the
    spelling of the collection. What asks is written as questions write it, which articles seldom do: `ngày mấy`.
    """
    if query.language != VIETNAMESE:
        return query
    restored = restore(query.text)
    words = tokens(restored)
    if query.unaccented and len(words) == len(query.tokens):
        for i, written in sorted(_asking_words(query.tokens).items(), reverse=True):
            restored = restored[: words[i].start] + written + restored[words[i].end :]
    return replace(query, text=restored, tokens=tuple(tokens(restored)))


def _asking_words(words: Sequence[Token]) -> dict[int, str]:
    """By their positions, the words of phrases that ask, as they are written with marks."""
    found: dict[int, str] = {}
    position, (phrases, as_written) = 0, _asking_phrases()
    while position < len(words):
        phrase = longest_at_start(words[position:], phrases)
        written = as_written.get(phrase, "").split()
        found.update({position + i: word for i, word in enumerate(written)})
        position += max(len(phrase), 1)
    return found


@cache
def _asking_phrases() -> tuple[Phrases, Mapping[Phrase, str]]:
    """The longest first, and how each is written; of single words those that are no others without their marks, as
    `mấy` and `máy` are."""
    kinds = (of(VIETNAMESE, "asks") or {}).values()
    written = {
        *(of(VIETNAMESE, "follow_ups", "asking") or ()),
        *(phrase for each in kinds for phrase in each),
    }
    phrases = {
        tuple(tokens(phrase)): phrase for phrase in sorted(written, key=lambda each: -len(each.split()))
    }
    told = {each: said for each, said in phrases.items() if len(each) > 1 or each[0].folded in _ASKS_ALONE}
    return Phrases(told), told


def names_and_numbers(query: Query) -> list[Token]:
    """Numbers, and words that are capitalised inside a sentence."""
    return [
        word
        for i, word in enumerate(query.tokens)
        if word.folded[0].isnumeric() or (i > 0 and query.is_capitalised(word))
    ]


def likely_names(query: Query) -> list[Token]:
    """The same; of a question without such capitals besides the words that may be foreign names."""
    found = names_and_numbers(query)
    if any(map(query.is_capitalised, found)):
        return found
    return [word for word in query.tokens if word in found or _may_be_name(query, word)]


def _may_be_name(query: Query, word: Token) -> bool:
    """Whether a word, typed without a capital or at the beginning, is no word of the language as far as it is known."""
    if len(word.folded) < _SHORTEST_NAME or not word.folded.isalpha() or is_syllable(word.folded):
        return False
    if query.language == VIETNAMESE:
        return True
    lexicon = load_lexicon(query.language)
    return lexicon is not None and not lexicon.knows_word(query.text[word.start : word.end])


def is_long(query: Query) -> bool:
    """Whether what was typed is a text, such as a forwarded post: that is no question, its sentences are."""
    return _is_text(query.lines)


def _is_text(text: str) -> bool:
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
