"""What the sentences of an article tell that can be asked for: a figure between two countries, who somebody is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.article import Article, Span
from retrieval.questions.place_forms import Place
from retrieval.questions.places import places_named
from retrieval.questions.query import analyse
from retrieval.questions.times import years_told
from retrieval.suggestions.people import people
from retrieval.suggestions.topics import (
    ORDERED,
    PAIRS,
    Cue,
    Topic,
    cues,
    months_of_year,
    part_of_year,
    unsure,
)
from retrieval.text.sentences import sentences

_LONGEST = 600
"""Characters of a sentence: a longer one is a list that tells of many things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`sentence` of the article `article_id` tells of `topic`: of `places`, of a `year` or `months` of it, of a `name`;
    or the article has a `title`, in a `language`.

    None and nothing stand for what it does not tell.
    """

    topic: Topic
    article_id: str
    sentence: Span | None = None
    places: tuple[Place, ...] = ()
    year: int | None = None
    months: int | None = None
    name: str | None = None
    title: str | None = None
    language: str | None = None


def facts_of(article: Article) -> Iterator[Fact]:
    """The facts of an article, in the order of its text."""
    start = 0
    for line in article.text.split("\n"):
        end = start + len(line)
        for sentence in sentences(article.text, start, end):
            if sentence.end - sentence.start <= _LONGEST:
                yield from _facts(article, sentence, line)
        start = end + 1


def _facts(article: Article, sentence: Span, paragraph: str) -> Iterator[Fact]:
    text = article.text[sentence.start : sentence.end]
    for name in people(text):
        yield Fact(topic=Topic.PERSON, article_id=article.id, sentence=sentence, name=name)
    told = [cue for cue in cues() if cue.pattern.search(text)]
    if not told or unsure().search(text):
        return
    named = _places(text)
    for cue in told:
        places = _meant(cue, named, paragraph)
        period = _period(text, article)
        if places is not None and period is not None:
            year, months = period
            if cue.topic in (Topic.TIES, Topic.PARTNERS, Topic.PROJECTS):
                year = months = None  # the year is the answer, or the figure is that of today
            yield Fact(
                topic=cue.topic,
                article_id=article.id,
                sentence=sentence,
                places=places,
                year=year,
                months=months,
            )


def _places(text: str) -> tuple[Place, ...]:
    """The countries that a text names, in order, each once."""
    query = analyse(text)
    found = sorted(places_named(query), key=lambda each: each[1].start)
    return tuple(dict.fromkeys(place for place, _ in found))


def _meant(cue: Cue, named: Sequence[Place], paragraph: str) -> tuple[Place, ...] | None:
    """The countries of a topic, None where it is not clear which they are.

    "The two countries" of a sentence are those that its paragraph names, where there are two.
    """
    if cue.topic in PAIRS:
        places = tuple(named) if len(named) >= 2 else _places(paragraph)
        return places if len(places) == 2 else None
    if cue.topic in ORDERED:
        return tuple(named) if len(named) == 2 else None
    return tuple(named) if len(named) == 1 else None


def _period(text: str, article: Article) -> tuple[int | None, int | None] | None:
    """The year that a figure is of, and of how many months of it; None where that is not clear."""
    if match := months_of_year().search(text):
        return int(match["year"]), int(match["months"])
    if part_of_year().search(text):
        return None
    years = years_told(text, article.date).about
    if len(years) > 1:
        return None
    return next(iter(years), None), None
