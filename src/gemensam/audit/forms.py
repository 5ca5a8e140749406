"""The filter of the local log."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.audit.labels import ACTIONS
from gemensam.audit.queries import Filter
from gemensam.core.refusal import Refused
from gemensam.web import labels, times
from gemensam.web.forms import MomentField as MomentText

Choices = Sequence[tuple[str, str]]


class MomentField(forms.CharField):
    """A local time as the browser gives it; cleaned to ms since epoch UTC, or None."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return times.parse(text) if text else None
        except Refused as refused:
            raise forms.ValidationError(labels.words(refused)) from refused


class InsightForm(forms.Form):
    """Whom an organisation lets in, until when, and why."""

    organisation = forms.ChoiceField(label=_("Who is let in?"))
    until = MomentText(label=_("Until"), help_text=_("At most 90 days from now. You can end it before."))
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Read by your own organisation alone."))

    def __init__(self, *args: Any, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", "–"), *organisations]  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """What a reviewer looks for. `spaces` and `organisations` are the choices (id, name)."""

    action = forms.ChoiceField(label=pgettext_lazy("local log", "What"), required=False)
    username = forms.CharField(label=pgettext_lazy("local log", "Login name"), required=False, max_length=60)
    organisation = forms.ChoiceField(label=pgettext_lazy("local log", "Organisation"), required=False)
    space = forms.ChoiceField(label=pgettext_lazy("local log", "Space"), required=False)
    since = MomentField(label=pgettext_lazy("local log", "From"), required=False)
    until = MomentField(label=pgettext_lazy("local log", "Until"), required=False)

    def __init__(self, *args: Any, spaces: Choices, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = sorted(ACTIONS.items(), key=lambda pair: str(pair[1]))
        for name, choices in (("action", actions), ("space", spaces), ("organisation", organisations)):
            self.fields[name].choices = [("", pgettext_lazy("local log", "All")), *choices]  # type: ignore[attr-defined]
        if not organisations:
            del self.fields["organisation"]

    def wanted(self, account: str) -> Filter:
        """The filter, with the account that the login name stands for."""
        given = self.cleaned_data
        return Filter(
            action=given["action"],
            account=account,
            organisation=given.get("organisation", ""),
            space=given["space"],
            since=given["since"],
            until=given["until"],
        )
