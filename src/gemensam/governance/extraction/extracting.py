"""`extract` and `draw`: rows and pages of a document that somebody sent, by a child with limits of time and memory."""

import json
import os
import signal
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Final

from gemensam.core.refusal import Refused
from gemensam.governance.extraction.rows import Extracted, from_json

MEMORY: Final = 1_000_000_000
LARGEST_FILE: Final = 50_000_000
MOST_PAGES: Final = 600
# Each child may take a core: more documents than this wait for their turn.
_turns = BoundedSemaphore(2)


def extract(
    data: bytes, name: str, *, timeout_s: float = 20, memory: int = MEMORY, most_pages: int = MOST_PAGES
) -> Extracted:
    """Return a document's rows; `name` is the file's own, `memory` in bytes of address space.

    Raises Refused: document_empty, document_too_large, document_not_what_it_says, document_kind_unknown,
    document_encrypted, document_damaged, document_hostile, document_without_text (scanned), document_too_many_pages,
    document_timeout, document_memory, reading_busy. Nothing is kept and nothing is written.
    """
    given = [str(memory), str(int(timeout_s) + 1), str(most_pages), name[-200:] or "-"]
    return from_json(json.loads(_answer(data, given, timeout_s)))


def draw(data: bytes, page: int, *, timeout_s: float = 10, memory: int = MEMORY) -> bytes:
    """Return a page of a PDF (from 1) as a PNG; raises Refused as `extract`, and `document_no_such_page`."""
    given = [str(memory), str(int(timeout_s) + 1), str(MOST_PAGES), "page.pdf", str(page)]
    return _answer(data, given, timeout_s)


def _answer(data: bytes, given: list[str], timeout_s: float) -> bytes:
    if len(data) > LARGEST_FILE:
        raise Refused("document_too_large", bytes=len(data), most=LARGEST_FILE)
    if not data:
        raise Refused("document_empty")
    if not _turns.acquire(timeout=timeout_s):
        raise Refused("reading_busy")
    try:
        done = _run(data, given, timeout_s)
    finally:
        _turns.release()
    if done.returncode:
        raise _refusal(done)
    return done.stdout


def _run(data: bytes, given: list[str], timeout_s: float) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", "-m", "gemensam.governance.extraction.child", *given]
    # Many small heaps would count against the limit of address space.
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
    try:
        return subprocess.run(command, input=data, capture_output=True, timeout=timeout_s, env=environment, check=False)
    except subprocess.TimeoutExpired as late:
        raise Refused("document_timeout", seconds=timeout_s) from late


def _refusal(done: subprocess.CompletedProcess[bytes]) -> Refused:
    """Return why a child failed: its own answer, or what its death tells."""
    if done.returncode == -signal.SIGXCPU:
        return Refused("document_timeout")
    try:
        told = json.loads(done.stderr.decode("utf-8", "replace").splitlines()[-1])
        return Refused(f"document_{told['code']}", **told["facts"])
    except (IndexError, KeyError, TypeError, ValueError):
        memory = b"MemoryError" in done.stderr or b"bad_alloc" in done.stderr
        # A reader that a file makes crash has been attacked, or is at fault: either way this file is not read.
        return Refused("document_memory" if memory else "document_hostile", detail=f"exit {done.returncode}")
