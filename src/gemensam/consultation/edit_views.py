"""Preparing a remiss, sending it, and what the joint office does with it afterwards."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gemensam.consultation import commands, link_commands
from gemensam.consultation.delivery_shown import mail_missing
from gemensam.consultation.domain import texts
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.forms import ExtendForm, ReasonForm, RemissForm, ReviseForm, day_of
from gemensam.consultation.link_parts import letter_form
from gemensam.consultation.link_queries import of_remiss
from gemensam.consultation.queries import Remiss, get_remiss, warnings_of
from gemensam.consultation.rows import warning_rows
from gemensam.consultation.taken import choices_of, taken_from
from gemensam.consultation.view_parts import Speech, keep_files, sent_of, to_remiss, writable
from gemensam.consultation.views import about, draw_remiss
from gemensam.core.refusal import Refused
from gemensam.ledger.ids import uuid7
from gemensam.organisations.domain import members
from gemensam.organisations.names import organisation_name
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web.access import Request, may
from gemensam.web.answering import answered, pressed, refused_page
from gemensam.web.page import SpacePage

FORM = "consultation/remiss_form.html"


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def new_remiss(request: Request, space: str) -> HttpResponse:
    """Prepare a remiss of a text that is pasted, or taken from a posted version of the målbild (`?from=`)."""
    page = writable(request, space)
    taken = taken_from(page, request.GET.get("from", ""))
    initial = {"members": [each.id for each in members(page.lens.directory)], **taken}
    form = _form(page, request, initial)
    context = {"form": form, "key": request.POST.get("key") or uuid7(), "sources": choices_of(page), "kept": []}

    def write() -> HttpResponse:
        content = {**_content(form), "attachments": keep_files(page.lens, space, request, GOVERN)}
        receipt = commands.prepare_remiss(page.lens, space, content, sent=sent_of(request))
        return to_remiss(space, receipt.subject)

    return answered(request, FORM, context, write)


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def edit_remiss(request: Request, space: str, subject: str) -> HttpResponse:
    """Change what is not sent yet."""
    page = writable(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    _require_own(page, remiss)
    form = _form(page, request, _initial(remiss))
    kept = _kept(request, remiss)
    context = {
        "form": form, "key": request.POST.get("key") or uuid7(), "changed": True, "kept": kept, "remiss": remiss,
        "seen": remiss.thing.last,
    }  # fmt: skip

    def write() -> HttpResponse:
        files = [each for each in kept if each["stays"]]
        plain = [{name: each[name] for name in ("digest", "name", "media_type", "size")} for each in files]
        content = {**_content(form), "attachments": [*plain, *keep_files(page.lens, space, request, GOVERN)]}
        commands.change_remiss(page.lens, space, subject, content, sent=sent_of(request))
        return to_remiss(space, subject)

    return answered(request, FORM, context, write)


def _require_own(page: SpacePage, remiss: Remiss) -> None:
    if remiss.thing.organisation != page.lens.principal.organisation:
        raise Refused("not_owner")


def _form(page: SpacePage, request: Request, initial: Mapping[str, Any]) -> RemissForm:
    found = [(each.id, organisation_name(each)) for each in members(page.lens.directory)]
    return RemissForm(request.POST if request.method == "POST" else None, initial=dict(initial), members=found)


def _initial(remiss: Remiss) -> dict[str, Any]:
    content = remiss.content
    if not content:
        return {}
    told = {name: content[name] for name in ("title", "purpose", "source", "members")}
    return {
        **told,
        "text": texts.joined(content["sections"]),
        "questions": "\n".join(content["questions"]),
        "deadline_at": day_of(content["deadline_at"]),
    }


def _kept(request: Request, remiss: Remiss) -> list[dict[str, Any]]:
    """The files that are there; in a post those that are still ticked stay."""
    ticked = set(request.POST.getlist("keep")) if request.method == "POST" else None
    return [
        {**each, "stays": ticked is None or each["digest"] in ticked} for each in remiss.content.get("attachments", ())
    ]


def _content(form: RemissForm) -> dict[str, Any]:
    given = form.cleaned_data
    questions = [line.strip() for line in given["questions"].splitlines() if line.strip()]
    told = {name: given[name] for name in ("title", "purpose", "source", "members", "deadline_at")}
    return {**told, "questions": questions, "sections": [asdict(each) for each in texts.split(given["text"])]}


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def send_remiss(request: Request, space: str, subject: str) -> HttpResponse:
    """Look once more at what goes out, to whom, and who cannot make the deadline; then send it."""
    page = writable(request, space)
    remiss, speech = get_remiss(page.lens, space, subject, page.moment), Speech(page)
    _require_own(page, remiss)
    form = letter_form(page, remiss, speech, request.POST if request.method == "POST" else None)
    context = {
        **about(page, remiss, speech), "key": request.POST.get("key") or uuid7(), "seen": remiss.thing.last,
        "letter_form": form, "warned": warning_rows(warnings_of(page.lens, remiss.data), speech),
        "mail_missing": mail_missing(), "names": speech.names(remiss.data.members),
        "readers": reader_list(page.lens, space),
    }  # fmt: skip
    if request.method != "POST":
        return pages.render(request, "consultation/send.html", context)
    if form is not None and not form.is_valid():
        return pages.render(request, "consultation/send.html", context, status=422)
    try:
        wanted = form.wanted() if form is not None else []
        link_commands.send_remiss(page.lens, of_remiss(page, remiss), wanted, sent=sent_of(request))
    except Refused as refused:
        return refused_page(request, "consultation/send.html", context, refused)
    return to_remiss(space, subject)


@may(GOVERN)
@require_POST
def extend(request: Request, space: str, subject: str) -> HttpResponse:
    """Give everybody a later deadline; who has not answered is told."""
    page, form = writable(request, space), ExtendForm(request.POST)
    if not form.is_valid():
        return _again(request, page, subject, extend_form=form, refused_form=form)
    content, sent = form.cleaned_data, sent_of(request)
    return pressed(request, lambda: commands.extend_remiss(page.lens, space, subject, content, sent=sent),
                   _("The new last day stands. Who has not answered is told."), to_remiss(space, subject))  # fmt: skip


@may(GOVERN)
@require_POST
def remind(request: Request, space: str, subject: str) -> HttpResponse:
    """Remind now those who have not answered."""
    page, sent = writable(request, space), sent_of(request)
    return pressed(request, lambda: commands.remind(page.lens, space, subject, sent=sent),
                   _("Who has not answered is reminded now."), to_remiss(space, subject, "answers/"))  # fmt: skip


@may(GOVERN)
@require_POST
def withdraw(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the remiss back, with the reason."""
    page, form = writable(request, space), ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, page, subject, reason_form=form, refused_form=form)
    reason, sent = form.cleaned_data["reason"], sent_of(request)
    return pressed(request, lambda: commands.withdraw_remiss(page.lens, space, subject, reason, sent=sent),
                   _("The remiss is withdrawn."), to_remiss(space, subject))  # fmt: skip


def _again(request: Request, page: SpacePage, subject: str, **more: Any) -> HttpResponse:
    """Draw the remiss with a form that does not hold."""
    remiss = get_remiss(page.lens, page.space, subject, page.moment)
    return draw_remiss(request, page, remiss, Speech(page), status=422, **more)


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def revise(request: Request, space: str, subject: str) -> HttpResponse:
    """Enter the text after the remiss; what has changed is found paragraph by paragraph."""
    page = writable(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    _require_own(page, remiss)
    sections = sections_after(page, remiss) or remiss.sections
    taken = taken_from(page, request.GET.get("from", "")).get("text", "")
    form = ReviseForm(request.POST or None, initial={"text": taken or texts.joined(sections)})
    context = {**about(page, remiss, Speech(page)), "form": form, "key": request.POST.get("key") or uuid7(),
               "seen": remiss.data.revision, "sources": choices_of(page)}  # fmt: skip

    def write() -> HttpResponse:
        after = texts.carried_over(sections, texts.split(form.cleaned_data["text"]))
        content = {"sections": [asdict(each) for each in after], "note": form.cleaned_data["note"]}
        commands.revise_remiss(page.lens, space, subject, content, sent=sent_of(request))
        return to_remiss(space, subject, "changes/")

    return answered(request, "consultation/revise.html", context, write)


def sections_after(page: SpacePage, remiss: Remiss) -> list[Mapping[str, Any]]:
    """Return the sections of the text after the remiss; none where there is none."""
    digest = remiss.data.revision
    content = page.lens.payloads(page.space, [digest]).get(digest) if digest else None
    return list(content["sections"]) if content else []
