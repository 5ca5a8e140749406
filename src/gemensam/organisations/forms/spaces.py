"""The form of a new space; its readers are chosen beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROOTS = [
    ("incident", pgettext_lazy("new space", "Incident: read by the whole network")),
    ("exercise", pgettext_lazy("new space", "Exercise: read by the whole network, marked as exercise everywhere")),
]
WITHIN = [
    ("sub", pgettext_lazy("new space", "Narrower circle: read only by those whom you choose")),
    ("outer", pgettext_lazy("new space", "Outer space: read by the whole network and the guests whom you choose")),
]


class SpaceForm(forms.Form):
    """What the space is for. `within`: it belongs to another space."""

    kind = forms.ChoiceField(label=_("Kind of space"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("All who read the space see it, in lists and in messages.")
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, within: bool) -> None:
        super().__init__(data)
        choices = WITHIN if within else ROOTS
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.initial["kind"] = choices[0][0]
