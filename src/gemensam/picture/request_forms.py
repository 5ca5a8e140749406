"""Forms of requests: asking, coming back later, declining, and saying why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gemensam.organisations.domain import Organisation
from gemensam.picture.domain.requests import EXTRA_MAX, LONGEST_DEFERRAL_MS
from gemensam.picture.form_fields import Careful, LocalTime
from gemensam.picture.lists import Lists
from gemensam.web import times

Choices = Sequence[tuple[str, str]]
REASON_MAX, TEXT_MAX = 1_000, 4_000


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RequestForm(forms.Form):
    """A request for reports (R16)."""

    asked = forms.MultipleChoiceField(
        label=gettext_lazy("Whom do you ask?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one organisation.")},
    )  # fmt: skip
    deadline_at = LocalTime(label=gettext_lazy("Answer by"))
    template = forms.ChoiceField(label=gettext_lazy("Form to fill in"))
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose and ground"))
    purpose_text = Careful(
        label=gettext_lazy("In your own words"), widget=_area(2), max_length=TEXT_MAX, required=False,
        help_text=gettext_lazy("What the answers are for, and what matters most to know."),
    )  # fmt: skip
    basis = Careful(
        label=gettext_lazy("Legal or agreed ground"), max_length=300, required=False,
        help_text=gettext_lazy("Leave empty for the ground that belongs to the purpose."),
    )  # fmt: skip
    obligatory = forms.BooleanField(
        label=gettext_lazy("Those asked are obliged to answer"), required=False,
        help_text=gettext_lazy("Otherwise it is called a petition (hemställan)."),
    )  # fmt: skip
    questions = forms.MultipleChoiceField(
        label=gettext_lazy("Only about these functions"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("None ticked: all that each organisation answers for."),
    )  # fmt: skip
    series = forms.ChoiceField(
        label=gettext_lazy("Asked before the conferences of"), required=False,
        help_text=gettext_lazy("Then it stands at each conference of that cadence, with how many have answered."),
    )  # fmt: skip
    extra = Careful(
        label=gettext_lazy("Further questions"), widget=_area(3), max_length=TEXT_MAX, required=False,
        help_text=gettext_lazy("One per line."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, lists: Lists, organisations: tuple[Organisation, ...], now: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._now = now
        self._choose("asked", [(one.id, one.name) for one in organisations])
        self._choose("template", lists.choices("report_templates"))
        self._choose("purpose", lists.choices("request_purposes"))
        self._choose("questions", lists.choices("rows"))
        self._choose("series", [("", _("No series of conferences")), *lists.choices("cadences")])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_deadline_at(self) -> int:
        at: int = self.cleaned_data["deadline_at"]
        if at <= self._now:
            raise forms.ValidationError(_("Give a time that has not passed."))
        return at

    def clean_extra(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["extra"].split("\n") if line.strip()]
        if len(lines) > EXTRA_MAX:
            raise forms.ValidationError(_("At most %(limit)s questions.") % {"limit": EXTRA_MAX})
        return lines

    def content(self, recipients: str) -> dict[str, Any]:
        """Return the request as `RequestPayload` wants it."""
        return {**self.cleaned_data, "recipients": recipients}


def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form starts with for a request that is changed."""
    return {**content, "deadline_at": times.field(content["deadline_at"]), "extra": "\n".join(content["extra"])}


class DeferForm(forms.Form):
    """*Återkommer kl. …*"""

    until_at = LocalTime(label=gettext_lazy("We come back at"))
    text = Careful(label=gettext_lazy("Message"), max_length=REASON_MAX, required=False)

    def __init__(self, *args: Any, now: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self._now = now

    def clean_until_at(self) -> int:
        at: int = self.cleaned_data["until_at"]
        if not self._now < at <= self._now + LONGEST_DEFERRAL_MS:
            raise forms.ValidationError(_("Give a time that has not passed, within two weeks."))
        return at


class DeclineForm(forms.Form):
    """*Avböjer*, with what the chosen reason needs."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"), error_messages={"required": gettext_lazy("Choose a reason.")}
    )
    answered_by = forms.ChoiceField(label=gettext_lazy("Answered by"), required=False)
    report = forms.ChoiceField(label=gettext_lazy("Report that answers"), required=False)
    text = Careful(label=gettext_lazy("In your own words"), max_length=REASON_MAX, required=False)

    def __init__(self, *args: Any, lists: Lists, others: Choices, reports: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self._lists = lists
        self._choose("reason", [("", "–"), *lists.choices("decline_reasons")])
        self._choose("answered_by", [("", "–"), *others])
        self._choose("report", [("", "–"), *reports])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        item = self._lists.item("decline_reasons", given.get("reason", "")) or {}
        asked = {
            "organisation": ("answered_by", _("Say which organisation answers.")),
            "report": ("report", _("Say which report already answers.")),
            "text": ("text", _("Say why in a few words.")),
        }
        name, error = asked.get(str(item.get("needs", "")), ("", ""))
        if name and not given.get(name):
            self.add_error(name, error)
        return given


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = Careful(label=gettext_lazy("Why?"), max_length=REASON_MAX)
