"""Forms of a shift change. Texts that seem to hold a personal identity number are asked about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gemensam.shifts.commands import NOTE_MAX
from gemensam.web.forms import Careful


class NoteField(Careful):
    """A note, which stands in no log."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=NOTE_MAX, required=False, **options)


class GiveForm(forms.Form):
    """What the one who goes off duty adds."""

    note = NoteField(label=_("What the next one must know"), help_text=_("Read by this function alone."))
    spoken = forms.BooleanField(
        label=_("There is something that is said by word of mouth, and not written"), required=False
    )


class TakeForm(forms.Form):
    """What the one who goes on duty answers, and by which contact of the roster the function is reached from now on.

    `contacts`: (id, label) of those that can take the rest of the shift, the present one first; none: it is not asked.
    """

    taken_note = NoteField(label=_("Your note"), help_text=_("For instance what you have asked about."))
    contact = forms.ChoiceField(
        label=_("The function is reached from now on by"),
        required=False,
        help_text=_("Alerts go there for the rest of the shift."),
    )

    def __init__(self, data: Any = None, *, contacts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.fields["contact"].choices = contacts  # type: ignore[attr-defined]
        if not contacts:
            del self.fields["contact"]
