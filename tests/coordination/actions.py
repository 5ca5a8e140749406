"""What people do at a conference, for tests."""

from typing import Any

from gemensam.coordination import commands
from gemensam.coordination.commands import Presence
from gemensam.coordination.sending import Entered, Sent
from gemensam.core.state import Thing
from gemensam.ledger.append import now_ms
from tests.network import Network

LEADER, SECRETARY = "lansstyrelsen-tib", "lansstyrelsen-motessekreterare"
HOUR = 3_600_000
DIAL_IN = {"primary": "010-000 00 00", "code": "4711", "reserve": "Rakel 47", "reserve_code": ""}


def call(network: Network, space: str = "standing", **given: Any) -> str:
    """Call a conference and return it."""
    plan = {"agenda": "ordinarie", "series": "vecka"} if space == "standing" else {"agenda": "aktiverat_forsta"}
    content = {**plan, "starts_at": now_ms() + 60_000, "dial_in": DIAL_IN, **given}
    return commands.call_conference(network.lens(LEADER), space, content).subject


def opened(network: Network, space: str = "standing", **given: Any) -> str:
    """Call and open a conference and return it."""
    conference = call(network, space, **given)
    commands.open_conference(network.lens(LEADER), space, conference)
    return conference


def thing_of(network: Network, space: str, subject: str, function: str = LEADER) -> Thing:
    thing = network.lens(function).state(space).thing(subject)
    assert thing is not None
    return thing


def agree(network: Network, space: str, conference: str, *organisations: str, wording: str = "Vi plogar väg 76") -> str:
    """Record an agreement that names some organisations and return it."""
    undertakings = [{"organisation": each, "what": "", "due_at": now_ms() + HOUR} for each in organisations]
    content = {"wording": wording, "undertakings": undertakings, "follow_up_at": now_ms() + HOUR}
    return commands.record_agreement(network.lens(SECRETARY), space, conference, content).subject


def attend(network: Network, space: str, conference: str, function: str, *represents: str) -> None:
    presence = Presence((function,), represents)
    commands.attend(network.lens(function), space, conference, presence)


def phoned_in(organisation: str, at: int | None = None) -> Sent:
    return Sent(entered=Entered(organisation, "telefon", at))
