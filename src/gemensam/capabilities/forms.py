"""Forms of self-assessment and of its rounds. Days are `YYYY-MM-DD` in the entries."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.capabilities.domain.rules import LINE_MAX, TEXT_MAX
from gemensam.capabilities.domain.scale import SHARING, Scale
from gemensam.picture.lists import Lists, told
from gemensam.web.forms import Careful

TEXTS = ("reason", "proof", "measure")
DAYS = ("proven_on", "measure_due")


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a day, with the browser's own choice of one."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=widget, input_formats=["%Y-%m-%d"]
    )


class AssessmentForm(forms.Form):
    """A delförmåga assessed, as `AssessmentPayload` wants it."""

    level = forms.ChoiceField(label=_("Level"), widget=forms.RadioSelect)
    reason = Careful(
        label=pgettext_lazy("capability", "Reason"), required=False, max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    proof = Careful(
        label=_("Proof"), required=False, max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip
    proven_on = day_field(_("Day of the proof"))
    measure = Careful(label=_("Planned measure"), required=False, max_length=LINE_MAX)
    measure_by = forms.ChoiceField(label=_("Who does it"), required=False)
    measure_due = day_field(_("Done by"))
    tells_measure = forms.BooleanField(
        label=_("Share the measure too"), required=False,
        help_text=_("Those who see the level then also see the measure and its day. It can become a milestone."),
    )  # fmt: skip
    shared_as = forms.ChoiceField(label=_("Shared as"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, scale: Scale, lists: Lists, owners: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        levels = [item for item in scale.levels.values() if item.get("set_by") != "program"]
        self._choose("level", [(item["code"], _level_words(item)) for item in levels])
        self._choose("shared_as", [(item["code"], _with_help(item)) for item in lists.items(SHARING)])
        self._choose("measure_by", [("", "–"), *owners])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def content(self, capability: str) -> dict[str, Any]:
        """Return what the command wants."""
        given = self.cleaned_data
        days = {name: given[name].isoformat() if given[name] else "" for name in DAYS}
        kept = ("level", "shared_as", "measure_by", "tells_measure", *TEXTS)
        return {"capability": capability, **{name: given[name] for name in kept}, **days}


def _level_words(item: Mapping[str, Any]) -> str:
    name = f"{item['digit']} {told(item)}" if item.get("digit") else told(item)
    return f"{name}. {told(item, 'help')}"


def _with_help(item: Mapping[str, Any]) -> str:
    return f"{told(item)}. {told(item, 'help')}"


def initial_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's beginning out of an assessment or a draft; a day that cannot be read is left empty."""
    days = {name: _day(str(body.get(name) or "")) for name in DAYS}
    return {**body, **days, "tells_measure": body.get("tells_measure") in (True, "on", "true")}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class RoundForm(forms.Form):
    """A round of self-assessment, as `RoundPayload` wants it."""

    title = Careful(label=_("Title"), max_length=LINE_MAX)
    due_on = day_field(_("Last day"), required=True)
    text = Careful(
        label=_("To the members"), required=False, max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip

    def content(self) -> dict[str, str]:
        given = self.cleaned_data
        return {"title": given["title"].strip(), "due_on": given["due_on"].isoformat(), "text": given["text"]}
