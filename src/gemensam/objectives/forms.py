"""Forms of the målbild."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gemensam.objectives.domain import areas, drafting, rules, texts
from gemensam.objectives.domain.texts import read_typed
from gemensam.web.forms import Careful

Choices = Sequence[tuple[Any, Any]]
TRACE_ROWS = 3  # empty ones besides those that stand
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class DayField(forms.Field):
    """A day as 2027-03-31: its value is the text."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").strip()
        if text and not _DAY.fullmatch(text):
            raise forms.ValidationError(_("Write the day as 2027-03-31."))
        return text


def _long(**options: Any) -> Careful:
    rows = options.pop("rows", 4)
    return Careful(widget=forms.Textarea(attrs={"rows": rows}), **options)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = Careful(label=gettext_lazy("Why"), max_length=500)


class ContentForm(forms.Form):
    """What målområden, goals, milestones and activities share."""

    title = Careful(label=gettext_lazy("Title"), max_length=rules.TITLE_MAX)

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, given in choices.items():
            if name in self.fields:
                self.fields[name].choices = given  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AreaForm(ContentForm):
    """A målområde."""

    text = _long(label=gettext_lazy("Text"), max_length=areas.TEXT_MAX, required=False)
    order = forms.IntegerField(
        label=pgettext_lazy("objectives", "Order"), min_value=1, max_value=areas.ORDER_MAX,
        help_text=gettext_lazy("1 stands first."),
    )  # fmt: skip


class TracedForm(ContentForm):
    """What comes from somewhere: rows of kind, words, day, source, or a space that is here."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices], traces: Sequence[Any] = (), **more: Any) -> None:
        super().__init__(*args, choices=choices, **more)
        self._rows = len(traces) + TRACE_ROWS
        for row in range(self._rows):
            self._add_trace(row, traces[row] if row < len(traces) else {}, choices)

    def _add_trace(self, row: int, stands: Mapping[str, Any], choices: Mapping[str, Choices]) -> None:
        kinds, places = [("", "–"), *choices["trace_kinds"]], list(choices["trace_places"])
        place = _place_of(stands)
        if place and place not in {value for value, _label in places}:
            places.append((place, str(stands.get("text") or place)))  # a thing, or a space that is closed by now
        named: dict[str, forms.Field] = {
            "kind": forms.ChoiceField(label=_("What kind"), choices=kinds, required=False),
            "place": forms.ChoiceField(label=_("Here in the program"), choices=places, required=False),
            "text": Careful(label=_("In words"), max_length=500, required=False),
            "on": DayField(label=_("Day"), required=False),
            "source": Careful(label=_("Source"), max_length=500, required=False),
        }
        for name, field in named.items():
            self.fields[f"trace_{row}_{name}"] = field
            self.initial.setdefault(f"trace_{row}_{name}", place if name == "place" else stands.get(name, ""))

    @property
    def trace_fields(self) -> list[list[BoundField]]:
        names = ("kind", "place", "text", "on", "source")
        return [[self[f"trace_{row}_{name}"] for name in names] for row in range(self._rows)]

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        for row in range(self._rows):
            says = any(given.get(f"trace_{row}_{name}") for name in ("place", "text", "on", "source"))
            if says and not given.get(f"trace_{row}_kind"):
                self.add_error(f"trace_{row}_kind", _("Choose what kind it is."))
            elif given.get(f"trace_{row}_kind") and not (
                given.get(f"trace_{row}_place") or given.get(f"trace_{row}_text")
            ):
                self.add_error(f"trace_{row}_text", _("Choose what it is, or write it in words."))
        return given

    def content(self) -> dict[str, Any]:
        plain = {name: value for name, value in self.cleaned_data.items() if not name.startswith("trace_")}
        return {**plain, "traces": [self._trace(row) for row in range(self._rows) if self._given(row, "kind")]}

    def _given(self, row: int, name: str) -> str:
        return str(self.cleaned_data.get(f"trace_{row}_{name}") or "")

    def _trace(self, row: int) -> dict[str, str]:
        space, _colon, subject = self._given(row, "place").partition(":")
        named = {name: self._given(row, name) for name in ("kind", "text", "on", "source")}
        return {**named, "space": space, "subject": subject}


def _place_of(trace: Mapping[str, Any]) -> str:
    space, subject = trace.get("space", ""), trace.get("subject", "")
    return f"{space}:{subject}" if subject and subject != space else str(space)


class GoalForm(TracedForm):
    """A goal."""

    area = forms.ChoiceField(label=pgettext_lazy("objectives", "Area"))
    text = _long(label=gettext_lazy("Text"), max_length=areas.TEXT_MAX, required=False)


class MilestoneForm(TracedForm):
    """A milestone; a goal decides its area."""

    area = forms.ChoiceField(label=pgettext_lazy("objectives", "Area"), required=False)
    goal = forms.ChoiceField(
        label=pgettext_lazy("objectives", "Goal"), required=False,
        help_text=gettext_lazy("A goal decides the area."),
    )  # fmt: skip
    level = forms.ChoiceField(label=gettext_lazy("Level that owns it"))
    due = DayField(
        label=gettext_lazy("To be reached by"), help_text=gettext_lazy("A day within the period, as 2027-06-30.")
    )
    text = _long(label=gettext_lazy("Text"), max_length=areas.TEXT_MAX, required=False)
    evidence = _long(
        label=gettext_lazy("What counts as evidence"), max_length=areas.TEXT_MAX, required=False, rows=2,
        help_text=gettext_lazy("What a member shows when it says that it has reached it."),
    )  # fmt: skip
    concerns = forms.MultipleChoiceField(
        label=gettext_lazy("Members that it concerns"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all members."),
    )  # fmt: skip

    def __init__(self, *args: Any, areas_of_goals: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self._areas_of_goals = areas_of_goals

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if goal := given.get("goal"):
            given["area"] = self._areas_of_goals.get(goal, "")
        elif not given.get("area") and "area" not in self.errors:
            self.add_error("area", _("Choose an area or a goal."))
        return given


class ActivityForm(ContentForm):
    """An activity of the yearly plan."""

    area = forms.ChoiceField(label=pgettext_lazy("objectives", "Area"))
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    quarter = forms.TypedChoiceField(
        label=gettext_lazy("Quarter"), coerce=int, choices=[(number, str(number)) for number in (1, 2, 3, 4)]
    )
    responsible = forms.ChoiceField(label=gettext_lazy("Responsible"), required=False)
    state = forms.ChoiceField(label=pgettext_lazy("objectives", "State"))
    text = _long(label=gettext_lazy("Text"), max_length=areas.TEXT_MAX, required=False, rows=2)


class StateForm(forms.Form):
    """How far the own organisation has come with a milestone."""

    state = forms.ChoiceField(label=gettext_lazy("How far have you come?"), widget=forms.RadioSelect)
    evidence = _long(
        label=gettext_lazy("What shows it"), max_length=areas.TEXT_MAX, required=False, rows=2,
        help_text=gettext_lazy("A document, a decision with its number, an exercise. Read by the whole network."),
    )  # fmt: skip
    on = DayField(label=gettext_lazy("From which day"), required=False, help_text=gettext_lazy("As 2027-03-31."))
    note = _long(label=gettext_lazy("Remark"), max_length=areas.TEXT_MAX, required=False, rows=2)

    def __init__(self, *args: Any, items: Iterable[Mapping[str, Any]], words: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = [item for item in items if item.get("set_by") != "program"]
        self._needing = {item["code"] for item in chosen if item.get("needs_evidence")}
        self.fields["state"].choices = [(item["code"], words[item["code"]]) for item in chosen]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        if given.get("state") in self._needing and not given.get("evidence"):
            self.add_error("evidence", _("Write what shows it: without that it cannot be said to be reached."))
        return given


class StepForm(forms.Form):
    """A step of the schedule was done."""

    on = DayField(label=gettext_lazy("Done on"))
    note = Careful(label=gettext_lazy("Remark"), max_length=500, required=False)


class RevisionForm(forms.Form):
    """The whole text of a draft: a field for each part."""

    title = Careful(label=gettext_lazy("Title"), max_length=rules.TITLE_MAX)
    changed = Careful(
        label=gettext_lazy("What you have changed, and why"), max_length=500, required=False,
        help_text=gettext_lazy("The program shows which words were changed; write why."),
    )  # fmt: skip

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self._parts = parts
        for code, word in parts:
            longest = texts.PARAGRAPH_MAX * texts.PARAGRAPHS_MAX
            self.fields[f"part_{code}"] = _long(label=word, max_length=longest, required=False, rows=14)

    @property
    def part_fields(self) -> list[BoundField]:
        return [self[f"part_{code}"] for code, _word in self._parts]

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        if not self.errors and not any(given.get(f"part_{code}") for code, _word in self._parts):
            self.add_error(None, _("Write the text: a heading and at least one paragraph."))
        return given

    def written(self) -> tuple[texts.Written, ...]:
        """Return the sections; raises `Refused("section_without_heading")`."""
        parts = ((code, self.cleaned_data.get(f"part_{code}", "")) for code, _word in self._parts)
        return tuple(section for code, text in parts for section in read_typed(code, text))


class CommentForm(forms.Form):
    """A comment on a paragraph."""

    paragraph = forms.ChoiceField(label=gettext_lazy("Paragraph"))
    text = _long(label=pgettext_lazy("objectives", "Comment"), max_length=areas.TEXT_MAX, rows=2)


class AnswerForm(forms.Form):
    """What is said of a comment."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in (drafting.ANSWERED, drafting.SETTLED, "resolved", "reopened", "withdrawn")]
    )
    text = Careful(max_length=areas.TEXT_MAX, required=False)


class GroupForm(forms.Form):
    """A working group to be."""

    title = Careful(label=gettext_lazy("What the group is called"), max_length=120)
    organisations = forms.MultipleChoiceField(
        label=gettext_lazy("Organisations in the group"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("All functions of a chosen organisation read it. It cannot be widened afterwards."),
    )  # fmt: skip


class LiftForm(forms.Form):
    """As what a revision is published for the whole network."""

    kind = forms.ChoiceField(label=gettext_lazy("As what"), widget=forms.RadioSelect)
