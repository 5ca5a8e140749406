"""`render`: a document as accessible PDF, set in a child process with limits of time and memory."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from gemensam.documents.shapes import (
    BinderDocument,
    ExcerptDocument,
    LetterDocument,
    LogDocument,
    MinutesDocument,
    OneSheetDocument,
    PictureDocument,
    Shape,
    TableDocument,
    TextDocument,
)

TEMPLATES: Final[Mapping[str, type[Shape]]] = {
    "picture": PictureDocument,
    "excerpt": ExcerptDocument,
    "minutes": MinutesDocument,
    "table": TableDocument,
    "log": LogDocument,
    "binder": BinderDocument,
    "one_sheet": OneSheetDocument,
    "letter": LetterDocument,
    "text": TextDocument,
}
FONTS: Final = Path(__file__).parent / "fonts"
BODY_FONT: Final = "Source Sans 3"
MEMORY: Final = 1_500_000_000
LARGEST_INPUT: Final = 8_000_000
# Each child may take a core and a gigabyte; more prints than this wait for their turn.
_turns = BoundedSemaphore(2)
_log = logging.getLogger(__name__)


class DocumentError(Exception):
    """A document that could not be made.

    `code` is one of unknown_template, bad_data, too_large, busy, timeout, memory, warning, failed;
    `detail` is for the log of the program, not for its users.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def render(template: str, data: Mapping[str, Any], *, timeout_s: float = 20, memory: int = MEMORY) -> bytes:
    """Return a PDF/A-2a and PDF/UA-1 file; the same data gives the same bytes.

    `template` is a key of TEMPLATES and `data` the `as_json()` of its shape; `memory` is in bytes of address space.
    Raises DocumentError.
    """
    request = _request(template, data)
    if not _turns.acquire(timeout=timeout_s):
        raise DocumentError("busy", "other documents are being made")
    try:
        done = _run(request, timeout_s=timeout_s, memory=memory)
    finally:
        _turns.release()
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise _error(done)
    return done.stdout


def _request(template: str, data: Mapping[str, Any]) -> bytes:
    if template not in TEMPLATES:
        raise DocumentError("unknown_template", template)
    raw = _encode(data)
    if len(raw) > LARGEST_INPUT:
        raise DocumentError("too_large", f"{len(raw)} bytes, at most {LARGEST_INPUT}")
    try:
        value = _adapter(template).validate_json(raw, strict=True)
    except ValidationError as fault:
        raise DocumentError("bad_data", str(fault)) from fault
    folders, fonts = _fonts()
    return _encode({"template": template, "data": value.as_json(), "font_folders": folders, "fonts": fonts})


def _encode(data: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as fault:
        raise DocumentError("bad_data", str(fault)) from fault


@cache
def _adapter(template: str) -> TypeAdapter[Shape]:
    return TypeAdapter(TEMPLATES[template])


def _fonts() -> tuple[list[str], list[str]]:
    """Return the folders and families to set text in; without the copied fonts the built-in serif, and a warning."""
    if any(FONTS.glob("*.ttf")):
        return [str(FONTS)], [BODY_FONT]
    _log.warning("%s is missing from %s (run `make setup`): documents are set in the built-in serif", BODY_FONT, FONTS)
    return [], []


def _run(request: bytes, *, timeout_s: float, memory: int) -> subprocess.CompletedProcess[bytes]:
    # Two threads may spend processor time at once; the wall clock below is the limit that people meet.
    command = [sys.executable, "-I", "-m", "gemensam.documents.child", str(memory), str(int(timeout_s * 2) + 1)]
    # Many small heaps would count against the limit of address space.
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "2"}
    try:
        return subprocess.run(
            command, input=request, capture_output=True, timeout=timeout_s, env=environment, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise DocumentError("timeout", f"not done in {timeout_s} s") from late


def _error(done: subprocess.CompletedProcess[bytes]) -> DocumentError:
    """Return why a child failed: its own answer, or what its death and last words tell."""
    said = done.stderr.decode("utf-8", "replace")
    try:
        told = json.loads(said.splitlines()[-1])
        return DocumentError(told["code"], told["detail"])
    except (IndexError, KeyError, TypeError, ValueError):
        if done.returncode == -signal.SIGXCPU:
            return DocumentError("timeout", "the processor time is spent")
        code = "memory" if "memory allocation" in said or "MemoryError" in said else "failed"
        return DocumentError(code, f"exit {done.returncode}: {said[-500:]}")
