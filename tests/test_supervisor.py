"""The parent process of the bot: what it starts again, and what it passes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from marked_processes import ends_soon

REPOSITORY = Path(__file__).resolve().parent.parent
_RUN = """
import sys
from bot.processes.supervisor import Supervisor
pauses = [0.0] * int(sys.argv[1])
sys.exit(Supervisor([sys.executable, "-c", sys.argv[2]], pauses).run())
"""


def supervised(script: str, pauses: int = 3) -> subprocess.CompletedProcess[str]:
    """A supervisor, in a process of its own, over a Python script."""
    command = [sys.executable, "-c", _RUN, str(pauses), script]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=REPOSITORY)


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_an_end_in_order_is_passed_on(code: int) -> None:
    done = supervised(f"import sys; print('once'); sys.exit({code})")
    assert (done.returncode, done.stdout, done.stderr) == (code, "once\n", "")


@pytest.mark.parametrize("name", ["SIGBUS", "SIGSEGV", "SIGKILL"])
def test_what_a_signal_ends_is_started_again_and_hears_of_it(name: str) -> None:
    script = (
        "import os, signal\n"
        "ended = os.environ.get('TRICHDAN_BOT_ENDED_BY')\n"
        "print(ended, flush=True)\n"
        f"None if ended else os.kill(os.getpid(), signal.{name})\n"
    )
    done = supervised(script)
    assert done.returncode == 0
    assert done.stdout == f"None\n{name}\n"
    assert done.stderr.startswith(f"{name} has ended the bot") and len(done.stderr.splitlines()) == 1


def test_what_ends_again_and_again_is_given_up() -> None:
    done = supervised("import os; print('begun', flush=True); os.kill(os.getpid(), 9)", pauses=3)
    assert done.stdout.splitlines() == ["begun"] * 4
    assert done.returncode == 128 + 9
    assert "again and again" in done.stderr.splitlines()[-1]


def started(script: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _RUN, "3", script], stdout=subprocess.PIPE, cwd=REPOSITORY)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_end_is_passed_on(number: signal.Signals) -> None:
    script = (
        "import signal, sys, time\n"
        f"signal.signal({int(number)}, lambda *_: sys.exit(7))\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    with started(script) as parent:
        assert parent.stdout and parent.stdout.readline() == b"ready\n"
        parent.send_signal(number)
        assert parent.wait(30) == 7


def test_what_does_not_heed_the_request_is_not_started_again() -> None:
    with started("import time; print('ready', flush=True); time.sleep(60)") as parent:
        assert parent.stdout and parent.stdout.readline() == b"ready\n"
        parent.terminate()  # the child, which knows no better, ends by the signal
        assert parent.wait(30) == 128 + signal.SIGTERM


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux alone has the means")
def test_a_parent_that_is_killed_takes_the_bot_with_it() -> None:
    with started("import os, time; print(os.getpid(), flush=True); time.sleep(60)") as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
        assert ends_soon(child)
