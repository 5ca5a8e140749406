"""Static files with their hash in the name, collected into the data folder when the program's own have changed."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

_MARK = ".fingerprint"


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Names with hashes, in style sheets and in modules' imports too; the plain name of what is not collected.

    A page without its style is better than no page; a test sees to it that every named file is there.
    """

    support_js_module_import_aggregation = True

    def create_compressor(self, **options: Any) -> Compressor:
        """gzip alone: Brotli's best takes twenty seconds at a start, for some kilobytes a browser."""
        return Compressor(**{**options, "use_brotli": False})  # type: ignore[no-untyped-call]

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name)) if self.hashed_files else name
        except ValueError:
            return name


def collect_if_changed() -> bool:
    """Fill `STATIC_ROOT` from the installed apps unless it holds exactly their files; True when it did."""
    root = Path(settings.STATIC_ROOT)
    now = _fingerprint()
    if (root / _MARK).exists() and (root / _MARK).read_text() == now:
        return False
    if root.exists():
        shutil.rmtree(root)
    root.mkdir(parents=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    (root / _MARK).write_text(now)
    return True


def _fingerprint() -> str:
    seen = hashlib.sha256()
    for path, size, changed in sorted(_files()):
        seen.update(f"{path}\0{size}\0{changed}\n".encode())
    return seen.hexdigest()


def _files() -> list[tuple[str, int, int]]:
    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            found.append((name, about.st_size, about.st_mtime_ns))
    return found
