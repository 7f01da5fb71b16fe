"""What tests of the bot start from: a stand-in for Telegram, a collection with questions to ask of it, a data folder.

A test file that wants another server, collection or folder than those of conftest.py makes them with these functions:

    collection = rare_collection(60)
    api = fake_api("module", can_read_all_group_messages=True)
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from bot_process import ADMIN, BotProcess, fast_bot
from crowd import Collection, rare_data
from fake_bot_api import Chat, FakeBotApi

Scope = Literal["function", "module"]


def fake_api(
    scope: Scope = "function", *, forgiven: tuple[str, ...] = (), presses: bool = False, **options: Any
) -> Any:
    """The fixture `api`: a server that took all that the bot sent, but for what it refused in words of `forgiven`.

    With `presses` it has heard, too, that each of them was taken. The rest is for FakeBotApi.
    """

    @pytest.fixture(scope=scope, name="api")
    def api() -> Iterator[FakeBotApi]:
        with FakeBotApi(**options) as server:
            yield server
            refused = [each for each in server.violations if not any(said in each for said in forgiven)]
            assert not refused, refused
            assert not presses or server.unanswered_callbacks == []

    return api


def api_of_several_bots() -> Any:
    """The module's fixture `api` for bots that follow one another: the next one may acknowledge a press, and show how a
    run stands, as the one before has done."""
    return fake_api("module", forgiven=("query is too old", "message is not modified"))


def shared_admin() -> Any:
    """The module's fixture `admin`: the chat of the one whom the settings of every bot here name."""

    @pytest.fixture(scope="module", name="admin")
    def admin(api: FakeBotApi) -> Chat:
        return api.private_chat(ADMIN, language_code="en")

    return admin


def rare_collection(count: int) -> Any:
    """The module's fixture `collection`: a data folder that serves so many articles, and what to ask of each."""

    @pytest.fixture(scope="module", name="collection")
    def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
        return rare_data(tmp_path_factory.mktemp("rare"), count)

    return collection


def shared_data(of: str = "collection") -> Any:
    """The module's fixture `data`: a copy of the data folder of the fixture `of`, `collection` or `seeds_data`."""

    @pytest.fixture(scope="module", name="data")
    def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
        given = request.getfixturevalue(of)
        return copied(
            given if isinstance(given, Path) else given[0], tmp_path_factory.mktemp("shared") / "data"
        )

    return data


def words_seeds(scope: Scope = "function") -> Any:
    """The fixture `data`: a data folder that serves the seeds with the model of words only."""

    @pytest.fixture(scope=scope, name="data")
    def data(seeds_in_words: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return copied(seeds_in_words, tmp_path_factory.mktemp("words") / "data")

    return data


def shared_bot(start: Callable[..., BotProcess] = fast_bot, *, name: str = "bot", **settings: str) -> Any:
    """The module's fixture `name`, which all its tests use: one bot, which each asks in chats of its own."""

    @pytest.fixture(scope="module", autouse=True, name=name)
    def running(api: FakeBotApi, data: Path) -> Iterator[BotProcess]:
        with start(api, data, **settings) as process:
            process.wait_for_line("Ready", timeout=60)
            yield process
        assert "Traceback" not in process.output

    return running


def copied(folder: Path, to: Path) -> Path:
    """A data folder that may be changed; the models in it stay where they are."""
    return Path(shutil.copytree(folder, to, symlinks=True))
