"""What a Bot API request carries, and the error that refuses it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class ApiError(Exception):
    """A refusal: HTTP status, description, and whether the bot is to blame (then it is a violation)."""

    def __init__(
        self, code: int, description: str, *, blame: bool = True, retry_after: int | None = None,
        migrate_to: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(description)
        self.code = code
        self.description = description
        self.blame = blame
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def body(self) -> dict[str, Any]:
        """The JSON object that the server answers with."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return body


def bad_request(reason: str, *, blame: bool = True) -> ApiError:
    """A 400 whose description reads "Bad Request: `reason`"."""
    return ApiError(400, f"Bad Request: {reason}", blame=blame)


@dataclass(frozen=True)
class Upload:
    """A file part of a multipart request."""

    name: str
    content: bytes
    mime_type: str


class Params(dict[str, Any]):
    """Parameters of one call: native values (JSON body) or strings, JSON-serialised unless text (forms).

    `notes` collects what the server drops in silence, though the bot meant it to show.
    """

    def __init__(self, given: Mapping[str, Any] | None = None) -> None:
        super().__init__(given or {})
        self.notes: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        """A string parameter; anything but a string is refused."""
        value = self.get(name, default)
        if not isinstance(value, str):
            raise bad_request(f"parameter {name} must be a string")
        return value

    def json(self, name: str) -> Any:
        """A parameter of any shape; None when it is absent or empty."""
        value = self.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def object(self, name: str) -> dict[str, Any] | None:
        """A JSON object parameter."""
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name}")
        return value

    def list(self, name: str) -> list[Any] | None:
        """A JSON array parameter."""
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an array as {name}")
        return value

    def integer(self, name: str, default: int | None = None) -> int:
        """An integer parameter; required when there is no default."""
        value = self.get(name, default)
        if value is None:
            raise bad_request(f"parameter {name} is required")
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise bad_request(f"invalid integer in parameter {name}") from error

    def flag(self, name: str) -> bool:
        """A boolean parameter; absent means False."""
        return self.get(name, False) in (True, 1, "true", "True", "1")

    def upload(self, name: str) -> Upload | None:
        """The file of parameter `name`, given in place or as attach://part."""
        value = self.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None


def plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as a test reads them in the call log: JSON objects and arrays in forms decoded."""
    return {name: _decoded(value) for name, value in params.items()}


def _decoded(value: Any) -> Any:
    if not (isinstance(value, str) and value[:1] in ("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value  # a text that merely begins with a bracket
