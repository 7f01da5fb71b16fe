"""Questions that a collection may answer, the most promising first, each with the sentences that it was made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from retrieval.article import Answer, Article, Span
from retrieval.index.catalogue import Catalogue
from retrieval.suggestions.facts import Fact, facts_of
from retrieval.suggestions.topics import Topic
from retrieval.suggestions.wording import question
from retrieval.text.language import detect_language

_ARTICLES: Final = 30
"""The newest articles are looked at: people ask for news, and a large collection has enough in them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question of a topic; `evidence` are sentences of articles that answer it, None where any of an article does."""

    topic: Topic
    question: str
    evidence: list[tuple[str, Span | None]] = field(compare=False)

    def is_answered_by(self, answer: Answer) -> bool:
        """Whether the answer is sure and marks a sentence that the question was made from."""
        if not answer.answered or answer.unsure or not answer.excerpts:
            return False
        best = answer.excerpts[0]
        marked = [Span(best.start + start, best.start + end) for start, end in best.highlights]
        return any(
            article_id == best.citation.article_id
            and (span is None or any(_meet(span, each) for each in marked))
            for article_id, span in self.evidence
        )


def newest_facts(catalogue: Catalogue) -> list[Fact]:
    """What the newest articles tell. Raises IndexDamaged."""
    articles = (catalogue.article(each.id) for each in catalogue.listed(0, _ARTICLES))
    return [fact for article in articles if article for fact in (*facts_of(article), *_titles(article))]


def candidates(facts: Sequence[Fact], language: str) -> list[Candidate]:
    """One question of each topic, then a second one of each, and so on: three of them are to differ."""
    by_question: dict[str, Candidate] = {}
    for fact in facts:
        if (asked := question(fact, language)) is not None:
            found = by_question.setdefault(asked, Candidate(fact.topic, asked, []))
            found.evidence.append((fact.article_id, fact.sentence))
    topics = [_of(topic, list(by_question.values())) for topic in Topic if topic is not Topic.TITLE]
    mixed = [each for row in zip_longest(*topics) for each in row if each]
    return [*mixed, *_of(Topic.TITLE, list(by_question.values()))]


def _of(topic: Topic, found: Sequence[Candidate]) -> list[Candidate]:
    """Those of a topic: of people whoever is named most comes first."""
    of_topic = [each for each in found if each.topic is topic]
    return sorted(of_topic, key=lambda each: -len(each.evidence)) if topic is Topic.PERSON else of_topic


def _titles(article: Article) -> Iterator[Fact]:
    """The title, for those who read its language."""
    if title := " ".join((article.title or "").split()):
        language = detect_language(title).code
        yield Fact(topic=Topic.TITLE, article_id=article.id, title=title, language=language)


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
