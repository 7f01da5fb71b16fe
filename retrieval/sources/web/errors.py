"""Why a page cannot be had. A message goes on from the page's URL: `answered 404: ...`."""

from retrieval.errors import SourceError


class Refused(SourceError):
    """For good: the page is gone, or is not to be read. A copy of it is not to be used any more."""


class Unreachable(SourceError):
    """For now: the next run may have more luck, and a copy serves until then."""


class TimedOut(Unreachable):
    """It took all the time there was: asking again at once would only take as much again."""
