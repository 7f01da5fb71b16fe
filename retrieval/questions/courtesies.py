"""A question without the greeting, the politeness and the filler around it.

`Chào bot, cho mình hỏi ai là đại sứ Nga với ạ` asks who the ambassador is. What is taken away stands at the ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from retrieval.languages.reading import VIETNAMESE, of, words_of_all
from retrieval.questions.chitchat import greetings, language_requests, light_words, spoken
from retrieval.questions.phrases import Phrases, cues_of, found_in, length_at_end, length_at_start
from retrieval.questions.wordings import Wordings, covers
from retrieval.text.forms import Token

_BREAK = regex.compile(r"[\p{P}\p{S}--['’(«“\"]](?:\s|$)|\s[–—-]\s|\n", regex.V1)
_OPENING_QUOTE = regex.compile(r"[«“\"'(\[]$")
_LONGEST_REMARK = 9
"""Words of a remark that thanks."""
_CLOSING_QUOTE = regex.compile(r"^[»”\"')\]]?\??")


class Bare(NamedTuple):
    """What is left of a text, and whether what was taken away stands around questions alone."""

    text: str
    asks: bool


class _Courtesies(NamedTuple):
    """See `retrieval.languages`."""

    openings: Wordings
    closings: Wordings
    tails: Wordings
    kept: Wordings
    asking: Phrases
    amounts: Phrases
    gratitude: Phrases


@cache
def _courtesies(language: str) -> _Courtesies:
    """Those of one language, of all for one that has none."""
    known = of(language, "courtesies") is not None

    def wordings(kind: str) -> Wordings:
        return Wordings(of(language, "courtesies", kind) if known else words_of_all("courtesies", kind))

    cues = cues_of(language)
    return _Courtesies(
        openings=wordings("openings"),
        closings=wordings("closings"),
        tails=wordings("tails"),
        kept=wordings("kept"),
        asking=cues.asking if cues else Phrases.of(words_of_all("follow_ups", "asking")),
        amounts=Phrases.of(of(language, "asks", "amount") or words_of_all("asks", "amount")),
        gratitude=Phrases.of(
            of(language, "courtesies", "gratitude") or words_of_all("courtesies", "gratitude")
        ),
    )


def without_courtesies(text: str, language: str) -> Bare:
    """`text`, in `language`, without what stands around its question; empty where it is nothing else."""
    said = _Said(text, spoken(text), language)
    begin, opened = said.beginning()
    end, closed = said.end(begin)
    return Bare(said.between(begin, end), opened or closed)


def is_courtesy(words: Sequence[Token], language: str) -> bool:
    """Whether `words` are the opening of a question with greetings and filler, and no question."""
    known = _courtesies(language)
    return covers(words, (light_words(), known.openings, known.closings), known.openings)


def only_thanks(words: Sequence[Token], language: str) -> bool:
    """Whether `words` thank, behind a remark perhaps, and ask for nothing: few of them, the thanks not first, without a
    question word, what a question goes on with, or a number."""
    known, cues = _courtesies(language), cues_of(language)
    thanks = found_in(words, known.gratitude)
    if not thanks or len(words) > _LONGEST_REMARK or any(word.folded[0].isnumeric() for word in words):
        return False
    rest = words[max(thanks) + 1 :]
    goes_on = cues is not None and any(length_at_start(rest[i:], cues.openers) for i in range(len(rest)))
    return min(thanks) > 0 and not goes_on and not found_in(words, known.asking)


@dataclass(frozen=True)
class _Said:
    text: str
    words: Sequence[Token]
    language: str

    @property
    def known(self) -> _Courtesies:
        return _courtesies(self.language)

    def beginning(self) -> tuple[int, bool]:
        """The first word of the question, and whether it was opened as one."""
        at, opened = 0, False
        while at < len(self.words):
            if length := self.known.openings.longest(self.words, at):
                at, opened = at + length, True
            elif length := self._light(at):
                at += length
            else:
                break
        return at, opened

    def end(self, begin: int) -> tuple[int, bool]:
        """Behind the last word of the question, and whether it was closed as one."""
        at, closed = len(self.words), False
        while at > begin:
            if length := self._closing(self.words[begin:at]):
                at, closed = at - length, True
            elif length := self._light_end(begin, at):
                at -= length
            else:
                break
        return at, closed

    def between(self, begin: int, end: int) -> str:
        """The words from `begin` to `end` with the marks at them."""
        if begin == 0 and end == len(self.words):
            return self.text
        if begin >= end:
            return ""
        start, stop = self.words[begin].start, self.words[end - 1].end
        start = start - 1 if _OPENING_QUOTE.search(self.text[:start]) else start
        if end == len(self.words):
            return self.text[start:]
        marks = _CLOSING_QUOTE.match(self.text[stop:])
        behind = marks.group() if marks else ""
        return self.text[start:stop] + behind + ("?" if "?" in self.text[stop + len(behind) :] else "")

    def _light(self, start: int) -> int:
        """Of how many words the greetings and filler are from `start` on: they end before the opening of a question,
        and where there is a greeting among them before a break or a question word. `Hello Kitty` begins with none.
        """
        reached, todo = {(start, False)}, [(start, False)]
        while todo:
            at, greets = todo.pop()
            further = {(at + n, greets) for n in light_words().lengths(self.words, at)}
            further |= {(at + n, True) for n in greetings().lengths(self.words, at)}
            todo += further - reached
            reached |= further
        return max(at - start for at, greets in reached if at == start or self._may_end(at, greets=greets))

    def _may_end(self, at: int, *, greets: bool) -> bool:
        if self.known.openings.longest(self.words, at):
            return True
        asks = length_at_start(self.words[at:], self.known.asking) > 0
        return greets and (at == len(self.words) or asks or self._breaks(at))

    def _closing(self, words: Sequence[Token]) -> int:
        """Of how many words the politeness or filler is that ends `words`."""
        closing = self.known.closings.longest_at_end(words)
        if self.language == VIETNAMESE and closing == 1 and words[-1].exact == words[-1].folded:
            closing = 0  # `a` may be `ạ`, and is that of `vitamin a`
        length = closing or max(
            self.known.tails.longest_at_end(words), self.known.closings.longest_at_end(words)
        )
        if not length or self._is_kept(words, length):
            return 0
        before = words[: len(words) - length]
        # Behind `bao nhiêu` what looks like one may be counted: `bao nhiêu ha`.
        behind = length_at_end(before, self.known.asking) and not length_at_end(before, self.known.amounts)
        return length if closing or behind else 0

    def _is_kept(self, words: Sequence[Token], length: int) -> bool:
        """Whether the words at the end belong to a longer phrase that is no closing: `như thế`."""
        return max(self.known.kept.longest_at_end(words), length_at_end(words, self.known.asking)) > length

    def _light_end(self, begin: int, end: int) -> int:
        """Of how many words the thanks or filler is behind the last break."""
        start = next((i for i in range(end - 1, begin, -1) if self._breaks(i)), end)
        words = self.words[start:end]
        named = any(self.text[word.start].isupper() for word in words)  # `Anh` is England
        core = greetings() if named else None
        light = covers(words, (light_words(),), core) or covers(words, (light_words(),), language_requests())
        return len(words) if words and light else 0

    def _breaks(self, at: int) -> bool:
        """Whether a mark parts the word `at` from the one before."""
        between = self.text[self.words[at - 1].end : self.words[at].start]
        return between != "-" and _BREAK.search(between) is not None
