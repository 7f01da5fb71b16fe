"""What is said of a setting with a wrong value: its variable, what was found, what was expected."""

import re

from pydantic import ValidationError

_EXPECTED = {
    "data_dir": "the path of a folder",
    "sources": "files, folders or http(s) addresses, separated by commas",
    "ignore": "patterns of files to pass over, such as drafts or *.tmp.txt, separated by commas",
    "columns": "pairs such as text=content,title=headline: our names, then those of the table",
    "web_private": "true or false",
    "web_delay": "a number of seconds from 0 to 60",
    "model": "`bundled`, a model hub id or the path of a model folder",
    "reranker": "`none`, a model hub id or the path of a sentence-transformers cross-encoder",
    "runtime": "one of auto, openvino, torch",
    "telegram_token": "the token that BotFather gave, such as 123456:ABC-DEF",
    "telegram_api_url": "an http(s) address ending in /bot",
    "telegram_file_url": "an http(s) address ending in /file/bot",
    "admin_ids": "Telegram user ids: whole numbers, separated by commas",
    "access": "one of open, invited",
    "allowed_ids": "Telegram ids of users and chats: whole numbers, separated by commas",
    "group_questions_per_minute": "a whole number from 0 (no limit) to 6000",
    "questions_per_minute": "a whole number from 0 (no limit) to 6000",
    "log_level": "one of debug, info, warning, error",
    "log_format": "one of text, json",
    "log_questions": "true or false",
    "state_url": "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE",
    "messages_per_second": "a number from 0 (no limit) to 1000",
    "list_articles": "true or false",
    "keep_generations": "a whole number from 2 to 100",
    "listen": "a host and a port, such as 127.0.0.1:8080",
    "public_url": "an http(s) address without ? and #, such as https://bot.example.org",
    "webhook_secret": "1 to 256 letters, digits, - and _",
    "self_check": "the path of a file of questions with answers, as `trichdan self-check --write FILE` makes one",
    "self_check_drop": "a number from 0 to 1: by how much the share of answered questions may fall",
    "keep_questions_days": "a whole number of days from 0 (keep none) to 3650",
}
_SECRET = ("telegram_token", "state_url", "webhook_secret")
"""Settings whose values are never shown."""


def explain(error: ValidationError, prefix: str) -> str:
    """One sentence about the first wrong setting; `prefix` is that of the variables."""
    first = error.errors(include_url=False, include_context=False)[0]
    name = str(first["loc"][0])
    found = "" if name in _SECRET else f" is {_shown(first['input'])} but"
    return f"{prefix}{name.upper()}{found} should be {_EXPECTED[name]}: correct it in the environment or in .env."


_TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")
_USER = re.compile(r"(?<=//)[^/?#\s]*@|[^\s/:@,]+:[^\s/@,]+@")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _shown(value: object) -> str:
    """A wrong value, without what may be secret in it: a token that was put into another setting, a password."""
    written = _STEERING.sub("", _USER.sub("", _TOKEN.sub("<token>", str(value))))
    return f"'{written[:60]}…'" if len(written) > 60 else f"'{written}'"
