"""Forms of known events: an event with its days and times, a planning note, a word about a clash."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gemensam.coordination.domain.rules import LINE_MAX, TEXT_MAX
from gemensam.picture.form_fields import clean_place, kommuner_field, point_field
from gemensam.picture.lists import Lists
from gemensam.picture.place_words import place_fields
from gemensam.planning.domain.known_events import EVENT_KINDS, RESOURCES, TITLE_MAX
from gemensam.rosters.domain.local import MINUTES_OF_DAY, instant
from gemensam.web import times
from gemensam.web.forms import Careful, DayField

Choices = Sequence[tuple[str, str]]
_HOUR = re.compile(r"([0-9]{1,2})(?:[.:,]?([0-5][0-9]))?")


def text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def hour_field(label: Any) -> forms.CharField:
    """Return a field for a time of the day, 24 hours, that may be left out."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal", "size": 6, "placeholder": "15.00"})
    return forms.CharField(label=label, max_length=8, required=False, widget=widget)


class EventForm(forms.Form):
    """A known event. Without times of the day it lasts whole days."""

    title = Careful(label=gettext_lazy("Title"), max_length=TITLE_MAX)
    kind = forms.ChoiceField(label=pgettext_lazy("known event", "Kind"))
    from_day = DayField(label=gettext_lazy("First day"), required=True)
    from_hour = hour_field(gettext_lazy("Begins at"))
    until_day = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("Empty: the same day."))
    until_hour = hour_field(gettext_lazy("Ends at"))
    yearly_until = forms.IntegerField(
        label=gettext_lazy("Comes each year up to and including"), min_value=2000, max_value=2100, required=False,
        help_text=gettext_lazy("A year. Empty: only once."),
    )  # fmt: skip
    kommuner = kommuner_field(gettext_lazy("Names with commas between, or hela länet."))
    point = point_field()
    place = Careful(label=gettext_lazy("Place in words"), max_length=LINE_MAX, required=False)
    organiser = Careful(
        label=gettext_lazy("Who arranges it"), max_length=LINE_MAX, required=False,
        help_text=gettext_lazy("An organisation or a company, never a person."),
    )  # fmt: skip
    effect = Careful(label=gettext_lazy("Expected effect"), max_length=TEXT_MAX, required=False, widget=text_area())
    resources = forms.MultipleChoiceField(
        label=gettext_lazy("Which resources are strained?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    source = Careful(label=gettext_lazy("Where is it known from?"), max_length=LINE_MAX, required=False)
    organisation = forms.ChoiceField(label=gettext_lazy("Who is responsible?"), required=False)
    via = forms.ChoiceField(label=gettext_lazy("How did it come in?"), required=False)

    def __init__(self, *args: Any, lists: Lists, organisations: Choices, own: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self._names = lists.places.names
        for name, code in (("kind", EVENT_KINDS), ("resources", RESOURCES)):
            self.fields[name].choices = lists.choices(code)  # type: ignore[attr-defined]
        if organisations:
            others = [("", _("Our own organisation")), *(each for each in organisations if each[0] != own)]
            self.fields["organisation"].choices = others  # type: ignore[attr-defined]
            self.fields["via"].choices = lists.choices("via")  # type: ignore[attr-defined]
        else:
            del self.fields["organisation"], self.fields["via"]

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        if given.get("from_day"):
            given |= self._times(given)
        return {**given, "where": clean_place(self, given, self._names)}

    def _times(self, given: Mapping[str, Any]) -> dict[str, Any]:
        first, last = given["from_day"], given.get("until_day") or given["from_day"]
        whole = not given.get("from_hour") and not given.get("until_hour")
        begins = self._instant(first, given.get("from_hour") or "0", "from_hour")
        ends = self._instant(last, given.get("until_hour") or "24", "until_hour")
        if ends <= begins and not self.errors:
            self.add_error("until_day", _("It ends before it begins."))
        return {"from_at": begins, "until_at": ends, "whole_days": whole}

    def _instant(self, day: date, hour: str, name: str) -> int:
        found = _HOUR.fullmatch(hour.strip())
        minute = int(found[1]) * 60 + int(found[2] or 0) if found else MINUTES_OF_DAY + 1
        if minute > MINUTES_OF_DAY:
            self.add_error(name, ValidationError(_("Write the time as 15.00.")))
            return 0
        return instant(day, minute)

    def content(self) -> dict[str, Any]:
        """Return the event as `KnownEventEntered` wants it."""
        names = (
            "title",
            "kind",
            "from_at",
            "until_at",
            "whole_days",
            "where",
            "place",
            "organiser",
            "effect",
            "source",
        )
        given = {name: self.cleaned_data[name] for name in names}
        return {
            **given,
            "resources": self.cleaned_data["resources"],
            "yearly_until": self.cleaned_data["yearly_until"] or 0,
        }


class ChangeEventForm(EventForm):
    """The event as it is now, with the reason."""

    reason = Careful(label=gettext_lazy("Why is it changed?"), max_length=LINE_MAX)

    def content(self) -> dict[str, Any]:
        return {**super().content(), "reason": self.cleaned_data["reason"]}


def initial_event(text: Mapping[str, Any], lists: Lists) -> dict[str, Any]:
    """Return what the form of a change begins with: the event as it stands."""
    names = ("title", "kind", "place", "organiser", "effect", "source", "resources")
    begins, ends = times.local(text["from_at"]), times.local(text["until_at"])
    whole = bool(text["whole_days"])
    last = (ends - timedelta(hours=12)).date() if whole or (ends.hour, ends.minute) == (0, 0) else ends.date()
    kommuner, point = place_fields(text, lists.places)
    return {
        **{name: text[name] for name in names}, "kommuner": kommuner, "point": point,
        "from_day": begins.date(), "until_day": last if last != begins.date() else None,
        "from_hour": "" if whole else f"{begins:%H.%M}", "until_hour": _ending_hour(ends, whole=whole),
        "yearly_until": text["yearly_until"] or None,
    }  # fmt: skip


def _ending_hour(ends: Any, *, whole: bool) -> str:
    return "" if whole or (ends.hour, ends.minute) == (0, 0) else f"{ends:%H.%M}"


class NoteForm(forms.Form):
    """What the own organisation has planned; files are sent beside it."""

    text = Careful(
        label=gettext_lazy("What have you planned?"), max_length=TEXT_MAX, widget=text_area(4),
        help_text=gettext_lazy("Staffing, closed roads, messages, contacts by function. Never a person."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is cancelled, withdrawn or accepted."""

    reason = Careful(label=pgettext_lazy("planning", "Why?"), max_length=LINE_MAX, widget=text_area(2))
