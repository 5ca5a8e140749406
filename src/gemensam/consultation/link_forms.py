"""The form for a new answer link of a remiss: for which member and function, and how long it holds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from gemensam.core.refusal import Refused
from gemensam.picture.domain.links import LABEL_MAX, checked_label
from gemensam.web import labels

DAY_MS = 86_400_000
DAYS_AFTER = (0, 14, 60)  # after the last day, for a political answer that comes late


class LinkForm(forms.Form):
    """For which of those asked, which function there, and how long."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))
    label = forms.CharField(
        label=gettext_lazy("Function that is to answer"), max_length=LABEL_MAX,
        help_text=gettext_lazy("A function, never a person's name, address or telephone number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    days = forms.TypedChoiceField(label=gettext_lazy("The link holds"), coerce=int)

    prefix = "link"

    def __init__(self, *args: Any, asked: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].choices = asked  # type: ignore[attr-defined]
        self.fields["days"].choices = [(days, _held(days)) for days in DAYS_AFTER]  # type: ignore[attr-defined]

    def clean_label(self) -> str:
        try:
            return checked_label(self.cleaned_data["label"])
        except Refused as refused:
            raise forms.ValidationError(labels.words(refused)) from refused


def _held(days: int) -> str:
    if not days:
        return str(gettext_lazy("until the last day"))
    words = ngettext("until %(n)s day after the last day", "until %(n)s days after the last day", days)
    return words % {"n": days}
