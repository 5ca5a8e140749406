"""Forms of follow-ups: opening one, a member's answers, another last day, the report."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.coordination.domain.rules import LINE_MAX, TEXT_MAX
from gemensam.coordination.shown import told
from gemensam.picture.lists import Lists
from gemensam.planning.domain.follow_ups import CHOICE, LAST_MINUTE, NUMBER, TEMPLATES, TITLE_MAX
from gemensam.planning.event_forms import text_area
from gemensam.rosters.domain.local import instant
from gemensam.web.forms import Careful, DayField

Choices = Sequence[tuple[str, str]]


class OpenForm(forms.Form):
    """A new follow-up."""

    title = Careful(label=_("Title"), max_length=TITLE_MAX)
    about = Careful(
        label=_("What is followed up?"), max_length=TITLE_MAX,
        help_text=_("The document or the agreement, by its name."),
    )  # fmt: skip
    about_subject = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    template = forms.ChoiceField(
        label=_("Questions"), help_text=_("The templates are a list that the joint office keeps.")
    )
    year = forms.IntegerField(label=_("Which year?"), min_value=2000, max_value=2100)
    due_on = DayField(label=_("Answer by"), help_text=_("Empty: by the template's own rule."))
    text = Careful(label=_("Message to those who answer"), max_length=TEXT_MAX, required=False, widget=text_area())
    recipients = forms.MultipleChoiceField(label=_("Who is asked?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lists: Lists, members: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["template"].choices = lists.choices(TEMPLATES)  # type: ignore[attr-defined]
        self.fields["recipients"].choices = members  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        """Return the follow-up as `FollowUpOpened` wants it."""
        names = ("title", "about", "about_subject", "template", "year", "text", "recipients")
        given = {name: self.cleaned_data[name] for name in names}
        return {**given, "due_at": end_of(self.cleaned_data["due_on"])}


def end_of(day: Any) -> int | None:
    """Return the last minute of a local day in ms UTC; None for no day."""
    return instant(day, LAST_MINUTE) if day else None


class AnswerForm(forms.Form):
    """A member's answers: a field for each question that was copied into the follow-up."""

    def __init__(
        self, *args: Any, questions: Sequence[Mapping[str, Any]], others: Choices = (), lists: Lists, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if others:
            self.fields["organisation"] = forms.ChoiceField(label=_("Whose answer is it?"), choices=others)
            via = forms.ChoiceField(label=_("How did it come in?"), choices=lists.choices("via"), required=False)
            self.fields["via"] = via
        self._codes = [str(each["code"]) for each in questions]
        for each in questions:
            self.fields[f"q_{each['code']}"] = _question_field(each)
        self.fields["note"] = Careful(
            label=_("Anything else"), max_length=TEXT_MAX, required=False, widget=text_area(2)
        )  # fmt: skip

    def content(self) -> dict[str, Any]:
        """Return the answers as `FollowUpAnswered` wants them."""
        given = [(code, self.cleaned_data.get(f"q_{code}")) for code in self._codes]
        answers = [{"code": code, "value": str(value)} for code, value in given if value not in ("", None)]
        return {"answers": answers, "note": self.cleaned_data["note"]}


def _question_field(question: Mapping[str, Any]) -> forms.Field:
    label, required = told(question, "text"), bool(question["required"])
    if question["kind"] == CHOICE:
        choices = [(each["code"], told(each, "text")) for each in question["choices"]]
        return forms.ChoiceField(label=label, choices=choices, required=required, widget=forms.RadioSelect)
    if question["kind"] == NUMBER:
        return forms.IntegerField(label=label, min_value=0, max_value=10**11, required=required)
    return Careful(label=label, max_length=TEXT_MAX, required=required, widget=text_area(3))


def initial_answers(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form begins with: the answers that stand."""
    return {"note": payload.get("note", ""), **{f"q_{one['code']}": one["value"] for one in payload.get("answers", ())}}


class ExtendForm(forms.Form):
    """Another last day, and more who are asked."""

    due_on = DayField(label=_("Answer by"), required=True)
    added = forms.MultipleChoiceField(label=_("Ask these too"), widget=forms.CheckboxSelectMultiple, required=False)
    reason = Careful(label=pgettext_lazy("planning", "Why?"), max_length=LINE_MAX)

    def __init__(self, *args: Any, members: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["added"].choices = members  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"due_at": end_of(given["due_on"]), "added": given["added"], "reason": given["reason"]}


class ReportForm(forms.Form):
    """What the report says of the answers, which are copied into it."""

    summary = Careful(label=_("Summary"), max_length=2 * TEXT_MAX, widget=text_area(6))
    proposals = Careful(label=_("What is proposed"), max_length=2 * TEXT_MAX, required=False, widget=text_area(4))

    def __init__(self, *args: Any, again: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if again:
            self.fields["reason"] = Careful(label=_("Why a new version?"), max_length=LINE_MAX)

    def content(self) -> dict[str, Any]:
        return {"reason": "", **self.cleaned_data}
