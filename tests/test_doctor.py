"""`doctor`: each problem is named with its mend, the exit code tells whether there is one, no secret is shown."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bot_process import SEEDS
from fake_bot_api import FakeBotApi

from bot.__main__ import main
from bot.state.state import State

WRONG_TOKEN = "123456:WRONG-token-of-nobody-at-all"
PASSWORD = "neverPrinted"


@pytest.fixture(scope="module")
def data(seeds_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(seeds_data, tmp_path_factory.mktemp("doctor") / "data", symlinks=True))


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi() as server:
        yield server


class Doctor:
    """Runs the command, and keeps what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        for name in [name for name in os.environ if name.startswith("TRICHDAN_")]:
            monkeypatch.delenv(name)

    def __call__(self, data: Path, **settings: str) -> int:
        """The exit code."""
        for name, value in ({"SOURCES": str(SEEDS)} | settings).items():
            self._monkeypatch.setenv(f"TRICHDAN_{name}", value)
        code = main(["--data-dir", str(data), "doctor"])
        self.said, complaints = self._capsys.readouterr()
        assert complaints == ""
        return code

    @property
    def problems(self) -> list[str]:
        """The lines about problems; every other line says that something is well."""
        lines = self.said.splitlines()
        found = [line for line in lines if line.startswith("PROBLEM ")]
        assert all(line.startswith("ok ") for line in lines if line not in found)
        return found


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doctor:
    return Doctor(monkeypatch, capsys)


def test_a_sound_installation_has_no_problem(doctor: Doctor, api: FakeBotApi, data: Path) -> None:
    code = doctor(data, TELEGRAM_API_URL=api.base_url, TELEGRAM_TOKEN=f"{api.token}\n")
    assert code == 0 and doctor.problems == []
    assert "5 articles" in doctor.said and "@trichdan_bot" in doctor.said
    assert api.token not in doctor.said
    assert api.violations == []


def test_no_token_is_no_problem(doctor: Doctor, data: Path) -> None:
    code = doctor(data)
    assert code == 0 and doctor.problems == []
    assert "TRICHDAN_TELEGRAM_TOKEN" in doctor.said


@pytest.mark.parametrize("token", [WRONG_TOKEN, "12:ab\ncd-secret"])
def test_a_refused_token_is_a_problem_and_never_shown(
    doctor: Doctor, api: FakeBotApi, data: Path, token: str
) -> None:
    code = doctor(data, TELEGRAM_API_URL=api.base_url, TELEGRAM_TOKEN=token)
    assert code == 1
    (problem,) = doctor.problems
    assert "BotFather" in problem and "TRICHDAN_TELEGRAM_TOKEN" in problem
    assert token not in doctor.said and token[-9:] not in doctor.said


def test_an_unreachable_server_is_a_problem(doctor: Doctor, data: Path) -> None:
    with socket.socket() as listener:  # bound but not listening: connections are refused
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/bot"
        code = doctor(data, TELEGRAM_API_URL=url, TELEGRAM_TOKEN=WRONG_TOKEN)
    assert code == 1
    (problem,) = doctor.problems
    assert url in problem and "TRICHDAN_TELEGRAM_API_URL" in problem
    assert WRONG_TOKEN not in doctor.said


def test_missing_sources_and_a_missing_index_are_both_told(
    doctor: Doctor, models_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "models").symlink_to(models_dir, target_is_directory=True)
    code = doctor(tmp_path, SOURCES="no-such-folder")
    assert code == 1
    sources, index = doctor.problems
    assert "no-such-folder" in sources and "TRICHDAN_SOURCES" in sources
    assert "trichdan reindex" in index


def test_the_state_is_told_by_place_and_size(doctor: Doctor, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "folder" / "of-the-bot.db"
    assert doctor(data, STATE_URL=f"sqlite:///{file}") == 0
    assert f"state: {file} is not there yet" in doctor.said and not file.parent.exists()
    asyncio.run(made_state(file))
    before = there(file.parent)
    assert doctor(data, STATE_URL=f"sqlite:///{file}") == 0
    (line,) = [line for line in doctor.said.splitlines() if "state:" in line]
    assert re.fullmatch(rf"ok +state: {file}, \d+ kB", line)
    assert there(file.parent) == before


async def made_state(file: Path) -> None:
    await (await State.open(file)).close()


def there(folder: Path) -> dict[str, bytes]:
    """All files below a folder with what they hold, and its folders."""
    return {str(path): b"" if path.is_dir() else path.read_bytes() for path in folder.rglob("*")}


def test_a_state_that_the_bot_has_open_is_measured(doctor: Doctor, data: Path, tmp_path: Path) -> None:
    async def examined() -> int:
        state = await State.open(tmp_path / "state.db")
        await state.guests.invite("Lan")
        try:
            return await asyncio.to_thread(doctor, data, STATE_URL=f"sqlite:///{tmp_path / 'state.db'}")
        finally:
            await state.close()

    assert asyncio.run(examined()) == 0


def test_a_state_of_a_newer_version_is_a_problem(doctor: Doctor, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    asyncio.run(made_state(file))
    with closing(sqlite3.connect(file)) as state, state:
        state.execute("UPDATE trichdan_schema SET version_num = '9999'")
    assert doctor(data, STATE_URL=f"sqlite:///{file}") == 1
    (problem,) = doctor.problems
    assert "9999" in problem and "update the program" in problem


@pytest.mark.parametrize("mode", [0o755, 0o555], ids=["empty", "read-only"])
def test_looking_makes_nothing_in_a_folder_that_has_nothing(
    doctor: Doctor, tmp_path: Path, mode: int
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(mode)
    assert doctor(folder) == 1
    (problem,) = doctor.problems
    assert "trichdan reindex" in problem and "not prepared yet" in doctor.said
    assert not any(folder.iterdir())
    assert doctor(folder / "below" / "it") == 1 and not any(folder.iterdir())


def test_looking_changes_nothing_in_a_sound_installation(doctor: Doctor, data: Path) -> None:
    asyncio.run(made_state(data / "state.db"))
    before = there(data)
    assert doctor(data) == 0
    assert "gives vectors of 384 dimensions" in doctor.said
    assert there(data) == before


def test_a_damaged_state_is_a_problem_with_its_mend(doctor: Doctor, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    file.write_bytes(b"not a database at all, and long enough to be taken for one\n" * 100)
    assert doctor(data, STATE_URL=f"sqlite:///{file}") == 1
    (problem,) = doctor.problems
    assert str(file) in problem and "TRICHDAN_STATE_URL" in problem


def test_a_state_out_of_reach_is_a_problem_and_its_password_never_shown(doctor: Doctor, data: Path) -> None:
    with socket.socket() as listener:  # bound but not listening: connections are refused
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        code = doctor(data, STATE_URL=f"postgresql://u:{PASSWORD}@127.0.0.1:{port}/bot")
    assert code == 1
    (problem,) = doctor.problems
    assert "PostgreSQL database bot on 127.0.0.1" in problem and "TRICHDAN_STATE_URL" in problem
    assert PASSWORD not in doctor.said


def test_a_model_that_is_not_there_is_a_problem(doctor: Doctor, data: Path) -> None:
    code = doctor(data, MODEL="./no-such-model")
    assert code == 1
    assert any("no-such-model" in problem for problem in doctor.problems)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"ADMIN_IDS": "7"}, "everybody is answered; 1 admin"),
        ({"ACCESS": "invited", "ADMIN_IDS": "7,8"}, "2 admins, 0 users and groups"),
        ({"ALLOWED_IDS": "-100123"}, "no admins (TRICHDAN_ADMIN_IDS), 1 users and groups"),
    ],
)
def test_who_is_answered_is_told(doctor: Doctor, data: Path, settings: dict[str, str], said: str) -> None:
    assert doctor(data, **settings) == 0
    assert said in doctor.said


def test_a_bot_that_answers_nobody_is_a_problem(doctor: Doctor, data: Path) -> None:
    assert doctor(data, ACCESS="invited") == 1
    (problem,) = doctor.problems
    assert "TRICHDAN_ADMIN_IDS" in problem


def test_questions_of_the_self_check_that_are_not_answered_are_a_problem(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    doctor, file = Doctor(monkeypatch, capsys), tmp_path / "asked.jsonl"
    row = '{"question": "Đại sứ Nga tại Việt Nam là ai?", "answers": ["%s"], "answerable": true}\n'
    file.write_text(row % "Bezdetko", "utf-8")
    assert doctor(data, SELF_CHECK=str(file)) == 0 and "1 of 1 questions are answered" in doctor.said
    file.write_text(row % "Bezdetko" + row % "Somebody else", "utf-8")
    assert doctor(data, SELF_CHECK=str(file)) == 1
    assert (
        len(doctor.problems) == 1
        and "self-check: 1 of 2 questions are answered, not: Đại sứ" in doctor.problems[0]
    )
    assert doctor(data, SELF_CHECK=str(tmp_path / "none.jsonl")) == 1 and "none.jsonl" in doctor.problems[0]
