"""What a message of several sentences asks: which of them ask, and which of the others they cannot do without."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import regex

from retrieval.languages.reading import of
from retrieval.questions.chitchat import small_talk, spoken, weightiest, without_words
from retrieval.questions.courtesies import is_courtesy, without_courtesies
from retrieval.questions.phrases import CuesFound, Phrases, cues_found, found_in
from retrieval.text.forms import Token, tokens
from retrieval.text.sentences import sentences

MOST_QUESTIONS = 4
"""A message that asks more is searched as a whole."""
_THIN = 2
"""So few words that name something need what the sentence before names."""
_SHORT = 5
"""So few words behind a question go on with it."""
_YEARS = regex.compile(r"(?<![\d/.,-])20\d\d(?:(?:/\d\d){2,3}|(?:/20\d\d){1,3})(?![\d/.,]\d|\d)")
_ASKED = regex.compile(r"(?<=[?!])\s+(?=\p{L})")


@dataclass(frozen=True)
class Message:
    """The `questions` of a message, in order; none of small talk, of which `talk` tells the kind."""

    questions: tuple[str, ...]
    talk: str | None = None


def read(text: str, language: str) -> Message:
    """What `text`, which may have several lines, asks; one that asks nothing is a question as a whole."""
    pieces = [_Piece.of(_one_line(each), language) for each in _sentences(text)]
    said = list(_joined([piece for piece in pieces if piece.talk is None]))
    if not said:
        talk = [piece.talk for piece in pieces if piece.talk not in (None, "unclear")]
        return Message((), weightiest(talk) or without_words(text))
    asking = [n for n, piece in enumerate(said) if piece.marked or piece.begins_asking]
    asking = asking or [n for n, piece in enumerate(said) if piece.opened]
    if not asking or len(asking) > MOST_QUESTIONS:
        return Message((" ".join(piece.text for piece in said),))
    return Message(tuple(_with_context(said, asking)))


def each_year(question: str) -> list[str]:
    """A question about a list of years, `2022/23/24` or `2022/2023`, once for each; any other as it is."""
    found = _YEARS.search(question)
    if found is None:
        return [question]
    first, *others = found.group().split("/")
    years = [first, *(first[: 4 - len(other)] + other for other in others)]
    following = all(int(b) == int(a) + 1 for a, b in pairwise(years))
    return (
        [question[: found.start()] + year + question[found.end() :] for year in years]
        if following
        else [question]
    )


def _sentences(text: str) -> Iterator[str]:
    """Those of `text`; behind a question mark one may begin with a small letter."""
    for start, end in sentences(text):
        yield from _ASKED.split(text[start:end])


def _joined(pieces: "Sequence[_Piece]") -> "Iterator[_Piece]":
    """`pieces`, of which one that asks and says little without a question word goes on with the one before."""
    before: _Piece | None = None
    for piece in pieces:
        if before and before.goes_on_with(piece):
            before = before.followed_by(piece)
            continue
        if before:
            yield before
        before = piece
    if before:
        yield before


def _with_context(said: "Sequence[_Piece]", asking: Sequence[int]) -> Iterator[str]:
    """Each sentence that asks, with those around it that it leans on."""
    for place, n in enumerate(asking):
        begin = asking[place - 1] + 1 if place else 0
        piece, leading = said[n], said[begin:n]
        needed = [] if piece.stands_alone and not piece.refers else leading
        if piece.refers and not leading:
            needed = said[max(0, n - 1) : n]
        trailing = said[n + 1 :] if n == asking[-1] else []
        told = [each for each in trailing if each.names or len(each.words) <= _SHORT]
        yield " ".join(each.text for each in (*needed, piece, *told))


@dataclass(frozen=True)
class _Piece:
    """One sentence without its courtesies. `marked`: it has a question mark; `opened`: the courtesies were those of a
    question. `talk`: the kind of small talk that it is.
    """

    text: str
    language: str
    talk: str | None
    marked: bool
    opened: bool

    @classmethod
    def of(cls, sentence: str, language: str) -> "_Piece":
        bare, opened = without_courtesies(sentence, language)
        said = spoken(sentence)
        talk = small_talk(said) or (small_talk(spoken(bare)) if bare else "greeting")
        if talk is None and is_courtesy(said, language):
            talk = "greeting"
        return cls(bare, language, talk, "?" in bare, opened)

    def goes_on_with(self, other: "_Piece") -> bool:
        """Whether `other` only goes on with what this one asks: behind `Rev.` one that has no question word does."""
        if self.marked:
            return other.is_fragment
        return self.begins_asking and other.marked and other.cues is not None and not other.cues.asks

    def followed_by(self, other: "_Piece") -> "_Piece":
        return _Piece(f"{self.text} {other.text}", self.language, None, marked=True, opened=self.opened)

    @cached_property
    def words(self) -> tuple[Token, ...]:
        return tuple(tokens(self.text))

    @cached_property
    def cues(self) -> CuesFound | None:
        return cues_found(self.words, self.language, self.language)

    @property
    def begins_asking(self) -> bool:
        cues = cues_found(self.words[:3], self.language, self.language)
        return cues is not None and cues.asks

    @property
    def names(self) -> bool:
        """Whether it names something: a number, or a word with a capital inside."""
        return any(map(self._is_name, self.words[1:]))

    @property
    def refers(self) -> bool:
        """Whether it begins like a question that leans on another, or says `it` before it names anything."""
        if self.cues is None:
            return False
        pointing = [self.cues.core[i].start for i in found_in(self.cues.core, _pointing(self.language))]
        if self.cues.reference:
            pointing.append(self.cues.reference.start)
        if not pointing:
            return self.cues.framed and not (self.stands_alone and self._content(self.cues) > 1)
        return not any(self._is_name(word) for word in self.words[1:] if word.start < min(pointing))

    @property
    def stands_alone(self) -> bool:
        """Whether it has a question word, and names something or says enough."""
        return self.cues is not None and self.cues.asks and (self.names or self._content(self.cues) > _THIN)

    @property
    def is_fragment(self) -> bool:
        """Whether it only goes on with a question: `2024?`, `And when?`."""
        cues = self.cues
        if cues is None or not (self.marked or cues.asks):
            return False
        content, whole = self._content(cues), cues.asks or cues.framed
        return content == 0 or (not whole and content <= (_THIN if self.names else 2 * _THIN))

    def _content(self, cues: CuesFound) -> float:
        """How many words there are that name something to look for."""
        naming = sum(i not in cues.idle for i in range(len(cues.core)))
        return naming / (of(self.language, "syllables") or 1)

    def _is_name(self, word: Token) -> bool:
        return word.folded[0].isnumeric() or self.text[word.start].isupper()


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _pointing(language: str) -> Phrases:
    return Phrases.of(of(language, "courtesies", "pointing") or ())
