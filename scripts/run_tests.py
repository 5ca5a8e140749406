"""Run the tests in parts, two at a time: browser stories in two shares, the rest on SQLite, then on PostgreSQL.

The first part's output is passed on as it comes, the others' when it has ended; all closing lines are repeated last.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_A_TIME = 2
# The longest first, so that the shortest fills what is left.
PARTS: Mapping[str, Sequence[str]] = {
    "sqlite": ("--database", "sqlite", "-m", "not browser"),
    "browser 1": ("--database", "sqlite", "-m", "browser", "--share", "1/2"),
    "browser 2": ("--database", "sqlite", "-m", "browser", "--share", "2/2"),
    "postgresql": ("--database", "postgresql", "-m", "not browser"),
}


def main(options: Sequence[str]) -> int:
    first, *_ = PARTS
    with ThreadPoolExecutor(AT_A_TIME) as workers:
        waited = {name: workers.submit(run, [*PARTS[name], *options], aloud=name == first) for name in PARTS}
        results = {name: each.result() for name, each in waited.items()}
    for result in results.values():
        print()
        sys.stdout.writelines(result.output)
    print()
    for name, result in results.items():
        print(f"{name}: {result.closing}")
    return max(result.code for result in results.values())


class Result:
    """A finished pytest run: exit code, closing line, and the output that has not been shown yet."""

    def __init__(self, code: int, closing: str, output: list[str]) -> None:
        self.code, self.closing, self.output = code, closing, output


def run(options: Sequence[str], *, aloud: bool) -> Result:
    """Run pytest once; `aloud` passes its output on line by line."""
    command = [sys.executable, "-m", "pytest", *options]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    closing, kept = "", []
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as tests:
        for line in _lines(tests):
            closing = line.strip() or closing
            if aloud:
                sys.stdout.write(line)
                sys.stdout.flush()
            else:
                kept.append(line)
    return Result(tests.returncode, closing.strip("= "), kept)


def _lines(tests: subprocess.Popen[bytes]) -> Iterator[str]:
    assert tests.stdout is not None
    for raw in tests.stdout:
        yield raw.decode(errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
