"""The reading desk: threads that read what waits, a few at once, and write down what came of it.

What waits and what is being read are rows: a process that dies loses nothing, another one goes on when the time of the
claim has run out. The document itself is taken apart by a child process with limits (`extraction`).
"""

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import astuple, replace
from typing import Any, Final

from django.db import DatabaseError, connection
from django.db.models import Q

from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.governance.extraction.extracting import extract
from gemensam.governance.extraction.rows import Extracted
from gemensam.governance.intake.files import KEPT_UNREAD, READ, READING, REFUSED, UNFINISHED, WAITING
from gemensam.governance.intake.network import grammar_of
from gemensam.governance.models import IncomingFile
from gemensam.governance.reading.decisions import lines_of
from gemensam.governance.reading.domain.decision import as_json, read
from gemensam.ledger.append import now_ms
from gemensam.ledger.log import LOG

AT_ONCE: Final = 2
CLAIM_MS: Final = 120_000
MOST_ATTEMPTS: Final = 3
_UNSOUND: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_log = logging.getLogger(__name__)


class Desk:
    """Readers of one process. `wake` is called when a file has come; nothing runs while nothing waits."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._lock = threading.Condition()
        self._readers = 0
        self._asked = False

    def wake(self) -> None:
        """Have what waits read, from any thread; returns at once."""
        with self._lock:
            self._asked = True
            while self._readers < self._at_once:
                self._readers += 1
                threading.Thread(target=self._run, name="reading-desk", daemon=True).start()

    def wait(self, done: Callable[[], bool], seconds: float) -> bool:
        """Return whether `done` came true within a time; it is asked whenever a file has been read."""
        until = time.monotonic() + seconds
        with self._lock:
            while not (is_done := done()) and (left := until - time.monotonic()) > 0:
                self._lock.wait(min(left, 0.5))
        return is_done

    def rest(self, seconds: float) -> bool:
        """Return whether every reader has gone home within a time."""
        return self.wait(lambda: self._readers == 0, seconds)

    def _run(self) -> None:
        try:
            while self._goes_on():
                while read_next():
                    with self._lock:
                        self._lock.notify_all()
        except DatabaseError:
            _log.exception("incoming files could not be read; they are taken up again")
            with self._lock:
                self._readers -= 1
        finally:
            connection.close()
            with self._lock:
                self._lock.notify_all()

    def _goes_on(self) -> bool:
        """Whether anything was asked for since the last look; else this reader goes home."""
        with self._lock:
            if self._asked:
                self._asked = False
                return True
            self._readers -= 1
            return False


DESK = Desk()


def wake_if_waiting(now: int) -> None:
    """Take up what a process left behind that has died (a job of the worker); `now` in ms UTC."""
    if IncomingFile.objects.filter(_due(now)).exists():
        DESK.wake()


def read_next() -> bool:
    """Read the file that has waited longest; returns whether there was one."""
    now = now_ms()
    waiting = IncomingFile.objects.filter(_due(now)).order_by("uploaded_at", "id")
    for found in waiting.values("id", "name", "status", "claimed_until", "attempts")[: AT_ONCE * 4]:
        if _claim(found, now):
            _read(found["id"], found["name"], found["attempts"] + 1)
            return True
    return False


def _due(now: int) -> Q:
    return Q(status=WAITING) | Q(status=READING, claimed_until__lt=now)


def _claim(found: Mapping[str, Any], now: int) -> bool:
    """Take a file from the others; one of them may have been quicker."""
    same = IncomingFile.objects.filter(
        id=found["id"], status=found["status"], claimed_until=found["claimed_until"], attempts=found["attempts"]
    )
    return bool(same.update(status=READING, claimed_until=now + CLAIM_MS, attempts=found["attempts"] + 1))


def _read(file: str, name: str, attempt: int) -> None:
    body = IncomingFile.objects.filter(id=file).values_list("body", flat=True).first()
    if body is None:
        return  # removed meanwhile
    if attempt > MOST_ATTEMPTS:
        _write(file, attempt, **_refusal(Refused("document_hostile")))  # it has taken three readers with it
        return
    try:
        _write(file, attempt, **_answer(bytes(body), name))
    except Refused as refused:
        _write(file, attempt, **_refusal(refused))


def _answer(body: bytes, name: str) -> dict[str, Any]:
    """Return what is written down of a document; raises Refused as `extract`."""
    extracted = _sound(extract(body, name))
    try:
        decision = read(lines_of(extracted), grammar_of(LOG.catch_up(DIRECTORY)))
    except Exception as fault:  # a fault of the program, at one document: the others are read all the same
        _log.exception("a document could not be read")
        raise Refused("document_unread") from fault
    told = {**as_json(decision), "file": _file(extracted)}
    rows = json.dumps([astuple(row) for row in extracted.rows])
    return {"status": READ, "rows": rows, "answer": json.dumps(told)}


def _sound(extracted: Extracted) -> Extracted:
    """Return a document without what no page and no database takes: control characters and halves of characters."""
    rows = tuple(replace(row, text=_UNSOUND.sub(" ", row.text)) for row in extracted.rows)
    return replace(extracted, rows=rows)


def _file(extracted: Extracted) -> dict[str, Any]:
    return {"format": extracted.format, "pages": extracted.pages, "pages_without_text": list(extracted.unread)}


def _refusal(refused: Refused) -> dict[str, Any]:
    told = {"status": REFUSED, "code": refused.code, "facts": json.dumps(refused.facts, default=str)}
    return told if refused.code in KEPT_UNREAD else {**told, "body": b""}


def _write(file: str, attempt: int, **told: Any) -> None:
    """Write down what came of it, unless the claim has gone to another reader meanwhile."""
    IncomingFile.objects.filter(id=file, status=READING, attempts=attempt).update(
        read_at=now_ms(), claimed_until=0, **told
    )


def is_read(file: str) -> bool:
    """Whether a file is neither waiting nor being read."""
    return not IncomingFile.objects.filter(id=file, status__in=UNFINISHED).exists()
