"""The form of a body: what it is, and a row for each seat."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.organisations import domain
from gemensam.organisations.domain.bodies import LINE_MAX, SEATS_MAX, TEXT_MAX
from gemensam.organisations.names import Lists, organisation_choices
from gemensam.web.forms import DayField

SPARE_ROWS = 3
SEAT_PARTS = ("organisation", "title", "stands_for", "since", "until")
CHAIR, SECRETARY = "chair", "secretary"


class BodyForm(forms.Form):
    """A body of the network. An empty row is no seat."""

    name = forms.CharField(label=_("Name"), max_length=LINE_MAX)
    name_en = forms.CharField(label=_("Name in English"), max_length=LINE_MAX, required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    task = forms.CharField(
        label=_("Task"), max_length=TEXT_MAX, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    task_en = forms.CharField(
        label=_("Task in English"), max_length=TEXT_MAX, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(label=_("Valid until"))
    source = forms.CharField(label=pgettext_lazy("body", "Source"), max_length=LINE_MAX, required=False)

    def __init__(
        self, data: Any = None, *, directory: Any, body: domain.Body | None = None, written: Any = None
    ) -> None:
        """`written`: what has been written so far, to go on with in more rows."""
        initial = _initial(body) if body else {}
        super().__init__(data, initial={**initial, **dict((written or {}).items())})
        self._directory, self._body = directory, body
        rows = _rows_sent(data) or _rows_sent(written) or (len(body.seats) if body else 0)
        spare = 0 if data else SPARE_ROWS
        self.rows = [f"seat-{number}" for number in range(min(rows + spare, SEATS_MAX))]
        self.fields["level"].choices = [("", "–"), *Lists(directory).choices("levels")]  # type: ignore[attr-defined]
        self._add_seats()
        if body:
            self.fields["reason"] = forms.CharField(label=_("Why is it changed?"), max_length=TEXT_MAX)

    def _add_seats(self) -> None:
        organisations = [("", _("not known")), *organisation_choices(self._directory)]
        groups = [("", _("its own organisation")), *Lists(self._directory).choices("municipal_groups")]
        for prefix in (CHAIR, SECRETARY, *self.rows):
            fields: dict[str, forms.Field] = {
                "organisation": forms.ChoiceField(label=_("Organisation"), choices=organisations, required=False),
                "title": forms.CharField(label=_("Function"), max_length=LINE_MAX, required=False),
                "stands_for": forms.ChoiceField(label=_("Stands for"), choices=groups, required=False),
                "since": DayField(label=pgettext_lazy("seat", "From")),
                "until": DayField(label=pgettext_lazy("seat", "Until")),
            }
            self.fields |= {f"{prefix}-{part}": each for part, each in fields.items()}

    def heads(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The chair's and the secretary's fields."""
        return [(str(word), self._bound(prefix)) for prefix, word in ((CHAIR, _("Chair")), (SECRETARY, _("Secretary")))]

    def seats(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each row."""
        return (self._bound(prefix) for prefix in self.rows)

    def _bound(self, prefix: str) -> list[forms.BoundField]:
        return [self[f"{prefix}-{part}"] for part in SEAT_PARTS]

    def given(self) -> dict[str, Any]:
        """Return the body as `BodySaid` wants it."""
        data = self.cleaned_data
        chosen = {name: data[name] for name in ("name", "name_en", "level", "task", "task_en", "source")}
        days = {name: _iso(data[name]) for name in ("valid_from", "valid_until")}
        heads = {name: self._seat(name) for name in (CHAIR, SECRETARY)}
        seats = [seat for prefix in self.rows if (seat := self._seat(prefix)) is not None]
        return {**chosen, **days, **heads, "seats": seats, "evidence": "own", "reason": data.get("reason", "")}

    def _seat(self, prefix: str) -> dict[str, str] | None:
        data = self.cleaned_data
        found = {part: data[f"{prefix}-{part}"] or "" for part in SEAT_PARTS}
        found |= {part: _iso(data[f"{prefix}-{part}"]) for part in ("since", "until")}
        if not (found["organisation"] or found["title"]):
            return None
        function = _function_called(self._directory, found["organisation"], found["title"])
        return self._kept({**found, "function": function})

    def _kept(self, seat: dict[str, str]) -> dict[str, str]:
        """A row that is as it was keeps what its source said; another is the joint office's own word."""
        before = [each for each in (self._body.chair, self._body.secretary, *self._body.seats) if each] if (
            self._body
        ) else []  # fmt: skip
        for each in before:
            if all(getattr(each, part) == seat[part] for part in SEAT_PARTS):
                return dict(each._asdict())
        return {**seat, "evidence": "own"}


def _rows_sent(data: Mapping[str, Any] | None) -> int:
    told = str((data or {}).get("rows", ""))
    return int(told) if told.isdecimal() and len(told) < 4 else 0


def _initial(body: domain.Body) -> dict[str, Any]:
    found: dict[str, Any] = dict(body._asdict())
    placed = [(CHAIR, body.chair), (SECRETARY, body.secretary), *_numbered(body.seats)]
    for prefix, seat in placed:
        if seat is not None:
            found |= {f"{prefix}-{part}": getattr(seat, part) for part in SEAT_PARTS}
    return found


def _numbered(seats: tuple[domain.SeatData, ...]) -> list[tuple[str, domain.SeatData]]:
    return [(f"seat-{number}", seat) for number, seat in enumerate(seats)]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _function_called(directory: Any, organisation: str, title: str) -> str:
    """Return the organisation's function that has this name, or "": then the words stand alone."""
    wanted = title.strip().casefold()
    names = (
        (each.id, {each.name.casefold(), str(each.about.get("name_long", "")).casefold()})
        for each in domain.functions(directory, organisation)
    )
    return next((found for found, words in names if wanted and wanted in words), "")
