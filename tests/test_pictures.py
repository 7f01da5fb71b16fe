"""The pictures of README and docs are not older than what they show. `make pictures` makes them anew."""

import json
from pathlib import Path

import pytest
from pictures import CONSOLE, MADE_FROM, PICTURES, console_picture, digests, pages

from bot.bootstrap import Services, build
from config.settings import load_settings

REPOSITORY = PICTURES.parent.parent
STALE = "older than what it shows: run `make pictures`"


@pytest.fixture
def services(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    """With an index of the seeds whose paths are those of a checkout."""
    monkeypatch.chdir(REPOSITORY)
    (tmp_path / "models").symlink_to(models_dir, target_is_directory=True)
    services = build(load_settings(data_dir=tmp_path))
    services.reindex([Path("seeds")])
    return services


def test_every_picture_shows_what_is_replied_today(services: Services) -> None:
    now, then = digests(pages(services.serving.retriever())), json.loads(MADE_FROM.read_text("utf-8"))
    assert {name: then.get(name) for name in now} == now, STALE
    assert all((PICTURES / f"{name}.png").is_file() for name in now)
    assert console_picture(services) == CONSOLE.read_text("utf-8"), STALE


def test_no_picture_is_kept_that_nothing_makes() -> None:
    kept = {path.stem for path in PICTURES.glob("*.png")}
    assert kept == set(json.loads(MADE_FROM.read_text("utf-8")))
