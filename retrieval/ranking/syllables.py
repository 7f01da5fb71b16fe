"""Vietnamese syllables that were mistyped, as the collection writes them.

What no keyboard composed (`thuwowng`), letters that changed places (`thuơgn`) or are drawn out (`đâuuu`), marks on the
wrong letter (`thuơng`). Nothing is guessed beyond that: too many syllables are one letter apart.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from retrieval.article import Span
from retrieval.index.learned.marks import Marks
from retrieval.index.protocol import Pinned
from retrieval.index.terms import Term
from retrieval.languages.reading import VIETNAMESE
from retrieval.questions.query import Query
from retrieval.questions.words import is_word
from retrieval.text.forms import exact_form, fold, tokens
from retrieval.text.language import detect_language, is_syllable
from retrieval.text.typed_keys import composed, written

_SWAPPED = 4
"""Letters from which two are taken to have changed places."""
_KEYED = regex.compile(r"(?<![\p{L}\p{M}\p{N}])\p{Latin}[\p{Latin}\p{M}1-9]+(?![\p{L}\p{M}\p{N}])")
_HOOKED = regex.compile("u\u031bo\u031b?|uo\u031b")
_REPEATED, _DRAWN_OUT = regex.compile(r"(\p{L})\1+"), regex.compile(r"(\p{L})\1\1")
_DIGIT_INSIDE = regex.compile(r"\d\p{L}")


class Change(NamedTuple):
    """What stands in a question at `span`, and how it is written instead, in small letters."""

    span: Span
    written: str


def changed(query: Query, changes: Iterable[Change]) -> Query:
    """`query` with the `changes` made, in the capitals that were typed."""
    pieces, end = [], 0
    for span, meant in sorted(changes):
        pieces += [query.text[end : span.start], _with_capitals(meant, query.text[span.start : span.end])]
        end = span.end
    text = "".join([*pieces, query.text[end:]])
    return replace(query, text=text, tokens=tuple(tokens(text)))


def _with_capitals(meant: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return meant.upper()
    return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant


def with_syllables(query: Query, index: Pinned) -> Query:
    """`query` with its mistyped syllables as the collection writes them."""
    query = _with_composed(query, index)
    if query.language != VIETNAMESE:
        return query
    words = {Span(word.start, word.end): query.text[word.start : word.end].lower() for word in query.tokens}
    meant = {
        span: (word, writing)
        for span, word in words.items()
        if word.isalpha() and not is_syllable(word) and (writing := _meant(word, index.marks))
    }
    held = _held({word for word, writing in meant.values() if fold(word) != fold(writing)}, index)
    changes = [Change(span, writing) for span, (word, writing) in meant.items() if word not in held]
    return changed(query, changes) if changes else query


# What no keyboard composed


def _with_composed(query: Query, index: Pinned) -> Query:
    words = (found for found in _KEYED.finditer(query.text) if not is_syllable(found.group()))
    meant = {found: forms for found in words if (forms := composed(found.group().lower()))}
    if not meant:
        return query
    held = _held({found.group() for found in meant}, index)
    typed = [
        _Typed(Span(*found.span()), found.group(), forms, _commonest(forms, index.marks))
        for found, forms in meant.items()
        if found.group() not in held
    ]
    return _that_make_sense(query, typed)


class _Typed(NamedTuple):
    """Keys that were typed, the exact forms of what they may be, and which of these the collection has."""

    span: Span
    keys: str
    forms: Collection[str]
    writing: str | None

    def change(self) -> Change | None:
        """What is meant in a question that was typed so: a word that the collection may lack."""
        if self.writing:
            return Change(self.span, self.writing)
        if len(self.forms) > 1 or is_word(self.keys):
            return None
        return Change(self.span, written(*self.forms))


def _held(words: Iterable[str], index: Pinned) -> set[str]:
    """Those that stand in a passage as they were typed; one with digits inside is several words there."""
    typed = {word: [token.folded for token in tokens(word)] for word in words}
    terms = {w: Term("bigram" if len(t) > 1 else "folded", " ".join(t[:2])) for w, t in typed.items()}
    found = index.frequencies(set(terms.values()))
    return {word for word, term in terms.items() if found.get(term)}


def _that_make_sense(query: Query, typed: Sequence[_Typed]) -> Query:
    """Keys of a syllable may be a word of another language, `was`, a name, `Harris`, or one with a number, `Su57`.

    Several that can be nothing else, in what is Vietnamese then, show how all was typed; else each speaks for itself,
    and one with a capital inside a question may be a name.
    """
    digits = [each for each in typed if any(map(str.isdigit, each.keys))]
    inside = len(digits) > 1 and any(_DIGIT_INSIDE.search(each.keys) for each in digits)
    sure = [each for each in typed if each.writing and (inside if each in digits else not is_word(each.keys))]
    if len(sure) > 1:
        whole = changed(query, [change for each in typed if (change := each.change())])
        language = detect_language(whole.text)
        if language.code == VIETNAMESE:
            return replace(whole, language=language.code, unaccented=language.unaccented)
    if query.language == VIETNAMESE and sure:
        common = (each for each in sure if each.keys[0].islower() or not each.span.start)
        changes = [change for each in common if (change := each.change())]
        return changed(query, changes) if changes else query
    return query


# What was composed, wrongly


def _meant(word: str, marks: Marks) -> str | None:
    """The syllable that `word` is a slip of, which the collection writes; None where that is not clear."""
    if writing := _writing(_hooked(word), marks):
        return writing
    if fold(word) in marks.forms or is_word(word):
        return None
    once = _REPEATED.sub(r"\1", word)
    if writing := _writing(once, marks):
        return writing
    if _DRAWN_OUT.search(word) and is_syllable(once):
        return once
    if len(word) < _SWAPPED:
        return None
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)} - {word}
    meant = {writing for other in swapped if (writing := _writing(_hooked(other), marks))}
    return meant.pop() if len(meant) == 1 else None


def _hooked(word: str) -> str:
    """With both hooks of `ươ` where one was typed: `nguời` is no syllable, `người` is."""
    return unicodedata.normalize("NFC", _HOOKED.sub("u\u031bo\u031b", unicodedata.normalize("NFD", word)))


def _writing(word: str, marks: Marks) -> str | None:
    """A syllable as the collection writes it, or as typed where it has no marks; None where it is none, or unknown."""
    if not is_syllable(word):
        return None
    if word.isascii():
        return word if word in marks.forms else None
    return _commonest([exact_form(word)], marks)


def _commonest(forms: Iterable[str], marks: Marks) -> str | None:
    """The likeliest of some exact forms, in the collection's writing; None where it has none of them."""
    counts = {
        writing: count
        for form in forms
        for writing, count in marks.forms.get(fold(form), {}).items()
        if exact_form(writing) == form
    }
    return max(counts, key=lambda each: counts[each], default=None)
