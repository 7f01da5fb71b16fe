"""The composition root: only here do settings become objects. Everything else takes plain parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.settings import Settings
from retrieval.embedding.loading import LazyEmbedder, LazyReranker
from retrieval.embedding.progress import Progress, silent
from retrieval.indexer import Report, reindex
from retrieval.serving import Serving


@dataclass(frozen=True)
class Services:
    """The parts that the commands and the bot work with."""

    settings: Settings
    embedder: LazyEmbedder
    reranker: LazyReranker | None
    serving: Serving

    def reindex(
        self, sources: Sequence[Path] = (), *, full: bool = False, progress: Progress = silent
    ) -> Report:
        """The collection becomes `sources`, else the configured ones, plus what was uploaded."""
        uploads = self.settings.uploads_dir
        extra = [uploads] if uploads.is_dir() and any(uploads.iterdir()) else []
        return reindex(
            [*(sources or self.settings.sources), *extra],
            self.settings.data_dir,
            self.embedder,
            full=full,
            progress=progress,
        )


def build(settings: Settings, progress: Progress = silent) -> Services:
    """The parts for `settings`; nothing is loaded before it is needed. `progress` hears of model preparation.

    Raises:
        ModelError: the model's name is the path of a folder that does not exist.
    """
    embedder = LazyEmbedder.of(settings.model, settings.models_dir, settings.runtime, progress)
    reranker = LazyReranker(settings.reranker) if settings.reranker else None
    return Services(settings, embedder, reranker, Serving(settings.data_dir, embedder, reranker))
