"""The real console: in a terminal as a person sees it, and at the end of a pipe."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot_fixtures import words_seeds
from bot_process import REPOSITORY, SEEDS, TRADE, TRADE_ANSWER, UNANSWERABLE, environment, stands_in
from terminal_process import TerminalProcess

from bot.texts import load_texts

EN, VI = load_texts("en"), load_texts("vi")
WELCOME, PROMPT = EN("console-welcome"), f"{EN('console-prompt')}> "
CTRL_C, CTRL_D, ARROW_UP = "\x03", "\x04", "\x1b[A"


# The seeds, indexed, and the console's history.
data = words_seeds("module")


def command(data: Path) -> list[str]:
    return [sys.executable, "-m", "bot", "--data-dir", str(data), "console"]


def in_terminal(data: Path, columns: int = 80) -> TerminalProcess:
    return TerminalProcess(
        command(data), environment(SOURCES=str(SEEDS), MODEL="hashed-words"), REPOSITORY, columns
    )


def piped(data: Path, lines: str | bytes, model: str = "hashed-words") -> subprocess.CompletedProcess[bytes]:
    given = lines if isinstance(lines, bytes) else lines.encode()
    return subprocess.run(
        command(data), env=environment(SOURCES=str(SEEDS), MODEL=model), cwd=REPOSITORY, input=given,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_conversation_in_a_terminal(data: Path) -> None:
    with in_terminal(data) as terminal:
        seen = terminal.wait_for(PROMPT, after=terminal.wait_for(WELCOME))
        terminal.type(f"{TRADE}\r")
        seen = terminal.wait_for(PROMPT, after=terminal.wait_for(TRADE_ANSWER, after=seen))
        terminal.type(":more\r")
        seen = terminal.wait_for(PROMPT, after=terminal.wait_for("4 ", after=seen))
        terminal.type(":context 1\r")
        seen = terminal.wait_for(PROMPT, after=terminal.wait_for("Đối tác Chiến lược Toàn diện", after=seen))
        terminal.type(":help\r")
        seen = terminal.wait_for(PROMPT, after=terminal.wait_for(":context N", after=seen))
        terminal.type(f"{UNANSWERABLE}\r")
        terminal.wait_for(PROMPT, after=terminal.wait_for(VI("console-nearest").split()[0], after=seen))
        terminal.type(":quit\r")
        assert terminal.wait() == 0
    assert (
        "\x1b[1;32m" in terminal.raw and "\x1b]8;" in terminal.raw
    )  # the sentence stands out, titles are links
    assert "Traceback" not in terminal.screen


def test_lines_keep_to_the_width_of_the_terminal(data: Path) -> None:
    with in_terminal(data, columns=60) as terminal:
        begun = terminal.wait_for(PROMPT)
        terminal.type(f"{TRADE}\r")
        terminal.wait_for(PROMPT, after=terminal.wait_for(VI("paragraph", number="").strip(), after=begun))
        terminal.type(CTRL_D)
        assert terminal.wait() == 0
    lines = [line.rstrip() for line in terminal.screen.splitlines() if PROMPT.strip() not in line]
    assert 40 < max(map(len, lines)) <= 60


def test_control_c_drops_a_line_and_control_d_ends(data: Path) -> None:
    with in_terminal(data) as terminal:
        seen = terminal.wait_for(PROMPT)
        terminal.type("half a quest")
        seen = terminal.wait_for("half a quest", after=seen)
        terminal.type(CTRL_C)
        terminal.type(":help\r")
        terminal.wait_for(PROMPT, after=terminal.wait_for(":context N", after=seen))
        terminal.type(CTRL_D)
        assert terminal.wait() == 0
    assert "Traceback" not in terminal.screen


def test_a_line_of_an_earlier_session_comes_back_with_the_arrow_key(data: Path) -> None:
    for line in (":unheard-of\r", f"{ARROW_UP}\r"):
        with in_terminal(data) as terminal:
            seen = terminal.wait_for(PROMPT)
            terminal.type(line)
            seen = terminal.wait_for(EN("console-unknown", command=":unheard-of")[:30], after=seen)
            terminal.wait_for(PROMPT, after=seen)
            terminal.type(CTRL_D)
            assert terminal.wait() == 0


def test_a_pipe_is_read_to_its_end(data: Path) -> None:
    ran = piped(
        data,
        f"{TRADE}\n\nkim ngach thuong mai viet nga 11 thang nam 2024\n:more\nTạm biệt".encode() + b"\xff",
    )
    assert ran.returncode == 0 and ran.stderr == b""
    out = ran.stdout.decode()
    assert out.count(TRADE_ANSWER) == 2 and "\n[2] " in out
    assert VI("console-waiting", count=0).partition(" 0 ")[2] in out
    assert "\x1b" not in out
    assert stands_in(SEEDS, out.split("\n[1] ")[0].replace("⋯", "").strip())


def test_quit_ends_a_pipe_early(data: Path) -> None:
    ran = piped(data, f":quit\n{TRADE}\n")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


def test_an_empty_pipe_is_no_error(data: Path) -> None:
    assert piped(data, "").returncode == 0


def test_without_an_index_the_console_builds_one_first(models_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "models").symlink_to(models_dir, target_is_directory=True)
    ran = piped(tmp_path, f"{TRADE}\n", model="bundled")
    assert ran.returncode == 0
    assert TRADE_ANSWER in ran.stdout.decode()
    assert b"Embedding passages" in ran.stderr and b"Embedding" not in ran.stdout
