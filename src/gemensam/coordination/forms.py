"""Forms of conferences, needs and agreements. Texts that seem to hold a personal identity number are asked about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gemensam.coordination.domain.conference_rules import LENGTH_MAX, LENGTH_MIN
from gemensam.coordination.domain.registrations import NUMBER_MAX, is_date
from gemensam.coordination.domain.rules import LINE_MAX, TEXT_MAX
from gemensam.core.refusal import Refused
from gemensam.picture.form_fields import clean_place, kommuner_field, point_field
from gemensam.picture.lists import OTHER_ROW, Lists
from gemensam.picture.marking import MarkField, offer_marks
from gemensam.picture.report_fields import parse_time, unreadable_time
from gemensam.web import times
from gemensam.web.forms import Careful

Choices = Sequence[tuple[str, str]]
Groups = Sequence[tuple[str, Choices]]
UNDERTAKINGS_SHOWN = 6


class _Example:
    """A time as it may be written, made when it is shown."""

    def __str__(self) -> str:
        return times.field(times.now() // times.HOUR * times.HOUR + times.HOUR)


_example = _Example()


class LocalTime(forms.CharField):
    """A local time as people write it (`15.08`, `2026-11-20 15.08`); cleaned to ms UTC, or None."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": _example})
        super().__init__(widget=widget, max_length=40, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_time(text, times.now(), coming=True)
        except Refused as refused:
            raise forms.ValidationError(unreadable_time()) from refused


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PlanForm(forms.Form):
    """When a conference is and how one takes part."""

    starts_at = LocalTime(label=gettext_lazy("Begins"))
    length_min = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), min_value=LENGTH_MIN, max_value=LENGTH_MAX, initial=30
    )
    primary = Careful(
        label=gettext_lazy("Number or link"), max_length=LINE_MAX, required=False,
        help_text=gettext_lazy("A telephone bridge or a video meeting, never a person's own number."),
    )  # fmt: skip
    code = Careful(label=gettext_lazy("Code"), max_length=LINE_MAX, required=False)
    reserve = Careful(
        label=gettext_lazy("Reserve if the line fails"), max_length=LINE_MAX, required=False,
        help_text=gettext_lazy("Another number, a Rakel talk group, or a place and a time."),
    )  # fmt: skip
    reserve_code = Careful(label=gettext_lazy("Code of the reserve"), max_length=LINE_MAX, required=False)
    text = Careful(label=gettext_lazy("Message"), widget=_area(2), max_length=TEXT_MAX, required=False)

    def __init__(self, *args: Any, lists: Lists, functions: Groups, **more: Any) -> None:
        super().__init__(*args, **more)
        self._roles = [item["code"] for item in lists.items("conference_roles") if item["code"] != "deltagare"]
        for role in self._roles:
            self.fields[f"role_{role}"] = forms.ChoiceField(
                label=lists.word("conference_roles", role), choices=[("", "–"), *functions], required=False
            )

    @property
    def role_fields(self) -> list[forms.BoundField]:
        return [self[f"role_{role}"] for role in self._roles]

    def plan(self) -> dict[str, Any]:
        """Return the fields that a call and a change share, as the payloads want them."""
        given = self.cleaned_data
        held = [(role, given[f"role_{role}"]) for role in self._roles]
        return {
            "starts_at": given["starts_at"],
            "length_min": given["length_min"],
            "text": given["text"],
            "dial_in": {name: given[name] for name in ("primary", "code", "reserve", "reserve_code")},
            "roles": [{"role": role, "function": function} for role, function in held if function],
        }


class CallForm(PlanForm):
    """A call to a conference."""

    agenda = forms.ChoiceField(label=gettext_lazy("Template"))
    series = forms.ChoiceField(
        label=gettext_lazy("Follows the cadence"), required=False,
        help_text=gettext_lazy("A weekly conference is called by its week."),
    )  # fmt: skip
    title = Careful(
        label=gettext_lazy("Title"), max_length=120, required=False,
        help_text=gettext_lazy("Leave empty for the template's name with week or number."),
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Lists, **more: Any) -> None:
        super().__init__(*args, lists=lists, **more)
        _choose(self, "agenda", lists.choices("agendas"))
        _choose(self, "series", [("", _("None: a conference of its own")), *lists.choices("cadences")])

    def content(self) -> dict[str, Any]:
        """Return the call as `ConferenceCalled` wants it."""
        given = self.cleaned_data
        return {**self.plan(), "agenda": given["agenda"], "series": given["series"], "title": given["title"]}


class ChangeForm(PlanForm):
    """A new time or dial-in, with the reason."""

    reason = Careful(label=gettext_lazy("Why is it changed?"), max_length=LINE_MAX)

    def content(self) -> dict[str, Any]:
        """Return the change as `ConferenceChanged` wants it."""
        return {**self.plan(), "reason": self.cleaned_data["reason"]}


def initial_plan(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form starts with for terms (of a call, or of a change)."""
    roles = {f"role_{held['role']}": held["function"] for held in terms.get("roles", ())}
    starts_at = terms.get("starts_at")
    dial_in = dict(terms.get("dial_in", {}))
    kept = {name: terms[name] for name in ("length_min", "text") if terms.get(name)}
    return {**dial_in, **roles, **kept, "starts_at": times.field(starts_at) if starts_at else ""}


class ReasonForm(forms.Form):
    """Why something is taken back, declined or cancelled."""

    reason = Careful(label=pgettext_lazy("conference", "Why?"), widget=_area(2), max_length=LINE_MAX)


class NeedForm(forms.Form):
    """A need for collaboration."""

    text = Careful(label=gettext_lazy("What is needed?"), max_length=LINE_MAX)
    amount = Careful(label=gettext_lazy("How much?"), max_length=LINE_MAX, required=False)
    place = Careful(label=gettext_lazy("Where?"), max_length=LINE_MAX, required=False)
    kommuner = kommuner_field(gettext_lazy("Names with commas between. Empty: that of the one who needs it."))
    point = point_field()
    when = Careful(label=gettext_lazy("When, in words"), max_length=LINE_MAX, required=False)
    until_at = LocalTime(label=gettext_lazy("Needed by"), required=False)
    urgency = forms.ChoiceField(label=gettext_lazy("How urgent is it?"), required=False)
    row = forms.ChoiceField(label=gettext_lazy("Function of society"), required=False)
    concerns = forms.MultipleChoiceField(
        label=gettext_lazy("Whom does it concern?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("None ticked: everybody."),
    )  # fmt: skip
    mark = MarkField()
    organisation = forms.ChoiceField(label=gettext_lazy("Whose need is it?"), required=False)
    via = forms.ChoiceField(label=gettext_lazy("How did it come in?"), required=False)

    def __init__(
        self, *args: Any, lists: Lists, organisations: Choices, own: str, for_others: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        _choose(self, "urgency", [("", "–"), *lists.choices("urgency")])
        offer_marks(self, lists)
        _choose(self, "row", [("", "–"), *lists.choices("rows"), (OTHER_ROW, lists.row(OTHER_ROW))])
        _choose(self, "concerns", [each for each in organisations if each[0] != own])
        _for_others(self, lists, organisations, own=own, allowed=for_others)
        self._kommuner = lists.places.names

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        return {**given, "where": clean_place(self, given, self._kommuner)}

    def content(self) -> dict[str, Any]:
        """Return the need as `NeedRaised` wants it."""
        about_it = ("organisation", "via", "mark", "kommuner", "point")
        return {name: value for name, value in self.cleaned_data.items() if name not in about_it}


class OfferForm(forms.Form):
    """What an organisation can contribute to a need."""

    text = Careful(label=gettext_lazy("What can you contribute, and when?"), max_length=LINE_MAX)


class QuestionForm(forms.Form):
    """A common question. It cannot be changed: *vi också* is said to these words."""

    text = Careful(
        label=gettext_lazy("What do you ask?"), widget=_area(2), max_length=LINE_MAX,
        help_text=gettext_lazy("One question at a time. Others who ask the same press “We too”: one answer to all."),
    )  # fmt: skip
    to = forms.MultipleChoiceField(
        label=gettext_lazy("Who knows?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("None ticked: whoever knows answers."),
    )  # fmt: skip
    mark = MarkField()
    organisation = forms.ChoiceField(label=gettext_lazy("Whose question is it?"), required=False)
    via = forms.ChoiceField(label=gettext_lazy("How did it come in?"), required=False)

    def __init__(
        self, *args: Any, lists: Lists, organisations: Choices, own: str, for_others: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        offer_marks(self, lists)
        _choose(self, "to", [each for each in organisations if each[0] != own])
        _for_others(self, lists, organisations, own=own, allowed=for_others)


class AnswerForm(forms.Form):
    """The answer to a common question, for all who ask it."""

    text = Careful(label=gettext_lazy("Answer for all who ask"), widget=_area(3), max_length=TEXT_MAX)
    mark = MarkField()

    def __init__(self, *args: Any, lists: Lists, **more: Any) -> None:
        super().__init__(*args, **more)
        offer_marks(self, lists)


class AgreementForm(forms.Form):
    """An agreement: the wording, and who undertakes what until when. An undertaking is a line of the form."""

    wording = Careful(
        label=gettext_lazy("Wording"), widget=_area(3), max_length=TEXT_MAX,
        help_text=gettext_lazy("As it is read out: who, what, when. No organisation decides for another."),
    )  # fmt: skip
    follow_up_at = LocalTime(label=gettext_lazy("Followed up"), required=False)
    valid_until_at = LocalTime(label=gettext_lazy("Valid until"), required=False)
    mark = MarkField()

    def __init__(
        self, *args: Any, lists: Lists, organisations: Choices, lines: int = UNDERTAKINGS_SHOWN, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.lines = lines
        offer_marks(self, lists)
        for place in range(lines):
            self.fields[f"who_{place}"] = forms.ChoiceField(
                label=gettext_lazy("Organisation"), choices=[("", "–"), *organisations], required=False
            )
            self.fields[f"what_{place}"] = Careful(
                label=gettext_lazy("Undertakes"), max_length=LINE_MAX, required=False
            )
            self.fields[f"due_{place}"] = LocalTime(label=gettext_lazy("By"), required=False)

    @property
    def undertaking_fields(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"who_{place}"], self[f"what_{place}"], self[f"due_{place}"]) for place in range(self.lines)]

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        for place in range(self.lines):
            if given.get(f"what_{place}") and not given.get(f"who_{place}"):
                self.add_error(f"who_{place}", _("Say which organisation."))
        return given

    def content(self) -> dict[str, Any]:
        """Return the terms as `AgreementRecorded` wants them."""
        given = self.cleaned_data
        lines = [
            {"organisation": given[f"who_{place}"], "what": given[f"what_{place}"], "due_at": given[f"due_{place}"]}
            for place in range(self.lines)
            if given[f"who_{place}"]
        ]
        kept = {name: given[name] for name in ("wording", "follow_up_at", "valid_until_at")}
        return {**kept, "undertakings": lines}


class AgreementChangeForm(AgreementForm):
    """Another wording, with the reason."""

    reason = Careful(label=gettext_lazy("Why is it changed?"), max_length=LINE_MAX)

    def content(self) -> dict[str, Any]:
        return {**super().content(), "reason": self.cleaned_data["reason"]}


def initial_terms(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form starts with for an agreement's terms."""
    found: dict[str, Any] = {"wording": terms.get("wording", "")}
    for name in ("follow_up_at", "valid_until_at"):
        found[name] = times.field(terms[name]) if terms.get(name) else ""
    for place, each in enumerate(terms.get("undertakings", ())):
        found[f"who_{place}"], found[f"what_{place}"] = each["organisation"], each["what"]
        found[f"due_{place}"] = times.field(each["due_at"]) if each["due_at"] else ""
    return found


class MinutesForm(forms.Form):
    """The leader's adjustments: a summary, a text of each point, answers to comments, and from version 2 on why."""

    summary = Careful(label=pgettext_lazy("minutes", "Summary"), widget=_area(3), max_length=TEXT_MAX, required=False)
    reason = Careful(label=gettext_lazy("What is corrected?"), max_length=LINE_MAX, required=False)
    comments_until_at = LocalTime(
        label=gettext_lazy("Members may comment until"), required=False,
        help_text=gettext_lazy("Empty: no comments are taken. What is said is shown beside the minutes."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, points: Sequence[str], comments: Sequence[str] = (), again: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._points, self._comments = points, comments
        for name in (*map(point_name, points), *map(reply_name, comments)):
            widget = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
            self.fields[name] = Careful(label="", widget=widget, max_length=TEXT_MAX, required=False)
        if not again:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def adjustments(self, noted: Mapping[str, str]) -> dict[str, Any]:
        """Return what differs from what was noted, as `MinutesPublished` wants it."""
        given = self.cleaned_data
        texts = [
            {"code": code, "text": given[point_name(code)]}
            for code in self._points
            if _plain(given[point_name(code)]) != _plain(noted.get(code, ""))
        ]
        replies = [{"comment": each, "reply": given[reply_name(each)]} for each in self._comments]
        return {
            "summary": given["summary"], "texts": texts, "reason": given.get("reason", ""),
            "comments_until_at": given["comments_until_at"],
            "replies": [each for each in replies if each["reply"].strip()],
        }  # fmt: skip


def point_name(code: str) -> str:
    """Return the field that holds the text of a point of the agenda."""
    return f"point_{code}"


def reply_name(comment: str) -> str:
    """Return the field that holds the answer to a comment (the digest of its entry)."""
    return f"reply_{comment}"


class CommentForm(forms.Form):
    """What an organisation would have otherwise in the minutes."""

    text = Careful(label=gettext_lazy("What would you have otherwise?"), widget=_area(3), max_length=TEXT_MAX)


class RegistrationForm(forms.Form):
    """Under which diarienummer the own organisation has registered something."""

    number = Careful(label=gettext_lazy("Registration number"), max_length=NUMBER_MAX)
    status = forms.ChoiceField(label=pgettext_lazy("registration", "Received or drawn up"))
    on = forms.CharField(
        label=pgettext_lazy("registration", "Date"), max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2026-11-29"}),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "status", choices)

    def clean_on(self) -> str:
        given: str = self.cleaned_data["on"].strip()
        if not is_date(given):
            raise forms.ValidationError(_("Write the date as 2026-11-29."))
        return given


def _plain(text: str) -> str:
    """A text as it was typed, whatever ends its lines: a browser sends CRLF."""
    return text.replace("\r\n", "\n").strip()


def _for_others(form: forms.Form, lists: Lists, organisations: Choices, *, own: str, allowed: bool) -> None:
    """Let a form that may be filled in for another organisation say whose word it is; take that away elsewhere."""
    if not allowed:
        del form.fields["organisation"], form.fields["via"]
        return
    ours = [each for each in organisations if each[0] == own] or [(own, lists.organisation(own))]
    _choose(form, "organisation", [*ours, *(each for each in organisations if each[0] != own)])
    _choose(form, "via", [("", "–"), *lists.choices("via")])


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
