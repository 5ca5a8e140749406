"""The form of a drawing: its corners one to a line, in whichever of the three systems."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gemensam.core.refusal import Refused
from gemensam.geography.domain.drawings import CORNERS_MAX, FEWEST, LABEL_MAX, NOTE_MAX, POINT
from gemensam.geography.map_shown import shape_words
from gemensam.picture.domain.coordinates import Point, as_wgs84, read_point
from gemensam.picture.form_fields import Careful, LocalTime
from gemensam.picture.lists import Lists
from gemensam.picture.marking import MarkField, offer_marks
from gemensam.web import labels, times


class DrawingForm(forms.Form):
    """A drawing as `DrawingPayload` wants it, with its mark for the header."""

    shape = forms.ChoiceField(label=gettext_lazy("What to draw"), widget=forms.RadioSelect)
    label = Careful(
        label=gettext_lazy("Label"), max_length=LABEL_MAX, help_text=gettext_lazy("What it shows, in a few words.")
    )
    corners = forms.CharField(
        label=gettext_lazy("Corners"), widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=30_000,
        help_text=gettext_lazy("One to a line, in WGS 84, SWEREF 99 TM or MGRS. A press on the map adds a line."),
    )  # fmt: skip
    valid_from = LocalTime(
        label=gettext_lazy("Holds from"), required=False, coming=False, help_text=gettext_lazy("Empty: now.")
    )
    valid_until = LocalTime(
        label=gettext_lazy("Holds until"), required=False, help_text=gettext_lazy("Empty: until further notice.")
    )
    note = Careful(
        label=gettext_lazy("Remark"), max_length=NOTE_MAX, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    mark = MarkField()

    def __init__(self, *args: Any, lists: Lists, now: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self._now = now
        self.fields["shape"].choices = list(shape_words().items())  # type: ignore[attr-defined]
        offer_marks(self, lists)

    def clean_corners(self) -> list[dict[str, int]]:
        lines = [line.strip() for line in self.cleaned_data["corners"].splitlines() if line.strip()]
        if len(lines) > CORNERS_MAX:
            raise forms.ValidationError(_("There are too many corners: at most %(limit)s.") % {"limit": CORNERS_MAX})
        corners = []
        for number, line in enumerate(lines, 1):
            try:
                corners.append(read_point(line)._asdict())
            except Refused as refused:
                told = {"number": number, "why": labels.words(refused)}
                raise forms.ValidationError(_("Line %(number)s: %(why)s") % told) from refused
        return corners

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        shape, corners = given.get("shape"), given.get("corners")
        if shape and corners is not None:
            distinct = {tuple(corner.values()) for corner in corners}
            if len(distinct) < FEWEST[shape] or (shape == POINT and len(corners) > 1):
                self.add_error("corners", _("An area has at least three corners, a line two, a point one."))
        given["valid_from"] = given.get("valid_from") or self._now
        if given.get("valid_until") and given["valid_until"] <= given["valid_from"]:
            self.add_error("valid_until", _("Give a time that is later than the one from which it holds."))
        return given

    def content(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "mark"}

    @property
    def marks(self) -> tuple[str, ...]:
        marks: tuple[str, ...] = self.cleaned_data["mark"]
        return marks


def initial_of(payload: Any, marks: tuple[str, ...]) -> dict[str, Any]:
    """Return what the form starts with for a drawing that is changed."""
    points = (Point(corner["latitude"], corner["longitude"]) for corner in payload["corners"])
    until = payload["valid_until"]
    return {
        "shape": payload["shape"], "label": payload["label"], "note": payload["note"],
        "corners": "\n".join(as_wgs84(point) for point in points), "valid_from": times.field(payload["valid_from"]),
        "valid_until": times.field(until) if until else "", "mark": tuple(marks),
    }  # fmt: skip
