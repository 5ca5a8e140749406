"""Minutes: the draft that writes itself, publishing a version, the versions, and the PDF."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.coordination import commands
from gemensam.coordination.comment_page import comments_context, registration_rows
from gemensam.coordination.comment_queries import comments_on
from gemensam.coordination.conference_queries import leads
from gemensam.coordination.domain.minutes import Version, minutes_subject
from gemensam.coordination.forms import MinutesForm, ReasonForm, point_name, reply_name
from gemensam.coordination.minutes_queries import Minutes, draft_of, get_minutes, get_version, write_minutes
from gemensam.coordination.minutes_shown import heads, minutes_document, minutes_rows
from gemensam.coordination.shown import told
from gemensam.coordination.view_parts import moment_words, page_of, sent_of, speech_of, writable
from gemensam.core.refusal import Refused
from gemensam.documents.rendering import DocumentError, render
from gemensam.documents.shapes import Frame
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.tables import file_name
from gemensam.picture.marking import marks_of
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, principal_of, signed_in
from gemensam.web.answering import there, told_in_form
from gemensam.web.page import SpacePage

_log = logging.getLogger(__name__)
BUSY = frozenset({"busy", "timeout", "memory", "too_large"})
DRAFT_FIELDS = 400
COMMENTS_FOR_MS = 24 * times.HOUR  # a proposal, like every time target
EMPTY: Mapping[str, Any] = {"summary": "", "texts": (), "reason": ""}


@signed_in
@require_http_methods(["GET", "POST"])
def minutes(request: Request, space: str, subject: str) -> HttpResponse:
    """The latest version, the draft for who leads, and publishing it."""
    page = page_of(request, space)
    found = get_minutes(page.lens, space, subject, page.moment)
    if request.method != "POST":
        return draw_minutes(request, page, found)
    page.require_open()
    if not _leads(page, found):
        raise Refused("not_permitted", permission="lead")
    return _publish(request, page, found)


def _leads(page: SpacePage, found: Minutes) -> bool:
    return not page.readonly and leads(page.lens, found.held.thing) and bool(found.held.data.opened_at)


def _publish(request: Request, page: SpacePage, found: Minutes) -> HttpResponse:
    subject = found.held.thing.subject
    noted = _noted(write_minutes(page.lens, page.space, found.held.thing, EMPTY))
    form = _form(page, found, noted, request.POST)
    if not form.is_valid():
        return draw_minutes(request, page, found, form=form, status=422)
    adjustments = form.adjustments(noted)
    try:
        receipt = commands.publish_minutes(page.lens, page.space, subject, adjustments, sent=sent_of(request))
    except Refused as refused:
        words, status = told_in_form(refused)
        return draw_minutes(request, page, found, form=form, refusal=words, status=status)
    published = page.lens.payloads(page.space, [receipt.digest]).get(receipt.digest) or {}
    messages.success(request, _("The minutes are published as version %(version)s.") % published)
    return there(page.space, f"conferences/{subject}/minutes/")


def _noted(content: Mapping[str, Any]) -> dict[str, str]:
    return {point["code"]: point["text"] for point in content["points"]}


def _form(page: SpacePage, found: Minutes, noted: Mapping[str, str], data: Any = None, **more: Any) -> MinutesForm:
    given = comments_on(page.lens, page.space, found, page.moment).given
    comments = [each.comment.digest for each in given]
    return MinutesForm(data, points=list(noted), comments=comments, again=bool(found.versions), **more)


def draw_minutes(
    request: Request, page: SpacePage, found: Minutes, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    """Draw the minutes of a conference: the latest version, its comments, and the draft for who leads."""
    thing, speech = found.held.thing, speech_of(page)
    latest = found.latest
    content = _content(page, latest) if latest is not None else None
    context: dict[str, Any] = {
        "subject": thing.subject,
        "title": told(found.held.data),
        "held": found.held,
        "marks": marks_of(page.lens, page.space, latest.digest) if latest is not None else (),
        "versions": [_version_row(found, each, speech) for each in reversed(found.versions)],
        "latest": _version_row(found, latest, speech) if latest is not None else None,
        "minutes": minutes_rows(content, latest.at) if content is not None and latest is not None else None,
        "content": content,
        "leads": _leads(page, found),
        "withdrawable": latest is not None and found.versions[-1] is latest,
        "reason_form": ReasonForm(),
        **comments_context(page, found),
        "registrations": registration_rows(page, minutes_subject(thing.subject)) if latest is not None else [],
        "registered": minutes_subject(thing.subject),
        **more,
    }
    if context["leads"]:
        context.update(_draft_context(page, found, context.get("form")))
    return pages.render(request, "coordination/minutes.html", context, status=status)


def _content(page: SpacePage, version: Version) -> Mapping[str, Any] | None:
    return page.lens.payloads(page.space, [version.digest]).get(version.digest)


def _version_row(found: Minutes, version: Version, speech: Any) -> dict[str, Any]:
    return {
        "label": found.label(version),
        "at": version.at,
        "by": speech.function(version.function),
        "withdrawn_at": version.withdrawn_at,
        "digest": version.digest,
    }


def _draft_context(page: SpacePage, found: Minutes, form: MinutesForm | None) -> dict[str, Any]:
    """What the leader's draft is drawn from: the conference as it stands, and the saved adjustments laid over it."""
    thing = found.held.thing
    saved = draft_of(page.lens, page.space, thing.subject)
    written = write_minutes(page.lens, page.space, thing, EMPTY)
    noted = _noted(written)
    kept = dict(saved.body) if saved is not None else {}
    if form is None:
        form = _form(page, found, noted, initial=_initial(noted, kept, page.lens.now, again=bool(found.versions)))
    return {
        "form": form,
        "draft": minutes_rows(written, page.lens.now),
        "copied": {**written, "summary": "", "reason": ""},
        "point_fields": [(point, form[point_name(point["code"])]) for point in _headed(written)],
        "reply_fields": _reply_fields(page, found, form),
        "readers": reader_list(page.lens, page.space),
        "seen": thing.last,
        "moved": saved is not None and saved.based_on not in ("", thing.last),
        "saved": saved,
    }


def _initial(noted: Mapping[str, str], kept: Mapping[str, Any], now: int, *, again: bool) -> dict[str, Any]:
    """Return what the form starts with: what was noted, and the saved adjustments laid over it."""
    texts = {**noted, **{each["code"]: each["text"] for each in kept.get("texts", ())}}
    replies = {reply_name(each["comment"]): each["reply"] for each in kept.get("replies", ())}
    until_at = "" if again else times.field(now + COMMENTS_FOR_MS)
    return {
        **{point_name(code): text for code, text in texts.items()}, **replies,
        **{name: kept.get(name, "") for name in ("summary", "reason")},
        "comments_until_at": kept.get("comments_until_at", until_at),
    }  # fmt: skip


def _reply_fields(page: SpacePage, found: Minutes, form: MinutesForm) -> list[tuple[Mapping[str, Any], Any]]:
    """Return each comment with the field of its answer."""
    rows = comments_context(page, found)["comments"]
    return [(row, form[reply_name(row["digest"])]) for row in rows if reply_name(row["digest"]) in form.fields]


def _headed(written: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**point, "heading": told(point)} for point in written["points"]]


@signed_in
@require_POST
def keep_draft(request: Request, space: str, subject: str) -> HttpResponse:
    """Save the adjustments of the minutes while they are written."""
    page = writable(request, space)
    found = get_minutes(page.lens, space, subject, page.moment)
    if not _leads(page, found):
        raise Refused("not_permitted", permission="lead")
    noted = _noted(write_minutes(page.lens, space, found.held.thing, EMPTY))
    texts = [
        {"code": code, "text": request.POST.get(f"point_{code}", "").replace("\r\n", "\n")}
        for code in noted
        if f"point_{code}" in request.POST
    ]
    changed = [each for each in texts if each["text"] != noted[each["code"]]]
    replies = [
        {"comment": name.removeprefix(reply_name("")), "reply": request.POST[name]}
        for name in request.POST
        if name.startswith(reply_name(""))
    ]
    said = {name: request.POST.get(name, "") for name in ("summary", "reason", "comments_until_at")}
    body = {**said, "texts": changed, "replies": replies}
    commands.keep_minutes(page.lens, space, subject, body, request.POST.get("seen", "")[:64])
    return HttpResponse(status=204)


@signed_in
@require_POST
def withdraw_minutes(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the latest version back, with the reason; it stays readable as withdrawn."""
    page = writable(request, space)
    found = get_minutes(page.lens, space, subject, page.moment)
    if not leads(page.lens, found.held.thing):
        raise Refused("not_permitted", permission="lead")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return draw_minutes(request, page, found, reason_form=form, status=422)
    commands.withdraw_minutes(page.lens, space, subject, form.cleaned_data["reason"])
    messages.success(request, _("The minutes are withdrawn. They can still be read, as withdrawn."))
    return there(space, f"conferences/{subject}/minutes/")


@signed_in
@require_GET
def show_version(request: Request, space: str, subject: str, version: str) -> HttpResponseBase:
    """One published version, as it was published."""
    page = page_of(request, space)
    found = get_minutes(page.lens, space, subject, page.moment)
    chosen, content = get_version(page.lens, space, found, version)
    note_reading(page.lens.principal, space, [page.lens.entry(space, chosen.digest)])
    context = {
        "subject": subject,
        "title": told(found.held.data),
        "version": _version_row(found, chosen, speech_of(page)),
        "minutes": minutes_rows(content, chosen.at),
        "content": content,
        "marks": marks_of(page.lens, space, chosen.digest),
        "newer": found.latest is not None and found.latest is not chosen,
        "latest": found.label(found.latest) if found.latest is not None else "",
    }
    return pages.render(request, "coordination/minutes_version.html", context)


@signed_in
@require_GET
def minutes_pdf(request: Request, space: str, subject: str, version: str) -> HttpResponse:
    """A published version as accessible PDF."""
    page = page_of(request, space)
    found = get_minutes(page.lens, space, subject, page.moment)
    chosen, content = get_version(page.lens, space, found, version)
    frame = _frame(page, content, found.label(chosen), chosen)
    by = speech_of(page).function(chosen.function)
    document = minutes_document(content, frame, published_at=chosen.at, published_by=by)
    detail = {"what": "minutes", "format": "pdf", "version": found.label(chosen)}
    note_reading(page.lens.principal, space, [page.lens.entry(space, chosen.digest)])
    note_now(principal_of(request), "print", space=space, subject=subject, detail=detail)
    word = pgettext("file name", "minutes")
    name = file_name(f"{word}-{content['label']}-v{found.label(chosen)}")
    return _pdf(document.as_json(), name)


def _pdf(data: Mapping[str, Any], name: str) -> HttpResponse:
    try:
        body = render("minutes", data)
    except DocumentError as error:
        _log.error("minutes could not be printed: %s", error)
        raise Refused("document_busy" if error.code in BUSY else "fault") from error
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _frame(page: SpacePage, content: Mapping[str, Any], label: str, version: Version) -> Frame:
    speech, count = speech_of(page), len(page.lens.readers(page.space).organisations)
    marks = [("demonstration", settings.GEMENSAM_DEMO), ("exercise", page.exercise)]
    marks.append((_("WITHDRAWN"), bool(version.withdrawn_at)))
    own_marks = marks_of(page.lens, page.space, version.digest)
    title = _("Minutes: %(title)s, version %(version)s") % {"title": told(content), "version": label}
    circle = ngettext("%(count)s organisation", "%(count)s organisations", count) % {"count": count}
    return Frame(
        title=title, language="en" if times.language() == "en" else "sv", author=settings.GEMENSAM_NETWORK_NAME,
        space=page.title, printed_at=page.lens.now, printed_by=speech.function(page.lens.principal.function),
        circle=f"{page.title}, {circle}", moment=moment_words(page), heads=heads(content),
        marks=(*(mark for mark, holds in marks if holds), *own_marks),
    )  # fmt: skip
