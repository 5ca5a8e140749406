"""The form for a new answer link: for whom, and how long after the deadline it holds (R85)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gemensam.answer_links.domain import LABEL_MAX, LinkFor, checked_label
from gemensam.core.refusal import Refused
from gemensam.web import labels


def label_field(**options: Any) -> forms.CharField:
    """Return the field for the function that is to answer."""
    return forms.CharField(
        label=gettext_lazy("Function that is to answer"), max_length=LABEL_MAX,
        help_text=gettext_lazy("A function, never a person's name, address or telephone number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}), **options,
    )  # fmt: skip


def margin_field(**options: Any) -> forms.TypedChoiceField:
    """Return the field for how long after the deadline a link holds, in ms."""
    return forms.TypedChoiceField(label=gettext_lazy("The link holds"), coerce=int, **options)


class LinkForm(forms.Form):
    """For which of those `asked` (id, name), which function there, and how long: `margins` are words by ms."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))
    label = label_field()
    margin = margin_field()

    prefix = "link"

    def __init__(
        self, *args: Any, asked: Sequence[tuple[str, str]], margins: Mapping[int, str], usual: int = 0, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].choices = asked  # type: ignore[attr-defined]
        self.fields["margin"].choices = list(margins.items())  # type: ignore[attr-defined]
        self.fields["margin"].initial = usual

    def clean_label(self) -> str:
        try:
            return checked_label(self.cleaned_data["label"])
        except Refused as refused:
            raise forms.ValidationError(labels.words(refused)) from refused

    def wanted(self) -> LinkFor:
        """Return what is asked for by a form that holds."""
        return LinkFor(self.cleaned_data["organisation"], self.cleaned_data["label"], self.cleaned_data["margin"])
