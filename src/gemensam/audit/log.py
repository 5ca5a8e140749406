"""How the rest of the program writes to the local log.

`record` for what happens often: it queues and returns in microseconds. `record_now` for sign-ins and permission
changes: inside the caller's transaction, so that the change and its record are there together or not at all.

The log of an organisation is read by its reviewers, who may read fewer spaces than the one who acted. So `detail`
holds no texts, and only what every reader of `space` may know (with no space: what everybody may know).
"""

import time
from collections.abc import Mapping
from typing import Any

from gemensam.audit.domain import ACTIONS, Line, detail_text
from gemensam.audit.storing import append_lines
from gemensam.audit.waiting import queue
from gemensam.core.policy import Principal

NOBODY = Principal("", "", "", frozenset())


def record(
    principal: Principal | None,
    action: str,
    *,
    space: str = "",
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Queue a record; it is in the database a quarter of a second later. `subject`: a subject's id or a digest."""
    queue.put(_line(principal, action, space, subject, detail))


def record_now(
    principal: Principal | None,
    action: str,
    *,
    space: str = "",
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write a record within the caller's transaction, or in one of its own; raises the database's errors."""
    append_lines([_line(principal, action, space, subject, detail)])


def start() -> None:
    """Write what is queued in the background from now on: for servers."""
    queue.start()


def flush() -> None:
    """Write what is queued now; raises the database's errors and keeps the rows."""
    queue.flush()


def close() -> None:
    """Write what is queued and stop the thread: for the end of the process."""
    queue.close()


def _line(principal: Principal | None, action: str, space: str, subject: str, detail: Mapping[str, Any] | None) -> Line:
    if action not in ACTIONS:
        raise ValueError(f"no such action in the local log: {action}")
    who = principal or NOBODY
    return Line(
        at=time.time_ns() // 1_000_000,
        action=action,
        account=who.account,
        function=who.function,
        organisation=who.organisation,
        space=space,
        subject=subject,
        detail=detail_text(dict(detail) if detail else None),
    )
