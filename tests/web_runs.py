"""Runs of the web reader in tests, by a clock that only sleeping moves."""

from pathlib import Path

from web_server import Time

from retrieval.sources.model import Failure, Original
from retrieval.sources.web.limits import WebLimits
from retrieval.sources.web.web import WebPages

LIMITS = WebLimits(timeout_s=5, delay_s=0, allow_private=True)


def read(
    cache: Path, url: str, limits: WebLimits = LIMITS, time: Time | None = None
) -> tuple[list[Original], list[str]]:
    """One run: the originals, and the failures as `url: reason`."""
    time = time or Time()
    with WebPages(cache, limits, time.sleep, time.clock) as web:
        found = list(web.originals(url))
    failures = [f"{each.path}: {each.reason}" for each in found if isinstance(each, Failure)]
    return [each for each in found if isinstance(each, Original)], failures


def only_failure(cache: Path, url: str, limits: WebLimits = LIMITS, time: Time | None = None) -> str:
    originals, failures = read(cache, url, limits, time)
    assert originals == []
    assert len(failures) == 1
    assert failures[0].startswith(f"{url}: ")
    return failures[0]


def body(cache: Path, url: str) -> bytes:
    ((original,), failures) = read(cache, url)
    assert failures == []
    return original.read()
