"""A bot that echoes, over the stand-in for the Bot API."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from fake_bot_api import FakeBotApi


def raw_call(api: FakeBotApi, method: str, token: str | None = None, **body: Any) -> tuple[int, Any]:
    """A call with a JSON body, without the library."""
    request = urllib.request.Request(
        f"{api.base_url}{token or api.token}/{method}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
