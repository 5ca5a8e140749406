"""What every report form is drawn from, whoever fills it in: parts, rows and questions of a desk, and the errors."""

from collections.abc import Mapping
from typing import Any

from gemensam.picture.lists import told
from gemensam.picture.report_boxes import Boxes, error_list, field_labels, warning
from gemensam.picture.report_desk import Desk
from gemensam.picture.report_drawing import draw_rows


def form_parts(desk: Desk, fields: Mapping[str, str], errors: Mapping[str, str], extra: str = "") -> dict[str, Any]:
    """Return what the templates of a report form need; `extra` is the list that one has asked for more lines of."""
    boxes = Boxes(desk, fields, errors, extra)
    parts, rows, more_rows = boxes.parts(), boxes.rows(), boxes.more_rows()
    careful = warning(desk.lists, "varsam")
    return {
        **_cells(desk),
        "parts": parts,
        "rows": rows,
        "rows_drawn": draw_rows(rows, careful, desk.page.moment.at),
        "more_rows": more_rows,
        "more_rows_drawn": draw_rows(more_rows, careful, desk.page.moment.at),
        "more_open": any(row.error or any(choice.is_chosen for choice in row.choices) for row in more_rows),
        "errors": error_list(parts, [*rows, *more_rows], errors),
        "labels": field_labels(parts, [*rows, *more_rows]),
        "extra_key": extra,
        "steps": boxes.legend(),
        "questions": boxes.questions(),
    }


def _cells(desk: Desk) -> dict[str, Any]:
    """Return where the rows stand among the template's fields: before which one, or last; and their heading."""
    fields = list(desk.template["fields"])
    place = next((place for place, one in enumerate(fields) if one["kind"] == "cells"), None)
    if place is None:
        return {"cells_before": "", "cells_last": False}
    after = fields[place + 1]["code"] if place + 1 < len(fields) else ""
    heading, hint = told(fields[place], "label"), told(fields[place], "help")
    return {"cells_before": after, "cells_last": not after, "cells_label": heading, "cells_help": hint}
