"""What can be wrong with the state."""

from bot.logs import may_say
from retrieval.errors import TrichdanError


class StateError(TrichdanError):
    """The state cannot be opened or used; one sentence: what was found, what was expected, what to do."""


class StateLocked(StateError):
    """Another process holds the database for longer than an answer can wait."""


may_say.register(StateError, str)
