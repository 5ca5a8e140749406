"""Words of this room: what is refused, and how its entries are called in the log."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.ledger.describing import Line, Names, kind_word
from gemensam.ledger.reading import LogRow
from gemensam.web.labels import Refusal, Text

REFUSALS: Mapping[str, Text | Refusal] = {
    "unknown_shape": _("%(value)s cannot be drawn: choose an area, a line or a point."),
    "drawing_label_missing": _("Write what the drawing shows."),
    "drawing_time_wrong": _("The drawing must hold until later than it holds from."),
    "too_few_corners": _("There are too few corners: an area has at least three, a line two, a point one."),
    "too_many_corners": _("There are too many corners: at most %(limit)s."),
}
KIND_WORDS: Mapping[str, Text] = {
    "drawing.made": pgettext_lazy("log", "Drawn on the map"),
    "drawing.changed": pgettext_lazy("log", "Drawing changed"),
    "drawing.withdrawn": pgettext_lazy("log", "Drawing withdrawn"),
}
GROUP_WORDS: Mapping[str, Text] = {"drawing": _("Drawings")}


def describe(row: LogRow, names: Names) -> Line:
    """Return a drawing's entry as a line of the log."""
    payload = row.payload or {}
    said = [str(part) for part in _said(payload) if part]
    word = kind_word(row.header.kind)
    link = f"/spaces/{row.header.space}/drawings/{row.header.subject}/"
    return Line(f"{word}: {'. '.join(said)}" if said else word, link)


def _said(payload: Mapping[str, Any]) -> Sequence[Any]:
    return payload.get("label"), payload.get("note"), payload.get("reason")
