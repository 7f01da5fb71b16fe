"""Preparing the model in processes of their own: what is told of it, and what is said when it is killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from marked_processes import ends_soon

from retrieval.embedding.bundled.steps_process import free_memory_mb, run, run_step
from retrieval.errors import ModelError


def script(code: str) -> list[str]:
    return [sys.executable, "-c", "import json, os, sys\n" + code]


def test_progress_is_passed_on_and_what_libraries_say_is_not() -> None:
    told: list[tuple[str, int, int]] = []
    run(
        script(
            "print('[library] a notice'); print(3); print('[]'); print('null')\n"
            "print(json.dumps({'step': 'writing', 'done': 1, 'total': 2}))\n"
        ),
        lambda *event: told.append(event),
    )
    assert told == [("writing", 1, 2)]


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "sys.exit(3)"])
def test_a_step_that_memory_ends_is_one_sentence_with_what_it_takes(end: str) -> None:
    with pytest.raises(ModelError) as caught:
        run(script(end))
    sentence = str(caught.value)
    assert "where memory is short: it takes 1000 MB of memory" in sentence and "are free" in sentence
    assert sentence.count(". ") == 0 and sentence.endswith(".")


def test_the_sentence_of_a_step_that_fails_is_the_error() -> None:
    with pytest.raises(ModelError, match=r"^It is of glass\.$"):
        run(
            script(
                "print('noise'); print(json.dumps({'error': 'It is of glass.', 'kind': 'ModelError'})); sys.exit(1)"
            )
        )


def test_a_step_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        run_step("words", tmp_path / "nowhere", tmp_path)
    assert "\n" not in str(caught.value)


def test_free_memory_is_told() -> None:
    found = free_memory_mb()
    if not Path("/proc/meminfo").exists():
        assert found is None
    else:
        assert found is not None and 0 <= found < 10**7


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux alone has the means")
def test_a_step_ends_with_its_parent() -> None:
    """A preparation that nobody waits for would write half a gigabyte for nothing."""
    step = (
        "from retrieval.processes.with_parent import end_with_parent\n"
        "import os, sys, time\n"
        "end_with_parent(int(sys.argv[1]))\n"
        "print(os.getpid(), flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = (
        f"import os, subprocess, sys\nsubprocess.run([sys.executable, '-c', {step!r}, str(os.getpid())])\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        process.kill()
        process.wait()
        assert ends_soon(child)
