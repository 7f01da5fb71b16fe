"""What all benchmarks need to know of the machine and of their own process."""

import os
import platform
from pathlib import Path


def peak_mb(process: str = "self") -> float:
    """The most memory that a process has had resident, in MB; not ru_maxrss, which begins with its parent's."""
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the system tells no peak")


def processor() -> str:
    """Its name, the cores, and what of its instructions matters here."""
    text = Path("/proc/cpuinfo").read_text("utf-8")
    fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    named = {key.strip(): value.strip() for key, value in fields.items()}
    flags = [
        flag for flag in ("avx2", "avx512_bf16", "avx512_vnni", "amx_bf16") if flag in named["flags"].split()
    ]
    return f"{named['model name']}, {os.cpu_count()} cores, {' '.join(flags)}; Python {platform.python_version()}"
