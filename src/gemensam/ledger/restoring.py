"""Restored databases (design section 6, F25): a database behind its tip refuses until a new incarnation begins."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gemensam.core.feed import FeedName
from gemensam.core.refusal import Refused
from gemensam.ledger.append import tips
from gemensam.ledger.log import LOG, fetch
from gemensam.ledger.node import next_incarnation, read_node


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore found: (space, last acknowledged number, last number in the database) of each space behind."""

    incarnation: int
    lost: tuple[tuple[str, int, int], ...]


def check_tips() -> None:
    """Raise `Refused("database_behind_tip")` where any space lacks what this node has acknowledged."""
    for space, acknowledged, found in spaces_behind():
        raise Refused("database_behind_tip", space=space, acknowledged=acknowledged, found=found)


def restore() -> Restored:
    """Begin a new incarnation; raises `Refused("nothing_to_restore")` where the database is not behind."""
    lost = tuple(spaces_behind())
    if not lost:
        raise Refused("nothing_to_restore")
    node = next_incarnation(Path(settings.GEMENSAM_DATA))
    tips().forget_checks()
    LOG.forget()
    return Restored(node.incarnation, lost)


def spaces_behind() -> list[tuple[str, int, int]]:
    """Return (space, last acknowledged number, last number here) of spaces behind their tips; one may be missing."""
    node, found = read_node(Path(settings.GEMENSAM_DATA)), []
    for space, tip in tips().recorded():
        # A space is folded only where its tip is not in it: a server that starts does not read all its logs.
        if tip.incarnation != node.incarnation or fetch(_HAS_TIP, [space, tip.digest]):
            continue
        head = LOG.catch_up(space).heads.get(FeedName(node.name, node.incarnation))
        if (number := head.number if head else 0) < tip.number:
            found.append((space, tip.number, number))
    return found


_HAS_TIP = "SELECT 1 FROM ledger_entry WHERE space = %s AND digest = %s"


def space_ids() -> list[str]:
    """Return every space of this database, sorted."""
    return [row[0] for row in fetch("SELECT id FROM ledger_space ORDER BY id", [])]
