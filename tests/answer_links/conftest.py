"""An incident in which Länsstyrelsen has asked Nacka for a report, with a link by which Nacka can answer.

Imports wait until Django is set up.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.network import Network


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages say when they were drawn, and tries are counted by the minute: time stands still unless it is moved."""
    from tests.answer_links.acting import later

    later(monkeypatch, 0)


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> "Network":
    from tests.network import Network, build

    return Network(database_with("network", build))


@pytest.fixture
def space(network: "Network") -> str:
    return network.open_incident()


@pytest.fixture
def asker(network: "Network") -> "Client":
    from tests.picture.test_reporting_pages import ASKER, ENGLISH

    return network.client(ASKER, **ENGLISH)


@pytest.fixture
def stranger() -> "Client":
    from django.test import Client

    from tests.picture.test_reporting_pages import ENGLISH

    return Client(headers=ENGLISH["headers"])


@pytest.fixture
def request_id(network: "Network", space: str) -> str:
    from tests.picture.test_reporting_pages import ask

    return ask(network, space, "nacka", "vaxholm", purpose_text="Inför bild 4.", extra=["Hur många skolor?"])


@pytest.fixture
def link(asker: "Client", space: str, request_id: str) -> str:
    from tests.answer_links.acting import make

    return make(asker, space, request_id)
