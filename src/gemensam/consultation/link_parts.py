"""What the board of answers shows of a remiss' links, and the forms for a new one and for those in letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gemensam.answer_links.domain import LinkFor, checked_label
from gemensam.answer_links.forms import LinkForm, label_field, margin_field
from gemensam.answer_links.pages import list_rows
from gemensam.answer_links.queries import LinkRow, links_of
from gemensam.consultation.delivery_shown import mail_missing
from gemensam.consultation.domain.letters import SENDING, with_link
from gemensam.consultation.domain.links import DAY_MS, DAYS_AFTER
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.forms import Choices
from gemensam.consultation.link_queries import of_remiss
from gemensam.consultation.queries import Remiss, registry_for
from gemensam.consultation.view_parts import Speech, at
from gemensam.core.refusal import Refused
from gemensam.web import labels
from gemensam.web.page import SpacePage


def link_panel(page: SpacePage, remiss: Remiss, speech: Speech) -> dict[str, Any]:
    """Return what the board shows of links: to those whose remiss it is, and as it is now."""
    own = remiss.thing.organisation == page.lens.principal.organisation
    if page.historical or not own or not page.lens.may(GOVERN):
        return {"links": [], "link_form": None}

    def answer(row: LinkRow) -> str:
        return at(page.space, remiss.subject, f"answers/{row.link.organisation}/") if row.link.answered_at else ""

    of = of_remiss(page, remiss)
    form = form_for(remiss, speech) if of.kind.is_open(remiss.thing) and page.may(GOVERN) else None
    return {
        "links": list_rows(links_of(page.lens, of), speech.short, answer), "link_form": form,
        "may_revoke": page.may(GOVERN), "links_at": at(page.space, remiss.subject, "links/"),
    }  # fmt: skip


def form_for(remiss: Remiss, speech: Speech, data: Any = None) -> LinkForm:
    """Return the form for a link to one of the members."""
    asked = [(member, speech.organisation(member)) for member in remiss.data.members]
    return LinkForm(data, asked=asked, margins=_margins())


class LetterForm(forms.Form):
    """Whose letters have a link, for which function there, and how long those links hold."""

    organisations = forms.MultipleChoiceField(
        label=gettext_lazy("Put an answer link in the letter to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    label = label_field(required=False, initial=gettext_lazy("registrar"))
    margin = margin_field(required=False, empty_value=0)

    prefix = "letter"

    def __init__(self, *args: Any, asked: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisations"].choices = asked  # type: ignore[attr-defined]
        self.fields["margin"].choices = list(_margins().items())  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.cleaned_data.get("organisations"):
            try:
                self.cleaned_data["label"] = checked_label(self.cleaned_data.get("label", ""))
            except Refused as refused:
                self.add_error("label", labels.words(refused))

    def wanted(self) -> list[LinkFor]:
        """Return what links are asked for by a form that holds."""
        given = self.cleaned_data
        return [LinkFor(each, given["label"], given["margin"], in_letter=True) for each in given["organisations"]]


def letter_form(page: SpacePage, remiss: Remiss, speech: Speech, data: Any = None) -> LetterForm | None:
    """Return the form for links in the letters of a remiss that is to be sent; None where no letter can have one."""
    has_words = bool(speech.lists.item("remiss_letters", with_link(SENDING)))
    if mail_missing() or not has_words or not page.may(GOVERN):
        return None
    reached = [(member, registry_for(page.lens, member)) for member in remiss.data.members]
    asked = [(member, speech.organisation(member)) for member, told in reached if told.address or told.contact]
    return LetterForm(data, asked=asked) if asked else None


def _margins() -> dict[int, str]:
    return {days * DAY_MS: _held(days) for days in DAYS_AFTER}


def _held(days: int) -> str:
    if not days:
        return _("until the last day")
    words = ngettext("until %(n)s day after the last day", "until %(n)s days after the last day", days)
    return words % {"n": days}
