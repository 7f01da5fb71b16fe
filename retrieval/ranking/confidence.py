"""How probable it is that the collection answers: a logistic over evidence, one per kind of question.

No raw cosine is ever compared with a threshold: cosines of this family of models all lie between 0.7 and 1.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, Passage
from retrieval.index.protocol import Pinned
from retrieval.index.terms import VIEWS, Term, terms
from retrieval.questions.names import holds_name, named_person, share_held
from retrieval.questions.query import Query, names_and_numbers
from retrieval.questions.several import asks_for_countries
from retrieval.questions.times import times_asked
from retrieval.questions.translation import LIKELY, Lexicon
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.evidence import DENSE, NAMED, SENTENCE, TRANSLATED
from retrieval.ranking.fitted import Fitted
from retrieval.ranking.fusion import Candidates
from retrieval.ranking.reading import Read
from retrieval.ranking.whose_figure import is_of_another_country, lacks_countries
from retrieval.text.forms import tokens
from retrieval.text.sentences import sentences

_TOP = 3
"""Candidates whose words may cover the question together: a reply shows as many."""
_FEW = 5
"""Candidates whose spread tells nothing."""
NEAR_MISS = 0.1
"""What is left of the probability when the best candidate is not about a country or year that is asked for."""
_TELLS_NAME = 0.5
"""The least probability of an answer to who somebody is, where the best candidate holds the whole name."""
FEATURES = (
    *(DENSE, SENTENCE, "lead", "sentence lead", *VIEWS, TRANSLATED),
    *("covered", "covered first", "covered sentence", "rarest", "names", "told", "share", "agreement"),
    *("spread", "sentence spread", "names seen"),
)
OF_READING = ("answers", "here", "answers lead")
"""Further evidence where passages were read."""


class Confidence(NamedTuple):
    """The probability in 0..1 that the collection answers, whether that is enough to answer, and to do so for sure."""

    probability: float
    answered: bool
    sure: bool


NOT_FOUND = Confidence(0.0, answered=False, sure=False)


def judge(asked: AskedTerms, candidates: Candidates, read: Read, index: Pinned, fitted: Fitted) -> Confidence:
    """The verdict for what is `asked` over its candidates, best first."""
    if not len(candidates):
        return NOT_FOUND
    query = asked.query
    logistic = fitted.confidence_of(query.profile, query.language, is_read=bool(read))
    probability = logistic.probability(features(asked, candidates, read, index, fitted))
    if probability < _TELLS_NAME and _tells_who_is_asked_for(query, candidates, index):
        probability = _TELLS_NAME
    if not candidates.met[0]:
        probability *= NEAR_MISS
    is_sure = probability >= logistic.sure and (_tells_all(candidates) or not _asks_for_part_of_year(query))
    is_sure = is_sure and not _is_anothers(query, candidates, read, index)
    is_sure = is_sure and not _lacks_countries(query, candidates, index)
    # Letters at random are near some passage too: what no word speaks for has to be all but certain.
    shown_from = logistic.shown_from(index.facts.passages) if asked.is_known else logistic.sure
    return Confidence(probability, probability >= shown_from, is_sure)


def _lacks_countries(query: Query, candidates: Candidates, index: Pinned) -> bool:
    """Whether a list of countries is asked for, which the best one does not hold."""
    row = int(candidates.rows[0])
    return asks_for_countries(query) and lacks_countries(query, *index.passages([row])[row])


def _is_anothers(query: Query, candidates: Candidates, read: Read, index: Pinned) -> bool:
    """Whether what the best one tells is told of another country than the one asked for."""
    row = int(candidates.rows[0])
    return row in read and is_of_another_country(query, *index.passages([row])[row], read[row])


def _asks_for_part_of_year(query: Query) -> bool:
    return any(time.month or time.quarter for time in times_asked(query))


def _tells_all(candidates: Candidates) -> bool:
    """Whether the best one itself tells the countries and times asked for: of eleven months it tells no quarter."""
    return bool(candidates.evidence[NAMED][0] >= 1)


def _tells_who_is_asked_for(query: Query, candidates: Candidates, index: Pinned) -> bool:
    name = named_person(query)
    if not name:
        return False
    row = int(candidates.rows[0])
    return holds_name(*index.passages([row])[row], name, marked=query.profile == "vi")


def features(
    asked: AskedTerms, candidates: Candidates, read: Read, index: Pinned, fitted: Fitted
) -> dict[str, float]:
    """The evidence, each number roughly in 0..1 and growing with the chance of an answer.

    dense, sentence: best centred cosines; lead, sentence lead: their distance to the tenth best; exact, folded, bigram,
    value, translated: evidence for the first candidate; covered: share of the question's idf mass held by the first
    three together, covered first: by the first alone, covered sentence: by the best sentence of the three; rarest:
    whether the three hold its rarest term; names: share of its names and numbers that the first holds; told: share of
    its words that the first translates; share: chance of the first among the candidates, by their scores; agreement:
    whether vectors and words agree on the first place; spread, sentence spread: by how many standard deviations of the
    others the best cosine lies above them; names seen: share of the question's names that the collection holds at all.
    Of what was read: answers, here: see `Readings`, for the first candidate; answers lead: by how much it exceeds the
    next.
    """
    evidence = candidates.evidence
    words = sum(evidence[view] for view in VIEWS) + evidence[TRANSLATED]
    return {
        DENSE: float(evidence[DENSE].max()),
        SENTENCE: float(evidence[SENTENCE].max()),
        "lead": _lead(evidence[DENSE]),
        "sentence lead": _lead(evidence[SENTENCE]),
        **{name: float(evidence[name][0]) for name in (*VIEWS, TRANSLATED)},
        **_coverage(asked, candidates, index, fitted.lexicon(asked.query.language)),
        "share": candidates.chance,
        "agreement": float(np.argmax(evidence[DENSE]) == np.argmax(words)),
        "spread": _spread(evidence[DENSE]),
        "sentence spread": _spread(evidence[SENTENCE]),
        "names seen": _names_seen(asked),
        **_of_reading(candidates, read),
    }


def _lead(scores: NDArray[np.float32]) -> float:
    """By how much the best lies above the tenth best."""
    ordered = np.sort(scores)[::-1]
    return float(ordered[0] - ordered[min(9, len(ordered) - 1)])


def _spread(scores: NDArray[np.float32]) -> float:
    """How far the best lies above the others, in tenths of their standard deviation; at most 1."""
    best = int(np.argmax(scores))
    others = np.delete(scores, best)
    if len(others) < _FEW or not (deviation := float(others.std())):
        return 0.0
    return min(1.0, float(scores[best] - others.mean()) / deviation / 10)


def _names_seen(asked: AskedTerms) -> float:
    names = asked.words.get("sound", {})
    return 1 - sum(Term("sound", name) in asked.unseen for name in names) / max(len(names), 1)


def _of_reading(candidates: Candidates, read: Read) -> dict[str, float]:
    """Log-odds of -10 to 10 become numbers of 0 to 1."""
    if not read:
        return dict.fromkeys(OF_READING, 0.0)
    first = read[int(candidates.rows[0])] if int(candidates.rows[0]) in read else next(iter(read.values()))
    others = [reading.answers for reading in read.values() if reading is not first]
    return {
        "answers": _of_log_odds(first.answers),
        "here": _of_log_odds(first.here),
        "answers lead": _of_log_odds(first.answers - max(others, default=-10.0)),
    }


def _of_log_odds(value: float) -> float:
    return (float(np.clip(value, -10, 10)) + 10) / 20


def _coverage(
    asked: AskedTerms, candidates: Candidates, index: Pinned, lexicon: Lexicon | None
) -> dict[str, float]:
    """How much of the question the first passages hold, as their own text with title and sub-heading shows."""
    query = asked.query
    view = "exact" if query.profile == "vi" else "folded"
    mass = asked.words[view]
    top = candidates.rows[:_TOP].tolist()
    stored = index.passages(top)
    passages = [_Words.of(*stored[row], view) for row in top]
    all_words = frozenset().union(*(passage.all for passage in passages))
    rarest = max(mass, key=lambda term: mass[term], default=None)
    return {
        "covered": _share(mass, all_words),
        "covered first": _share(mass, passages[0].all),
        "covered sentence": max(
            _share(mass, sentence) for passage in passages for sentence in passage.sentences
        ),
        "rarest": float(rarest in all_words),
        "names": share_held(names_and_numbers(query), passages[0].folded),
        "told": _told(query, passages[0].folded, lexicon),
    }


class _Words(NamedTuple):
    """The words of a passage in one view: of each sentence, of all with title and sub-heading, and those folded."""

    sentences: list[frozenset[str]]
    all: frozenset[str]
    folded: frozenset[str]

    @classmethod
    def of(cls, passage: Passage, article: Article, view: str) -> "_Words":
        context = tokens(f"{article.title or ''}\n{passage.heading or ''}")
        parts = [tokens(passage.text[start:end]) for start, end in sentences(passage.text)]
        found = [frozenset(terms(view, part)) for part in parts]
        folded = frozenset(token.folded for part in (context, *parts) for token in part)
        return cls(found, frozenset().union(*found, terms(view, context)), folded)


def _share(mass: Mapping[str, float], held: frozenset[str]) -> float:
    """The share of `mass` that the terms in `held` have."""
    return sum(m for term, m in mass.items() if term in held) / max(sum(mass.values()), 1e-9)


def _told(query: Query, folded: frozenset[str], lexicon: Lexicon | None) -> float:
    """The share of the question's words with a known translation that a passage translates; 1 where there are none."""
    if lexicon is None:
        return 1.0
    told = [
        any(set(term.split()) <= folded for term, p in meaning.items() if p >= LIKELY)
        for meaning in lexicon.meanings(query.text, query.tokens)
    ]
    return sum(told) / len(told) if told else 1.0
