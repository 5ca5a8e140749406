"""Clients of the sample pages. Imports wait until Django is set up."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.network import Network


@pytest.fixture
def sample_pages() -> Iterator[None]:
    from django.conf import settings
    from django.test import override_settings

    templates = [{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
    with override_settings(ROOT_URLCONF="tests.web.sample_urls", TEMPLATES=templates):
        yield


@pytest.fixture
def stranger(network: "Network", sample_pages: None) -> "Client":
    """A browser that nobody has signed in with."""
    from django.test import Client

    return Client(raise_request_exception=False)


@pytest.fixture
def nacka(network: "Network", sample_pages: None) -> "Client":
    """Nacka's duty officer, signed in, with a Swedish browser."""
    client = network.client("nacka-tib", HTTP_ACCEPT_LANGUAGE="sv")
    client.raise_request_exception = False
    return client
