"""A provider's process for the whole run, settings that lead to it, a house with a source of its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from tests.delivery.outside import Elks, elks_running, settings_for

if TYPE_CHECKING:
    from tests.delivery.house import House, Running
    from tests.network import Network


@pytest.fixture(scope="session")
def provider() -> Iterator[Elks]:
    with elks_running() as elks:
        yield elks


@pytest.fixture
def elks(provider: Elks) -> Iterator[Elks]:
    """The provider, which has forgotten what it saw before."""
    provider.behave(forget=True)
    with override_settings(GEMENSAM_CHANNELS=settings_for(provider)):
        yield provider


@pytest.fixture
def house(network: "Network") -> "Iterator[House]":
    """A source of items in a network of this test's own; the program's own sources give nothing meanwhile."""
    from gemensam.delivery import outbox
    from tests.delivery.house import open_house

    sources, takers = dict(outbox._sources), dict(outbox._takers)
    outbox._sources.clear()
    yield open_house(network)
    outbox._sources.clear()
    outbox._sources.update(sources)
    outbox._takers.clear()
    outbox._takers.update(takers)


@pytest.fixture
def running(house: "House", elks: Elks) -> "Iterator[Running]":
    from tests.delivery.house import Running

    made = Running()
    yield made
    made.dispatcher.close()
