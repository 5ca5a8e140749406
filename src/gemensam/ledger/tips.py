"""The tips: what this node has acknowledged last in each space, outside the database (design section 6).

A database restored from a backup is behind its tip and refuses to append until `gemensam restore-node`.
A tip is written after the commit, in place, so a tip may be behind the database but never ahead of it.
"""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from gemensam.core.refusal import Refused

FOLDER = "tips"
WIDTH = 250


class Tip(NamedTuple):
    """The last acknowledged entry of this node's feed in a space."""

    incarnation: int
    number: int
    digest: str


class Tips:
    """The tip files of one data folder, one for each space; opened for each write, since there may be thousands."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._folder.mkdir(parents=True, exist_ok=True)
        self._checked: set[str] = set()

    def write(self, space: str, tip: Tip) -> None:
        """Record the tip of a space."""
        line = f"{tip.incarnation} {tip.number} {tip.digest} {space}".ljust(WIDTH)[:WIDTH] + "\n"
        descriptor = os.open(self._path(space), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(descriptor, line.encode(), 0)
        finally:
            os.close(descriptor)

    def read(self, space: str) -> Tip | None:
        """Return the recorded tip, or None."""
        path = self._path(space)
        parts = path.read_text().split() if path.exists() else []
        return Tip(int(parts[0]), int(parts[1]), parts[2]) if len(parts) >= 3 else None

    def recorded(self) -> list[tuple[str, Tip]]:
        """Return (space, tip) of every space that has one, sorted."""
        lines = [path.read_text().split() for path in sorted(self._folder.iterdir())]
        return sorted((parts[3], Tip(int(parts[0]), int(parts[1]), parts[2])) for parts in lines if len(parts) == 4)

    def check(self, space: str, incarnation: int, number: int) -> None:
        """Raise `Refused("database_behind_tip")` where the log lacks what was acknowledged; once per space."""
        if space in self._checked:
            return
        tip = self.read(space)
        if tip is not None and tip.incarnation == incarnation and number < tip.number:
            raise Refused("database_behind_tip", space=space, acknowledged=tip.number, found=number)
        self._checked.add(space)

    def forget_checks(self) -> None:
        self._checked.clear()

    def _path(self, space: str) -> Path:
        return self._folder / hashlib.sha256(space.encode()).hexdigest()[:32]
