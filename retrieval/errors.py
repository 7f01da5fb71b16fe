"""Every error that a user of this package may see.

    TrichdanError
    +-- InvalidQuestion      a blank or over-long question
    +-- SourceError          a file, folder or line that cannot become an article
    |   +-- NotStaged        what was to be added waits no more
    |   +-- NameTaken        what was to be brought back has lost its name to another file
    +-- CannotWrite          a full disk, or a folder that is closed, read-only or a file
    +-- ModelError           an embedding model that cannot be found, read or used
    |   +-- ModelNotPrepared the memory was too short to prepare it
    +-- IndexUnusable
        +-- IndexMissing     nothing has been indexed yet
        +-- IndexDamaged     files changed, cut off or foreign
        +-- IndexOutdated    made by another model or another text-processing version
        +-- IndexLocked      another process is indexing

A message is one sentence: what was found, what was expected, what to do.
"""

from enum import StrEnum
from typing import ClassVar


class ErrorKind(StrEnum):
    """What one process tells another of an error, beside its message."""

    CANNOT_WRITE = "cannot write"
    INDEX_LOCKED = "index locked"
    INDEX = "index"
    MODEL = "model"
    OTHER = "other"


class TrichdanError(Exception):
    """Base of all errors with a message meant for the user."""

    kind: ClassVar[ErrorKind] = ErrorKind.OTHER

    @property
    def said(self) -> str:
        """The message, as a `Reason` where it was raised with one."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class SourceError(TrichdanError):
    """A source cannot be read, or holds no article: `reason` is the message without the `place` that it begins with."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(f"{place} {reason}" if place else reason)
        self.reason = reason
        self.place = place

    @property
    def said(self) -> str:
        """The message, which knows its kind where the reason does and begins with no place."""
        return str(self) if self.place else self.reason


class NotStaged(SourceError):
    """What was to be added waits no more."""


class NameTaken(SourceError):
    """What was to be brought back cannot be: another file has its name by now."""


class CannotWrite(TrichdanError):
    """A folder of ours cannot be written; what was in service stays."""

    kind = ErrorKind.CANNOT_WRITE


class ModelError(TrichdanError):
    """The embedding model cannot be found, read or used."""

    kind = ErrorKind.MODEL


class ModelNotPrepared(ModelError):
    """Preparing the model was broken off, as a rule because memory is short: another runtime would take more."""


class IndexUnusable(TrichdanError):
    """The index on disk cannot serve; `trichdan reindex` makes a new one."""

    kind = ErrorKind.INDEX


class IndexMissing(IndexUnusable):
    """Nothing has been indexed in this data directory yet."""


class IndexDamaged(IndexUnusable):
    """A file of the generation is missing, cut off, changed or foreign."""


class IndexOutdated(IndexUnusable):
    """The generation was made by another model or text-processing version."""


class IndexLocked(IndexUnusable):
    """Another process is writing a generation in this data directory."""

    kind = ErrorKind.INDEX_LOCKED
