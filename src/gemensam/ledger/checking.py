"""Checks and readings of whoever runs the server: they own the machine, so that no lens limits them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from gemensam.core.kinds import EXTRACTS
from gemensam.core.policy import DIRECTORY, Principal
from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from gemensam.ledger.export import public_keys_of
from gemensam.ledger.extracts import extract_of
from gemensam.ledger.last_came import forget_last_came
from gemensam.ledger.log import LOG, fetch, folded_subject
from gemensam.ledger.reading import Lens
from gemensam.ledger.restoring import space_ids, spaces_behind
from gemensam.ledger.spaces import all_spaces, forget_spaces, info_of
from gemensam.ledger.verify import Recorded, Verdict, check_entries, public_keys

PAGE = 2_000


class OperatorLens(Lens):
    """A lens that reads one space whatever its circle: for export on the server itself, by its operator."""

    def __init__(self, space: str) -> None:
        super().__init__(Principal("", "", "", frozenset()), now_ms())
        info = self._all.get(space)
        if info is None:
            raise Refused("not_found")
        self._readable = {space: info}


def operator_lens(space: str) -> OperatorLens:
    """Return a lens on one space; raises `Refused("not_found")`."""
    return OperatorLens(space)


def loader(function: str) -> Principal:
    """Return a function as the author of loaded entries; nothing is ever sent because of them (account `load`)."""
    thing = LOG.catch_up(DIRECTORY).thing(function)
    if thing is None or thing.type != "function":
        raise Refused("unknown_function", function=function)
    return Principal("load", thing.organisation, function, frozenset())


def check_database(*, every_signature: bool = False) -> Iterator[tuple[str, Verdict]]:
    """Check every space of the database: the log as `verify` checks a file, and what was taken from it."""
    keys = public_keys(public_keys_of())
    forget_spaces()
    forget_last_came()
    behind = {space: f"{found}/{acknowledged}" for space, acknowledged, found in spaces_behind()}
    for space in sorted({*space_ids(), *behind}):
        wrong: list[int] = []
        verdict = check_entries(_recorded(space, wrong), keys, space=space, every_signature=every_signature)
        for position in wrong:
            verdict.fault("extract_wrong", position)
        if space in behind:
            verdict.fault("database_behind_tip", behind[space])
        taken = info_of(folded_subject(space, space))
        kept = all_spaces().get(space)
        if taken is None or kept is None or asdict(taken) != asdict(kept):
            verdict.fault("rights_differ", space)
        yield space, verdict


def _recorded(space: str, wrong: list[int]) -> Iterator[Recorded]:
    """Yield a space's entries; `wrong` takes the positions whose extract is not that of their text."""
    after = 0
    while rows := fetch(_ROWS, [after, EXTRACTS, after, space, after, PAGE]):
        for *row, extract in rows:
            yield _record(row)
            if extract is not None and not _agrees(row, extract):
                wrong.append(row[0])
        after = rows[-1][0]


def _agrees(row: Sequence[Any], extract: str) -> bool:
    header, body = row[2], row[5]
    try:
        return body is not None and extract_of(header, body) == extract
    except (ValueError, TypeError, KeyError):  # the entry itself has been changed, which is told too
        return False


def _record(row: Sequence[Any]) -> Recorded:
    position, received_at, header, signature, salt, body, *columns = row
    digest, kind, subject = columns
    return Recorded(position, received_at, header, signature, salt, body, (digest, kind, subject))


_ROWS = (
    "SELECT e.position, e.received_at, e.header, e.signature, p.salt, p.body, e.digest, e.kind, e.subject, "
    "x.value "
    "FROM ledger_entry e "
    "LEFT JOIN ledger_payload p ON p.space = e.space AND p.position = e.position AND p.position > %s "
    "LEFT JOIN ledger_extract x ON x.space = e.space AND x.position = e.position AND x.version = %s "
    "AND x.position > %s WHERE e.space = %s AND e.position > %s ORDER BY e.position LIMIT %s"
)
