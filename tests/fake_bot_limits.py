"""Limits on keyboards, command menus, inline results and sending rates."""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from fake_bot_request import ApiError, Params, bad_request
from fake_bot_text import checked_link, formatted_text

MAX_BUTTONS = 100
MAX_BUTTONS_A_ROW = 8
MAX_CALLBACK_DATA = 64
MAX_CALLBACK_ANSWER = 200
MAX_COMMANDS = 100
MAX_RESULTS = 50
MAX_ID_BYTES = 64
BUTTON_ACTIONS = (
    "callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "web_app", "login_url", "callback_game", "pay",
)  # fmt: skip
BUTTON_STYLES = ("danger", "success", "primary")
REPLY_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")
CHAT_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
RESULT_TYPES = {
    "article", "photo", "gif", "mpeg4_gif", "video", "audio", "voice", "document", "location", "venue",
    "contact", "game", "sticker",
}  # fmt: skip
Markup = dict[str, Any]


def reply_markup(params: Params, *, inline_only: bool = False) -> Markup | None:
    """The checked keyboard of a call; None when there is none (an empty inline keyboard included)."""
    markup = params.object("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return _inline_keyboard(markup["inline_keyboard"])
    if inline_only:
        raise bad_request("inline keyboard expected")
    if not any(kind in markup for kind in REPLY_KEYBOARDS):
        raise bad_request("can't parse reply keyboard markup JSON object")
    return markup


def _inline_keyboard(rows: Any) -> Markup | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be of type Array of Arrays')
    rows = [row for row in rows if row]
    if any(len(row) > MAX_BUTTONS_A_ROW for row in rows):
        raise bad_request(f"inline keyboard has a row of more than {MAX_BUTTONS_A_ROW} buttons")
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: button text must be non-empty")
    actions = [name for name in BUTTON_ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request(
            f"can't parse inline keyboard button: it has several actions ({', '.join(actions)})"
        )
    if "callback_data" in actions and not 1 <= _size(button["callback_data"]) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.get("style") not in (None, *BUTTON_STYLES):
        raise bad_request("can't parse inline keyboard button: the style is unknown")
    if "url" in actions and checked_link(str(button["url"])) is None:
        raise bad_request("BUTTON_URL_INVALID")
    if "copy_text" in actions and not 1 <= len(button["copy_text"].get("text", "")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _size(value: Any) -> int:
    return len(str(value).encode())


def commands(params: Params) -> list[dict[str, str]]:
    """The checked list of setMyCommands."""
    given = params.list("commands") or []
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in given:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return [{"command": c["command"].removeprefix("/"), "description": c["description"]} for c in given]


def language_code(params: Params) -> str:
    """A two-letter language code, or an empty string for all languages."""
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def limited(params: Params, name: str, limit: int) -> str:
    """A text parameter of at most `limit` characters."""
    text = params.text(name)
    if len(text) > limit:
        raise bad_request(f"{name} is too long")
    return text


def inline_results(params: Params) -> list[dict[str, Any]]:
    """The checked results of answerInlineQuery."""
    results = params.list("results")
    if results is None:
        raise bad_request("can't parse inline query results: parameter results is required")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({str(result.get("id")) for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.text("next_offset").encode()) > MAX_ID_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_results_button(params.object("button"))
    for result in results:
        _check_result(result)
    return results


def _check_result(result: dict[str, Any]) -> None:
    if not 1 <= _size(result.get("id", "")) <= MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") not in RESULT_TYPES:
        raise bad_request("can't parse inline query result: wrong type")
    content = result.get("input_message_content")
    if result["type"] == "article" and not (result.get("title") and content):
        raise bad_request("can't parse inline query result: an article needs title and input_message_content")
    if content and "message_text" in content:
        formatted_text(Params(content), "message_text")
    reply_markup(Params(result), inline_only=True)


def _check_results_button(button: dict[str, Any] | None) -> None:
    if not button:
        return
    start = button.get("start_parameter")
    if not button.get("text") or (start is None) == (button.get("web_app") is None):
        raise bad_request("can't parse inline query results button")
    if start is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start):
        raise bad_request("START_PARAM_INVALID")


def same_markup(one: Markup | None, other: Markup | None) -> bool:
    """Whether two keyboards read the same."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


class RateLimits:
    """Telegram's published sending rates; `check` refuses what exceeds them with 429."""

    def __init__(
        self, clock: Callable[[], float], *, per_second: int = 30, burst: int = 3, per_group: int = 20
    ) -> None:
        self.clock = clock
        self.per_second = per_second
        self.burst = burst
        self.per_group = per_group
        self._sent: deque[float] = deque()
        self._by_chat: defaultdict[int, deque[float]] = defaultdict(deque)

    def check(self, chat_id: int) -> None:
        """Count one message to `chat_id`, or refuse it (a refused one is not counted)."""
        chat = self._by_chat[chat_id]
        waits = [self._wait(self._sent, self.per_second, 1.0)]
        if chat_id < 0:
            waits.append(self._wait(chat, self.per_group, 60.0))
        waits.append(self._wait(chat, self.burst, float(self.burst)))
        if max(waits) > 0:
            seconds = int(max(waits)) + 1
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self._sent.append(self.clock())
        chat.append(self.clock())

    def _wait(self, times: deque[float], count: int, window: float) -> float:
        """Seconds until fewer than `count` of `times` lie within the last `window` seconds; 0 when so now."""
        recent = [time for time in times if time > self.clock() - window]
        return recent[-count] + window - self.clock() if len(recent) >= count else 0.0
