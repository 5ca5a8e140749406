"""Feeds: one node's numbered chain in one space (design section 2)."""

from typing import NamedTuple

from gemensam.core.entry import Clock, Header
from gemensam.core.refusal import Refused

FIRST = ""


class FeedName(NamedTuple):
    """Which chain: node and incarnation, within a space."""

    node: str
    incarnation: int


class Head(NamedTuple):
    """The last entry of a feed."""

    number: int
    digest: str
    clock: Clock


def feed_of(header: Header) -> FeedName:
    return FeedName(header.node, header.incarnation)


def check_link(head: Head | None, header: Header) -> None:
    """Check that an entry follows a feed's head.

    Raises `Refused`: `feed_gap` (something between is missing), `fork` (the number is taken),
    `chain_broken` (another predecessor), `clock_not_rising`.
    """
    number, digest, clock = head or Head(0, FIRST, Clock(-1, 0))
    if header.number > number + 1:
        raise Refused("feed_gap", expected=number + 1, found=header.number)
    if header.number <= number:
        raise Refused("fork", number=header.number)
    if header.previous != digest:
        raise Refused("chain_broken", number=header.number)
    if header.clock <= clock:
        raise Refused("clock_not_rising", number=header.number)
