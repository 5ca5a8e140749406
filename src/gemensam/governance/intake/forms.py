"""The form of a decision that was read, and the one by which files come in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.governance.document_forms import DayField
from gemensam.governance.domain.rules import LINE_MAX, TEXT_MAX
from gemensam.governance.intake.fields import NO, YES
from gemensam.web.forms import Careful

Choices = Sequence[tuple[str, Any]]
_SAID: Choices = (("", _("Not stated")), (YES, _("Yes")), (NO, pgettext_lazy("answer", "No")))


def _line(label: Any, longest: int = LINE_MAX, help_text: Any = "") -> forms.CharField:
    return Careful(label=label, max_length=longest, required=False, help_text=help_text)


def _text(label: Any, rows: int = 2, help_text: Any = "", longest: int = TEXT_MAX) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return Careful(label=label, max_length=longest, required=False, widget=widget, help_text=help_text)


class ReadDecisionForm(forms.Form):
    """A member's step as it is to be registered; an empty field says *not stated*."""

    member = forms.ChoiceField(label=_("Member"))
    document = forms.ChoiceField(label=_("Steering document that it is about"))
    step = forms.ChoiceField(label=_("Step in the member's chain"))
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    body = _line(_("Body"))
    date = DayField(label=_("Date"))
    paragraph = _line(_("§ in the minutes"))
    diarienummer = _line(_("Registration number"))
    title = _line(_("Title of the matter"))
    conditions = _text(_("Conditions"))
    proposed_to = _line(_("Proposed to"))
    approved_by_director = forms.ChoiceField(label=_("Approved by the highest official"), choices=_SAID, required=False)
    immediately_adjusted = forms.ChoiceField(label=_("Minutes approved at once"), choices=_SAID, required=False)
    attachments = _text(_("Attachments"), 3, _("One on each line."), 20_000)
    send_to = _text(_("To be sent to"), 2, _("One on each line."), 20_000)
    earlier_decisions = _text(
        _("Earlier decisions"), 2, _("One on each line: body; date; §; registration number."), 20_000
    )
    note = _text(_("Note of the registrar"))
    via = forms.ChoiceField(label=_("How it came in"), required=False)

    def __init__(self, data: Any = None, *, initial: Mapping[str, str], choices: Mapping[str, Choices]) -> None:
        super().__init__(data, initial=dict(initial))
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if not choices["via"]:
            del self.fields["via"]
