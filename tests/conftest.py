"""Fixtures that several test files share. No test reaches a network: the model hub is switched off."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bot_fixtures import copied, fake_api
from bot_process import SEEDS
from crowd import Collection, make_examples, make_state, words_data
from filelock import FileLock
from hypothesis import HealthCheck, settings
from web_server import WebServer

if TYPE_CHECKING:
    from retrieval.embedding.loading import LazyEmbedder
    from retrieval.embedding.protocol import Reader

os.environ["HF_HUB_OFFLINE"] = "1"

# A test fails for what the code does, never for how long a busy machine takes over it.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def unchanged_process() -> Iterator[None]:
    """What a command changes for its own process and children does not stay for the tests that follow."""
    environment, path = os.environ.copy(), sys.path.copy()
    yield
    sys.path[:] = path
    if os.environ != environment:
        os.environ.clear()
        os.environ.update(environment)


@dataclass(frozen=True)
class Chaos:
    """How much is thrown at the product: a short part in `make test`, all of it in `make chaos`."""

    seed: int
    long: bool

    def rounds(self, few: int, many: int) -> int:
        """`few` in `make test`, `many` in `make chaos`."""
        return many if self.long else few

    def random(self, name: str) -> random.Random:
        """Random numbers that the same seed and name give again."""
        return random.Random(f"{self.seed} {name}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--chaos", action="store_true", help="the long part of the tests in test_chaos_*.py")
    parser.addoption("--seed", type=int, default=0, help="what their random numbers begin with")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure of a test with random numbers says how to have the same ones again."""
    report = yield
    if report.failed and "chaos" in getattr(item, "fixturenames", ()):
        report.sections.append(("random numbers", f"--seed {item.config.getoption('--seed')}"))
    return report


@pytest.fixture(scope="session")
def chaos(request: pytest.FixtureRequest) -> Chaos:
    """The size and the seed of tests that throw random things at the product."""
    return Chaos(request.config.getoption("--seed"), request.config.getoption("--chaos"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, lest one process be left with them at the end: bots, then the real model."""
    slow = {item.path for item in items if {"models_dir", "where"} & set(getattr(item, "fixturenames", ()))}
    items.sort(
        key=lambda item: (not item.path.name.startswith(("test_bot_", "test_chaos_")), item.path not in slow)
    )


def made_once(name: str, make: Callable[[Path], object], folders: pytest.TempPathFactory) -> Path:
    """A folder that the first of the processes that run these tests side by side makes for all of them."""
    base = folders.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{folder}.lock"):
        if not (done := folder / ".made").exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The repository's own `data/models`, with the bundled model written and converted once for all runs."""
    from retrieval.embedding.loading import LazyEmbedder

    folder = REPOSITORY / "data" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".tests.lock"):  # tests may run side by side
        LazyEmbedder.of("bundled", folder).embed_passages(["trichdan"])
    return folder


@pytest.fixture(scope="session")
def bundled_embedder(models_dir: Path) -> LazyEmbedder:
    """The bundled model in its default runtime, loaded when a test first needs it."""
    from retrieval.embedding.loading import LazyEmbedder

    return LazyEmbedder.of("bundled", models_dir)


@pytest.fixture(scope="session")
def bundled_reader(bundled_embedder: LazyEmbedder) -> Reader:
    """What reads beside the bundled model."""
    reader = bundled_embedder.reader()
    assert reader is not None
    return reader


@pytest.fixture(scope="session")
def seeds_data(models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which the seeds are indexed, to be copied by tests that change it."""
    from retrieval.embedding.loading import LazyEmbedder
    from retrieval.indexing.run import reindex

    def make(folder: Path) -> None:
        (folder / "models").symlink_to(models_dir, target_is_directory=True)
        reindex([SEEDS], folder, LazyEmbedder.of("bundled", models_dir))
        make_state(folder)
        make_examples(folder)

    return made_once("seeds-data", make, tmp_path_factory)


@pytest.fixture(scope="session")
def seeds_in_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the model of words only."""
    return made_once("seeds-in-words", lambda folder: words_data(folder, SEEDS), tmp_path_factory)


api = fake_api()


@pytest.fixture
def data(collection: Collection, tmp_path: Path) -> Path:
    """What serves the collection of the test's file (`rare_collection`), to be changed by one test."""
    return copied(collection[0], tmp_path / "data")


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A web server on this machine, without pages."""
    with WebServer() as running:
        yield running


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where the web reader keeps its copies."""
    return tmp_path / "web"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files made by a test are called by their parameter: what is packed holds the time, and processes that run the
    tests side by side must call them the same."""
    return argname if isinstance(val, bytes) and len(val) > 20 else None
