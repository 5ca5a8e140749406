"""Forms of costs: a budget, the figures of a day, the key, and the question what if."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gemensam.core.refusal import Refused
from gemensam.costs.domain import rules
from gemensam.costs.domain.shares import Figure, Part
from gemensam.costs.domain.tables import (
    LARGEST_FILE,
    Member,
    inhabitants,
    parse_budget,
    parts_of,
    read_key,
    read_population,
)
from gemensam.web import labels
from gemensam.web.forms import Careful


class KronorField(forms.CharField):
    """A budget in whole kronor; its value is öre."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _told(lambda: parse_budget(text)) if text else None


class DayField(forms.CharField):
    """A day written as 2025-12-31; its value is that text."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        return _told(lambda: rules.day_of(text)).isoformat() if text else ""


def _told(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Refused as refused:
        raise ValidationError(labels.words(refused)) from refused


class BudgetForm(forms.Form):
    """A year's budget as chefsgruppen decided it."""

    year = forms.IntegerField(label=_("Budget year"), min_value=rules.FIRST_YEAR, max_value=rules.LAST_YEAR)
    amount = KronorField(label=_("Budget in whole kronor"), max_length=40)
    decided_by = Careful(label=_("Body that decided it"), max_length=rules.NAME_MAX)
    decided_on = DayField(
        label=_("Decided on"), max_length=10, required=False, help_text=_("As 2026-11-20. Empty when it is not known.")
    )
    reference = Careful(
        label=_("Reference number"), max_length=rules.NAME_MAX, required=False, help_text=_("Of the decision.")
    )
    note = Careful(label=_("Note"), max_length=rules.TEXT_MAX, required=False, widget=forms.Textarea({"rows": 2}))


class _TableForm(forms.Form):
    """A table that comes as a file, or is written row by row; a file that is there counts."""

    def __init__(self, data: Any = None, files: Any = None, *, rows: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, files, **options)
        self._rows = rows
        for code, name in rows:
            self.fields[f"row_{code}"] = forms.CharField(label=name, max_length=20, required=False)

    @property
    def table(self) -> list[forms.BoundField]:
        """The fields of the rows."""
        return [self[f"row_{code}"] for code, _name in self._rows]

    def _of_file(self, read: Callable[[bytes], Any]) -> Any:
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        try:
            return read(file.read(LARGEST_FILE + 1))
        except Refused as refused:
            self.add_error("file", labels.words(refused))
            return None

    def _of_row(self, code: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(self.cleaned_data.get(f"row_{code}", ""))
        except Refused as refused:
            self.add_error(f"row_{code}", labels.words(refused))
            return None


class PopulationForm(_TableForm):
    """The figures of a day: `figures` after it is found valid."""

    day = DayField(label=_("Figures of"), max_length=10, help_text=_("31 December, as 2025-12-31."))
    source = Careful(
        label=_("Source"), max_length=rules.NAME_MAX, help_text=_("For instance SCB, and where it stands.")
    )
    file = forms.FileField(
        label=_("As a file (CSV)"), required=False,
        help_text=_("Columns kommunkod, kommunnamn, folkmangd_2025_12_31, in UTF-8. It counts before the rows below."),
    )  # fmt: skip
    figures: tuple[Figure, ...] = ()

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or self.cleaned_data)
        if given.get("file") is not None:
            day = given.get("day")
            here = dict(self._rows)
            if day:
                self.figures = self._of_file(lambda data: read_population(data, date.fromisoformat(day), here)) or ()
            return given
        found = [(code, name, self._of_row(code, _inhabitants(name, place)))
                 for place, (code, name) in enumerate(self._rows, 1)]  # fmt: skip
        self.figures = tuple(Figure(code, name, count) for code, name, count in found if count is not None)
        return given


def _inhabitants(name: str, place: int) -> Callable[[str], int]:
    return lambda text: inhabitants(text, name, place)


class KeyForm(_TableForm):
    """A version of the key: `parts` after it is found valid. An empty row is a member that pays nothing by it."""

    name = Careful(label=_("What the key is called"), max_length=rules.NAME_MAX)
    source = Careful(label=_("Decision that it comes from"), max_length=rules.NAME_MAX)
    file = forms.FileField(
        label=_("As a file (CSV)"), required=False,
        help_text=_("Columns medlem and andel, in UTF-8. It counts before the rows below."),
    )  # fmt: skip
    parts: tuple[Part, ...] = ()

    def __init__(self, *given: Any, members: tuple[Member, ...], **options: Any) -> None:
        super().__init__(*given, rows=[(each.id, each.short) for each in members], **options)
        self._members = members

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or self.cleaned_data)
        if given.get("file") is not None:
            self.parts = self._of_file(lambda data: read_key(data, self._members)) or ()
            return given
        written = [(place, each) for place, each in enumerate(self._members, 1) if given.get(f"row_{each.id}")]
        found = [(each, self._of_row(each.id, _parts(each.name, place))) for place, each in written]
        self.parts = tuple(Part(each.id, each.name, parts) for each, parts in found if parts is not None)
        return given


def _parts(name: str, place: int) -> Callable[[str], int]:
    return lambda text: parts_of(text, name, place)


class ReasonForm(forms.Form):
    """Why the key is taken out of use."""

    reason = Careful(label=_("Why"), max_length=rules.TEXT_MAX)


class WhatIfForm(forms.Form):
    """Another budget, other figures, with or without the key; nothing of it is written."""

    budget = KronorField(label=_("Budget in whole kronor"), max_length=40)
    day = forms.ChoiceField(label=_("Figures of"))
    key = forms.BooleanField(label=_("Share the other half by the key that holds"), required=False)

    def __init__(self, data: Any, *, days: Sequence[tuple[str, str]], has_key: bool) -> None:
        super().__init__(data)
        self.fields["day"].choices = days  # type: ignore[attr-defined]
        if not has_key:
            del self.fields["key"]
