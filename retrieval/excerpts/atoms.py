"""The answer at a glance: amounts, dates and names of the highlighted sentence, each as it is written there.

For readers who do not read the language of the articles. Nothing is told where nothing is sure: where two sentences
are marked, where the sentence has nothing of the kind that was asked for, or a figure may be read in two ways.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.article import Excerpt, Span
from retrieval.excerpts.atom_amounts import Amount, amounts_in
from retrieval.excerpts.atom_dates import Dated, dates_in
from retrieval.excerpts.atom_names import names_in
from retrieval.excerpts.atom_numbers import decimal_marks
from retrieval.languages.reading import VIETNAMESE
from retrieval.questions.answer_type import asked_for
from retrieval.questions.names import share_held
from retrieval.questions.query import Query
from retrieval.questions.several import asks_for_list
from retrieval.text.forms import tokens
from retrieval.text.language import detect_language
from retrieval.text.sentences import sentences

Kind = Literal["amount", "time", "person", "place", "name"]
MOST = 4
_CHRONICLE = 2
"""So many sentences beside it that tell dates of their own make the highlighted one a line of a chronicle."""
_KNOWN = 0.6
"""A name of which the question holds this share of the words is known to whoever asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """`text[start:end]` of an excerpt; `value` is what an amount or a date is worth, None for a name."""

    start: int
    end: int
    kind: Kind
    value: Amount | Dated | None = None

    def within(self, text: str) -> str:
        """As it is written."""
        return text[self.start : self.end]


def at_a_glance(excerpt: Excerpt, query: Query) -> tuple[Atom, ...]:
    """At most `MOST` atoms of its highlighted sentence, of the kinds that `query` asks for first, in their order."""
    asked = asked_for(query)
    if len(excerpt.highlights) != 1 or query.questions or "reason" in asked:
        return ()
    if not asked and asks_for_list(query):  # of what, its words do not tell
        return ()
    if detect_language(excerpt.text).code != VIETNAMESE:
        return ()
    found = list(_news(excerpt.text, atoms_in(excerpt.text, excerpt.highlights[0]), query))
    wanted = [atom for atom in found if _is_asked_for(atom, excerpt.text, asked)]
    if asked and not wanted:
        return ()
    if "time" in asked and _is_chronicle(excerpt.text, excerpt.highlights[0]):
        return ()
    others = [atom for atom in found if atom not in wanted and _is_told(atom, asked)]
    others.sort(key=lambda atom: atom.value is None)
    return tuple(sorted([*wanted, *others][:MOST], key=lambda atom: atom.start))


def _is_chronicle(text: str, sentence: Span) -> bool:
    """Whether the sentences beside it, in its paragraph, tell dates of their own: each may be that of another event."""
    begin, end = text.rfind("\n", 0, sentence.start) + 1, text.find("\n", sentence.end)
    beside = [
        span for span in sentences(text, begin, None if end < 0 else end) if not _overlap(span, sentence)
    ]
    return sum(any(dated for _, dated in dates_in(text[a:b])) for a, b in beside) >= _CHRONICLE


def _news(text: str, atoms: Sequence[Atom], query: Query) -> Iterator[Atom]:
    """Each once, without the names that the question has."""
    known, words = set[object](), [word.folded for word in query.tokens]
    for atom in atoms:
        written = atom.within(text)
        told = atom.value or written
        if told in known or (atom.value is None and share_held(tokens(written), words) >= _KNOWN):
            continue
        known.add(told)
        yield atom


def _is_asked_for(atom: Atom, text: str, asked: frozenset[str]) -> bool:
    """A foreign name of several words may be a person's."""
    full_name = atom.kind == "name" and " " in atom.within(text)
    return atom.kind in asked or (full_name and "person" in asked)


def _is_told(atom: Atom, asked: frozenset[str]) -> bool:
    """Whether it is worth telling though it is not of a kind that is asked for."""
    if isinstance(atom.value, Amount):
        return not atom.value.bare
    return atom.value is not None or (not asked and atom.kind != "place")


def atoms_in(text: str, sentence: Span) -> list[Atom]:
    """The atoms of a sentence of `text`, in order, none overlapping another."""
    return sorted(_atoms(text, sentence), key=lambda atom: atom.start)


def _atoms(text: str, sentence: Span) -> Iterator[Atom]:
    written, taken = text[sentence.start : sentence.end], list[Span]()

    def atom(span: Span, kind: Kind, value: Amount | Dated | None = None) -> Atom:
        return Atom(start=sentence.start + span.start, end=sentence.start + span.end, kind=kind, value=value)

    for span, dated in dates_in(written):
        taken.append(span)  # one that may be read in two ways is no amount either
        if dated is not None:
            yield atom(span, "time", dated)
    for span, amount in amounts_in(written, decimal_marks(text)):
        if _is_free(span, taken):
            taken.append(span)
            yield atom(span, "amount", amount)
    for span, kind in names_in(written):
        if _is_free(span, taken):
            yield atom(span, kind)


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    return not any(_overlap(span, other) for other in taken)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
