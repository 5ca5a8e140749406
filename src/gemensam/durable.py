"""Files that outlive a power cut: whole and on the disk, with their names, before anybody relies on them.

Without it a key could be empty after a cut although what it signed is in the database, which waits for the disk itself.
"""

import os
from pathlib import Path

OWNER_ONLY, EVERYONE_READS = 0o600, 0o644


def create_file(path: Path, content: bytes, mode: int = OWNER_ONLY) -> None:
    """Make a new file, whole or not at all; raises `FileExistsError` where there is one."""
    partial = _write(path, content, mode)
    try:
        os.link(partial, path)
    finally:
        partial.unlink()
    settle_folder(path.parent)


def replace_file(path: Path, content: bytes, mode: int = OWNER_ONLY) -> None:
    """Put a file in the place of another at once, so that it is never half written."""
    _write(path, content, mode).replace(path)
    settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes, mode: int) -> Path:
    """Write what is to be `path` beside it, and return where."""
    partial = path.with_name(f"{path.name}.new")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return partial
