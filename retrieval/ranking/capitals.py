"""A question in small letters with its names written as the passages beside it write them: `nga` is `Nga` there.

Whoever reads question and passage together has learned on questions that are written with care.
"""

from collections.abc import Iterator, Sequence

from retrieval.text.forms import tokens
from retrieval.text.sentences import sentences


def as_written_in(question: str, texts: Sequence[str]) -> str:
    """`question` with a capital on each word that stands inside sentences of `texts`, and always with one; as it is
    where it has any capital of its own."""
    if question != question.lower():
        return question
    seen: dict[str, bool] = {}
    for text in texts:
        for word in _inside(text):
            lower = word.lower()
            seen[lower] = seen.get(lower, True) and word != lower
    pieces, end = [], 0
    for token in tokens(question):
        word = question[token.start : token.end]
        pieces += [question[end : token.start], word.capitalize() if seen.get(word) else word]
        end = token.end
    return "".join([*pieces, question[end:]])


def _inside(text: str) -> Iterator[str]:
    """The words of `text` but for the first of each sentence, which is written with a capital in any case."""
    for start, end in sentences(text):
        sentence = text[start:end]
        yield from (sentence[word.start : word.end] for word in tokens(sentence)[1:])
