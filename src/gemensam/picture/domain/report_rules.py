"""What is checked and filled in when a report is written, under the append lock (R19–R22, R46).

Codes are checked against the lists that the space has pinned, so that a status means what it meant when
the space was opened. Unknown codes are refused, empty ones get the lists' defaults.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gemensam.core.clock import AHEAD_LIMIT_MS
from gemensam.core.policy import require
from gemensam.core.refusal import Refused
from gemensam.core.writing import Decision
from gemensam.organisations.domain import VocabularyVersion, organisation, pinned_vocabulary
from gemensam.picture.domain.links import PERMISSION as LINK_PERMISSION
from gemensam.picture.domain.places import checked_place
from gemensam.picture.domain.written import check_written

OTHER_ROW = "annat"
ASSESSMENT = "bedomning"
SUMMARY_MAX, TEXT_MAX, LINE_MAX, REASON_MAX = 300, 4_000, 500, 1_000
LINES_MAX, ATTACHMENTS_MAX = 50, 10
LONGEST_LISTS = {
    **dict.fromkeys(("done", "planned", "needs", "offers", "texts", "forecasts", "cells", "replies"), LINES_MAX),
    "attachments": ATTACHMENTS_MAX,
}
# How it came in is no part of what the owner then confirms.
RELAYED_ONLY = frozenset({"received_by", "link_for", "written"})
FORECAST_HOURS = frozenset({6, 24, 72})
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,3})?")
Payload = Mapping[str, Any]


class Lists:
    """The lists in use in the space of a decision, each looked up once."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self._found: dict[str, VocabularyVersion] = {}

    def __getitem__(self, code: str) -> VocabularyVersion:
        found = self._found.get(code)
        if found is None:
            found = self._found[code] = pinned_vocabulary(self.decision.directory, self.decision.state, code)
        return found

    def item(self, code: str, value: str, refusal: str) -> Mapping[str, Any]:
        """Return an item of a list; raises `Refused(refusal, value=…)`."""
        found = self[code].item(value)
        if found is None:
            raise Refused(refusal, value=value)
        return found

    def default(self, code: str) -> str:
        """Return the code that the list marks as its default."""
        return next((item["code"] for item in self[code].items if item.get("default")), "")


def decide_published(decision: Decision) -> Payload:
    """Check a report of the writer's own organisation; a quick answer's content is filled in."""
    payload = decision.draft.payload
    if payload["quick"] == "unchanged":
        return unchanged(decision)
    if payload["quick"] == "no_impact":
        payload = {**payload, "cells": no_impact_cells(decision)}
    return checked_report(decision, payload)


def decide_relayed(decision: Decision) -> Payload:
    """Check a report typed for another member: it must say how it came and who took it (R71)."""
    if decision.organisation == decision.principal.organisation:
        raise Refused("relay_own_report")
    check_way(decision)
    if not decision.draft.payload["received_by"].strip():
        raise Refused("received_by_missing")
    _limit(LINE_MAX, received_by=decision.draft.payload["received_by"])
    if decision.draft.payload["quick"] == "unchanged":
        raise Refused("unknown_quick", value="unchanged")
    if decision.draft.payload["quick"] == "no_impact":
        return checked_report(decision, {**decision.draft.payload, "cells": no_impact_cells(decision)})
    return checked_report(decision, decision.draft.payload)


def check_way(decision: Decision) -> None:
    """Check how another organisation's word came, and that the writer may enter what comes in that way (R71, R85).

    A way that only the program sets goes with whom the link was made for. Raises `Refused`: `unknown_via`,
    `not_permitted`, `text_too_long`.
    """
    link_for = decision.draft.payload["link_for"]
    way = Lists(decision).item("via", decision.draft.via, "unknown_via")
    by_link = way.get("set_by") == "program"
    if by_link != bool(link_for.strip()):
        raise Refused("unknown_via", value=decision.draft.via)
    require(decision.principal, LINK_PERMISSION if by_link else "report_for_others")
    _limit(LINE_MAX, link_for=link_for)


def decide_corrected(decision: Decision) -> Payload:
    """Check the new content of a report that stands."""
    if decision.draft.payload["quick"] == "unchanged":
        raise Refused("unknown_quick", value="unchanged")
    return checked_report(decision, decision.draft.payload)


def decide_reason(decision: Decision) -> Payload:
    """Check that a withdrawal or denial says why."""
    reason = decision.draft.payload["reason"]
    if not reason.strip():
        raise Refused("reason_missing")
    _limit(REASON_MAX, reason=reason)
    return decision.draft.payload


def unchanged(decision: Decision) -> Payload:
    """Return the confirmed report's content with each statement's own time kept, so that both times are known."""
    given = decision.draft.payload
    check_written(decision)
    _check_time(decision, given["stated_at"])
    check_answers(decision)
    check_follows(decision)
    latest = decision.state.latest("reports", decision.organisation)
    if latest is None or latest.status != "published":
        raise Refused("no_report_to_confirm")
    if latest.data.content != given["confirms"]:
        raise Refused("moved", last=latest.data.content, based_on=given["confirms"])
    content = decision.load([latest.data.content]).get(latest.data.content)
    if content is None:
        raise Refused("no_report_to_confirm")
    return _confirming(content, given, latest.data.kept_at)


def _confirming(content: Payload, given: Payload, kept_at: int) -> Payload:
    def dated(line: Payload) -> Payload:
        return {**line, "stated_at": line["stated_at"] or content["stated_at"]}

    kept = {key: value for key, value in content.items() if key not in RELAYED_ONLY}
    return {
        **kept,
        "stated_at": given["stated_at"],
        "cells": [dated(cell) for cell in content["cells"]],
        "forecasts": [dated(forecast) for forecast in content["forecasts"]],
        "quick": "unchanged",
        "confirms": given["confirms"],
        "next_at": given["next_at"],
        "replies": [],
        "kept_at": kept_at,
        "repeats": content["repeats"] + 1,
        "written": given["written"],
    }


def no_impact_cells(decision: Decision) -> list[Payload]:
    """Return *ingen påverkan* on every row that the organisation answers for."""
    lists = Lists(decision)
    found = organisation(decision.directory, decision.organisation)
    rows = found.rows if found is not None else ()
    lowest = min(lists["status"].items, key=lambda item: int(item["digit"]))
    known = set(lists["rows"].codes())
    return [{**EMPTY_CELL, "row": row, "status": lowest["code"]} for row in rows if row in known]


EMPTY_CELL: Payload = {
    "row": "", "status": "", "text": "", "type": "", "certainty": "", "source": "", "source_text": "",
    "stated_at": None, "trend": "", "unconfirmed": None, "figures": [], "until_at": None, "area": "", "label": "",
    "where": None,
}  # fmt: skip


def checked_report(decision: Decision, payload: Payload) -> Payload:
    """Return a report's content with defaults filled in.

    Raises `Refused`: `unknown_quick`, `unknown_template`, `unknown_field`, `summary_missing`, `text_too_long`,
    `too_many_lines`, `line_empty`, `stated_in_future`, `unknown_hours`, `unknown_urgency`,
    `not_a_request`, `not_asked`, `not_own_report`, or what `checked_cell` raises.
    """
    lists = Lists(decision)
    if payload["quick"] not in ("", "no_impact", "nothing_to_report"):
        raise Refused("unknown_quick", value=payload["quick"])
    check_written(decision)
    _check_time(decision, payload["stated_at"])
    check_answers(decision)
    check_follows(decision)
    check_part(decision)
    _check_template(lists, payload)
    _check_lines(lists, payload)
    rows = [cell["row"] for cell in payload["cells"]]
    if len(set(rows)) != len(rows):
        raise Refused("row_twice", row=next(row for row in rows if rows.count(row) > 1))
    cells = [checked_cell(lists, cell, payload["stated_at"]) for cell in payload["cells"]]
    order = {code: place for place, code in enumerate(lists["rows"].codes())}
    cells.sort(key=lambda cell: order.get(cell["row"], len(order)))
    return {**payload, "cells": cells, "confirms": "", "kept_at": None, "repeats": 0}


def _check_time(decision: Decision, stated_at: int) -> None:
    if stated_at > decision.now + AHEAD_LIMIT_MS:
        raise Refused("stated_in_future", stated_at=stated_at)
    if stated_at <= 0:
        raise Refused("stated_at_wrong")


def check_answers(decision: Decision) -> None:
    """Check that what a report answers are requests of this space that asked its organisation (F3)."""
    for ref in decision.draft.refs:
        if ref.rel != "answers":
            continue
        thing = decision.state.thing(ref.subject) if ref.space == decision.space.id else None
        if thing is None or thing.type != "request":
            raise Refused("not_a_request", subject=ref.subject)
        if decision.organisation not in thing.data.asked:
            raise Refused("not_asked", subject=ref.subject)


def check_follows(decision: Decision) -> None:
    """Check that the report that the writer saw as the latest still is (design 5.5)."""
    for ref in decision.draft.refs:
        if ref.rel != "follows":
            continue
        latest = decision.state.latest("reports", decision.organisation)
        if latest is None or latest.last != ref.digest:
            raise Refused("moved", last=latest.last if latest else "", based_on=ref.digest)


def decide_sanitised(decision: Decision) -> Payload:
    """Check that what tells some of this report in a wider circle is the owner's own report there (design 3.3)."""
    if [ref.rel for ref in decision.draft.refs] != ["sanitised_as"]:
        raise Refused("malformed")
    _check_own_wider(decision, "sanitised_as")
    _limit(REASON_MAX, note=decision.draft.payload["note"])
    return decision.draft.payload


def check_part(decision: Decision) -> None:
    """Check that what a narrower part belongs to is the organisation's own report in a wider space (design 3.4)."""
    _check_own_wider(decision, "part_of")


def _check_own_wider(decision: Decision, rel: str) -> None:
    for ref in decision.draft.refs:
        if ref.rel != rel:
            continue
        thing = decision.wider(ref.space).thing(ref.subject) if ref.space != decision.space.id else None
        if thing is None or thing.type != "report" or thing.organisation != decision.organisation:
            raise Refused("not_own_report", subject=ref.subject)


def _check_template(lists: Lists, payload: Payload) -> None:
    template = lists.item("report_templates", payload["template"], "unknown_template")
    fields = {field["code"]: field for field in template["fields"] if field["kind"] in ("text", "lines")}
    for text in payload["texts"]:
        field = fields.get(text["code"])
        if field is None:
            raise Refused("unknown_field", value=text["code"])
        _limit(int(field.get("max_length", TEXT_MAX)), **{text["code"]: text["text"]})
    if not payload["quick"] and not payload["summary"].strip():
        raise Refused("summary_missing")
    _limit(SUMMARY_MAX, summary=payload["summary"])


def _check_lines(lists: Lists, payload: Payload) -> None:
    for name, most in LONGEST_LISTS.items():
        if len(payload[name]) > most:
            raise Refused("too_many_lines", field=name, limit=most)
    for line in payload["done"]:
        _limit(LINE_MAX, done=line)
    for name in ("planned", "needs", "offers"):
        for line in payload[name]:
            if not line["what"].strip():
                raise Refused("line_empty", field=name)
            _limit(LINE_MAX, **{key: text for key, text in line.items() if isinstance(text, str)})
    for need in payload["needs"]:
        if need["urgency"]:
            lists.item("urgency", need["urgency"], "unknown_urgency")
    for reply in payload["replies"]:
        _limit(TEXT_MAX, question=reply["question"], reply=reply["text"])
    _check_forecasts(payload["forecasts"])


def _check_forecasts(forecasts: Iterable[Payload]) -> None:
    seen: set[int] = set()
    for forecast in forecasts:
        if forecast["hours"] not in FORECAST_HOURS or forecast["hours"] in seen:
            raise Refused("unknown_hours", value=forecast["hours"])
        seen.add(forecast["hours"])
        _limit(TEXT_MAX, forecast=forecast["text"], worst=forecast["worst"])


def checked_cell(lists: Lists, cell: Payload, stated_at: int) -> Payload:
    """Return a cell with defaults filled in.

    Raises `Refused`: `unknown_row`, `unknown_status`, `status_set_by_program`, `until_missing`, `label_missing`,
    `unknown_type`, `unknown_certainty`, `unknown_source`, `source_name_missing`, `unknown_trend`,
    `stated_in_future`, `text_too_long`, `unknown_figure`, `figure_row`, `figure_value`, `figure_unit`, or what
    `places.checked_place` raises.
    """
    if cell["row"] != OTHER_ROW:
        lists.item("rows", cell["row"], "unknown_row")
    elif not cell["label"].strip():
        raise Refused("label_missing")
    _check_time(lists.decision, cell["stated_at"] or stated_at)
    _check_status(lists, cell, stated_at)
    _limit(LINE_MAX, text=cell["text"], source_text=cell["source_text"], area=cell["area"], label=cell["label"])
    if cell["trend"]:
        lists.item("trend", cell["trend"], "unknown_trend")
    qualified = checked_source(lists, cell)
    figures = [_checked_figure(lists, cell["row"], figure) for figure in cell["figures"]]
    doubtful = any(_beyond_responsibility(lists, cell["row"], figure) for figure in figures)
    where = checked_place(lists.decision.directory, cell["where"]) if cell.get("where") else None
    return {**qualified, "figures": figures, "unconfirmed": qualified["unconfirmed"] or doubtful, "where": where}


def _check_status(lists: Lists, cell: Payload, stated_at: int) -> None:
    if lists["status"].item(cell["status"]) is None:
        value = lists.item("values", cell["status"], "unknown_status")
        if value["set_by"] != "organisation":
            raise Refused("status_set_by_program", value=cell["status"])
    if (cell["status"] == "aterkommer") != (cell["until_at"] is not None):
        raise Refused("until_missing", row=cell["row"])
    if cell["until_at"] is not None and cell["until_at"] <= stated_at:
        raise Refused("until_passed", until_at=cell["until_at"])


def checked_source(lists: Lists, statement: Payload) -> Payload:
    """Return a statement with type, certainty, source and *obekräftad* filled in from the lists (R20, R22)."""
    kind = lists.item("statement_types", statement["type"] or ASSESSMENT, "unknown_type")
    certainty = statement["certainty"] or (lists.default("certainty") if kind["needs_certainty"] else "")
    if certainty:
        lists.item("certainty", certainty, "unknown_certainty")
    source = lists.item("sources", statement["source"] or lists.default("sources"), "unknown_source")
    if source["needs_name"] and not statement["source_text"].strip():
        raise Refused("source_name_missing")
    unconfirmed = source["unconfirmed"] if statement["unconfirmed"] is None else statement["unconfirmed"]
    filled = {"type": kind["code"], "certainty": certainty, "source": source["code"], "unconfirmed": unconfirmed}
    return {**statement, **filled}


def _checked_figure(lists: Lists, row: str, figure: Payload) -> Payload:
    item = lists.item("figures", figure["code"], "unknown_figure")
    if item["row"] != row:
        raise Refused("figure_row", figure=figure["code"], row=row)
    if figure["unit"] not in ("", item["unit"]):
        raise Refused("figure_unit", figure=figure["code"], unit=figure["unit"])
    if not NUMBER.fullmatch(figure["value"]):
        raise Refused("figure_value", figure=figure["code"], value=figure["value"])
    _limit(LINE_MAX, source=figure["source"])
    if figure["at"] is not None:
        _check_time(lists.decision, figure["at"])
    return {**figure, "unit": item["unit"]}


def _beyond_responsibility(lists: Lists, row: str, figure: Payload) -> bool:
    """Whether only another organisation is responsible for a figure (injured, dead): then it is unconfirmed."""
    if not lists.item("figures", figure["code"], "unknown_figure")["responsible_only"]:
        return False
    found = organisation(lists.decision.directory, lists.decision.organisation)
    return found is None or row not in found.rows


def _limit(longest: int, **texts: str) -> None:
    for field, text in texts.items():
        if len(text) > longest:
            raise Refused("text_too_long", field=field, limit=longest, length=len(text))


limit_texts: Callable[..., None] = _limit
