"""From `git clone` to a page in the browser, with the packages in the caches of pip, uv and npm."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, Limit, Missing, Outcome
from bench.herd import ROOT
from bench.houses import await_answer, free_port, get, process
from bench.site import Site

ROW = "clone to a page in the browser"
BAR_S, LONGEST_S = 60.0, 120.0
PAGE = "/accounts/login/"


def measure(_site: Site, _database: str) -> list[Outcome]:
    """Clone what is committed, run `make demo`, wait for its first page, end it, and start it again."""
    with tempfile.TemporaryDirectory(prefix="gemensam-clone-") as home:
        began = time.monotonic()
        clone = Path(home) / "gemensam"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True, capture_output=True)
        cloned = time.monotonic() - began
        try:
            first = cloned + _demo(clone, Path(home) / "data", Path(home) / "log")
            again = _demo(clone, Path(home) / "data", Path(home) / "log")
        except RuntimeError as fault:
            return [Missing(ROW, "", str(fault))]
    limit = Limit(again, "`make demo` where everything is set up")
    return [Figure(ROW, "`git clone`, `make demo`, first page", "", first, "s", BAR_S, limit=limit,
                   note=f"two commands; clone {cloned:.1f} s")]  # fmt: skip


def _demo(clone: Path, data: Path, log: Path) -> float:
    """Return the seconds from `make demo` to the sign-in page."""
    port = free_port()
    # As a newcomer types it: nothing of this run's own Python environment is passed on.
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    environment.pop("MAKEFLAGS", None)
    began = time.monotonic()
    with process(["make", "demo", f"PORT={port}", f"DATA={data}"], env=environment, cwd=clone, log=log) as started:
        await_answer(started, port, LONGEST_S, log=log)
        status, _, _ = get(port, PAGE)
        taken = time.monotonic() - began
    if status != 200:
        raise RuntimeError(f"{PAGE} is answered {status}")
    return taken
