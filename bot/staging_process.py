"""A document that was sent, read in a process of its own: a hostile or a huge one holds up no answer, and what crashes
its reader does not crash the bot."""

import multiprocessing
import os
import threading
from multiprocessing.connection import Connection

from bot.bootstrap import build
from config.settings import Settings
from retrieval.errors import SourceError
from retrieval.uploads import Staged

_NICENESS = 10
_PATIENCE_S = 300.0


class StagingProcess:
    """One process for each document. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._running: set[multiprocessing.process.BaseProcess] = set()

    def file(self, name: str, content: bytes) -> Staged:
        """What `Uploads.stage` returns; raises SourceError."""
        return self._run(name, (name, content))

    def link(self, url: str) -> Staged:
        """What `Uploads.stage_link` returns; raises SourceError."""
        return self._run(url, (url, None))

    def stop(self) -> None:
        """Breaks off whatever is read; nothing of it is kept."""
        with self._lock:
            for process in self._running:
                process.kill()

    def _run(self, name: str, asked: tuple[str, bytes | None]) -> Staged:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_stage, args=(self._settings, *asked, theirs), daemon=True)
        with self._lock:
            process.start()
            self._running.add(process)
        theirs.close()
        try:
            found = (
                ours.recv() if ours.poll(_PATIENCE_S) else f"{name} takes too long to read: send it in parts"
            )
        except EOFError:
            found = f"{name} cannot be read: its reader broke down over it"
        finally:
            with self._lock:
                self._running.discard(process)
            process.kill()
            process.join()
            ours.close()
        if isinstance(found, Staged):
            return found
        raise SourceError(found)


def _stage(settings: Settings, name: str, content: bytes | None, answer: Connection) -> None:
    """In the process: sends what was staged, or the sentence of what is wrong."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    uploads = build(settings).uploads
    try:
        answer.send(uploads.stage_link(name) if content is None else uploads.stage(name, content))
    except SourceError as error:
        answer.send(str(error))
