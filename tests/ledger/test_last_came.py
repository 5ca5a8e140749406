"""When an entry of a kind last came into a space, told without folding it."""

import pytest

from gemensam.ledger.last_came import LastCame
from gemensam.ledger.log import LOG
from tests.ledger.reports import report
from tests.network import Network

pytestmark = pytest.mark.database


def test_the_newest_of_a_kind_is_told_and_what_comes_later_too(network: Network) -> None:
    came, space, other = LastCame("report.published"), network.open_incident(), network.open_incident()
    assert came.at(space) == came.at(other) == 0
    network.write("nacka-tib", report(space))
    first = came.at(space)
    assert first > 0 and came.at(other) == 0
    network.write("taby-tib", report(space))
    assert came.at(space) >= first
    network.write("solna-tib", report(other))
    assert came.at(other) > 0


def test_what_is_of_another_kind_changes_nothing(network: Network) -> None:
    came, space = LastCame("need.raised"), network.open_incident()
    network.write("nacka-tib", report(space))
    assert came.at(space) == came.at(space) == 0


def test_no_space_is_folded_for_it(network: Network) -> None:
    space = network.open_incident()
    network.write("nacka-tib", report(space))
    LOG.forget()
    assert LastCame("report.published").at(space) > 0
    assert space not in LOG._cached
