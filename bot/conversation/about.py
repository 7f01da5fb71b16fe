"""What the collection is, how old, and what finds in it."""

from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from importlib.metadata import version
from pathlib import PurePath

from retrieval.article import Article, Excerpt
from retrieval.embedding.bundled.model import NAME as BUNDLED
from retrieval.excerpts.excerpt import cite, opening_words
from retrieval.serving import Serving

_BUNDLED_MODEL = "multilingual-e5-small"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A generation as readers may know it. `latest` cites the newest article by its first words.

    `dated` is how many articles have a date, and the dates are those of the oldest and the newest of them, None where
    none has one; `made` has a time zone.
    """

    articles: int
    passages: int
    dated: int
    oldest: Date | None
    newest: Date | None
    latest: Excerpt | None
    made: datetime
    model: str
    version: str


def gather(serving: Serving, model: str) -> About:
    """What there is to say of the generation in service; for a worker thread. Raises IndexUnusable.

    `model` is the setting.
    """
    generation = serving.retriever().generation
    articles, facts = generation.articles, generation.facts
    latest, (oldest, newest) = articles.newest(), articles.dates()
    return About(
        articles=facts.articles,
        passages=facts.passages,
        dated=articles.dated(),
        oldest=oldest,
        newest=newest,
        latest=_beginning(latest) if latest else None,
        made=datetime.fromisoformat(facts.created),
        model=_model(model),
        version=version("trichdan"),
    )


def _beginning(article: Article) -> Excerpt:
    words = opening_words(article.text)
    return Excerpt(words, (), 0.0, "", 0, len(words), cite(article, 0))


def _model(setting: str) -> str:
    """The model's own name: not the folder that it lies in, which is nobody's business."""
    return _BUNDLED_MODEL if setting == BUNDLED else PurePath(setting).name
