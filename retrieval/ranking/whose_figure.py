"""Whose figure it is where one passage tells of several countries: its sentence may be about another one."""

from dataclasses import replace

from retrieval.article import Article, Passage
from retrieval.questions.answer_type import asked_for
from retrieval.questions.places import places_in
from retrieval.questions.query import Query
from retrieval.ranking.reading import Reading
from retrieval.ranking.requirements import HOME, named_in
from retrieval.text.forms import fold, respelled, tokens
from retrieval.text.sentences import sentences

_SEVERAL = 2
_FIGURES = frozenset({"time", "amount"})
"""What is asked for that belongs to one country."""


def is_of_another_country(query: Query, passage: Passage, article: Article, reading: Reading) -> bool:
    """Whether a time or an amount of one country is asked for, and the sentence in which the answer likeliest starts
    names others alone, though the passage tells of that one elsewhere.
    """
    language = article.lang or "und"
    wanted = {place for place in places_in(query) if place.code != HOME.get(language)}
    if not wanted or asked_for(_as_typed(query)).isdisjoint(_FIGURES) or not len(reading.chances):
        return False
    start, end = sentences(passage.text)[int(reading.chances.argmax())]
    named = named_in(respelled(passage.text[start:end]), language)
    return bool(named) and named.isdisjoint(wanted)


def lacks_countries(query: Query, passage: Passage, article: Article) -> bool:
    """Whether a passage names fewer than two countries, which a list of them has, beside those that `query` names."""
    named = named_in(respelled(passage.text), article.lang or "und")
    return len(named - {*places_in(query)}) < _SEVERAL


def _as_typed(query: Query) -> Query:
    """Without the marks that were put on what was typed without any."""
    if not query.unaccented:
        return query
    text = fold(query.text)
    return replace(query, text=text, tokens=tuple(tokens(text)))
