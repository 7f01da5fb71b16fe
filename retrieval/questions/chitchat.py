"""Small talk and requests about the bot itself, recognised by their words: the interface answers, never a passage."""

from collections.abc import Sequence
from functools import cache

from retrieval.languages.reading import words_of_all
from retrieval.questions.wordings import Wordings, covers
from retrieval.text.forms import Token

_LONGEST = 12
"""Small talk is short: a text with more words than this is always searched."""
_REASONS = ("wrong", "language", "articles", "abilities", "identity", "goodbye", "thanks", "help", "greeting")
"""In the order in which they are looked for: `cảm ơn, tạm biệt` is a goodbye, `thanks for your help` no call for it."""
_FILLER = "filler"


def small_talk(question: Sequence[Token]) -> str | None:
    """One of the reasons above, or `unclear` for a text without a single word; None for a real question."""
    if not question:
        return "unclear"
    known = _known()
    if len(question) > _LONGEST or not covers(question, known):
        return None
    return next((reason for reason in _REASONS if covers(question, known, _wordings(reason))), None)


def weightiest(reasons: Sequence[str]) -> str:
    """The one that counts of those of several sentences, `unclear` where there is none."""
    return min(reasons, key=_REASONS.index, default="unclear")


@cache
def greetings() -> Wordings:
    """Greetings, thanks and goodbyes of all languages."""
    return Wordings(_written("greeting", "goodbye", "thanks"))


@cache
def light_words() -> Wordings:
    """The same and filler: phrases that say nothing to look for."""
    return Wordings(_written("greeting", "goodbye", "thanks", _FILLER))


def language_requests() -> Wordings:
    """Of what language the bot is to write, such as `in English please`."""
    return _wordings("language")


@cache
def _known() -> tuple[Wordings, ...]:
    return tuple(map(_wordings, (*_REASONS, _FILLER)))


@cache
def _wordings(kind: str) -> Wordings:
    return Wordings(_written(kind))


def _written(*kinds: str) -> list[str]:
    return [phrase for kind in kinds for phrase in words_of_all("small_talk", kind)]
