"""A period with what these tests need in it."""

from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from gemensam.objectives.domain.texts import Highest, Section, coded, read_typed
from tests.network import Network

STRATEGIST = "kansliet-strateg"
FIRST_PART, SECOND_PART = "grundforutsattningar", "malsattningar"
TEXT = "# Utgångspunkter\n\nVi bygger på ordinarie ansvar.\n\nVi samverkar också i krig.\n\n# Kostnader\n\nVi delar."


def period(network: Network, first: int = 2027, last: int = 2030) -> str:
    """Open a period and return its space."""
    return open_period(network.lens(STRATEGIST), PeriodData(first, last)).space


def text(typed: str = TEXT, part: str = FIRST_PART) -> tuple[Section, ...]:
    """Return a first text with its codes."""
    return coded(read_typed(part, typed), (), Highest())[0]
