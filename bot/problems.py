"""Why something could not be read or done, in the reader's language."""

from bot.texts import Texts
from retrieval.errors import ErrorKind, SourceError, TrichdanError
from retrieval.reasons import Reason

_ROUGHLY = (ErrorKind.MODEL, ErrorKind.INDEX)


def reason_of(reason: str, texts: Texts) -> str:
    """A reason in words: in the reader's language where its kind is known, else as it stands."""
    if not isinstance(reason, Reason):
        return str(reason)
    said = {name: reason_of(v, texts) if isinstance(v, str) else v for name, v in reason.values.items()}
    return " ".join(texts(message_of(reason), **said).split())


def message_of(reason: Reason) -> str:
    """The id of the message that words it."""
    return f"problem-{reason.problem.name.lower().replace('_', '-')}"


def reason_in(error: Exception, texts: Texts) -> str:
    """Why something went wrong; what the command line alone words exactly, for readers of other languages roughly."""
    if not isinstance(error, TrichdanError):
        return str(error)
    said = error.said
    if not isinstance(said, Reason) and error.kind in _ROUGHLY:
        return texts(f"{error.kind}-unusable", said=said)
    return reason_of(said, texts)


def refusal(name: str, error: SourceError, texts: Texts) -> str:
    """Why a document cannot be added."""
    return texts("document-refused", name=name, reason=reason_of(error.reason, texts).rstrip("."))
