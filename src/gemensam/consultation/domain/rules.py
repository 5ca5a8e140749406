"""What several decisions of this room check under the append lock. Raises `Refused`; pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gemensam.coordination.domain.rules import check_words
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.writing import Decision
from gemensam.organisations.domain.reading import vocabulary

HERE = frozenset({"period"})
GOVERN, ANSWER = "govern", "answer_remiss"
BY_OFFICE = frozenset({GOVERN})  # what the joint office may enter for a member
OF, SEEN, MEETS = "of", "seen", "meets"
LINE_MAX, QUOTE_MAX, TEXT_MAX, ANSWER_MAX = 500, 4_000, 8_000, 40_000
FILES_MAX = 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FileRef:
    """A stored file of the space, unchanged; `digest` as `ledger.blobs` gives it."""

    digest: str
    name: str
    media_type: str
    size: int


def item(directory: SpaceState, code: str, value: str, refusal: str) -> Mapping[str, Any]:
    """Return an item of the newest version of a list; raises `Refused(refusal)`."""
    try:
        found = vocabulary(directory, code).item(value)
    except Refused:
        found = None
    if found is None:
        raise Refused(refusal, value=value)
    return found


def items(directory: SpaceState, code: str) -> tuple[Mapping[str, Any], ...]:
    """Return the items in use of the newest version of a list; none where there is no such list."""
    try:
        return tuple(each for each in vocabulary(directory, code).items if not each.get("retired"))
    except Refused:
        return ()


def check_files(files: Iterable[Mapping[str, Any]]) -> None:
    """Raise `Refused`: `too_many_remiss_files`, `malformed`."""
    given = list(files)
    if len(given) > FILES_MAX:
        raise Refused("too_many_remiss_files", limit=FILES_MAX)
    for each in given:
        if not _DIGEST.fullmatch(each["digest"]):
            raise Refused("malformed")
        check_words(name=each["name"], media_type=each["media_type"])


def day(text: str, field: str) -> date:
    """Return a day given as 2026-11-30; raises `Refused("bad_day")`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("bad_day", field=field, given=text[:40]) from error


def named(refs: Iterable[Ref], rel: str) -> Ref | None:
    """Return the first reference with a relation, or None."""
    return next((ref for ref in refs if ref.rel == rel), None)


def remiss_named(decision: Decision) -> Thing:
    """Return the remiss of this space that a draft belongs to; raises `Refused("not_a_remiss")`."""
    ref = named(decision.draft.refs, OF)
    thing = decision.state.thing(ref.subject) if ref is not None and ref.space == decision.space.id else None
    if thing is None or thing.type != "remiss":
        raise Refused("not_a_remiss")
    return thing


def check_own(decision: Decision, remiss: Thing) -> None:
    """Raise `Refused("not_owner")` for another organisation than the one whose remiss it is."""
    if remiss.organisation != decision.organisation:
        raise Refused("not_owner")


def check_seen(decision: Decision, current: str) -> None:
    """Raise `Refused("moved")` where what the writer changes is no longer what stands (design 5.5).

    `based_on` would not do for an answer: the last entry of a remiss moves with every member's.
    """
    ref = named(decision.draft.refs, SEEN)
    if ref is not None and ref.digest and ref.digest != current:
        raise Refused("moved", last=current, based_on=ref.digest)


def decide_reason(decision: Decision) -> Mapping[str, Any]:
    """Check that a reason is given; raises `Refused`: `reason_missing`, `text_too_long`."""
    payload = decision.draft.payload
    if not payload["reason"].strip():
        raise Refused("reason_missing")
    check_words(longest=QUOTE_MAX, reason=payload["reason"])
    return payload
