"""A period with members who assess themselves, as tests of this room write it."""

from collections.abc import Mapping
from typing import Any

from gemensam.capabilities import commands
from gemensam.capabilities.commands import Sent
from gemensam.capabilities.queries import get_own
from gemensam.core.writing import Receipt
from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from tests.network import Network

OFFICE = "kansliet-strateg"
TITLES = {"office": "Nivåer till kansliet"}
GIVEN: dict[str, Any] = {"level": "2", "shared_as": "endast_vi", "reason": "Rutin finns."}
PROVEN: dict[str, Any] = {"level": "3", "proof": "Provlarm", "proven_on": "2026-03-01"}


def a_period(network: Network, first: int = 2023, last: int = 2026) -> str:
    """Open a period and return its space."""
    return open_period(network.lens(OFFICE), PeriodData(first, last)).space


def begun(network: Network, period: str, function: str, title: str = "Egen krets") -> str:
    """Open a member's own circle and return its space."""
    return commands.open_circle(network.lens(function), period, title).space


def assessed(
    network: Network, period: str, function: str, code: str = "1.1", *, sent: Sent = commands.NOT_TOLD, **given: Any
) -> Receipt:
    """Assess a delförmåga for a member whose circle is open, or is opened now."""
    if get_own(network.lens(function), period).circle is None:
        begun(network, period, function)
    content: Mapping[str, Any] = {"capability": code, **GIVEN, **given}
    return commands.make_assessment(network.lens(function), period, content, titles=TITLES, sent=sent)


def a_round(network: Network, period: str, due_on: str = "2030-12-31") -> str:
    """Open a round of self-assessment and return its subject."""
    content = {"title": "Självskattning 2026", "due_on": due_on, "text": ""}
    return commands.open_assessment_round(network.lens(OFFICE), period, content).subject
