"""What the program runs with may be passed on."""

from __future__ import annotations

import json
from importlib.metadata import distribution

import pytest

from bot.__main__ import main
from bot.cli.licences import licence_of, needed


def test_every_package_tells_a_licence_and_none_obliges_whoever_serves_it() -> None:
    told = {package.name: licence_of(package) for package in needed()}
    assert len(told) > 50 and "faiss-cpu" in told and "trichdan" in told
    assert told.keys().isdisjoint({"pytest", "axe-playwright-python"})
    assert {name for name, licence in told.items() if licence == "unknown"} == set()
    assert {name for name, licence in told.items() if "AGPL" in licence or "Affero" in licence} == set()


def test_a_licence_is_told_that_only_comes_as_a_file() -> None:
    assert licence_of(distribution("axe-playwright-python")) == "MIT License"


def test_the_command_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["licences", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"package", "version", "licence"} == set(rows[0])
    assert main(["licences"]) == 0
    assert "python-telegram-bot 22.8: LGPL-3.0-only\n" in capsys.readouterr().out
