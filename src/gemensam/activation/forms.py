"""Forms of calls, lägen and larm. Texts that seem to hold a personal identity number are asked about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gemensam.activation import labels
from gemensam.activation.alerting import Alert
from gemensam.activation.areas import DrawnArea
from gemensam.activation.commands import Assessed, Pressed
from gemensam.activation.domain.calls import HANDLE_MAX
from gemensam.activation.domain.modes import CHECKLIST, OWN_MAX, states
from gemensam.activation.domain.rules import LINE_MAX, TEXT_MAX
from gemensam.activation.domain.simple import whole
from gemensam.activation.domain.targets import ALL, AREA, CHOSEN, GROUP, LEVEL
from gemensam.activation.origins import basis_of
from gemensam.activation.words import Speech
from gemensam.web.forms import Careful, MomentField

Choices = list[tuple[str, str]]
TEL_MAX, TEL_ROOM = 30, 12
DRAWN = "drawn"  # in the form; a larm is for the kommuner of the area, with its name
NEUTRAL = gettext_lazy("Neutral words, at most 30 signs: they go by open channels. No protected sites, no persons.")


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _text(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> Careful:
    return Careful(label=label, required=required, max_length=TEXT_MAX, widget=_area(rows), help_text=help_text)


def _none(choices: Choices) -> Choices:
    return [("", "–"), *choices]


class PressForm(forms.Form):
    """The green button: what has happened, in one choice or thirty signs."""

    type = forms.ChoiceField(label=gettext_lazy("What has happened?"), required=False, widget=forms.RadioSelect)
    words = Careful(
        label=gettext_lazy("In other words"), max_length=HANDLE_MAX, required=False, help_text=NEUTRAL
    )  # fmt: skip
    text = _text(gettext_lazy("More, for those who read the program"), required=False, rows=2)

    basis = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, speech: Speech, **more: Any) -> None:
        super().__init__(*args, **more)
        types = speech.choices("incident_types")
        self._swedish = {str(item["code"]): str(item["name"]) for item in speech.items("incident_types")}
        self.fields["type"].choices = types  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("type") and not data.get("words") and "words" not in self.errors:
            raise forms.ValidationError(_("Choose what has happened, or write it in a few words."))
        return data

    def pressed(self) -> Pressed:
        """Return what was given; the neutral words are the type's own in Swedish unless others were written."""
        given = self.cleaned_data
        words = given["words"] or self._swedish[given["type"]]
        basis = basis_of(given["basis"]) if given["basis"] else None
        return Pressed(words[:HANDLE_MAX].strip(), given["type"], given["text"], basis=basis)


class AssessForm(forms.Form):
    """The outcome of an assessment, and what comes of it."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), widget=forms.RadioSelect)
    reason = _text(gettext_lazy("Reason"), required=False, help_text=gettext_lazy("Needed unless you activate."))
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    conference_at = MomentField(label=gettext_lazy("First conference"), required=False)
    incident = forms.ChoiceField(label=gettext_lazy("Incident that it is added to"), required=False)
    alerts = forms.BooleanField(label=gettext_lazy("Alert all members"), required=False, initial=True)

    def __init__(self, *args: Any, speech: Speech, others: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["outcome"].choices = speech.choices("assessment_outcomes")  # type: ignore[attr-defined]
        self.fields["level"].choices = _none(speech.choices("levels"))  # type: ignore[attr-defined]
        self.fields["incident"].choices = _none(others)  # type: ignore[attr-defined]

    def assessed(self) -> Assessed:
        given = self.cleaned_data
        return Assessed(
            given["outcome"], given["reason"], given["level"], given["conference_at"] or 0, given["incident"],
            given["alerts"],
        )  # fmt: skip


class ConveneForm(forms.Form):
    """The time of a conference that the caller holds itself."""

    conference_at = MomentField(label=gettext_lazy("The conference begins"))


class ModeForm(forms.Form):
    """Another läge or level, with the reason."""

    mode = forms.ChoiceField(label=pgettext_lazy("mode", "State"))
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    reason = _text(gettext_lazy("Reason"), rows=2)

    def __init__(self, *args: Any, speech: Speech, **more: Any) -> None:
        super().__init__(*args, **more)
        allowed = {item["code"] for item in states(speech.directory)[1:]}
        modes = [(code, word) for code, word in speech.choices("modes") if code in allowed]
        self.fields["mode"].choices = modes  # type: ignore[attr-defined]
        self.fields["level"].choices = _none(speech.choices("levels"))  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        return {**self.cleaned_data, "decided_by": "", "checks": []}


class CloseForm(forms.Form):
    """The decision to go back, and the checklist: each point done, or why not (R14)."""

    decided_by = Careful(
        label=gettext_lazy("Decision: by whom, and when"), max_length=LINE_MAX,
        help_text=gettext_lazy("A role, never a person's name."),
    )  # fmt: skip
    reason = _text(gettext_lazy("Reason"), rows=2)

    def __init__(self, *args: Any, speech: Speech, **more: Any) -> None:
        super().__init__(*args, **more)
        self._points = speech.choices(CHECKLIST)
        for code, word in self._points:
            self.fields[f"done_{code}"] = forms.BooleanField(label=word, required=False)
            self.fields[f"note_{code}"] = Careful(label=_("If not: why"), max_length=LINE_MAX, required=False)

    @property
    def points(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"done_{code}"], self[f"note_{code}"]) for code, _word in self._points]

    def content(self, mode: str) -> dict[str, Any]:
        given = self.cleaned_data
        checks = [
            {"code": code, "is_done": given[f"done_{code}"], "note": given[f"note_{code}"]} for code, _ in self._points
        ]
        told = {name: given[name] for name in ("decided_by", "reason")}
        return {**told, "mode": mode, "level": "", "checks": checks}


class OwnModeForm(forms.Form):
    """The organisation's own läge, in its own words."""

    words = Careful(label=gettext_lazy("Our state of readiness"), max_length=OWN_MAX)
    note = Careful(label=gettext_lazy("What it means"), max_length=LINE_MAX, required=False)


class HeightenedForm(forms.Form):
    """An external decision on höjd beredskap, or on its end."""

    level = Careful(label=gettext_lazy("Which (skärpt, högsta)"), max_length=LINE_MAX)
    decided_by = Careful(label=gettext_lazy("Decided by"), max_length=LINE_MAX)
    on = forms.CharField(label=gettext_lazy("Date of the decision"), max_length=10, help_text="2026-11-20")
    source = Careful(
        label=gettext_lazy("Source"), max_length=LINE_MAX, help_text=gettext_lazy("Where the decision can be read.")
    )  # fmt: skip


class LinkForm(forms.Form):
    """Two incidents that are one."""

    other = forms.ChoiceField(label=gettext_lazy("The other incident"))
    relation = forms.ChoiceField(label=gettext_lazy("How"), widget=forms.RadioSelect, initial="same")
    reason = _text(gettext_lazy("Reason"), rows=2)

    def __init__(self, *args: Any, others: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["other"].choices = others  # type: ignore[attr-defined]
        self.fields["relation"].choices = list(labels.RELATION.items())  # type: ignore[attr-defined]


class LarmForm(forms.Form):
    """A larm: text, for whom, and what stands in it."""

    text = forms.ChoiceField(label=gettext_lazy("Text"))
    words = Careful(label=gettext_lazy("Incident"), max_length=HANDLE_MAX, help_text=NEUTRAL)
    target = forms.ChoiceField(label=gettext_lazy("For whom"), widget=forms.RadioSelect, initial=ALL)
    level = forms.MultipleChoiceField(label=gettext_lazy("Level"), required=False)
    group = forms.MultipleChoiceField(label=gettext_lazy("Geographic group"), required=False)
    area = forms.MultipleChoiceField(label=gettext_lazy("Municipalities of the area"), required=False)
    drawn = forms.ChoiceField(label=gettext_lazy("Area on the map"), required=False)
    chosen = forms.MultipleChoiceField(label=gettext_lazy("Members"), required=False)
    conference_at = MomentField(label=gettext_lazy("Conference"), required=False)
    tel = forms.CharField(label=gettext_lazy("Telephone of the conference"), max_length=TEL_MAX, required=False)
    kod = forms.CharField(label=gettext_lazy("Code"), max_length=6, required=False)
    urgent = forms.BooleanField(
        label=gettext_lazy("Urgent: goes out in a quiet night too"), required=False,
        help_text=gettext_lazy("An alert always wakes. A signal or a call to a conference waits for the morning."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, speech: Speech, kind: str, areas: Choices, drawn: Sequence[DrawnArea] = (), **more: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self._drawn = {each.subject: each for each in drawn}
        texts = [item["code"] for item in speech.items("alert_texts") if item["is_larm"] and kind in item["spaces"]]
        offered = {
            "text": [(code, speech.word("alert_texts", code)) for code in texts],
            "target": [each for each in labels.TARGET.items() if drawn or each[0] != DRAWN],
            "level": speech.choices("levels"),
            "group": speech.choices("municipal_groups"), "area": areas, "chosen": speech.member_choices(),
            DRAWN: [("", "–"), *((each.subject, _told(each, dict(areas))) for each in drawn)],
        }  # fmt: skip
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("target", "")
        if kind in (LEVEL, GROUP, AREA, DRAWN, CHOSEN) and not data.get(kind) and kind not in self.errors:
            self.add_error(kind, _("Choose at least one."))
        area = self._drawn.get(data.get(DRAWN, ""))
        if kind == DRAWN and area is not None and not area.kommuner:
            self.add_error(DRAWN, _("The area covers no member's municipality: choose another, or draw it anew."))
        return data

    def clean_tel(self) -> str:
        """Write a number with blanks as short as an SMS has room for; one that has none is refused, never cut."""
        given = str(self.cleaned_data["tel"])
        short = whole(given, TEL_ROOM)
        if given and not short:
            raise forms.ValidationError(_("An SMS has room for %(n)s signs of a number.") % {"n": TEL_ROOM})
        return short

    def alert(self, *, replaces: str = "") -> Alert:
        given = self.cleaned_data
        fields = {name: given[name] for name in ("tel", "kod") if given[name]}
        return Alert(
            given["text"], given["words"], conference_at=given["conference_at"] or 0, fields=fields,
            replaces=replaces, urgent=given["urgent"], **self._for_whom(given["target"]),
        )  # fmt: skip

    def _for_whom(self, kind: str) -> dict[str, Any]:
        if kind == DRAWN:
            area = self._drawn[self.cleaned_data[DRAWN]]
            return {"target": AREA, "codes": area.kommuner, "area": area.label}
        return {"target": kind, "codes": () if kind == ALL else tuple(self.cleaned_data.get(kind) or ())}


def _told(area: DrawnArea, names: Mapping[str, str]) -> str:
    """An area with the kommuner that it covers: *Avspärrat (Nacka, Värmdö)*."""
    within = ", ".join(names[code] for code in area.kommuner if code in names)
    return f"{area.label} ({within or _('no member')})"


class ProvForm(forms.Form):
    """A provlarm: for whom, and whether it goes out."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Members"), required=False, help_text=gettext_lazy("None chosen means all.")
    )  # fmt: skip
    live = forms.BooleanField(
        label=gettext_lazy("Send it to telephones, mail and push"), required=False,
        help_text=gettext_lazy("Otherwise it is shown in the program only."),
    )  # fmt: skip

    def __init__(self, *args: Any, speech: Speech, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["chosen"].choices = speech.member_choices()  # type: ignore[attr-defined]


class EnteredForm(forms.Form):
    """An answer that somebody gave by telephone."""

    function = forms.ChoiceField(label=gettext_lazy("Who answered"))
    code = forms.ChoiceField(label=gettext_lazy("The answer"), widget=forms.RadioSelect)
    from_at = MomentField(label=gettext_lazy("Takes part from"), required=False)

    def __init__(self, *args: Any, functions: Any, codes: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["function"].choices = functions  # type: ignore[attr-defined]
        self.fields["code"].choices = codes  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = _text(gettext_lazy("Reason"), rows=2)


class NoteForm(forms.Form):
    """A text to those who read the page."""

    note = _text(gettext_lazy("Text"), rows=2)


def first_error(form: forms.Form) -> str:
    """Return the first thing that is wrong with a form, in words."""
    errors: Mapping[str, Any] = form.errors
    return next((str(each) for one in errors.values() for each in one), "")
