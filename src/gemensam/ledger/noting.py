"""What the second, local log is told from the lower layers, which do not know it (R65): the local log registers here.

`note` queues and returns at once; `note_now` is on disk when it returns.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from gemensam.core.entry import Header
from gemensam.core.policy import Principal

# Marks that let anybody read: reading such an entry is not a reading of something marked.
OPEN_MARKS = frozenset({"TLP:CLEAR", "TLP:GREEN"})


Detail = Mapping[str, Any] | None


class Recorder(Protocol):
    """Writes one record; `detail` holds no texts that people wrote."""

    def __call__(
        self,
        principal: Principal | None,
        action: str,
        *,
        space: str = "",
        subject: str = "",
        detail: Detail = None,
    ) -> None: ...


class Opener(Protocol):
    """Notes that an organisation has opened entries of a space, known by their digests."""

    def __call__(self, organisation: str, space: str, digests: Iterable[str]) -> None: ...


_queued: list[Recorder] = []
_durable: list[Recorder] = []
_openers: list[Opener] = []


def register_recorder(queued: Recorder, durable: Recorder) -> None:
    """Name the writers of the local log; once, when the program starts."""
    if queued not in _queued:
        _queued.append(queued)
        _durable.append(durable)


def register_opener(opener: Opener) -> None:
    """Name who keeps account of what has been opened (design 6); once, when the program starts."""
    if opener not in _openers:
        _openers.append(opener)


def note(
    principal: Principal | None, action: str, *, space: str = "", subject: str = "", detail: Detail = None
) -> None:
    """Queue a record of something that was read or looked for."""
    for record in _queued:
        record(principal, action, space=space, subject=subject, detail=detail)


def note_now(
    principal: Principal | None, action: str, *, space: str = "", subject: str = "", detail: Detail = None
) -> None:
    """Write a record of an export, a disposal or a change of permissions; raises the database's errors."""
    for record in _durable:
        record(principal, action, space=space, subject=subject, detail=detail)


class Read(Protocol):
    """An entry as it is shown: a row of the log."""

    @property
    def header(self) -> Header: ...
    @property
    def digest(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any] | None: ...


def note_reading(principal: Principal | None, space: str, rows: Iterable[Read], *, by_program: bool = False) -> None:
    """Queue a record of each marked entry among those whose texts a page or an answer tells.

    A page opens the entries for the reader's organisation; an answer to a program (`by_program`) opens nothing.
    """
    told = [row for row in rows if row.payload is not None]
    for row in told:
        if is_marked(row.header):
            note(principal, "read_marked", space=space, subject=row.digest)
    if principal is not None and not by_program:
        for opener in _openers:
            opener(principal.organisation, space, [row.digest for row in told])


def is_marked(header: Header) -> bool:
    """Whether an entry carries a mark that restricts it: then each reading of its text is recorded."""
    return not OPEN_MARKS.issuperset(header.marks)
