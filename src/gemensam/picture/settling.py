"""Writers that lift or deny *obekräftad* on one verksamhet of the own organisation's report, in one press (R22)."""

from collections.abc import Mapping
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Receipt
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation
from gemensam.picture.commands import Sent, correct_report
from gemensam.picture.domain.report_rules import EMPTY_CELL, RELAYED_ONLY
from gemensam.picture.domain.reports import UNCHANGED
from gemensam.picture.lists import Lists
from gemensam.picture.marking import marks_of
from gemensam.picture.reporting_queries import content_of

Content = Mapping[str, Any]
UNKNOWN = "vet_ej"


def confirm_cell(lens: Lens, space: str, subject: str, row: str, *, key: str = "") -> Receipt:
    """Lift *obekräftad*: the report is corrected in that alone.

    Raises `Refused`: `not_found`, `not_owner`, `not_unconfirmed`, `not_responsible` (only another organisation can
    confirm a figure there), or what a correction raises.
    """
    thing, content, cell = _unconfirmed(lens, space, subject, row)
    lists = Lists(lens.directory, lens.state(space))
    if row not in _rows_of(lens) and any(_is_others(lists, figure) for figure in cell["figures"]):
        raise Refused("not_responsible")
    return _settled(lens, space, (thing, content), {**cell, "unconfirmed": False}, key)


def deny_cell(lens: Lens, space: str, subject: str, row: str, *, key: str = "") -> Receipt:
    """Say that it is not so: the row becomes *vet ej*, and what stood is kept in the report's history.

    Raises `Refused` as `confirm_cell` does, `not_responsible` excepted: what one has written one can take back.
    """
    thing, content, cell = _unconfirmed(lens, space, subject, row)
    denied = {**EMPTY_CELL, "row": row, "status": UNKNOWN, "label": cell["label"], "unconfirmed": False}
    return _settled(lens, space, (thing, content), denied, key)


def _unconfirmed(lens: Lens, space: str, subject: str, row: str) -> tuple[Thing, Content, Content]:
    thing = lens.state(space).thing(subject)
    content = content_of(lens, space, thing) if thing is not None and thing.type == "report" else None
    if thing is None or content is None:
        raise Refused("not_found")
    if thing.organisation != lens.principal.organisation:
        raise Refused("not_owner")
    cell = next((cell for cell in content["cells"] if cell["row"] == row), None)
    if cell is None or not cell["unconfirmed"] or thing.status != "published":
        raise Refused("not_unconfirmed")
    return thing, content, cell


def _settled(lens: Lens, space: str, report: tuple[Thing, Content], cell: Content, key: str) -> Receipt:
    thing, content = report
    kept = {name: value for name, value in content.items() if name not in RELAYED_ONLY}
    cells = [cell if one["row"] == cell["row"] else one for one in content["cells"]]
    quick = "" if content["quick"] == UNCHANGED else content["quick"]
    sent = Sent(last=thing.last, key=key, marks=marks_of(lens, space, thing.data.content))
    return correct_report(lens, space, thing.subject, {**kept, "cells": cells, "quick": quick}, sent=sent)


def _rows_of(lens: Lens) -> tuple[str, ...]:
    found = organisation(lens.directory, lens.principal.organisation)
    return found.rows if found is not None else ()


def _is_others(lists: Lists, figure: Content) -> bool:
    item = lists.item("figures", figure["code"])
    return item is not None and bool(item["responsible_only"])
