"""The composition root: here settings become objects, and everything else takes plain parts.

What Telegram needs besides is made in `bot.on_telegram.composition`, of these.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from config.collection import DEFAULT, SHIPPED, chosen, remembered
from config.settings import NO_RERANKER, Settings
from retrieval.embedding.loading import LazyEmbedder, LazyReranker
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.judging import Judge, trusting
from retrieval.indexing.loss import Expected, Permit, always
from retrieval.indexing.run import Report, reindex
from retrieval.progress import Progress, silent
from retrieval.ranking.reading import SecondLook
from retrieval.retriever import Retriever
from retrieval.serving import Serving
from retrieval.sources.collection import Reading, Source
from retrieval.uploads.uploads import Uploads

if TYPE_CHECKING:
    from retrieval.sources.web.web import WebPages

_PACKAGED = {DEFAULT: Path(__file__).parent / "seeds"}


@dataclass(frozen=True, kw_only=True)
class Services:
    """The parts that the commands and the bot work with."""

    settings: Settings
    embedder: LazyEmbedder
    reranker: LazyReranker | None
    generations: Generations
    serving: Serving
    second_look: SecondLook = field(default_factory=SecondLook)

    @property
    def reading(self) -> Reading:
        """How sources are read, by the settings."""
        settings = self.settings
        return Reading(
            ignore=settings.ignore, columns=settings.columns, web=lambda: _web(settings), elsewhere=_PACKAGED
        )

    @property
    def uploads(self) -> Uploads:
        """What admins add by hand and take out."""
        return Uploads(self.generations, self.reading)

    def sources(self, named: Sequence[Source] = (), *, uploads_only: bool = False) -> list[Source]:
        """Those `named`, else what is configured, else what the index in service was made from, plus the folder of
        uploads if there is something in it. With `uploads_only`, what the index in service was made from, plus that.
        """
        served = self.generations.named_sources()
        others = remembered(self.settings, served) if uploads_only else []
        uploads = self.settings.uploads_dir
        shown = uploads.is_dir() and any(
            not path.name.startswith((".", "metadata.")) for path in uploads.iterdir()
        )
        return [*(others or chosen(self.settings, named, served)), *([uploads] if shown else [])]

    def retriever_over(self, generation: str) -> Retriever:
        """A retriever over any generation that is here, whether it serves or not.

        Raises:
            IndexDamaged, IndexOutdated: it cannot be opened, or another model made it.
        """
        pinned = self.generations.pin(generation, self.embedder.fingerprint)
        return Retriever(pinned, self.embedder, second_look=self.second_look)

    def judge(self, removed: Collection[str]) -> Judge:
        """What a new index must pass before it serves, by the settings; `removed` are ids of articles that went on
        purpose.

        Raises:
            SourceError: the file of questions cannot be read.
        """
        if self.settings.self_check is None:
            return trusting
        from retrieval.evaluation.self_check import SelfCheck, questions_in

        return SelfCheck(
            questions=questions_in(self.settings.self_check),
            drop=self.settings.self_check_drop,
            opened=self.retriever_over,
            removed=removed,
        )

    def reindex(
        self,
        sources: Sequence[Source] = (),
        *,
        full: bool = False,
        dry_run: bool = False,
        uploads_only: bool = False,
        progress: Progress = silent,
        permit: Permit = always,
    ) -> Report:
        """The collection becomes `sources`, else those that `self.sources` tells, plus what was uploaded, less what was
        removed; with `uploads_only` nothing is touched but what was uploaded or removed.

        Afterwards only those copies of web pages are kept that this run asked for.
        """
        asked: set[str] = set()
        removed = self.uploads.removed()
        report = reindex(
            self.sources(sources, uploads_only=uploads_only),
            self.settings.data_dir,
            self.embedder,
            reading=replace(self.reading, removed=removed, web=lambda: _web(self.settings, asked)),
            full=full,
            dry_run=dry_run,
            progress=progress,
            only=self.settings.uploads_dir if uploads_only else None,
            permit=permit,
            expected=Expected(removed, SHIPPED),
            keep=self.settings.keep_generations,
            judge=self.judge(removed),
        )
        if (
            not (dry_run or uploads_only or report.held or report.doubt)
            and _web_cache(self.settings).is_dir()
        ):
            from retrieval.sources.web.cache import WebCache

            WebCache(_web_cache(self.settings)).keep_only(asked)
        return report


def _web_cache(settings: Settings) -> Path:
    return settings.data_dir / "cache" / "web"


def _web(settings: Settings, asked: set[str] | None = None) -> "WebPages":
    from retrieval.sources.web.limits import WebLimits
    from retrieval.sources.web.web import WebPages

    limits = WebLimits(delay_s=settings.web_delay, allow_private=settings.web_private)
    return WebPages(_web_cache(settings), limits, asked=asked)


def generations_of(settings: Settings) -> Generations:
    """What is indexed, which can be read without a model."""
    return Generations(settings.data_dir, settings.keep_generations)


def _second_look(settings: Settings, embedder: LazyEmbedder, reranker: LazyReranker | None) -> SecondLook:
    return (
        SecondLook()
        if settings.reranker == NO_RERANKER
        else SecondLook(reader=embedder.reader, reranker=reranker)
    )


def build(settings: Settings, progress: Progress = silent) -> Services:
    """The parts for `settings`; nothing is loaded before it is needed. `progress` hears of model preparation.

    Raises:
        ModelError: the model's name is the path of a folder that does not exist.
    """
    embedder = LazyEmbedder.of(settings.model, settings.models_dir, settings.runtime, progress)
    named = settings.reranker not in ("", NO_RERANKER)
    reranker = LazyReranker(settings.reranker) if named else None
    generations = generations_of(settings)
    second_look = _second_look(settings, embedder, reranker)
    return Services(
        settings=settings,
        embedder=embedder,
        reranker=reranker,
        generations=generations,
        serving=Serving(generations, embedder, second_look),
        second_look=second_look,
    )
