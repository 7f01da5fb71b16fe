"""What reads uploaded documents, in a process of its own: a hostile or a huge one holds up no answer, and what crashes
its reader does not crash the bot."""

import multiprocessing
import os
import threading
from multiprocessing.connection import Connection
from typing import Any

from bot.bootstrap import build
from config.settings import Settings
from retrieval.disk import writing
from retrieval.errors import SourceError
from retrieval.uploads import Removal, Staged

_NICENESS = 10
_PATIENCE_S = 300.0


class Stopped(Exception):
    """The bot is to end: what was to be done is left."""


class UploadsProcess:
    """The methods of `Uploads` that read documents, a process for each call. Safe to use from several threads.

    All raise SourceError as those do, and Stopped.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._staging: set[multiprocessing.process.BaseProcess] = set()
        self._stopped = False

    def stage(self, name: str, content: bytes) -> Staged:
        found: Staged = self._run(name, "stage", name, content)
        return found

    def stage_link(self, url: str) -> Staged:
        found: Staged = self._run(url, "stage_link", url)
        return found

    def add(self, token: str) -> None:
        self._run("The document", "add", token)

    def remove(self, article_id: str) -> Removal:
        found: Removal = self._run(article_id, "remove", article_id)
        return found

    def stop(self) -> None:
        """Breaks off whatever is staged, lets what is added or removed end, and begins nothing more."""
        with self._lock:
            self._stopped = True
            for process in self._staging:
                process.kill()

    def _run(self, name: str, method: str, *arguments: object) -> Any:  # noqa: ANN401 - what the method returns
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        asked = (self._settings, method, arguments, theirs)
        process = context.Process(target=_call, args=asked, daemon=True)
        with self._lock:
            if self._stopped:
                raise Stopped
            process.start()
            if method.startswith("stage"):
                self._staging.add(process)
        theirs.close()
        try:
            if not ours.poll(_PATIENCE_S):
                raise SourceError(f"{name} takes too long to read: send it in parts")
            found = ours.recv()
        except EOFError:
            if self._stopped:
                raise Stopped from None
            raise SourceError(f"{name} breaks down its reader: send it in another form") from None
        finally:
            with self._lock:
                self._staging.discard(process)
            process.kill()
            process.join()
            ours.close()
        if isinstance(found, _Refused):
            raise SourceError(found.sentence)
        return found


class _Refused:
    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


def _call(settings: Settings, method: str, arguments: tuple[object, ...], answer: Connection) -> None:
    """In the process: sends what the method returns, or the sentence of what is wrong."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        with writing(settings.uploads_dir, "The document", kind=SourceError):
            answer.send(getattr(build(settings).uploads, method)(*arguments))
    except SourceError as error:
        answer.send(_Refused(str(error)))
