"""What the asker and whoever holds a link do, and how time is moved."""

import re
from typing import Any

import pytest
from django.test import Client

from gemensam.web import times
from tests.picture.test_reporting_pages import HOUR, fields, hidden, page, post

LABEL = "Miljöförvaltningens jour"
MARGIN = 12 * HOUR


def wanted(**more: str) -> dict[str, str]:
    return {"link-organisation": "nacka", "link-label": LABEL, "link-margin": str(MARGIN), **more}


def make(asker: Client, space: str, request: str, **more: str) -> str:
    """Make a link as the asker does, and return its path."""
    html = post(asker, f"/spaces/{space}/requests/{request}/links/", wanted(**more), 200)
    found = re.search(r'id="link-address">https?://[^/]+(/answer/[^<]+)<', html)
    assert found is not None, html[-2_000:]
    return found.group(1)


def answer(stranger: Client, link: str, **more: Any) -> str:
    """Fill in, look, and send; returns the receipt's page."""
    look = post(stranger, link, fields(act="preview", **more), 200)
    sent = fields(act="send", key=hidden(look, "key"), circle=hidden(look, "circle"), **more)
    return post(stranger, link, sent, 200)


def dead(stranger: Client, link: str) -> str:
    html = page(stranger, link, 404)
    assert post(stranger, link, fields(act="send", key="k"), 404) == html
    return html


def later(monkeypatch: pytest.MonkeyPatch, by_ms: int) -> None:
    at = times.now() + by_ms
    monkeypatch.setattr("time.time_ns", lambda: at * 1_000_000)
