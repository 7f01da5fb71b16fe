"""The HTTP side of the fake Bot API: requests in, JSON out, long polling, faults on demand."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from aiohttp import web
from fake_bot_faults import CONFLICT, Fault, Faults
from fake_bot_messages import MESSAGE_METHODS
from fake_bot_objects import Call, Json
from fake_bot_profile import PROFILE_METHODS, remember_allowed_updates
from fake_bot_request import ApiError, Params, Upload, plain
from fake_bot_webhook import delivering
from fake_bot_world import World

METHODS = {name.lower(): (name, method) for name, method in {**MESSAGE_METHODS, **PROFILE_METHODS}.items()}
GET_UPDATES = "getUpdates"
MAX_BODY_BYTES = 64 * 1024 * 1024
MAX_POLL_SECONDS = 50
SUPERSEDED_GRACE = 1.0
HELD_INTERVAL = 0.01
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class BotApiServer:
    """Serves a World on a loopback port from a thread of its own."""

    def __init__(self, world: World, token: str, unknown: Collection[str] = ()) -> None:
        self._methods = {name: method for name, method in METHODS.items() if name not in unknown}
        self.world = world
        self.token = token
        self.port = 0
        self.faults = Faults(world)
        self.down = False
        self._poll = 0
        self._started = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._run()), name="fake-bot-api", daemon=True
        )

    def start(self) -> None:
        """Listen; returns when the port is open."""
        self._thread.start()
        if not self._started.wait(10) or not self.port:
            raise RuntimeError("the fake Bot API did not start within 10 s")

    def stop(self) -> None:
        """Close every connection and end the thread."""
        self.world.on_update = lambda: None
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(10)

    async def _run(self) -> None:
        self._loop, self._stopping, self._wake = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
        self.world.on_update = lambda: self._call_soon(self._wake.set)
        async with self._listening() as port, delivering(self.world):
            self.port = port
            self._started.set()
            await self._stopping.wait()

    def _call_soon(self, action: Callable[[], None]) -> None:
        self._loop.call_soon_threadsafe(action)

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[int]:
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/documents/{file_id}", self._download)
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield int(runner.addresses[0][1])
        finally:
            await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        """One call: logged whatever becomes of it, faults first, refusals as JSON."""
        method = request.match_info["method"]
        name = self._methods.get(
            method.lower(), (GET_UPDATES if method.lower() == GET_UPDATES.lower() else method,)
        )[0]
        params = await _read_params(request)
        call = self._logged(Call(time.time(), name, plain(params)))
        answer = self._answer(request, name, params, call)
        # What has arrived is carried out, whether the client still lives or not; only a poll ends with it.
        return await (answer if name == GET_UPDATES else asyncio.shield(answer))

    async def _answer(
        self, request: web.Request, name: str, params: Params, call: Call
    ) -> web.StreamResponse:
        try:
            response = await self._respond(request, name, params)
        except ApiError as error:
            if error.blame:
                self._violation(f"{name}: {error.description}")
            response = web.json_response(error.body(), status=error.code)
        dropped = request.transport is None or request.transport.is_closing()
        with self.world.changed:
            call.status = 0 if dropped else response.status
            self.world.notify()
        return response

    async def _respond(self, request: web.Request, name: str, params: Params) -> web.Response:
        if self.down:
            return _abort(request)
        if request.match_info["token"] != self.token:
            raise ApiError(401, "Unauthorized")
        while self.faults.holds(name, params):
            await asyncio.sleep(HELD_INTERVAL)
        fault = self.faults.next(name, params)
        if fault is None:
            return _ok(await self._perform(request, name, params))
        return await self._fail(fault, request, name, params)

    async def _perform(self, request: web.Request, name: str, params: Params) -> Any:
        if name == GET_UPDATES:
            with self._polling():
                return await self._get_updates(params)
        if name.lower() not in self._methods:
            raise ApiError(404, "Not Found")
        with self.world.changed:
            result = self._methods[name.lower()][1](self.world, params)
            self.world.violations.extend(f"{name}: {note}" for note in params.notes)
            return result

    async def _fail(self, fault: Fault, request: web.Request, name: str, params: Params) -> web.Response:
        if fault.kind == "bad_gateway":
            return web.Response(
                status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html"
            )
        if fault.kind == "garbage":
            return web.Response(text=fault.description)
        if fault.kind in ("server_error", "gateway_timeout"):
            await self._perform(request, name, params)
            status = 500 if fault.kind == "server_error" else 504
            return web.Response(
                status=status, text=f"<html>{fault.description}</html>", content_type="text/html"
            )
        if fault.kind in ("timeout", "slow"):
            await asyncio.sleep(fault.seconds)
        if fault.kind == "slow":
            return _ok(await self._perform(request, name, params))
        if fault.kind == "lost_response":
            await self._perform(request, name, params)
        if fault.kind in ("timeout", "drop", "lost_response"):
            return _abort(request)
        raise fault.refusal()

    async def _get_updates(self, params: Params) -> list[Json]:
        limit = min(max(params.integer("limit", 100), 1), 100)
        deadline = self._loop.time() + min(max(params.integer("timeout", 0), 0), MAX_POLL_SECONDS)
        with self.world.changed:
            remember_allowed_updates(self.world, params)
            self.world.acknowledge(params.integer("offset", 0))
        self._poll += 1
        mine = self._poll
        self._wake.set()
        while True:
            await self._check_sole_poller(mine)
            self._wake.clear()
            found = self._waiting_updates(limit)
            remaining = deadline - self._loop.time()
            if found or remaining <= 0:
                return found
            await self._woken(remaining)

    async def _check_sole_poller(self, mine: int) -> None:
        if self.world.webhook:
            raise ApiError(409, WEBHOOK_ACTIVE)
        if mine != self._poll:
            await asyncio.sleep(
                SUPERSEDED_GRACE
            )  # a client that has gone is no rival: its request is cancelled here
            raise ApiError(409, CONFLICT)

    @contextmanager
    def _polling(self) -> Iterator[None]:
        self._count_polls(1)
        try:
            yield
        finally:
            self._count_polls(-1)

    def _count_polls(self, more: int) -> None:
        with self.world.changed:
            self.world.open_polls += more
            self.world.notify()

    def _waiting_updates(self, limit: int) -> list[Json]:
        with self.world.changed:
            return self.world.updates[:limit]

    async def _woken(self, seconds: float) -> None:
        """Wait for a change, at most so long; that none came is no error: the caller looks again anyway."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    async def _download(self, request: web.Request) -> web.Response:
        found = self.world.files.get(request.match_info["file_id"])
        if request.match_info["token"] != self.token or found is None:
            return web.json_response(ApiError(404, "Not Found").body(), status=404)
        return web.Response(body=found[0].content, content_type="application/octet-stream")

    def _violation(self, text: str) -> None:
        with self.world.changed:
            self.world.violations.append(text)
            self.world.notify()

    def _logged(self, call: Call) -> Call:
        with self.world.changed:
            self.world.calls.append(call)
            self.world.notify()
            return call


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _abort(request: web.Request) -> web.Response:
    """Drop the connection; the response returned here never leaves."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _read_params(request: web.Request) -> Params:
    """Parameters from the query string and a JSON, form or multipart body."""
    params = Params(request.query)
    if request.content_type == "application/json":
        params.update(await request.json())
        return params
    for name, value in (await request.post()).items():
        params[name] = _upload(value) if isinstance(value, web.FileField) else value
    return params


def _upload(part: web.FileField) -> Upload:
    return Upload(part.filename, part.file.read(), part.content_type)
