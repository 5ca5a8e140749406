"""How a member is reached: its present state, what has been noted, and the form that notes it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gemensam.core.refusal import Refused
from gemensam.organisations.domain import organisation as find_organisation
from gemensam.picture import commands, queries
from gemensam.picture.domain.contacts import RESERVE
from gemensam.picture.domain.statements import WRITERS
from gemensam.picture.form_fields import Careful, LocalTime
from gemensam.picture.lists import Lists
from gemensam.picture.readers import reader_list
from gemensam.picture.report_pages import sent_of
from gemensam.web import page as pages
from gemensam.web.access import Request, signed_in
from gemensam.web.answering import told_in_form


class ContactForm(forms.Form):
    """How a member is reached, as `ContactNoted` wants it."""

    state = forms.ChoiceField(label=gettext_lazy("How it is reached"), widget=forms.RadioSelect)
    via = forms.ChoiceField(
        label=gettext_lazy("By what means"), required=False, help_text=gettext_lazy("Needed for backup means."),
    )  # fmt: skip
    since_at = LocalTime(
        label=gettext_lazy("Since"), required=False, coming=False, help_text=gettext_lazy("Empty: now.")
    )
    note = Careful(
        label=gettext_lazy("Remark"), max_length=500, required=False,
        help_text=gettext_lazy("Talk group or place, never a person's name or number."),
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Lists, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["state"].choices = lists.choices("contact")  # type: ignore[attr-defined]
        self.fields["via"].choices = [("", "–"), *lists.choices("via")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        if given.get("state") == RESERVE and not given.get("via"):
            self.add_error("via", _("Say by what means."))
        return given


@dataclass(frozen=True, slots=True)
class _Target:
    page: pages.SpacePage
    lists: Lists
    about: Any


@signed_in
@require_http_methods(["GET", "POST"])
def note_contact(request: Request, space: str, organisation: str) -> HttpResponse:
    """Note how a member is reached; anyone who writes in the log here may, the member itself too."""
    page = pages.space_page(request, space, queries.KINDS_WITH_PICTURE)
    about = find_organisation(page.lens.directory, organisation)
    if about is None:
        raise Refused("not_found")
    if WRITERS.isdisjoint(page.lens.principal.permissions):
        raise Refused("not_permitted", permission="report")
    page.require_open()
    target = _Target(page, Lists(page.lens.directory, page.state), about)
    if request.method != "POST":
        return _form(request, target, ContactForm(lists=target.lists))
    form = ContactForm(request.POST, lists=target.lists)
    form.fields["since_at"].now = page.written_at  # type: ignore[attr-defined]
    return _noted(request, target, form)


def _noted(request: Request, target: _Target, form: ContactForm) -> HttpResponse:
    if not form.is_valid():
        return _form(request, target, form, status=422)
    content = {**form.cleaned_data, "about": target.about.id}
    try:
        commands.note_contact(target.page.lens, target.page.space, content, sent=sent_of(request))
    except Refused as refused:
        words, status = told_in_form(refused)
        return _form(request, target, form, status=status, refusal=words)
    messages.success(request, _("The contact is noted."))
    return HttpResponseRedirect(f"/spaces/{target.page.space}/members/{target.about.id}/")


def _form(request: Request, target: _Target, form: ContactForm, *, status: int = 200, **more: Any) -> HttpResponse:
    readers = reader_list(target.page.lens, target.page.space)
    context = {"form": form, "about": target.about, "readers": readers, **more}
    return pages.render(request, "picture/contact_form.html", context, status=status)
