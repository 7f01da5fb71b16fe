"""Example questions that the collection is known to answer, for whoever does not know what to ask."""

import asyncio
import json
import logging
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Final, Self

from bot.conversation.exchange_values import AnswerWorkers
from bot.conversation.verified import answer_verified
from bot.texts import LANGUAGES
from config.settings import Settings
from retrieval.errors import TrichdanError
from retrieval.retriever import Retriever
from retrieval.serving import Serving
from retrieval.storage.whole_files import write_json
from retrieval.suggestions.candidates import Candidate, candidates, newest_facts

COUNT: Final = 3
_TRIED: Final = 12
"""So many questions of a language are asked at most."""
_LOOKS_S: Final = 2.0

Questions = Mapping[str, tuple[str, ...]]
"""By language."""

_log = logging.getLogger(__name__)


class Examples:
    """Made once for each generation, beside the answers, and kept in a file for the processes that follow."""

    def __init__(self, serving: Serving, kept_in: Path, made_with: str) -> None:
        """`made_with` names what else than the generation decides what is answered: model and reader."""
        self._serving = serving
        self._path = kept_in
        self._made_with = f"{version('trichdan')} {made_with}"
        self._generation = ""
        self._found: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, serving: Serving, settings: Settings) -> Self:
        """Those of a data folder."""
        made_with = f"{settings.model} {settings.reranker} {settings.runtime}"
        return cls(serving, settings.data_dir / "cache" / "examples.json", made_with)

    def questions(self, language: str) -> tuple[str, ...]:
        """Up to COUNT questions, each answered for sure from the sentence that it was made from; those that are known
        by now, which are none of another generation."""
        return self._found.get(language, ()) if self._serving.generation == self._generation else ()

    async def follow(self, workers: AnswerWorkers) -> None:
        """Makes them for the generation in service, and anew whenever another one is; it never ends."""
        while True:
            try:
                if self._serving.generation not in (None, self._generation):  # it is not for us to open one
                    async with workers.work():
                        retriever = await workers.compute(self._serving.retriever)
                    await self.make(retriever, workers)
            except TrichdanError as error:
                _log.info("No more example questions are made: %s", error)
            except Exception:  # they are an offer: without them all else goes on
                _log.exception("Example questions could not be made")
            await asyncio.sleep(_LOOKS_S)

    async def make(self, retriever: Retriever, workers: AnswerWorkers) -> None:
        """Those of one generation: as they were kept, else one after the other, so that people's questions go between.

        Raises IndexDamaged.
        """
        self._generation, self._found = retriever.generation.id, {}
        kept = await workers.compute(self._kept)
        if kept is not None:
            self._found = dict(kept)
            return
        facts = await workers.compute(lambda: newest_facts(retriever.generation.articles))
        for language in LANGUAGES:
            await self._make_of(language, candidates(facts, language), retriever, workers)
        await workers.compute(self._keep)
        _log.info("Example questions are made: %d.", sum(map(len, self._found.values())))

    async def _make_of(
        self, language: str, tried: list[Candidate], retriever: Retriever, workers: AnswerWorkers
    ) -> None:
        for candidate in tried[:_TRIED]:
            if len(self._found.get(language, ())) >= COUNT:
                return
            began = monotonic()
            async with workers.work():
                is_good = await workers.compute(partial(_is_answered, retriever, candidate))
            await asyncio.sleep(monotonic() - began)  # half of the time is left to what people ask
            if is_good:
                self._found[language] = (*self._found.get(language, ()), candidate.question)

    def _kept(self) -> Questions | None:
        """Those that an earlier process made of the same generation in the same way."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            if (kept["generation"], kept["made_with"]) != (self._generation, self._made_with):
                return None
            return {language: tuple(map(str, asked)) for language, asked in kept["questions"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None  # they are made again

    def _keep(self) -> None:
        note = {
            "generation": self._generation,
            "made_with": self._made_with,
            "questions": {language: list(asked) for language, asked in self._found.items()},
        }
        try:
            write_json(self._path, note)
        except OSError as error:
            _log.info("Example questions are not kept: %s", error)


def _is_answered(retriever: Retriever, candidate: Candidate) -> bool:
    """For a worker thread."""
    return candidate.is_answered_by(answer_verified(retriever, candidate.question, limit=1))
