"""What several tests of this room do first: contacts and shifts of Nacka, by the ordinary commands."""

from gemensam.core.policy import ROSTERS
from gemensam.core.state import SpaceState
from gemensam.ledger.ids import uuid7
from gemensam.rosters import commands
from gemensam.rosters.domain.series import Planned
from tests.network import Network

ADMIN, TIB = "nacka-aktorsadministrator", "nacka-tib"
HOUR, DAY = 3_600_000, 86_400_000
NUMBERS = ("070-174 06 05", "070-174 06 06", "070-174 06 07")


def make_contact(network: Network, label: str = "TiB-telefonen", *standing_for: str, function: str = ADMIN) -> str:
    """Make a duty contact and return its id."""
    addresses = [{"channel": "sms", "value": NUMBERS[len(label) % len(NUMBERS)]}]
    content = {"label": label, "addresses": addresses, "standing_for": list(standing_for)}
    return commands.set_contact(network.lens(function), content).subject


def plan(network: Network, contact: str, span: tuple[int, int], function: str = TIB) -> str:
    """Plan a shift and return its id."""
    return commands.plan_shifts(network.lens(ADMIN), function, [Planned(*span, contact)], key=uuid7())[0].subject


def rosters(network: Network) -> SpaceState:
    return network.lens(TIB).state(ROSTERS)


def last_of(network: Network, subject: str) -> str:
    thing = rosters(network).thing(subject)
    assert thing is not None
    return thing.last
