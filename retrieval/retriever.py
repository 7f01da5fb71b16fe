"""Question -> Answer over one generation. Deterministic; safe to call from several threads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from retrieval.article import Answer, Article, Excerpt, Holdings
from retrieval.embedding.protocol import Embedder, Vector
from retrieval.embedding.question_vectors import QuestionVectors
from retrieval.excerpts.excerpt import is_verbatim, make_excerpt
from retrieval.excerpts.highlights import answering_sentences
from retrieval.excerpts.opening import Opening, opening
from retrieval.excerpts.order import MOST
from retrieval.excerpts.selection import WORTH_SHOWING, select
from retrieval.excerpts.together import together
from retrieval.index.protocol import Pinned, Rows
from retrieval.progress import Stages
from retrieval.questions.query import Query, with_marks
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.centring import Centred, centre
from retrieval.ranking.confidence import NOT_FOUND, Confidence, judge
from retrieval.ranking.fitted import Fitted, load_fitted
from retrieval.ranking.fusion import NO_CANDIDATES, NO_ROWS, POOL, Candidates, find
from retrieval.ranking.reading import Read, SecondLook
from retrieval.ranking.spelling import as_spelled_here
from retrieval.recent import Remembered

EXCERPTS = 3
TITLES = 5
"""Articles named to whoever asks what there are."""
_LONGEST_REMEMBERED = 500
"""Characters of a question that is likely to be asked again."""


@dataclass(frozen=True)
class Ranked:
    """What a search found before any of it was read: `candidates` best first.

    For small talk and invalid questions there are none, and neither `asked` nor `question`.
    """

    query: Query
    asked: AskedTerms | None = None
    question: Centred | None = None
    candidates: Candidates = NO_CANDIDATES


@dataclass(frozen=True)
class SearchResult(Ranked):
    """The same with what was read, in the order that came of it, and the verdict."""

    read: Read = field(default_factory=dict)
    verdict: Confidence = NOT_FOUND


class Retriever:
    """Answers from one generation with one embedder."""

    def __init__(
        self,
        generation: Pinned,
        embedder: Embedder,
        fitted: Fitted | None = None,
        worth_showing: float = WORTH_SHOWING,
        second_look: SecondLook | None = None,
    ) -> None:
        self.generation = generation
        self._worth_showing = worth_showing
        self._embedder = embedder
        self._second_look = second_look or SecondLook()
        self.fitted = fitted or load_fitted(embedder.fingerprint)
        self.question_vectors = QuestionVectors(embedder)
        self._answers: Remembered[tuple[str, int, float | None], Answer] = Remembered()

    @property
    def worth_showing(self) -> float:
        """By how much less than the best an excerpt may score that is shown beside it."""
        return self._worth_showing

    @property
    def calibrated(self) -> bool:
        """Whether the confidence was fitted for this model; otherwise it is a guess."""
        return self.fitted.calibrated

    def answer(self, query: Query, limit: int = EXCERPTS) -> Answer:
        """The answer with at most `limit` excerpts; never fails for a question of any kind.

        Up to EXCERPTS only those worth showing beside the best one; whoever asks for more gets weak ones as well.
        """
        return self._known_or_found(query, limit, self._worth_showing if limit <= EXCERPTS else None)

    def answer_worth_showing(self, query: Query, limit: int = MOST) -> Answer:
        """The answer with at most `limit` excerpts, all worth showing beside the best one: what a reader pages
        through. A refusal has at most EXCERPTS nearest ones."""
        return self._known_or_found(query, limit, self._worth_showing)

    def search(self, query: Query) -> SearchResult:
        """The ranked candidates for a question and the verdict on them, whether it is answered or not."""
        clock = Stages()
        return self.read(self.ranked([query], clock)[0], clock)

    def ranked(self, queries: Sequence[Query], clock: Stages, beside: Rows = NO_ROWS) -> list[Ranked]:
        """What is found for each question, of which the passages at the rows `beside` are candidates in any case; all
        are embedded together."""
        clock.add("analyse", sum(query.spent_s for query in queries))
        if not any(map(self._is_asked, queries)):
            return [Ranked(query) for query in queries]
        with clock("spelling"):
            spelled = [
                as_spelled_here(each, self.generation) if self._is_asked(each) else each for each in queries
            ]
        with clock("marks"):
            marks = self.generation.marks
            read = [with_marks(each, marks.restore) if self._is_asked(each) else each for each in spelled]
        texts = [each.text for each in read if self._is_asked(each)]
        with clock("embed"):
            vectors = iter(self._embedder.embed_queries(texts)) if texts else iter(())
        with clock("search"):
            return [
                self._ranked(each, next(vectors), beside) if self._is_asked(each) else Ranked(each)
                for each in read
            ]

    def _is_asked(self, query: Query) -> bool:
        return query.kind == "question" and self.generation.facts.passages > 0

    def _ranked(self, query: Query, vector: Vector, beside: Rows) -> Ranked:
        facts = self.generation.facts
        centred = centre(query.language, vector, facts.mean, facts.passages, self.fitted)
        terms = AskedTerms.of(query, self.generation, self.fitted.lexicon(query.language))
        return Ranked(query, terms, centred, find(terms, centred, self.generation, self.fitted, beside))

    def rows_of(self, articles: Iterable[str]) -> Rows:
        """The rows of the passages of `articles`; of a long one none: what of it fits is found among all."""
        rows = [self.generation.rows_of(article) for article in articles]
        return np.array([row for each in rows if len(each) <= POOL for row in each], np.int64)

    def read(self, found: Ranked, clock: Stages) -> SearchResult:
        """What was `found` after a look into the best of it."""
        if found.asked is None or not len(found.candidates):
            return SearchResult(found.query, found.asked, found.question, found.candidates)
        with clock("read"):
            candidates, read = self._second_look.at(
                found.query, found.candidates, self.generation, self.fitted
            )
        with clock("judge"):
            verdict = judge(found.asked, candidates, read, self.generation, self.fitted)
        return SearchResult(found.query, found.asked, found.question, candidates, read, verdict)

    def unread(self, found: Ranked) -> float:
        """How probable it is, before anything is read, that what was `found` answers."""
        if found.asked is None:
            return 0.0
        return judge(found.asked, found.candidates, {}, self.generation, self.fitted).probability

    def readable(self, query: Query) -> Query:
        """A question as it is compared with others: with marks, where it was typed without any.

        Few articles would put a wrong one on `bao nhiêu`.
        """
        return with_marks(query, self.generation.marks.restore) if query.unaccented else query

    def article(self, article_id: str) -> Article | None:
        return self.generation.articles.article(article_id)

    def is_verbatim(self, excerpt: Excerpt) -> bool:
        """The check at the moment of sending: the excerpt stands in the indexed article, character by character."""
        return is_verbatim(excerpt, self.article(excerpt.citation.article_id))

    def _known_or_found(self, query: Query, limit: int, worth_showing: float | None) -> Answer:
        if query.questions:
            found = [self._known_or_found(each, limit, worth_showing) for each in query.questions]
            return together(query, found, limit)
        if len(query.asked) > _LONGEST_REMEMBERED:
            return self._answer(query, limit, worth_showing)
        clock = Stages()
        key = query.asked, limit, worth_showing
        with clock("remembered"):
            answer, known = self._answers.get(key, lambda: self._answer(query, limit, worth_showing))
        return replace(answer, elapsed_ms=clock.milliseconds()) if known else answer

    def _answer(self, query: Query, limit: int, worth_showing: float | None) -> Answer:
        clock = Stages()
        found = self.read(self.ranked([query], clock)[0], clock)
        return self.answer_of(query, found, clock, limit, worth_showing)

    def answer_of(
        self, query: Query, found: SearchResult, clock: Stages, limit: int, worth_showing: float | None
    ) -> Answer:
        """What was `found` as the answer to `query`."""
        verdict = found.verdict
        if query.thanks and not verdict.answered:
            query, verdict = replace(query, kind="chitchat", reason="thanks"), NOT_FOUND
            found = SearchResult(query)
        if not verdict.answered:
            limit, worth_showing = min(limit, EXCERPTS), None
        excerpts: tuple[Excerpt, ...] = ()
        opens = Opening(())
        if found.asked and found.question:
            with clock("excerpts"):
                chosen = select(found.candidates, self.generation, limit, worth_showing)
                marked = answering_sentences(chosen, found.asked, found.question, found.read, self.generation)
                excerpts = tuple(map(make_excerpt, chosen, marked))
                if verdict.answered:
                    opens = opening(excerpts, query, unsure=not verdict.sure)
        return Answer(
            question=query.asked,
            kind=query.kind,
            language=query.language,
            unaccented=query.unaccented,
            answered=verdict.answered and bool(excerpts),
            confidence=verdict.probability,
            unsure=verdict.answered and bool(excerpts) and not verdict.sure,
            by_date=opens.by_date,
            excerpts=opens.excerpts,
            nearest=() if verdict.answered else excerpts,
            reason=query.reason or (None if verdict.answered else "refused"),
            searched=found.query.searched,
            elapsed_ms=clock.milliseconds(),
            generation=self.generation.id,
            holdings=self._holdings() if query.reason == "articles" else None,
        )

    def _holdings(self) -> Holdings:
        catalogue = self.generation.articles
        oldest, newest = catalogue.dates()
        return Holdings(
            articles=catalogue.articles,
            dated=catalogue.dated(),
            oldest=oldest,
            newest=newest,
            titles=tuple(catalogue.topics(TITLES)),
        )
