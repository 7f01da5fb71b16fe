"""A strict stand-in for Telegram's Bot API on a loopback port, driven by the test that starts it.

    with FakeBotApi() as api:
        start_the_bot(url=api.base_url, token=api.token)
        chat = api.private_chat(user_id=7, language_code="vi")
        answer = chat.ask("/start")
        assert answer.buttons and not api.violations

It refuses what the real server refuses; each refusal that is the bot's own fault is in `api.violations`.
Not played: Markdown parse modes, inline messages' editing, payments, sending of media groups.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Self
from urllib.request import urlopen

from fake_bot_chat import Chat
from fake_bot_deliveries import Delivery, by_question
from fake_bot_faults import Fault, FaultKind
from fake_bot_limits import RateLimits
from fake_bot_objects import Call, CallbackQuery, ChatState, InlineQuery, Message, User
from fake_bot_server import BotApiServer
from fake_bot_world import World, wait_until

__all__ = ["Call", "CallbackQuery", "Chat", "FakeBotApi", "InlineQuery", "Message", "SentMessage", "User"]

SentMessage = Message
TOKEN = "123456:FAKE-token_of-a-bot-that-is-not"
QUERY_LENGTH = 256


class FakeBotApi:
    """The server and the people who talk to the bot; a context manager."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "trichdan_bot",
        can_read_all_group_messages: bool = False,
        rate_limits: bool = False,
        clock: Callable[[], float] = time.monotonic,
        unknown: Collection[str] = (),
    ) -> None:
        """`unknown` are methods that this server does not have, in small letters."""
        self.token = token
        bot = User(int(token.partition(":")[0]), "Trichdan", username=username, is_bot=True)
        limits = RateLimits(clock) if rate_limits else None
        self.world = World(bot, reads_groups=can_read_all_group_messages, rate_limits=limits)
        self._server = BotApiServer(self.world, token, unknown)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Close the port and every connection; a second time is harmless."""
        self._server.stop()

    @property
    def port(self) -> int:
        """The loopback port."""
        return self._server.port

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def file_url(self) -> str:
        """What python-telegram-bot calls base_file_url."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    @property
    def calls(self) -> list[Call]:
        """Every method call so far, getUpdates included."""
        with self.world.changed:
            return list(self.world.calls)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    @property
    def violations(self) -> list[str]:
        """Every refusal so far that was the bot's fault, as "method: description"."""
        with self.world.changed:
            return list(self.world.violations)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every message that the server has taken so far, in order, whether its sender has heard of it or not."""
        with self.world.changed:
            return list(self.world.deliveries)

    @property
    def delivered(self) -> dict[tuple[int, int], list[Delivery]]:
        """The deliveries by the question that they reply to: (chat id, message id)."""
        return by_question(self.deliveries)

    @property
    def pending_updates(self) -> int:
        """Updates that the bot has not acknowledged."""
        with self.world.changed:
            return len(self.world.updates)

    @property
    def unanswered_callbacks(self) -> list[CallbackQuery]:
        """Presses that the bot has not answered: the button still shows its spinner."""
        with self.world.changed:
            return [
                query for query in self.world.callbacks.values() if query.answer is None and not query.expired
            ]

    def private_chat(
        self, user_id: int = 1001, *, language_code: str | None = "vi", first_name: str = "An",
        username: str | None = None,
    ) -> Chat:  # fmt: skip
        """A user's chat with the bot; the bot may not write there before the user has."""
        user = User(user_id, first_name, language_code, username)
        state = ChatState(user_id, "private", "", owner=user, members={user_id: user})
        return self._chat(state, language_code or "")

    def group_chat(
        self, chat_id: int = -1_001_000_000_001, *, title: str = "Group", kind: str = "supergroup"
    ) -> Chat:
        """A group that the bot is a member of."""
        if chat_id >= 0:
            raise ValueError("group ids are negative")
        return self._chat(ChatState(chat_id, kind, title, opened=True), "")

    def user(self, user_id: int = 1001, *, language_code: str | None = "vi", first_name: str = "An") -> User:
        """A person who may write in a group or inline."""
        return User(user_id, first_name, language_code)

    def inline_query(self, query: str, *, sender: User | None = None, offset: str = "") -> InlineQuery:
        """Type `@bot query` in some chat; clients cut the query at 256 characters."""
        with self.world.changed:
            inline = InlineQuery(self.world.opaque_id(), query[:QUERY_LENGTH])
            self.world.inline_queries[inline.id] = inline
            body = {
                "id": inline.id,
                "from": (sender or self.user()).to_api(),
                "query": inline.query,
                "offset": offset,
            }
            self.world.enqueue("inline_query", body)
            return inline

    def wait_for_inline_answer(self, inline: InlineQuery, *, timeout: float = 20.0) -> InlineQuery:
        """Wait until the bot has answered an inline query."""
        self.wait_until(lambda: inline.answer is not None, timeout=timeout, what="answer to the inline query")
        return inline

    def wait_until(self, condition: Callable[[], Any], *, timeout: float = 20.0, what: str = "change") -> Any:
        """The first true value of `condition`, tried on each change; TimeoutError after `timeout` seconds."""
        return wait_until(self.world, condition, timeout, what)

    def wait_until_polled(self, *, timeout: float = 30.0) -> None:
        """Wait until the bot has a getUpdates call open: then it is up and listens."""
        self.wait_until(lambda: self.world.open_polls, timeout=timeout, what="getUpdates")

    def wait_until_acknowledged(self, *, timeout: float = 20.0) -> None:
        """Wait until no update is left for the bot to fetch."""
        self.wait_until(lambda: not self.world.updates, timeout=timeout, what="acknowledgement")

    def fail_next(
        self, method: str, kind: FaultKind, *, times: int = 1, retry_after: int = 1,
        description: str = "message can't be edited", seconds: float = 60.0, chat: Chat | None = None,
    ) -> None:  # fmt: skip
        """Spoil the next `times` calls of `method` ("*": of any but getMe and getUpdates), in `chat` if given.

        flood: 429 with `retry_after`; bad_gateway: 502; server_error, gateway_timeout: done, then 500 or 504 with a
        page that holds `description`; garbage: `description` instead of an answer;
        timeout: no answer for `seconds`, nothing done;
        drop: the connection breaks, nothing done; lost_response: done, then the connection breaks;
        slow: done and answered after `seconds`; bad_request: 400 with `description`; blocked: 403;
        conflict: 409, as for a second poller. A call that is waiting already is not touched.
        """
        chat_id = None if chat is None else chat.id
        self._server.faults.plan(method, Fault(kind, times, retry_after, description, seconds, chat_id))

    @property
    def faults_left(self) -> int:
        """How many of the planned failures have not happened yet."""
        return self._server.faults.left()

    def hold(self, chat: Chat, method: str = "sendMessage") -> AbstractContextManager[None]:
        """Within this block the calls of `method` for `chat` get no answer; after it they are carried out."""
        return self._server.faults.hold(method, chat.id)

    def poll_as_a_rival(self) -> None:
        """Another process with the same token asks for updates: the open poll ends with 409."""
        with urlopen(f"{self.base_url}{self.token}/getUpdates?timeout=0", timeout=10) as response:
            response.read()

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Within this block every new request is dropped."""
        self._server.down = True
        try:
            yield
        finally:
            self._server.down = False

    def _chat(self, state: ChatState, language: str) -> Chat:
        with self.world.changed:
            if state.id in self.world.chats:
                raise ValueError(f"chat {state.id} exists already")
            self.world.chats[state.id] = state
        return Chat(self.world, state, language)
