"""The Bot API methods about the bot itself, its command menus, chats and files."""

from __future__ import annotations

import re
from typing import Any

from fake_bot_limits import commands, language_code, limited
from fake_bot_messages import Method, known_chat, writable_chat
from fake_bot_objects import Json
from fake_bot_request import Params, bad_request
from fake_bot_world import World

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", *CHAT_SCOPES}
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
CommandKey = tuple[str, int, int, str]


def _get_me(world: World, params: Params) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": world.reads_groups,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**world.bot.to_api(), **abilities}


def _command_key(world: World, params: Params) -> CommandKey:
    scope = params.object("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat_id = user_id = 0
    if kind in CHAT_SCOPES:
        chat_id, user_id = int(scope.get("chat_id", 0)), int(scope.get("user_id", 0))
        chat = world.chats.get(chat_id)
        if chat is None or (chat.type == "private" and not chat.opened):
            raise bad_request("chat not found", blame=False)
    return str(kind), chat_id, user_id, language_code(params)


def _set_commands(world: World, params: Params) -> bool:
    world.commands[_command_key(world, params)] = commands(params)
    world.notify()
    return True


def _get_commands(world: World, params: Params) -> list[dict[str, str]]:
    return world.commands.get(_command_key(world, params), [])


def _delete_commands(world: World, params: Params) -> bool:
    world.commands.pop(_command_key(world, params), None)
    world.notify()
    return True


def menu(world: World, chat_id: int, language: str) -> list[dict[str, str]]:
    """The commands that a chat shows: those of the narrowest scope, in the language before the neutral."""
    kind = "all_private_chats" if world.chats[chat_id].type == "private" else "all_group_chats"
    for scope, scope_chat in (("chat", chat_id), (kind, 0), ("default", 0)):
        for code in (language, ""):
            found = world.commands.get((scope, scope_chat, 0, code))
            if found:
                return found
    return []


def _setter(name: str, limit: int) -> Method:
    def set_text(world: World, params: Params) -> bool:
        world.profile[name, language_code(params)] = limited(params, name, limit)
        world.notify()
        return True

    return set_text


def _getter(name: str) -> Method:
    def get_text(world: World, params: Params) -> Json:
        neutral = world.profile.get((name, ""), world.bot.first_name if name == "name" else "")
        return {name: world.profile.get((name, language_code(params))) or neutral}

    return get_text


def _get_chat(world: World, params: Params) -> Json:
    chat = known_chat(world, params)
    gifts = dict.fromkeys(GIFTS, False)
    return {**chat.to_api(), "accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": gifts}


def _get_chat_member(world: World, params: Params) -> Json:
    chat = known_chat(world, params)
    user_id = params.integer("user_id")
    if user_id == world.bot.id:
        return {"status": "member" if chat.bot_is_member else "left", "user": world.bot.to_api()}
    user = chat.members.get(user_id)
    if user is None:
        raise bad_request("user not found")
    return {"status": "member", "user": user.to_api()}


def _leave_chat(world: World, params: Params) -> bool:
    chat = writable_chat(world, params)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_is_member = False
    world.notify()
    return True


def _get_file(world: World, params: Params) -> Json:
    found = world.files.get(params.text("file_id"))
    if found is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    attachment, size = found
    if size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    path = f"documents/{attachment.file_id}"
    return {
        "file_id": attachment.file_id,
        "file_unique_id": f"u{attachment.file_id}",
        "file_size": size,
        "file_path": path,
    }


def _set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if url and not url.startswith(
        ("https://", "http://127.0.0.1:")
    ):  # a server of one's own takes the latter
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains illegal characters")
    world.webhook = {"url": url, "secret": secret} if url else {}
    remember_allowed_updates(world, params)
    return _drop_pending(world, params)


def _delete_webhook(world: World, params: Params) -> bool:
    world.webhook = {}
    return _drop_pending(world, params)


def _drop_pending(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    world.notify()
    return True


def remember_allowed_updates(world: World, params: Params) -> None:
    """A list replaces the remembered kinds (an empty one restores the default); none keeps them."""
    given: list[Any] | None = params.list("allowed_updates")
    if given is not None:
        world.allowed_updates = [str(kind) for kind in given]


def _webhook_info(world: World, params: Params) -> Json:
    info: Json = {"url": world.webhook.get("url", ""), "has_custom_certificate": False}
    info["pending_update_count"] = len(world.updates)
    if world.allowed_updates:
        info["allowed_updates"] = world.allowed_updates
    return info


PROFILE_METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "setMyCommands": _set_commands,
    "getMyCommands": _get_commands,
    "deleteMyCommands": _delete_commands,
    "setMyDescription": _setter("description", 512),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description", 120),
    "getMyShortDescription": _getter("short_description"),
    "setMyName": _setter("name", 64),
    "getMyName": _getter("name"),
    "getChat": _get_chat,
    "getChatMember": _get_chat_member,
    "leaveChat": _leave_chat,
    "getFile": _get_file,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _webhook_info,
}
