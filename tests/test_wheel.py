"""The wheel holds all that the program needs, and works from any folder, whatever stands in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_process import environment
from fake_bot_api import FakeBotApi

REPOSITORY = Path(__file__).resolve().parent.parent
MODEL = "hashed-words"
QUESTION = "Kim ngạch thương mại song phương 11 tháng năm 2024 đạt 4,1 tỷ USD"
_TRAPS = ("bot", "config", "retrieval", "json", "random", "pickle", "struct", "regex", "socket", "selectors")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    copy = folder / "checkout"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("there is no git checkout to build a wheel from")
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        source, target = REPOSITORY / name, copy / name
        if name.startswith(("tests/", "docs/", "benchmarks/", "fitting/")) or not os.path.lexists(source):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            target.symlink_to(source.readlink())
        else:
            target.write_bytes(source.read_bytes())
    done = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(copy)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command, in an environment of its own that sees this one's libraries."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    site = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    # Added at the end, without the .pth files in them, which lead to the checkout.
    (site / "libraries.pth").write_text("".join(f"{path}\n" for path in libraries), "utf-8")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    script = folder / "bin" / "trichdan"
    script.write_text(
        f"#!{python}\nimport sys\nfrom bot.__main__ import main\n"
        "if __name__ == '__main__':\n    sys.exit(main())\n",
        "utf-8",
    )
    script.chmod(0o755)
    return script


def run(program: Path, cwd: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env=environment(**{"MODEL": MODEL} | settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_the_wheel_carries_what_the_checkout_holds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    packages = [REPOSITORY / name for name in ("bot", "config", "retrieval")]
    expected = {
        path.relative_to(REPOSITORY).as_posix()
        for package in packages
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } | {f"bot/seeds/{path.name}" for path in (REPOSITORY / "seeds").iterdir()}
    assert expected <= names
    assert {name for name in names if ".dist-info/" not in name} == expected


def test_the_articles_in_the_wheel_are_those_of_the_repository(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for path in (REPOSITORY / "seeds").iterdir():
            assert archive.read(f"bot/seeds/{path.name}") == path.read_bytes()


def test_an_empty_folder_gets_the_five_articles(program: Path, tmp_path: Path) -> None:
    report = json.loads(run(program, tmp_path, "reindex", "--json").stdout.splitlines()[-1])
    assert (report["articles"], report["failed"]) == (5, [])
    answer = json.loads(run(program, tmp_path, "ask", "--json", QUESTION).stdout)
    assert answer["answered"]
    ids = {each["article_id"]: each["path"] for each in answer["excerpts"]}
    assert ids["000_96dae0b043e9e0c0.txt"] == "seeds/000_96dae0b043e9e0c0.txt"
    said = run(program, tmp_path, "doctor").stdout.splitlines()
    assert [line for line in said if line.startswith("PROBLEM")] == []
    assert not (tmp_path / "seeds").exists()


def test_the_folder_of_the_checkout_and_the_packaged_one_are_one_collection(
    program: Path, tmp_path: Path
) -> None:
    run(program, tmp_path, "reindex")
    (tmp_path / "seeds").symlink_to(REPOSITORY / "seeds", target_is_directory=True)
    report = json.loads(run(program, tmp_path, "reindex", "--json").stdout.splitlines()[-1])
    assert (report["unchanged"], report["embedded"]) == (5, 0)


@pytest.fixture
def trapped(tmp_path: Path) -> Path:
    """A folder with modules of the names of ours and of Python's own; each leaves a trace when it is imported."""
    for name in _TRAPS:
        written = (
            f"open({str(tmp_path / 'sprung')!r}, 'a').write({name!r} + chr(10))\nraise SystemExit({name!r})\n"
        )
        (tmp_path / f"{name}.py").write_text(written, "utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(40):  # enough for readers in processes of their own
        told = "".join(
            f"<p>Làng số {number} có chợ {n}, nơi người ta bán gạo và chè mỗi sáng.</p>" for n in range(9)
        )
        page = f"<html><body><article><h1>Chợ làng {number}</h1>{told}</article></body></html>"
        (articles / f"{number}.html").write_text(page, "utf-8")
    return tmp_path


def sprung(folder: Path) -> str:
    found = folder / "sprung"
    return found.read_text() if found.exists() else ""


def test_modules_in_the_working_directory_are_not_run(program: Path, trapped: Path) -> None:
    report = json.loads(run(program, trapped, "reindex", "--json", "articles").stdout.splitlines()[-1])
    assert (report["articles"], report["failed"]) == (40, [])
    assert (
        json.loads(run(program, trapped, "ask", "--json", "Làng số 7 có chợ nào?").stdout)["kind"]
        == "question"
    )
    assert sprung(trapped) == ""


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi() as server:
        yield server


def test_the_bot_and_its_children_run_our_code_alone(program: Path, trapped: Path, api: FakeBotApi) -> None:
    """The parent, the bot, what reads a document, and what reindexes."""
    settings = {"TELEGRAM_API_URL": api.base_url, "TELEGRAM_TOKEN": api.token, "ADMIN_IDS": "9001"}
    with (trapped / "log").open("wb") as log:
        bot = subprocess.Popen(
            [program, "bot"],
            cwd=trapped,
            env=environment(**{"MODEL": MODEL, "SOURCES": "articles"} | settings),
            stdout=log,
            stderr=log,
        )
        try:
            admin = api.private_chat(9001, language_code="en")
            admin.send_document("note.txt", "Giá gạo Wombat giảm.".encode())
            admin.wait_for_message(timeout=60)
            admin.send("/reindex")
            api.wait_until(
                lambda: any(
                    message.text.startswith("The collection is up to date: 40") for message in admin.messages
                ),
                timeout=60,
                what="a report",
            )
        finally:
            bot.terminate()
            code = bot.wait(30)
    assert code == 0, (trapped / "log").read_text()
    assert sprung(trapped) == ""


@pytest.mark.skipif(sysconfig.get_platform() == "win32", reason="as the bot")
def test_the_module_form_takes_nothing_but_itself_from_the_working_directory(
    program: Path, tmp_path: Path
) -> None:
    (tmp_path / "config.py").write_text("raise SystemExit('config.py of the working directory')\n", "utf-8")
    python = program.parent / "python"
    done = subprocess.run(
        [python, "-m", "bot", "reindex", "--json"],
        cwd=tmp_path,
        env=environment(MODEL=MODEL),
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout.splitlines()[-1])["articles"] == 5, done.stderr


def test_the_promises_of_the_readme_hold_for_an_installed_program(
    program: Path, seeds_data: Path, tmp_path: Path
) -> None:
    """As `make audit` checks them, with a program that imports nothing of ours."""
    data = tmp_path / "data"
    (data / "models").parent.mkdir()
    (data / "models").symlink_to((seeds_data / "models").resolve())
    (data / "cache").mkdir()
    shutil.copy(seeds_data / "cache" / "embeddings.sqlite", data / "cache")
    audit = [
        sys.executable,
        "-I",
        str(REPOSITORY / ".ci" / "audit.py"),
        str(program),
        str(REPOSITORY),
        str(data),
    ]
    done = subprocess.run(audit, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "BROKEN" not in done.stdout, done.stdout + done.stderr
