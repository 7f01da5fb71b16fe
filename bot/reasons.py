"""What an error may say in a log: nothing that could be what somebody wrote."""

from functools import singledispatch
from pathlib import Path

from retrieval.errors import IndexUnusable, ModelError

_LONGEST = 300


def reason(error: BaseException) -> str:
    """One line of bearable length: what `may_say` says of the error."""
    said = " ".join(may_say(error).split())
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"


@singledispatch
def may_say(error: BaseException) -> str:
    """The kind of an error alone, unless its type is registered here, by whoever knows what its sentences hold.

    Sentences of ours on things of ours may be said; those on things of others name what was sent: a file, an address.
    """
    return type(error).__name__


@may_say.register
def _of_system(error: OSError) -> str:
    if not error.strerror:
        return type(error).__name__
    where = f" in {Path(str(error.filename)).parent}" if error.filename else ""
    return f"{error.strerror}{where}"


may_say.register(IndexUnusable, str)
may_say.register(ModelError, str)
