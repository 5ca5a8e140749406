"""The contents of reports, as `picture` wants them, from a scenario's fields. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Given = Mapping[str, Any]
OWN_KEYS = frozenset({"summary", "done", "planned"})
MINUTE = 60_000
FILLED_IN = ("confirms", "kept_at", "repeats", "quick", "received_by")


@dataclass(frozen=True, slots=True)
class Lists:
    """What a report is filled in with: the template's fields, the organisation's rows, the lowest status."""

    fields: Sequence[Mapping[str, Any]]
    rows: Sequence[str]
    lowest: str


def report_content(given: Given, lists: Lists, now: int) -> dict[str, Any]:
    """Return a report's content at an instant (ms UTC)."""
    return {
        "template": given["template"],
        "stated_at": now - given["stated_min_ago"] * MINUTE,
        "summary": given["summary"],
        "texts": list(_texts(given, lists.fields)),
        "cells": [*cells_of(given.get("cells", ()), now), *_rest(given, lists)],
        "done": list(given.get("done", ())),
        "planned": [{"what": what} for what in given.get("planned", ())],
        "forecasts": [{"hours": int(hours), "text": text} for hours, text in given.get("forecast", {}).items() if text],
        "needs": [dict(need) for need in given.get("needs", ())],
        "offers": [_offer(offer) for offer in given.get("offers", ())],
    }


def corrected_content(content: Given, cells: Iterable[Given], now: int) -> dict[str, Any]:
    """Return a report's content with some of its cells replaced."""
    new = {cell["row"]: cell for cell in cells_of(cells, now)}
    kept = [cell for cell in content["cells"] if cell["row"] not in new]
    still = {name: value for name, value in content.items() if name not in FILLED_IN}
    return {**still, "cells": [*kept, *new.values()]}


def cells_of(cells: Iterable[Given], now: int) -> list[dict[str, Any]]:
    """Return cells as a report holds them."""
    return [_cell(cell, now) for cell in cells]


def _cell(cell: Given, now: int) -> dict[str, Any]:
    same = ("row", "status", "text", "type", "source", "certainty", "trend")
    return {
        **{name: cell[name] for name in same},
        "source_text": cell["source_name"],
        "figures": [_figure(figure, now) for figure in cell.get("figures", ())],
    }


def _figure(figure: Given, now: int) -> dict[str, str]:
    """A figure that is a point in time holds it as milliseconds."""
    value = figure["value"] if "value" in figure else str(now + figure["in_min"] * MINUTE)
    return {"code": figure["code"], "value": value}


def _rest(given: Given, lists: Lists) -> Iterator[dict[str, Any]]:
    """The rows that the report does not mention, as the form's *övriga verksamheter* fills them in."""
    status = {"ingen": lists.lowest, "vet_ej": "vet_ej"}.get(given.get("rest", ""))
    mentioned = {cell["row"] for cell in given.get("cells", ())}
    if status:
        yield from ({"row": row, "status": status} for row in lists.rows if row not in mentioned)


def _texts(given: Given, fields: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    for field in fields:
        value = given.get(field["key"])
        if field["kind"] not in ("text", "lines") or field["key"] in OWN_KEYS or not value:
            continue
        text = value if isinstance(value, str) else "\n".join(map(_line, value))
        yield {"code": field["code"], "text": text}


def _line(coming: Given) -> str:
    return ", ".join(coming[name] for name in ("what", "when", "place") if coming.get(name))


def _offer(offer: Given) -> dict[str, str]:
    return {
        "what": offer["what"], "amount": offer["amount"], "when": offer["from"], "how_long": offer["duration"],
    }  # fmt: skip
