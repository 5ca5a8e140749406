"""The published versions of the målbild's text, and the working groups of a period."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.ledger.ids import uuid7
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import file_name
from gemensam.objectives.commands import withdraw_version
from gemensam.objectives.document import version_pdf
from gemensam.objectives.domain.difference import compare, numbered, summary
from gemensam.objectives.domain.texts import Section
from gemensam.objectives.draft_commands import Group, open_group
from gemensam.objectives.draft_queries import list_groups_for
from gemensam.objectives.forms import GroupForm, ReasonForm
from gemensam.objectives.queries import VersionShown, get_version_for, list_versions_for
from gemensam.objectives.shown import Words
from gemensam.objectives.view_parts import organisation_choices, period_page, sent_of, writable
from gemensam.web import page as pages
from gemensam.web.access import Request, may, require, signed_in
from gemensam.web.answering import answered, go_on, pressed, there
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

OPENING = ("open_circle", "open_space")


@signed_in
@require_GET
def versions(request: Request, space: str) -> HttpResponse:
    """The versions that have been published, and the working groups that this reader belongs to."""
    page = period_page(request, space)
    words = Words(page)
    groups = [] if page.historical else list_groups_for(page.lens, space)
    context = {
        "versions": [(each, kind_words(each, words)) for each in list_versions_for(page.lens, space, page.moment)],
        "groups": [(info.id, title_of(page.lens, info)) for info in groups],
        "opens_groups": any(page.may(one) for one in OPENING),
    }  # fmt: skip
    return pages.render(request, "objectives/versions.html", context)


def kind_words(version: VersionShown, words: Words) -> str:
    """Return what kind of version it is, with its number."""
    return f"{words.lists.word('vision_versions', version.kind)} {version.number}"


@signed_in
@require_GET
def version(request: Request, space: str, subject: str) -> HttpResponse:
    """One version with its text; `?compare=` another shows what changed since that one."""
    page = period_page(request, space)
    words, found = Words(page), get_version_for(page.lens, space, subject, page.moment)
    other = request.GET.get("compare", "")
    earlier = get_version_for(page.lens, space, other, page.moment) if other else None
    changes = compare(earlier.sections, found.sections) if earlier is not None else ()
    owner = page.state.things[subject].organisation == page.lens.principal.organisation
    context = {
        "version": found, "kind": kind_words(found, words), "parts": read_parts(found.sections, words),
        "earlier": earlier, "changes": changes, "summary": summary(changes), "others": _others(page, found, words),
        "withdraws": page.may("govern") and owner and found.holds, "reason_form": ReasonForm(),
    }  # fmt: skip
    return pages.render(request, "objectives/version.html", context)


def read_parts(sections: tuple[Section, ...], words: Words) -> list[tuple[str, list[Any]]]:
    """Return a text as it is read: each part with its sections, each with its number and numbered paragraphs."""
    places, found = numbered(sections), []
    for item in words.lists.items("vision_parts"):
        own = [
            (each, places[each.code], [(one.code, places[one.code], one.text) for one in each.paragraphs])
            for each in sections
            if each.part == item["code"]
        ]
        if own:
            found.append((words.lists.word("vision_parts", item["code"]), own))
    return found


def _others(page: SpacePage, found: VersionShown, words: Words) -> list[tuple[str, str]]:
    others = list_versions_for(page.lens, page.space, page.moment)
    return [(each.subject, kind_words(each, words)) for each in others if each.subject != found.subject]


@signed_in
@require_GET
def pdf(request: Request, space: str, subject: str) -> HttpResponse:
    """One version as a document; the local log notes that it was made."""
    page = period_page(request, space)
    found = get_version_for(page.lens, space, subject, page.moment)
    made = version_pdf(page, Words(page), found)
    note_now(page.lens.principal, "print", space=space, detail={"what": "vision_version", "format": "pdf"})
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(f"{found.title}-{found.number}")}.pdf"'
    return response


@may("govern")
@require_POST
def withdraw(request: Request, space: str, subject: str) -> HttpResponse:
    """Say that a version no longer holds."""
    page, form = writable(period_page(request, space)), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return pressed(
        request, lambda: withdraw_version(page.lens, space, subject, reason, sent=sent_of(request)),
        _("The version is withdrawn. It stays readable, and says so."), there(space, f"vision/{subject}/"),
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def open_working_group(request: Request, space: str) -> HttpResponse:
    """Open the narrower space in which a working group drafts the text."""
    page = writable(period_page(request, space))
    if not any(page.may(one) for one in OPENING):
        require(request, "open_circle")
    form = GroupForm(request.POST if request.method == "POST" else None)
    form.fields["organisations"].choices = organisation_choices(page)  # type: ignore[attr-defined]
    group = request.POST.get("space") or uuid7()
    context = {"form": form, "group": group}

    def write() -> HttpResponse:
        readers = tuple((each, "*") for each in form.cleaned_data["organisations"])
        open_group(page.lens, space, Group(form.cleaned_data["title"], readers), space=group, key=group)
        done = _("The space of the working group is open. Only the group reads it.")
        return go_on(request, done, there(group, "draft/"))

    return answered(request, "objectives/group_form.html", context, write)
