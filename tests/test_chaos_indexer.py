"""An indexer that is ended at any moment, in any way, leaves no process and no file, and the next run mends all."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bot_fixtures import api_of_several_bots, shared_admin
from bot_process import REPOSITORY, BotProcess, environment, trichdan
from conftest import Chaos
from fake_bot_api import Chat, FakeBotApi, Message
from marked_processes import MARK, PATIENCE_S, children, marked, until_gone

from bot.texts import load_texts
from retrieval.index.embedded.generations import Generations

EN = load_texts("en")
FILES = 9
"""Each long enough that workers read it and take it apart."""
SETTINGS = {"MODEL": "hashed-words", "MESSAGES_PER_SECOND": "0", "QUESTIONS_PER_MINUTE": "0"}
STEPS = ("reading", "splitting", "embedding", "writing")
ENDS = (
    "command: SIGTERM",
    "bot: cancel",
    "command: a worker is killed",
    "bot: SIGKILL",
    "command: SIGKILL",
    "command: SIGINT",
    "bot: SIGTERM",
    "bot: its indexer is killed",
)
LEFTOVERS = (".", "unfinished.json", "held.json")
_marks = itertools.count()


api = api_of_several_bots()
admin = shared_admin()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `in` of articles, and `data`, which serves them."""
    folder = tmp_path_factory.mktemp("chaos")
    write(folder, "first")
    assert trichdan("reindex", folder / "in", data_dir=folder / "data", **SETTINGS).returncode == 0
    return folder


def write(home: Path, name: str) -> None:
    """All articles are other ones now."""
    (home / "in").mkdir(exist_ok=True)
    for number in range(FILES):
        paragraphs = (f"Đoạn {p} của bài {number} {name} kể chuyện làng bên sông. " * 9 for p in range(45))
        (home / f"in/{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def rounds(chaos: Chaos) -> list[tuple[str, str]]:
    """How an indexer is ended, and during which step."""
    rng = chaos.random("indexer")
    if not chaos.long:
        return [(end, rng.choice(STEPS)) for end in ENDS[: chaos.rounds(4, 35)]]
    all_of_them = list(itertools.product(ENDS, STEPS))
    more = [(rng.choice(ENDS), rng.choice(STEPS)) for _ in range(chaos.rounds(4, 35) - len(all_of_them))]
    return all_of_them + more


def test_an_indexer_that_is_ended_leaves_nothing_and_the_next_run_mends_all(
    chaos: Chaos, api: FakeBotApi, admin: Chat, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng, slowest = chaos.random("moments"), 0.0
    for number, (end, step) in enumerate(rounds(chaos)):
        write(home, f"{chaos.seed} {number}")
        mark = f"{os.getpid()}-{next(_marks)}"
        before = current(home)
        who, _, how = end.partition(": ")
        try:
            if who == "command":
                took = end_command(home, mark, how, step, rng)
            else:
                took = end_bot(api, admin, home, mark, how, step, rng, before)
        except BaseException as error:
            error.add_note(f"round {number}: {end} while {step}")
            raise
        finally:
            for pid in marked(mark):
                os.kill(pid, signal.SIGKILL)
        slowest = max(slowest, took)
        assert leftovers(home / "data") == [], (end, step)
    with capsys.disabled():
        print(f"\n{len(rounds(chaos))} indexers ended; all gone within {slowest:.2f} s; nothing left")


def end_command(home: Path, mark: str, how: str, step: str, rng: random.Random) -> float:
    """Seconds until all processes of it were gone."""
    before = current(home)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "--data-dir", str(home / "data"), "reindex", str(home / "in")],
        env={**environment(**SETTINGS), MARK: mark},
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(home / "data", step, lambda: process.poll() is not None)
    time.sleep(rng.uniform(0, 0.2))
    if how == "a worker is killed":
        workers = children(mark, process.pid)
        if workers:
            os.kill(rng.choice(workers), signal.SIGKILL)
        said = process.communicate(timeout=120)[1]
        assert process.returncode == 0, said
    else:
        process.send_signal(signal.Signals[how])
        took = until_gone(mark)
        said = process.communicate(timeout=PATIENCE_S)[1]
        broken_off = [line for line in said.splitlines() if "broken off" in line]
        assert current(home) in (before, newest(home)) and Generations(home / "data").open_current(None)
        if process.returncode > 0 and how != "SIGKILL":
            assert len(broken_off) == 1 and "Traceback" not in said, said
    again = trichdan("reindex", home / "in", data_dir=home / "data", **SETTINGS)
    assert again.returncode == 0 and f"{FILES} articles" in again.stdout, again.stderr
    return until_gone(mark) if how == "a worker is killed" else took


def end_bot(
    api: FakeBotApi, admin: Chat, home: Path, mark: str, how: str, step: str, rng: random.Random, before: str
) -> float:
    with bot(api, home, mark) as process:
        process.wait_for_line("Ready")
        report = admin.ask("/reindex", timeout=30)
        wait_for(home / "data", step, lambda: report.text.startswith("The collection is up to date"))
        time.sleep(rng.uniform(0, 0.2))
        answers = process.child
        if how == "cancel":
            cancel(admin, report)
        elif how == "SIGTERM":
            assert process.stop() == 0
        elif how == "SIGKILL":
            process.kill()
        else:
            for indexer in children(mark, answers):
                os.kill(indexer, signal.SIGKILL)
        lives = process.process.poll() is None
        took = until_gone(mark, but=(process.process.pid, answers) if lives else ())
        assert current(home) in (before, newest(home))
        if lives:
            wait_for_end(api, report)
            read_again(api, admin)
    if how in ("SIGTERM", "SIGKILL"):
        with bot(api, home, mark) as process:
            wait_for_end(api, report)
            read_again(api, admin)
    return took


def bot(api: FakeBotApi, home: Path, mark: str) -> BotProcess:
    return BotProcess(api, home / "data", home / "in", **SETTINGS, TESTS_MARK=mark)


def cancel(admin: Chat, report: Message) -> None:
    for button in report.buttons[:1]:
        admin.wait_for_answer(admin.press(report, button["callback_data"], stale=True))


def wait_for_end(api: FakeBotApi, report: Message) -> None:
    """The message tells how it ended, not how far it is."""
    under_way = (EN("reindex-started"), "Reading articles", "Processing passages", "Writing", "Comparing")
    api.wait_until(lambda: not report.text.startswith(under_way), timeout=60, what=f"an end: {report.text}")


def read_again(api: FakeBotApi, admin: Chat) -> None:
    report = admin.ask("/reindex", timeout=30)
    expected = f"The collection is up to date: {FILES} articles"
    api.wait_until(lambda: report.text.startswith(expected), timeout=90, what=f"{expected!r}: {report.text}")


def wait_for(data_dir: Path, step: str, ended: object) -> None:
    """Until an indexer is at that step, or has ended: as the files that it writes tell."""
    assert callable(ended)
    deadline = time.monotonic() + 60
    while step not in at(data_dir) and not ended():
        assert time.monotonic() < deadline, f"never at {step}"
        time.sleep(0.005)


def at(data_dir: Path) -> str:
    """The step of the generation in the making."""
    for folder in (data_dir / "generations").glob(".*"):
        there = {path.name.split(".")[0] for path in folder.glob("*")}
        if "spool" in there:
            return "splitting" if "store" in there else "reading"
        if "store" in there:
            return "writing" if "dense" in there else "embedding"
    return ""


def current(home: Path) -> str:
    return (home / "data/current").read_text()


def newest(home: Path) -> str:
    return max(path.name for path in (home / "data/generations").glob("[!.]*")) + "\n"


def leftovers(data_dir: Path) -> list[str]:
    """What no run that ended in order leaves."""
    found = [*data_dir.iterdir(), *(data_dir / "generations").iterdir(), *(data_dir / "cache").iterdir()]
    return [path.name for path in found if path.name.startswith(LEFTOVERS) or path.name.endswith(".part")]
