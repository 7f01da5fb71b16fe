"""A web server on a loopback port: it answers as told, well or badly, and remembers what it was asked."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self

import httpcore

PUBLIC = "93.184.215.14"
"""An address on the public internet; `Wires` lead to this machine instead."""
NOT_HERE = b"HTTP/1.1 404 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class Reply:
    """`parts`, each `pause_s` after the other, are sent instead of `body` and without its length, or, when `bare`,
    instead of everything."""

    body: bytes = b""
    type: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[bytes] | Iterator[bytes] = ()
    pause_s: float = 0.0
    bare: bool = False


@dataclass(frozen=True)
class Asked:
    """One request; header names are in small letters."""

    path: str
    headers: Mapping[str, str]


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


class WebServer:
    """Answers with the replies of a path one after another, the last one again and again; 404 elsewhere."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[Asked] = []
        self.stopping = threading.Event()

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"server_of": self})
        self._http = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()

    def serve(self, path: str, *replies: Reply) -> str:
        """Answer at `path` so from now on; returns its URL."""
        self.replies[path] = list(replies)
        return self.url(path)

    def page(self, path: str, body: str = "<html><p>Bài báo.</p></html>", **other: Any) -> str:
        return self.serve(path, Reply(body.encode(), **other))

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self._http.server_port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def next_reply(self, path: str) -> Reply:
        replies = self.replies.get(path, [Reply(b"not here", status=404)])
        return replies.pop(0) if len(replies) > 1 else replies[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):  # a reader that hangs up is no error here
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server_of: ClassVar[WebServer]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server_of.asked.append(Asked(self.path, headers))
        try:
            self._send(self.server_of.next_reply(self.path))
        except OSError:
            self.close_connection = True  # the reader had enough

    def _send(self, reply: Reply) -> None:
        if not reply.bare:
            self._send_head(reply)
        for part in reply.parts or [reply.body]:
            self.wfile.write(part)
            self.server_of.stopping.wait(reply.pause_s)
        self.close_connection = self.close_connection or reply.bare

    def _send_head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        headers = {"Content-Type": reply.type} if reply.type is not None else {}
        for name, value in {**headers, **reply.headers}.items():
            self.send_header(name, value)
        if reply.parts:
            self.send_header("Connection", "close")
        elif "Content-Length" not in reply.headers and reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Time:
    """A clock that only sleeping moves; `slept` has the seconds of each sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


class Wires(httpcore.SyncBackend):
    """Connections to the public address lead to this machine; any other address is a test that went wrong."""

    def __init__(self) -> None:
        self.connected: list[str] = []

    def connect_tcp(self, host: str, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        self.connected.append(host)
        assert host == PUBLIC, host
        return super().connect_tcp("127.0.0.1", *args, **kwargs)


class Words(httpcore.MockBackend):
    """A network where the first connection says the first of `words`, and so on; the last is said again and again."""

    def __init__(self, *words: bytes) -> None:
        self.words = list(words)

    def connect_tcp(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        return httpcore.MockStream([self.words.pop(0) if len(self.words) > 1 else self.words[0]])
