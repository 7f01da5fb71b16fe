"""One request after another: slowly enough for each host, within the limits, again when that may help."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.web.body import read_body, too_large
from retrieval.sources.web.errors import Refused, TimedOut, Unreachable
from retrieval.sources.web.limits import WebLimits
from retrieval.sources.web.lookup import Resolve
from retrieval.sources.web.transport import Guard, GuardedTransport

_LONGEST_WAIT_S = 30.0
_PASSING = (408, 425, 429)
_ENOUGH = 10
"""Failures of a host in a row: each may take half a minute, and a sitemap may list thousands of its pages."""
_ASKED = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
}
_NEVER_ARTICLES = ("image/", "audio/", "video/", "font/")


@dataclass(frozen=True, slots=True)
class Asking:
    """How a URL is asked for: seconds since the last request to its host, further headers, and where to cut a body
    that may be cut."""

    delay_s: float
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_at: int | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What a server said in the end; the body is unpacked, and empty unless the status is 200."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes = b""


class Client:
    """GET requests within the limits of a run. Close it after use."""

    def __init__(
        self,
        limits: WebLimits,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        resolve: Resolve,
        network: httpcore.NetworkBackend,
    ) -> None:
        self._limits = limits
        self._sleep = sleep
        self._clock = clock
        self._guard = Guard(network, resolve, clock, allow_private=limits.allow_private)
        self._http = httpx.Client(
            transport=GuardedTransport(self._guard),
            headers=_ASKED | {"User-Agent": limits.user_agent},
            trust_env=False,
            timeout=None,  # noqa: S113 - the guard ends every request in time
        )
        self._last: dict[str, float] = {}
        self._failed: Counter[str] = Counter()

    def close(self) -> None:
        """Ends the connections."""
        self._http.close()

    def get(self, url: httpx.URL, asking: Asking) -> Response:
        """The answer to one request, be it a redirect or an error that lasts; raises Refused or Unreachable.

        What looks like a passing failure is asked for again after a moment, until the host has failed too often.
        """
        if self._failed[url.host] >= _ENOUGH:
            raise Unreachable(Reason.of(Problem.WEB_HOST_FAILS, count=_ENOUGH))
        try:
            answer = self._patiently(url, asking, retries=2)
        except Unreachable:
            self._failed[url.host] += 1
            raise
        self._failed[url.host] = 0
        return answer

    def _patiently(self, url: httpx.URL, asking: Asking, retries: int) -> Response:
        wait = 4.0 / 2**retries
        try:
            answer = self._once(url, asking)
            if answer.status not in _PASSING and answer.status < 500:
                return answer
            wait = _retry_after(answer.headers, wait)
            problem = Unreachable(Reason.of(Problem.WEB_STATUS, status=answer.status))
        except Unreachable as error:
            problem = error
        if not retries or wait > _LONGEST_WAIT_S or isinstance(problem, TimedOut):
            raise problem
        self._sleep(wait)
        return self._patiently(url, asking, retries - 1)

    def _once(self, url: httpx.URL, asking: Asking) -> Response:
        self._pause(url.host, asking.delay_s)
        self._guard.start(self._limits.timeout_s)
        try:
            with self._http.stream("GET", url, headers=asking.headers) as response:
                body = self._body(response, asking.cut_at) if response.status_code == 200 else b""
                return Response(url, response.status_code, response.headers, body)
        except httpcore.TimeoutException as error:
            took = f"{self._limits.timeout_s:g} s"
            raise TimedOut(Reason.of(Problem.WEB_TIMEOUT, limit=took)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Unreachable(Reason.of(Problem.WEB_UNREACHABLE, why=_words(error))) from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise Refused(Reason.of(Problem.WEB_BAD_REDIRECT, why=_words(error))) from error
        finally:
            self._last[url.host] = self._clock()

    def _body(self, response: httpx.Response, cut_at: int | None) -> bytes:
        limit = cut_at or self._limits.max_bytes
        if not cut_at:
            _require_article_type(response.headers)
            if int(response.headers.get("content-length", "0")) > limit:
                raise too_large(limit)
        body = read_body(response.iter_raw(), response.headers.get("content-encoding", ""), limit)
        if len(body) > limit and not cut_at:
            raise too_large(limit)
        return body[:limit]

    def _pause(self, host: str, delay_s: float) -> None:
        since = self._clock() - self._last.get(host, float("-inf"))
        if since < delay_s:
            self._sleep(delay_s - since)


def _require_article_type(headers: httpx.Headers) -> None:
    """Spares the download of what no reader knows anyway; the others are judged by their bytes too."""
    if (said := headers.get("content-type", "").lower()).startswith(_NEVER_ARTICLES):
        raise Refused(Reason.of(Problem.WEB_TYPE, type=said[:60]))


def _retry_after(headers: httpx.Headers, otherwise: float) -> float:
    """The seconds to wait that the server asks for, as a number or a date."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return otherwise


def _words(error: Exception) -> str:
    return str(error)[:200].replace("\n", " ") or type(error).__name__
