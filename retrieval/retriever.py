"""Question -> Answer over one generation. Deterministic; safe to call from several threads."""

from dataclasses import dataclass, replace

from retrieval.article import Answer, Article, Excerpt, Holdings
from retrieval.embedding.protocol import Embedder
from retrieval.embedding.question_vectors import QuestionVectors
from retrieval.excerpts.excerpt import is_verbatim, make_excerpt
from retrieval.excerpts.highlights import answering_sentences
from retrieval.excerpts.order import MOST
from retrieval.excerpts.selection import WORTH_SHOWING, select
from retrieval.excerpts.together import together
from retrieval.index.protocol import Pinned
from retrieval.progress import Stages
from retrieval.questions.query import Query, with_marks
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.centring import Centred, centre
from retrieval.ranking.confidence import NOT_FOUND, Confidence, judge
from retrieval.ranking.fitted import Fitted, load_fitted
from retrieval.ranking.fusion import NO_CANDIDATES, Candidates, find
from retrieval.ranking.reading import Read, SecondLook
from retrieval.ranking.spelling import as_spelled_here
from retrieval.recent import Remembered

EXCERPTS = 3
TITLES = 5
"""Articles named to whoever asks what there are."""
_LONGEST_REMEMBERED = 500
"""Characters of a question that is likely to be asked again."""


@dataclass(frozen=True)
class SearchResult:
    """What a search found: `candidates` best first.

    For small talk and invalid questions there are none, and neither `asked` nor `question`.
    """

    query: Query
    asked: AskedTerms | None
    question: Centred | None
    candidates: Candidates
    read: Read
    verdict: Confidence


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
        return self._search(query, Stages())

    def _search(self, query: Query, clock: Stages) -> SearchResult:
        clock.add("analyse", query.spent_s)
        if query.kind != "question" or not self.generation.facts.passages:
            return SearchResult(query, None, None, NO_CANDIDATES, {}, NOT_FOUND)
        with clock("spelling"):
            query = as_spelled_here(query, self.generation)
        with clock("marks"):
            query = with_marks(query, self.generation.marks.restore)
        with clock("embed"):
            vector = self._embedder.embed_queries([query.text])[0]
        facts = self.generation.facts
        centred = centre(query.language, vector, facts.mean, facts.passages, self.fitted)
        with clock("search"):
            asked = AskedTerms.of(query, self.generation, self.fitted.lexicon(query.language))
            candidates = find(asked, centred, self.generation, self.fitted)
        with clock("read"):
            candidates, read = self._second_look.at(query, candidates, self.generation, self.fitted)
        with clock("judge"):
            verdict = judge(asked, candidates, read, self.generation, self.fitted)
        return SearchResult(query, asked, centred, candidates, read, verdict)

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
        found = self._search(query, clock)
        verdict = found.verdict
        if not verdict.answered:
            limit, worth_showing = min(limit, EXCERPTS), None
        excerpts: tuple[Excerpt, ...] = ()
        if found.asked and found.question:
            with clock("excerpts"):
                chosen = select(found.candidates, self.generation, limit, worth_showing)
                marked = answering_sentences(chosen, found.asked, found.question, found.read, self.generation)
                excerpts = tuple(map(make_excerpt, chosen, marked))
        return Answer(
            question=query.asked,
            kind=query.kind,
            language=query.language,
            unaccented=query.unaccented,
            answered=verdict.answered and bool(excerpts),
            confidence=verdict.probability,
            unsure=verdict.answered and bool(excerpts) and not verdict.sure,
            excerpts=excerpts if verdict.answered else (),
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
