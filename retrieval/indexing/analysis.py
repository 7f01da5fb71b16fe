"""Articles -> what the index holds of them: all that can be told of an article by itself, in any process."""

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retrieval.article import Article, Passage
from retrieval.index.embedded.words.counts import Counted, count_terms
from retrieval.index.learned.mark_counts import CountedMarks, count_marks
from retrieval.index.learned.same_stories import Signature, Signer
from retrieval.indexing.passage_text import passage_tokens
from retrieval.text.forms import tokens
from retrieval.text.passages import split
from retrieval.text.sentences import sentences


class TakenApart(NamedTuple):
    """Articles in parts: the passages and the signature of each; the terms of all passages by view, how many sentences
    each has, (passages,); how the Vietnamese ones are written.
    """

    passages: list[list[Passage]]
    terms: Mapping[str, Counted]
    sentences: "array[int]"
    signatures: list[Signature]
    marks: CountedMarks


def take_apart(articles: Sequence[Article]) -> TakenApart:
    passages = [split(article) for article in articles]
    both = list(zip(articles, passages, strict=True))
    signer = Signer()
    return TakenApart(
        passages=passages,
        terms=count_terms(passage_tokens(article, each) for article, found in both for each in found),
        sentences=array("I", (len(sentences(each.text)) for found in passages for each in found)),
        signatures=[signer.sign(_words(found)) for found in passages],
        marks=marks_of(both),
    )


def marks_of(split_articles: Sequence[tuple[Article, Sequence[Passage]]]) -> CountedMarks:
    """How the Vietnamese ones among these articles, each with its passages, are written."""
    return count_marks(
        text
        for article, passages in split_articles
        if article.lang == "vi"
        for text in (article.title or "", *(passage.text for passage in passages))
    )


def _words(passages: Sequence[Passage]) -> list[str]:
    return [token.folded for passage in passages for token in tokens(passage.text)]
