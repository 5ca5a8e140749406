"""What is logged, and how one record is chained to the one before: pure rules (R65, R66)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from gemensam.core.canonical import encode

ACTIONS = frozenset(
    {
        "login",
        "login_failed",
        "login_refused",
        "logout",
        "function_chosen",
        "second_factor_added",
        "second_factor_removed",
        "second_factor_failed",
        "recovery_codes_made",
        "password_changed",
        "permission_changed",
        "account_allowed",
        "invitation_sent",
        "invitation_withdrawn",
        "token_created",
        "token_revoked",
        "link_made",
        "link_revoked",
        "link_opened",
        "link_answered",
        "calendar_link_made",
        "calendar_link_revoked",
        "read_marked",
        "attachment_read",
        "search",
        "export",
        "print",
        "disposal",
        "quarantine_read",
        "insight_given",
        "insight_withdrawn",
        "insight_used",
        "handover_given",
        "handover_taken",
        "device_keeps",
        "push_subscribed",
        "push_unsubscribed",
        "records_lost",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record of the log; `at` in ms since epoch UTC; `detail` canonical JSON without texts that people wrote."""

    at: int
    action: str
    account: str = ""
    function: str = ""
    organisation: str = ""
    space: str = ""
    subject: str = ""
    detail: str = "{}"
    number: int = 0
    previous: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """Whether every record follows from the one before. `broken_at` is the first number that does not, else None."""

    count: int
    head: str
    broken_at: int | None

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def detail_text(detail: dict[str, Any] | None) -> str:
    """Canonical JSON of a record's detail; raises `Refused` for what JSON without floats cannot hold."""
    return encode(detail or {}).decode("utf-8")


def line_hash(line: Line) -> str:
    """SHA-256 (hex) over everything in the record but the hash, the previous hash included."""
    parts = [
        line.number,
        line.at,
        line.account,
        line.function,
        line.organisation,
        line.action,
        line.space,
        line.subject,
        line.detail,
        line.previous,
    ]
    return hashlib.sha256(encode(parts)).hexdigest()


def chain(lines: Iterable[Line], *, number: int, head: str) -> list[Line]:
    """The lines numbered and chained after record `number`, whose hash is `head` (0 and "" for an empty log)."""
    chained = []
    for line in lines:
        number += 1
        placed = replace(line, number=number, previous=head)
        head = line_hash(placed)
        chained.append(replace(placed, hash=head))
    return chained


def check_chain(lines: Iterable[Line]) -> ChainVerdict:
    """Walk the log from its first record, in order of number."""
    number, head = 0, ""
    for line in lines:
        if line.number != number + 1 or line.previous != head or line.hash != line_hash(line):
            return ChainVerdict(number, head, number + 1)
        number, head = line.number, line.hash
    return ChainVerdict(number, head, None)
