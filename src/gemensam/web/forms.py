"""Form fields that several capabilities use."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gemensam.core.refusal import Refused
from gemensam.ledger import cautions
from gemensam.web import labels, times


class MomentWidget(forms.TextInput):
    """A text field and not the browser's picker: that one shows am and pm to whoever has an English browser."""

    def format_value(self, value: Any) -> str | None:
        return times.field(value) if isinstance(value, int) else super().format_value(value)


class MomentField(forms.Field):
    """An instant, given as `times.parse` reads it (`15.08`, `i går 15.08`, `2026-11-20 15.08`); its value is ms UTC.

    `past`: refuses what has not come yet.
    """

    widget = MomentWidget

    def __init__(self, *, past: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.past = past

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            at = times.parse(str(value))
        except Refused as refused:
            raise ValidationError(labels.words(refused)) from refused
        if self.past and at > times.now() + times.MINUTE:
            raise ValidationError(labels.words(Refused("moment_in_future")))
        return at

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != initial)


class DayField(forms.DateField):
    """A day in a date field of the browser's own."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], required=options.pop("required", False), **options)


class Careful(forms.CharField):
    """A text that is asked about where it seems to hold a personal identity number (R96)."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            cautions.check_texts([text or ""])
        except Refused as refused:
            raise ValidationError(labels.words(refused)) from refused
        return text
