"""Forms of steering documents. Days are written as 2023-03-10; what is not stated is left empty."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.governance.adoption_labels import COUNTS
from gemensam.governance.domain.documents import (
    FOR_ADOPTION,
    FOR_CONSULTATION,
    NOTHING,
    AdoptionRuled,
    Counted,
    DocumentAdopted,
    DocumentGiven,
    DocumentPart,
    DocumentSent,
    DocumentTold,
    DocumentWithdrawn,
    FileNamed,
    Link,
)
from gemensam.governance.domain.rules import LINE_MAX, LIST_MAX, TEXT_MAX, is_day
from gemensam.picture.lists import Lists
from gemensam.web.forms import Careful

Choices = Sequence[tuple[str, str]]
DAY = _("Write the date as 2023-03-10, or leave it empty where it is not stated.")


class DayField(forms.CharField):
    """A day as 2023-03-10, or "" where it is not stated."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"placeholder": "2023-03-10", "autocomplete": "off", "inputmode": "numeric"})
        super().__init__(max_length=10, required=False, widget=widget, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if text and not is_day(text):
            raise forms.ValidationError(DAY)
        return text


class LinesField(forms.CharField):
    """Texts, one on each line; cleaned to a tuple."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def clean(self, value: Any) -> Any:
        lines = tuple(line.strip() for line in (super().clean(value) or "").splitlines() if line.strip())
        if len(lines) > LIST_MAX or any(len(line) > LINE_MAX for line in lines):
            raise forms.ValidationError(_("At most 100 lines of at most 300 characters."))
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def link_text(link: Link) -> str:
    """Return a document's link as a form's value."""
    return "" if link == NOTHING else "/".join(link)


def link_from(text: str) -> Link:
    space, _slash, subject = text.partition("/")
    return (space, subject) if subject else NOTHING


class DocumentForm(forms.Form):
    """What is said of a document."""

    space = forms.ChoiceField(label=_("Belongs to"))
    type = forms.ChoiceField(label=_("Kind of document"))
    code = Careful(label=_("Short name"), max_length=60, help_text=_("As in a table, e.g. “Målbild 2023–2026”."))
    title = Careful(label=_("Title"), max_length=LINE_MAX)
    version = Careful(label=_("Version"), max_length=60, required=False)
    dated = DayField(label=_("Dated"))
    valid_from = DayField(label=_("Holds from"))
    valid_until = DayField(label=_("Holds until"))
    part_of = forms.ChoiceField(label=_("Below, in the hierarchy"), required=False)
    supersedes = forms.MultipleChoiceField(
        label=_("Replaces"), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    parts = LinesField(label=_("Parts"), help_text=_("One on each line."))
    note = Careful(label=pgettext_lazy("decision", "Note"), widget=area(), max_length=TEXT_MAX, required=False)
    upload = forms.FileField(
        label=_("Add a file"), required=False,
        help_text=_("PDF, Word, Excel or text, at most 10 MB. It is kept unchanged."),
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Lists, spaces: Choices, documents: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "type", lists.choices("document_types"))
        _choose(self, "space", spaces)
        _choose(self, "part_of", [("", "–"), *documents])
        _choose(self, "supersedes", documents)

    def given(self, files: Sequence[FileNamed]) -> DocumentGiven:
        """Return the document as the command wants it."""
        given = self.cleaned_data
        parts = tuple(DocumentPart(str(place), title) for place, title in enumerate(given["parts"], start=1))
        named = ("code", "type", "title", "version", "dated", "valid_from", "valid_until", "note")
        told = DocumentTold(**{name: given[name] for name in named}, parts=parts, files=tuple(files))
        links = tuple(link_from(one) for one in given["supersedes"])
        return DocumentGiven(told, link_from(given["part_of"]), links)


class SendForm(forms.Form):
    """To whom a document went out, and when."""

    purpose = forms.ChoiceField(
        label=_("For"), choices=[(FOR_ADOPTION, _("adoption")), (FOR_CONSULTATION, _("consultation (remiss)"))]
    )
    on = DayField(label=_("Sent on"))
    latest = forms.BooleanField(label=_("On that day or before it"), required=False)
    answer_by = DayField(label=_("Answer by"))
    to = forms.MultipleChoiceField(label=_("Members"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, members: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "to", members)
        self.fields["to"].initial = [code for code, _name in members]

    def sent(self) -> DocumentSent:
        given = self.cleaned_data
        return DocumentSent(tuple(given["to"]), given["on"], given["answer_by"], given["purpose"], given["latest"])


class AdoptForm(forms.Form):
    """A step of a body of the network."""

    body = forms.ChoiceField(label=_("Body of the network"))
    on = DayField(label=_("Adopted on"))
    reference = Careful(label=_("Minutes, §"), max_length=LINE_MAX, required=False)
    note = Careful(label=pgettext_lazy("decision", "Note"), max_length=LINE_MAX, required=False)

    def __init__(self, *args: Any, lists: Lists, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "body", lists.choices("bodies"))

    def adopted(self) -> DocumentAdopted:
        given = self.cleaned_data
        return DocumentAdopted(given["body"], given["on"], given["reference"], given["note"])


class RuleForm(forms.Form):
    """What counts as adopted for one document."""

    four_eyes = forms.ChoiceField(
        label=_("A registered decision counts"),
        choices=[("", _("as the network has set it")), ("1", _("when another person has confirmed it")),
                 ("0", _("at once"))],
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Lists, **more: Any) -> None:
        super().__init__(*args, **more)
        self._usual = {item["code"]: item["counts"] for item in lists.items("decision_outcomes")}
        for code in self._usual:
            self.fields[f"counts_{code}"] = forms.ChoiceField(
                label=lists.word("decision_outcomes", code), choices=list(COUNTS.items()), initial=self._usual[code]
            )

    @property
    def outcome_fields(self) -> list[forms.BoundField]:
        return [self[f"counts_{code}"] for code in self._usual]

    def ruled(self) -> AdoptionRuled:
        """Return only what differs from the list, so that a later list is not overruled by what it said before."""
        given = self.cleaned_data
        chosen = {code: given[f"counts_{code}"] for code in self._usual}
        counts = tuple(Counted(code, counts) for code, counts in chosen.items() if counts != self._usual[code])
        return AdoptionRuled(counts, {"1": True, "0": False}.get(given["four_eyes"]))


class EndForm(forms.Form):
    """Why a document no longer holds."""

    reason = Careful(label=pgettext_lazy("document", "Why"), widget=area(2), max_length=TEXT_MAX)
    on = DayField(label=_("Last day on which it held"))

    def ended(self) -> DocumentWithdrawn:
        return DocumentWithdrawn(self.cleaned_data["reason"], self.cleaned_data["on"])


class ReasonForm(forms.Form):
    """Why something is taken back or returned."""

    reason = Careful(label=pgettext_lazy("document", "Why"), widget=area(2), max_length=TEXT_MAX)


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)
