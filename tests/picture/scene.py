"""A small scene for the picture's tests: an incident with reports of a few members, written by their own functions."""

from collections.abc import Mapping
from typing import Any

from gemensam.core.writing import Draft, Receipt
from tests.ids import new_id
from tests.network import Network

HOUR = 3_600_000
MINUTE = 60_000


def cell(row: str, status: str, text: str = "", **more: Any) -> dict[str, Any]:
    """A cell of a report as a form sends it."""
    return {"row": row, "status": status, "text": text, **more}


def report(stated_at: int, *cells: Mapping[str, Any], summary: str = "Läget hos oss", **more: Any) -> dict[str, Any]:
    """A report's content."""
    return {"template": "full", "stated_at": stated_at, "summary": summary, "cells": list(cells), **more}


def publish(
    network: Network, function: str, space: str, content: Mapping[str, Any], *, now: int | None = None
) -> Receipt:
    """Publish a report of a function's own organisation."""
    return network.write(function, Draft("report.published", space, new_id(), content), now=now)[0]


def relay(network: Network, function: str, space: str, organisation: str, content: Mapping[str, Any]) -> Receipt:
    """Enter a report for another organisation, by radio."""
    payload = {**content, "received_by": function}
    draft = Draft("report.relayed", space, new_id(), payload, organisation=organisation, via="rakel")
    return network.write(function, draft)[0]


def chosen(receipt: Receipt, part: str) -> dict[str, Any]:
    """A statement chosen from a report, as the compile form sends it."""
    return {"subject": receipt.subject, "entry": receipt.digest, "part": part}


def section(code: str, *statements: Mapping[str, Any], text: str = "") -> dict[str, Any]:
    return {"code": code, "text": text, "statements": list(statements)}


def publish_picture(
    network: Network, space: str, stated_at: int, *sections: Mapping[str, Any],
    function: str = "lansstyrelsen-lagesbildsansvarig", **more: Any,
) -> Receipt:  # fmt: skip
    """Publish a combined picture."""
    payload = {"stated_at": stated_at, "sections": list(sections), **more}
    return network.write(function, Draft("picture.published", space, new_id(), payload))[0]
