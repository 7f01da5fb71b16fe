"""The process that reads uploaded documents: a hostile or a huge one holds up no answer, and what crashes
its reader does not crash the bot."""

import os
import threading
from collections.abc import Callable
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from bot.bootstrap import build
from config.settings import Settings
from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.processes.child import Child, ChildFailed, Died, Limits, TookTooMuchMemory
from retrieval.reasons import Reason
from retrieval.storage.disk_space import writing
from retrieval.uploads.staged import Named, Removal, Staged
from retrieval.uploads.uploads import Uploads

Made = TypeVar("Made")

_NICENESS = 10
_LIMITS = Limits(cpu_s=120, memory=2 * 2**30, wall_s=300.0)
"""For all that one message brings; each document in it has its own (retrieval/processes/workers.py)."""


class Stopped(Exception):
    """The bot is to end: what was to be done is left."""


class UploadsProcess:
    """The methods of `Uploads` that read documents, a process for each call. Safe to use from several threads.

    All raise SourceError as those do, and Stopped.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._children: set[Child] = set()
        self._stopped = False

    def stage(self, name: str, content: bytes) -> Staged:
        return self._run(name, partial(Uploads.stage, name=name, data=content))

    def stage_link(self, url: str) -> Staged:
        return self._run(url, partial(Uploads.stage_link, url=url))

    def add(self, token: str) -> Named:
        return self._run("The document", partial(Uploads.add, token=token))

    def remove(self, article_id: str) -> Removal:
        return self._run(article_id, partial(Uploads.remove, article_id=article_id))

    def recover(self) -> bool:
        return self._run("A document", Uploads.recover)

    def stop(self) -> None:
        """Breaks off whatever is done, which may be done again, and begins nothing more."""
        with self._lock:
            self._stopped = True
            for child in self._children:
                child.kill()

    def _run(self, name: str, work: Callable[[Uploads], Made]) -> Made:
        """What `work` returns, done in the process; `name` is what a failure is about."""
        child = self._child()
        try:
            return child.call(_call, _Asked(self._settings, work), _LIMITS)
        except ChildFailed as error:
            if self._stopped and isinstance(error, Died):
                raise Stopped from None
            raise SourceError(_why(error), place=name) from None
        finally:
            with self._lock:
                self._children.discard(child)
            child.close()

    def _child(self) -> Child:
        with self._lock:
            if self._stopped:
                raise Stopped
            child = Child()
            self._children.add(child)
            return child


class _Asked(NamedTuple, Generic[Made]):
    settings: Settings
    work: Callable[[Uploads], Made]


def _call(asked: _Asked[Made]) -> Made:
    """In the process."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with writing(asked.settings.uploads_dir, "The document", kind=SourceError):
        return asked.work(build(asked.settings).uploads)


def _why(error: ChildFailed) -> str:
    if isinstance(error, Died):
        return Reason.of(Problem.UPLOAD_BREAKS_READER)
    if isinstance(error, TookTooMuchMemory):
        return Reason.of(Problem.UPLOAD_MEMORY)
    return Reason.of(Problem.UPLOAD_TIME)
