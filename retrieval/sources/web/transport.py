"""The way to the network: only to addresses that may be read, and never for longer than a request may take."""

import ssl
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import httpcore
import httpx

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.web.address import require_public
from retrieval.sources.web.errors import Unreachable
from retrieval.sources.web.lookup import Resolve, in_time


class Guard(httpcore.NetworkBackend):
    """Looks a host up, checks its addresses and connects to one of those: a second look-up, which might give another
    answer than the one that was checked, never happens. What it opens stops at the time of the request in hand.
    """

    def __init__(
        self,
        network: httpcore.NetworkBackend,
        resolve: Resolve,
        clock: Callable[[], float],
        *,
        allow_private: bool,
    ) -> None:
        self._network = network
        self._resolve = resolve
        self._clock = clock
        self._allow_private = allow_private
        self._deadline = 0.0

    def start(self, seconds: float) -> None:
        """A request begins, which may take `seconds`."""
        self._deadline = self._clock() + seconds

    def left(self) -> float:
        """Seconds left to the request; raises httpcore.ReadTimeout when there are none."""
        if (left := self._deadline - self._clock()) <= 0:
            raise httpcore.ReadTimeout("the request took too long")
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """The first of the host's addresses that answers; raises Refused or Unreachable, or as httpcore's own."""
        addresses = self._addresses(host)
        for tried, address in enumerate(addresses):
            last = tried == len(addresses) - 1
            share = self.left() / (len(addresses) - tried)  # one that is silent leaves time for the others
            try:
                stream = self._network.connect_tcp(address, port, share, local_address, socket_options)
                return _Timed(stream, self.left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last:
                    raise
        raise Unreachable(Reason.of(Problem.WEB_NO_HOST, host=host))

    def _addresses(self, host: str) -> list[str]:
        try:
            addresses = in_time(self._resolve, host, self.left())
        except (OSError, UnicodeError) as error:
            raise Unreachable(Reason.of(Problem.WEB_UNKNOWN_HOST, host=host)) from error
        if not self._allow_private:
            require_public(host, addresses)
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection whose every step ends when the request's time does."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._left)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """Requests of an httpx client over guarded connections; errors are httpcore's. Proxies are not used."""

    def __init__(self, guard: Guard) -> None:
        self._pool = httpcore.ConnectionPool(_encryption(), network_backend=guard, keepalive_expiry=60.0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions={"http_version": answer.extensions.get("http_version", b"HTTP/1.1")},
        )

    def close(self) -> None:
        self._pool.close()


@cache
def _encryption() -> ssl.SSLContext:
    """Reading all the certificates takes a moment, so it is done once."""
    return httpx.create_ssl_context(trust_env=False)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - httpcore's, which has no name
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()
