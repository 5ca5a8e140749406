"""Forms of call lists, contacts, shifts, covers and calendars. Labels name functions and telephones, never people."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.core.refusal import Refused
from gemensam.rosters.calendar_in import BYTES_MAX
from gemensam.rosters.domain.addresses import checked, spoken
from gemensam.rosters.domain.local import local
from gemensam.rosters.domain.rules import LABEL_MAX, TEXT_MAX
from gemensam.rosters.domain.series import EACH, SeriesRule, length_between
from gemensam.web import labels, times
from gemensam.web.forms import Careful, MomentField

Choices = Sequence[tuple[str, str]]
ADDRESS_ROWS, CONTACT_ROWS = 6, 4
WEEKDAYS = range(1, 8)


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _note(label: Any, **options: Any) -> Careful:
    return Careful(label=label, widget=_area(), max_length=TEXT_MAX, required=False, **options)


class NoteForm(forms.Form):
    """A few words, which stand in the log."""

    note = _note(_("Note"))


class ConfirmForm(forms.Form):
    """That the call list has been gone through; whether it was tested."""

    tested = forms.BooleanField(label=_("It has been tested: we called it, and somebody answered"), required=False)


class ReserveForm(forms.Form):
    """Who is asked when none of the call list answers."""

    reserve_organisation = forms.ChoiceField(label=_("Reserve path: through which organisation"), required=False)
    reserve_text = Careful(
        label=_("Reserve path in words"), max_length=200, required=False,
        help_text=_("A function, never a person or a number."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, organisations: Choices, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["reserve_organisation"].choices = [("", "–"), *organisations]  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """A duty contact: what it is called, and its addresses in the order in which they are tried."""

    label = Careful(
        label=_("What you call it"), max_length=LABEL_MAX, help_text=_("For instance TiB-telefonen. No person's name.")
    )
    standing_for = forms.MultipleChoiceField(
        label=_("Takes the calls where no shift is planned, for"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Any = None, *, channels: Choices, functions: Choices, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["standing_for"].choices = functions  # type: ignore[attr-defined]
        for row in range(1, ADDRESS_ROWS + 1):
            self.fields[f"channel_{row}"] = forms.ChoiceField(
                label=_("Channel %(n)s") % {"n": row}, choices=[("", "–"), *channels], required=False
            )
            self.fields[f"value_{row}"] = forms.CharField(
                label=_("Number or address %(n)s") % {"n": row}, max_length=254, required=False
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"channel_{row}"], self[f"value_{row}"]) for row in range(1, ADDRESS_ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        found = []
        for row in range(1, ADDRESS_ROWS + 1):
            channel, value = data.get(f"channel_{row}", ""), str(data.get(f"value_{row}", "")).strip()
            if channel:
                found += self._address(row, channel, value)
            elif value:
                self.add_error(f"channel_{row}", ValidationError(_("Say by which channel.")))
        data["addresses"] = found
        return data

    def _address(self, row: int, channel: str, value: str) -> list[dict[str, str]]:
        try:
            address = checked(channel, value)
        except Refused as refused:
            self.add_error(f"value_{row}", ValidationError(labels.words(refused)))
            return []
        return [{"channel": address.channel, "value": address.value}]

    def content(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "label": data["label"], "addresses": data["addresses"], "standing_for": list(data["standing_for"]),
        }  # fmt: skip


class LocalDate(forms.CharField):
    """A local date, written 2026-11-29."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "placeholder": "2026-11-29"})
        super().__init__(widget=widget, max_length=10, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValidationError(_("Write the date as 2026-11-29.")) from error


class ClockTime(forms.CharField):
    """A time of day, written 08.00, 8:00 or 0800; its value is minutes of the day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), max_length=5, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])[.:]?([0-5][0-9])", text.strip(), re.ASCII)
        if found is None:
            raise ValidationError(_("Write the time as 08.00."))
        return int(found[1]) * 60 + int(found[2])


class SeriesForm(forms.Form):
    """Shifts of one function on chosen days, with the same hours, by turns between up to four contacts."""

    function = forms.ChoiceField(label=pgettext_lazy("roster", "Function"))
    first = LocalDate(label=_("First day"))
    last = LocalDate(
        label=_("Last day"), help_text=_("The last day on which a shift begins. The same day for one shift.")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Shifts begin on"), widget=forms.CheckboxSelectMultiple, coerce=int
    )
    start = ClockTime(label=_("Begins at"))
    end = ClockTime(label=_("Ends at"), help_text=_("The same or an earlier time means the next day."))
    days = forms.IntegerField(
        label=_("Whole days besides"), min_value=0, max_value=34, required=False,
        help_text=_("6 for a week from Monday 08.00 to Monday 08.00."),
    )  # fmt: skip
    turn = forms.ChoiceField(
        label=_("Contacts take turns"), initial=EACH,
        choices=[
            (EACH, pgettext_lazy("turn", "with each shift")),
            ("day", pgettext_lazy("turn", "each day")),
            ("week", pgettext_lazy("turn", "each week, on Monday")),
        ],
    )  # fmt: skip
    note = _note(_("Note for those on duty"))

    def __init__(self, data: Any = None, *, functions: Choices, contacts: Choices, now: int, function: str) -> None:
        first = local(now).date() + timedelta(days=1)
        usual = {
            "first": first.isoformat(), "last": (first + timedelta(days=13)).isoformat(), "weekdays": list(WEEKDAYS),
            "start": "08.00", "end": "08.00", "turn": EACH, "function": function,
        }  # fmt: skip
        super().__init__(data, initial=usual)
        self.fields["function"].choices = functions  # type: ignore[attr-defined]
        self.fields["weekdays"].choices = [(day, times.weekday(day)) for day in WEEKDAYS]  # type: ignore[attr-defined]
        for row in range(1, CONTACT_ROWS + 1):
            self.fields[f"contact_{row}"] = forms.ChoiceField(
                label=_("Contact %(n)s") % {"n": row}, choices=[("", "–"), *contacts], required=row == 1
            )

    @property
    def contacts(self) -> list[Any]:
        return [self[f"contact_{row}"] for row in range(1, CONTACT_ROWS + 1)]

    def rule(self) -> SeriesRule:
        data = self.cleaned_data
        length = length_between(data["start"], data["end"], data["days"] or 0)
        chosen = (data[f"contact_{row}"] for row in range(1, CONTACT_ROWS + 1))
        return SeriesRule(
            data["first"], data["last"], frozenset(data["weekdays"]), data["start"], length,
            tuple(contact for contact in chosen if contact), data["turn"],
        )  # fmt: skip


class ShiftForm(forms.Form):
    """One shift: its contact, its times, its note."""

    contact = forms.ChoiceField(label=pgettext_lazy("roster", "Contact"))
    from_at = MomentField(label=pgettext_lazy("roster", "From"))
    until_at = MomentField(label=pgettext_lazy("roster", "Until"))
    note = _note(_("Note for those on duty"))

    def __init__(self, data: Any = None, *, contacts: Choices, initial: Any = None) -> None:
        super().__init__(data, initial=initial, prefix="change")
        self.fields["contact"].choices = contacts  # type: ignore[attr-defined]

    def content(self, function: str) -> dict[str, Any]:
        data = self.cleaned_data
        return {"function": function, **{name: data[name] for name in ("contact", "from_at", "until_at", "note")}}


class HandOverForm(forms.Form):
    """Who holds the rest of a shift, with a note for whoever that is."""

    contact = forms.ChoiceField(label=_("Is reached from now on"))
    note = _note(_("What the next one must know"))

    def __init__(self, data: Any = None, *, contacts: Choices) -> None:
        super().__init__(data, prefix="hand")
        self.fields["contact"].choices = contacts  # type: ignore[attr-defined]


class SwapForm(forms.Form):
    """With which other shift a shift exchanges contacts; a choice holds its id and the last entry seen of it."""

    other = forms.ChoiceField(label=_("Exchange contacts with"))

    def __init__(self, data: Any = None, *, others: Choices) -> None:
        super().__init__(data, prefix="swap")
        self.fields["other"].choices = others  # type: ignore[attr-defined]


class CoverForm(forms.Form):
    """Who is asked to be called in one's place, and for how long."""

    by = forms.ChoiceField(label=_("Who is called in our place"))
    from_at = MomentField(label=pgettext_lazy("roster", "From"))
    until_at = MomentField(label=pgettext_lazy("roster", "Until"))
    note = _note(_("Why, and what they must know"))

    def __init__(self, data: Any = None, *, organisations: Choices, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["by"].choices = [("", "–"), *organisations]  # type: ignore[attr-defined]


class CalendarForm(forms.Form):
    """A calendar out of another program, as a file or as text, and whose shifts it holds."""

    function = forms.ChoiceField(label=pgettext_lazy("roster", "Function"))
    contact = forms.ChoiceField(
        label=_("Contact of all events"), required=False,
        help_text=_("Leave it empty where the events' titles are your names of the contacts."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Calendar file (.ics)"), required=False, widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"})
    )
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        strip=False,
        widget=_area(6),
    )

    def __init__(self, data: Any = None, files: Any = None, *, functions: Choices, contacts: Choices) -> None:
        super().__init__(data, files)
        self.fields["function"].choices = functions  # type: ignore[attr-defined]
        self.fields["contact"].choices = [("", "–"), *contacts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("file") and not data.get("text", "").strip():
            raise ValidationError(_("Choose a file, or paste its text."))
        return data

    def calendar(self) -> bytes:
        """Return the calendar's bytes; raises `Refused("calendar_too_large")` before more than that is read."""
        file = self.cleaned_data.get("file")
        if file and file.size > BYTES_MAX:
            raise Refused("calendar_too_large", limit=BYTES_MAX // 1024)
        return bytes(file.read()) if file else str(self.cleaned_data["text"]).encode()


def address_initial(addresses: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a contact's addresses, as `ContactForm` has them."""
    for row, address in enumerate(addresses[:ADDRESS_ROWS], 1):
        yield f"channel_{row}", address.channel
        yield f"value_{row}", spoken(address.value)
