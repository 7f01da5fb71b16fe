"""What the collection is, how old, and what finds in it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from importlib.metadata import version
from pathlib import PurePath

from retrieval.article import Article, Excerpt
from retrieval.embedding.bundled.model import NAME as BUNDLED
from retrieval.excerpts.excerpt import cite
from retrieval.index.catalogue import Catalogue
from retrieval.serving import Serving
from retrieval.text.language import detect_language
from retrieval.text.shortening import opening_words

_SLICES, _SLICE = 10, 20
"""So many parts of the list are looked at for languages, and so many articles of each."""
_BUNDLED_MODEL = "multilingual-e5-small"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A generation as readers may know it. `latest` cites the newest article by its first words.

    `dated` is how many articles have a date, and the dates are those of the oldest and the newest of them, None where
    none has one; `languages` are codes of those that the articles are in, the commonest first; `made` has a time zone.
    """

    articles: int
    passages: int
    dated: int
    oldest: Date | None
    newest: Date | None
    latest: Excerpt | None
    languages: tuple[str, ...]
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
        languages=_languages(articles),
        made=datetime.fromisoformat(facts.created),
        model=_model(model),
        version=version("trichdan"),
    )


def _languages(catalogue: Catalogue) -> tuple[str, ...]:
    """Of all articles where they are few, else of some from all over the list."""
    step = max(1, -(-catalogue.articles // _SLICES))
    firsts = range(0, catalogue.articles, max(step, _SLICE))
    seen = (each for first in firsts for each in catalogue.listed(first, _SLICE))
    counts = Counter(detect_language(each.opening).code for each in seen)
    return tuple(code for code, _ in counts.most_common() if code != "und")


def _beginning(article: Article) -> Excerpt:
    words = opening_words(article.text)
    return Excerpt(words, (), 0.0, "", 0, len(words), cite(article, 0))


def _model(setting: str) -> str:
    """The model's own name: not the folder that it lies in, which is nobody's business."""
    return _BUNDLED_MODEL if setting == BUNDLED else PurePath(setting).name
