"""The form by which a member's step is registered by hand, and a member's route. Empty is *ej angivet*."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.governance.adoption_labels import FIELDS
from gemensam.governance.document_forms import Choices, DayField, LinesField, area
from gemensam.governance.domain.decisions import DecisionTold, EarlierDecision
from gemensam.governance.domain.routes import RouteSet
from gemensam.governance.domain.rules import LINE_MAX, TEXT_MAX, is_day
from gemensam.picture.lists import Lists
from gemensam.web.forms import Careful

NOT_STATED = _("– not stated –")
SAYS = [("", NOT_STATED), ("1", _("Yes")), ("0", _("No"))]
TRUTH: Mapping[str, bool | None] = {"": None, "1": True, "0": False}
TRUTH_TEXT: Mapping[bool | None, str] = {None: "", True: "1", False: "0"}
LINES = ("body", "paragraph", "diarienummer", "title", "proposed_to")


def _line(name: str, **options: Any) -> Careful:
    return Careful(label=FIELDS[name], max_length=LINE_MAX, required=False, **options)


class EarlierField(LinesField):
    """Earlier decisions, one on each line: body; date; §; registration number."""

    def clean(self, value: Any) -> Any:
        return tuple(self._decision(line) for line in super().clean(value))

    def _decision(self, line: str) -> EarlierDecision:
        body, date, paragraph, number = ([part.strip() for part in line.split(";")] + [""] * 4)[:4]
        if date and not is_day(date):
            raise forms.ValidationError(_("Write earlier decisions as: body; 2023-03-10; §; registration number"))
        return EarlierDecision(body, date, paragraph.removeprefix("§").strip(), number)


class DecisionForm(forms.Form):
    """A member's step about a document, as its document states it."""

    member = forms.ChoiceField(label=pgettext_lazy("decision", "Member"))
    step = forms.ChoiceField(label=FIELDS["step"])
    outcome = forms.ChoiceField(label=FIELDS["outcome"], required=False)
    body = _line("body")
    date = DayField(label=FIELDS["date"])
    paragraph = _line("paragraph")
    diarienummer = _line("diarienummer")
    title = _line("title")
    conditions = Careful(label=FIELDS["conditions"], widget=area(2), max_length=TEXT_MAX, required=False)
    proposed_to = _line("proposed_to", help_text=_("Only where it is a proposal to another body."))
    approved_by_director = forms.ChoiceField(label=FIELDS["approved_by_director"], choices=SAYS, required=False)
    immediately_adjusted = forms.ChoiceField(label=FIELDS["immediately_adjusted"], choices=SAYS, required=False)
    attachments = LinesField(label=FIELDS["attachments"], help_text=_("One on each line, as they are called."))
    send_to = LinesField(label=FIELDS["send_to"], help_text=_("One on each line."))
    earlier_decisions = EarlierField(
        label=FIELDS["earlier_decisions"], help_text=_("One on each line: body; 2023-03-10; §; registration number")
    )
    note = Careful(label=FIELDS["note"], widget=area(2), max_length=TEXT_MAX, required=False)
    via = forms.ChoiceField(label=pgettext_lazy("decision", "How it came in"), required=False)
    upload = forms.FileField(
        label=_("The member's document"), required=False,
        help_text=_("PDF, Word or text, at most 10 MB. It is kept unchanged."),
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Lists, members: Choices, own: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self._choose("member", [one for one in members if not own or one[0] == own])
        self._choose("step", lists.choices("decision_steps"))
        self._choose("outcome", [("", NOT_STATED), *lists.choices("decision_outcomes")])
        self._choose("via", [("", "–"), *lists.choices("via")])
        if own:
            del self.fields["via"]

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def told(self, **more: Any) -> DecisionTold:
        """Return what is said of the step; `more`: the file with its name and digests, and where fields were read."""
        given = self.cleaned_data
        return DecisionTold(
            step=given["step"], outcome=given["outcome"], date=given["date"], conditions=given["conditions"],
            approved_by_director=TRUTH[given["approved_by_director"]],
            immediately_adjusted=TRUTH[given["immediately_adjusted"]], attachments=given["attachments"] or None,
            send_to=given["send_to"] or None, earlier_decisions=given["earlier_decisions"], note=given["note"],
            **{name: given[name].strip() for name in LINES}, **more,
        )  # fmt: skip


def initial_of(member: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a registered step as the form's first values."""
    told = {name: payload.get(name, "") for name in ("step", "outcome", "date", "conditions", "note", *LINES)}
    earlier = ["; ".join(one[name] for name in ("body", "date", "paragraph", "diarienummer")).strip("; ")
               for one in payload.get("earlier_decisions", ())]  # fmt: skip
    truths = {name: TRUTH_TEXT[payload.get(name)] for name in ("approved_by_director", "immediately_adjusted")}
    lists = {name: payload.get(name) or [] for name in ("attachments", "send_to")}
    return {"member": member, **told, **truths, **lists, "earlier_decisions": earlier}


class RouteForm(forms.Form):
    """A member's own route: one of the listed ones, or steps of its own; for all documents, or for one."""

    document = forms.ChoiceField(label=pgettext_lazy("decision", "Holds for"), required=False)
    route = forms.ChoiceField(label=pgettext_lazy("decision", "Route"))
    official = Careful(
        label=_("The highest official is called"), max_length=LINE_MAX, required=False,
        help_text=_("As the member says it: municipal director, municipal manager, city director …"),
    )  # fmt: skip
    steps = forms.MultipleChoiceField(
        label=_("Steps, in this order"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where none of the listed routes fits."),
    )  # fmt: skip
    deciding = forms.MultipleChoiceField(
        label=_("Steps that decide"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lists: Lists, kind: str, documents: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        items = [item for item in lists.items("decision_routes") if kind in item["kinds"]]
        routes = [(item["code"], lists.word("decision_routes", item["code"])) for item in items]
        steps = lists.choices("decision_steps")
        for name, choices in (
            ("route", [*routes, ("", _("A route of its own"))]),
            ("steps", steps),
            ("deciding", steps),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        self.fields["route"].required = False

    def given(self) -> RouteSet:
        given = self.cleaned_data
        return RouteSet(given["route"], tuple(given["steps"]), tuple(given["deciding"]), given["official"])
