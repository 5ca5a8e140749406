"""The form for a new answer link: for whom, and how long after the deadline it holds (R85)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gemensam.core.refusal import Refused
from gemensam.picture.domain.links import LABEL_MAX, checked_label
from gemensam.picture.lists import Lists
from gemensam.picture.reporting_queries import RequestView
from gemensam.web import labels, times


class LinkForm(forms.Form):
    """For which of those asked, which function there, and how long."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))
    label = forms.CharField(
        label=gettext_lazy("Function that is to answer"), max_length=LABEL_MAX,
        help_text=gettext_lazy("A function, never a person's name, address or telephone number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    margin = forms.ChoiceField(label=gettext_lazy("The link holds"))

    def __init__(self, *args: Any, view: RequestView, lists: Lists, margins: Mapping[int, bool], **more: Any) -> None:
        super().__init__(*args, **more)
        waiting = sorted(view.asked, key=lambda one: not one.missing)
        asked = [(one.organisation, lists.organisation_name(one.organisation)) for one in waiting]
        self.fields["organisation"].choices = [one for one in asked if one[0] != view.thing.organisation]  # type: ignore[attr-defined]
        self.fields["margin"].choices = [(str(margin), _margin(margin)) for margin in margins]  # type: ignore[attr-defined]
        self.fields["margin"].initial = next((str(margin) for margin, usual in margins.items() if usual), "")

    def clean_label(self) -> str:
        try:
            return checked_label(self.cleaned_data["label"])
        except Refused as refused:
            raise forms.ValidationError(labels.words(refused)) from refused


def _margin(margin: int) -> str:
    if not margin:
        return _("until the deadline")
    return _("until %(time)s after the deadline") % {"time": times.duration(margin)}
