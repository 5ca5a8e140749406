"""Forms of a remiss, its answers, synpunkter, bemötanden and sammanställning, and of a member's registry."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gemensam.consultation.domain.rules import ANSWER_MAX, LINE_MAX, QUOTE_MAX, TEXT_MAX
from gemensam.organisations.names import Lists
from gemensam.rosters.domain.local import instant, local
from gemensam.web.forms import Careful

Choices = Sequence[tuple[str, str]]
LAST_MINUTE = 24 * 60 - 1
MOST_TEXT = 220_000


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Day(forms.CharField):
    """A local day written as 2027-03-01; cleaned to that text, "" for none."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2027-03-01", "inputmode": "numeric"})
        super().__init__(widget=widget, max_length=10, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return ""
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise forms.ValidationError(_("Write the day as 2027-03-01.")) from error


class DeadlineField(Day):
    """A day to the end of which there is time; cleaned to that instant (ms UTC)."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return instant(date.fromisoformat(text), LAST_MINUTE) if text else None


def day_of(at: int) -> str:
    """Return the local day of an instant as such a field shows it."""
    return local(at).date().isoformat()


class FilesField(forms.FileField):
    """Several files; they are read out of the request, for Django's field takes one."""

    def __init__(self, **options: Any) -> None:
        widget = forms.FileInput()
        widget.allow_multiple_selected = True
        widget.attrs["multiple"] = True
        super().__init__(widget=widget, required=False, **options)


class RemissForm(forms.Form):
    """What is to be sent, to whom, and until when."""

    title = Careful(label=gettext_lazy("Title"), max_length=LINE_MAX)
    purpose = Careful(label=gettext_lazy("Purpose"), widget=_area(3), max_length=TEXT_MAX, required=False)
    text = Careful(
        label=pgettext_lazy("remiss", "The text"), widget=_area(16), max_length=MOST_TEXT,
        help_text=gettext_lazy("An empty line parts two paragraphs. A heading begins with # or with its number."),
    )  # fmt: skip
    source = Careful(label=gettext_lazy("Taken from"), max_length=LINE_MAX, required=False)
    questions = Careful(
        label=gettext_lazy("Questions"), widget=_area(3), max_length=TEXT_MAX, required=False,
        help_text=gettext_lazy("One on each line."),
    )  # fmt: skip
    deadline_at = DeadlineField(label=gettext_lazy("Answer by"))
    documents = FilesField(
        label=gettext_lazy("Attached files"), help_text=gettext_lazy("PDF, DOCX, XLSX, images or text.")
    )
    members = forms.MultipleChoiceField(label=gettext_lazy("Send-list"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, members: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["members"].choices = members  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """A member's answer."""

    answer = forms.ChoiceField(label=pgettext_lazy("remiss", "Answer"), widget=forms.RadioSelect)
    reason = Careful(
        label=gettext_lazy("Reason"), widget=_area(3), max_length=TEXT_MAX, required=False,
        help_text=gettext_lazy("Needed where you do not support it."),
    )  # fmt: skip
    political_follows = forms.ChoiceField(
        label=gettext_lazy("Where officials answer: does a political answer follow?"), required=False,
        choices=[("", "–"), ("yes", gettext_lazy("Yes, it follows")), ("no", gettext_lazy("No"))],
    )  # fmt: skip
    text = Careful(
        label=gettext_lazy("Yttrande"), widget=_area(10), max_length=ANSWER_MAX, required=False,
        help_text=gettext_lazy("Write it here, or attach the document. An empty line parts two paragraphs."),
    )  # fmt: skip
    documents = FilesField(label=gettext_lazy("Documents"), help_text=gettext_lazy("They are kept unchanged."))
    body = Careful(label=gettext_lazy("Decided by"), max_length=LINE_MAX, required=False)
    decided_on = Day(label=gettext_lazy("Decided on"), required=False)
    diary = Careful(label=gettext_lazy("Registration number"), max_length=LINE_MAX, required=False)

    def __init__(self, *args: Any, lists: Lists, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["answer"].choices = lists.choices("remiss_answers")  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        """Return what `RemissAnswered` wants, without the files."""
        given = dict(self.cleaned_data)
        names = ("answer", "reason", "text", "body", "decided_on", "diary")
        follows = {"yes": True, "no": False}.get(given["political_follows"])
        return {**{name: given[name] for name in names}, "political_follows": follows}


class OfficeAnswerForm(AnswerForm):
    """The same as it came in to the joint office: whose it is, via what, and on which day."""

    organisation = forms.ChoiceField(label=pgettext_lazy("remiss", "Whose answer"))
    via = forms.ChoiceField(label=gettext_lazy("How did it come in?"))
    came_on = Day(label=gettext_lazy("Came in on"), required=False, help_text=gettext_lazy("Empty: today."))
    field_order = ("organisation", "via", "came_on", "answer")

    def __init__(self, *args: Any, members: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        lists: Lists = more["lists"]
        ways = [(code, word) for code, word in lists.choices("via") if code not in ("lank", "utan_linje")]
        self.fields["organisation"].choices = members  # type: ignore[attr-defined]
        self.fields["via"].choices = ways  # type: ignore[attr-defined]


class ViewForm(forms.Form):
    """A synpunkt out of some lines of a yttrande."""

    line_from = forms.IntegerField(label=gettext_lazy("From line"), min_value=1)
    line_to = forms.IntegerField(label=gettext_lazy("To line"), min_value=1)
    quote = forms.CharField(widget=forms.HiddenInput, required=False, max_length=QUOTE_MAX)
    paragraph = forms.ChoiceField(label=gettext_lazy("About the paragraph"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("synpunkt", "Kind"))
    note = Careful(label=pgettext_lazy("synpunkt", "Note"), max_length=LINE_MAX, required=False)

    def __init__(self, *args: Any, lists: Lists, paragraphs: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        _placed(self, lists, paragraphs)


class MoveViewForm(forms.Form):
    """Another paragraph or kind for a synpunkt."""

    paragraph = forms.ChoiceField(label=gettext_lazy("About the paragraph"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("synpunkt", "Kind"))

    def __init__(self, *args: Any, lists: Lists, paragraphs: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        _placed(self, lists, paragraphs)


def _placed(form: forms.Form, lists: Lists, paragraphs: Choices) -> None:
    form.fields["paragraph"].choices = [("", _("none: other views")), *paragraphs]  # type: ignore[attr-defined]
    form.fields["kind"].choices = lists.choices("view_kinds")  # type: ignore[attr-defined]


class ResponseForm(forms.Form):
    """One bemötande for the synpunkter that are ticked."""

    outcome = forms.ChoiceField(label=gettext_lazy("Bemötande"))
    text = Careful(
        label=gettext_lazy("In words"), widget=_area(3), max_length=TEXT_MAX, required=False,
        help_text=gettext_lazy("A reason is needed where it is not met."),
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Lists, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["outcome"].choices = lists.choices("view_responses")  # type: ignore[attr-defined]


class ReviseForm(forms.Form):
    """The text after the remiss."""

    text = Careful(
        label=gettext_lazy("The text after the remiss"), widget=_area(20), max_length=MOST_TEXT,
        help_text=gettext_lazy("Paragraphs that go on keep their codes; what is new gets a letter."),
    )  # fmt: skip
    note = Careful(label=pgettext_lazy("synpunkt", "Note"), max_length=LINE_MAX, required=False)


class SummaryForm(forms.Form):
    """What the writer says of the sammanställning; the rest is copied."""

    summary = Careful(label=pgettext_lazy("remiss", "Summary"), widget=_area(6), max_length=TEXT_MAX)
    reason = Careful(label=gettext_lazy("What is new in this version?"), max_length=LINE_MAX, required=False)


class ExtendForm(forms.Form):
    """A later deadline, and why."""

    deadline_at = DeadlineField(label=gettext_lazy("New last day"))
    reason = Careful(label=gettext_lazy("Reason"), max_length=LINE_MAX)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = Careful(label=gettext_lazy("Reason"), max_length=LINE_MAX)


class RegistryForm(forms.Form):
    """A member's official address, an address for the copy, and its meeting days, one on each line."""

    address = forms.EmailField(label=gettext_lazy("Official address (the registrar's)"), required=False)
    contact = forms.EmailField(
        label=gettext_lazy("Copy to"), required=False,
        help_text=gettext_lazy("A function's address, never a person's."),
    )  # fmt: skip
    meetings = Careful(
        label=gettext_lazy("Meeting days and last days for papers"), widget=_area(8), max_length=TEXT_MAX,
        required=False,
        help_text=gettext_lazy("One on each line: 2027-03-10; the body; 2027-02-24 (last day for papers)."),
    )  # fmt: skip

    def clean_meetings(self) -> list[dict[str, str]]:
        found = []
        for line in filter(None, (each.strip() for each in self.cleaned_data["meetings"].splitlines())):
            on, body, papers, *more = [*(part.strip() for part in line.split(";")), "", ""]
            if any(more) or not _is_day(on) or (papers and not _is_day(papers)):
                raise forms.ValidationError(_("This line could not be read: %(line)s") % {"line": line[:80]})
            found.append({"on": on, "body": body, "papers_by": papers})
        return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def meeting_lines(meetings: Iterable[Any]) -> str:
    """Return meeting days as the form's field shows them."""
    return "\n".join(f"{each.on}; {each.body}; {each.papers_by if each.papers_by != each.on else ''}".rstrip("; ")
                     for each in meetings)  # fmt: skip


def paragraph_choices(sections: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return (code, code and the beginning of the text) of all paragraphs."""
    return [
        (each["code"], f"{each['code']} {each['text'][:70]}{'…' if len(each['text']) > 70 else ''}")
        for section in sections
        for each in section["paragraphs"]
    ]
