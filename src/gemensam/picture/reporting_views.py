"""Writing a report: the form, its confirmation with the exact readers, quick answers, and reports for others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gemensam.core.refusal import Refused
from gemensam.ledger import cautions
from gemensam.ledger.blobs import store_blob
from gemensam.ledger.drafts import SavedDraft, discard_draft
from gemensam.organisations.domain import function, members, organisation
from gemensam.picture import commands
from gemensam.picture.commands import Received, Sent
from gemensam.picture.domain.report_rules import ATTACHMENTS_MAX
from gemensam.picture.domain.reports import HERE
from gemensam.picture.domain.written import Written
from gemensam.picture.drafting import differences, draft_words, saved_by
from gemensam.picture.late_entry import FIELDS, afterwards, read_written, waited
from gemensam.picture.later import later_parts
from gemensam.picture.marking import ask_first, mark_choices, marks_sent, secrecy_choices, stopping
from gemensam.picture.narrow_part import (
    NarrowPart,
    form_of_part,
    labels_of_part,
    read_part,
    shown_part,
    with_hints,
)
from gemensam.picture.readers import reader_list
from gemensam.picture.report_boxes import warning
from gemensam.picture.report_desk import CORRECTED, OWN, PURPOSES, RELAYED, Desk, Started, desk_for
from gemensam.picture.report_fields import (
    FUTURE_MS,
    Filled,
    attachment_digests,
    parse_time,
    sent_fields,
    unreadable_time,
)
from gemensam.picture.report_parts import form_parts
from gemensam.picture.report_shown import sections
from gemensam.picture.reporting_queries import get_report, latest_report
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, principal_of
from gemensam.web.answering import told_in_form

# Refusals that the form itself answers: the writer can do something about them there.


@dataclass
class Sheaf:
    """The fields of a form as they are, the requests ticked, what it was opened on, errors, and the refusal to tell."""

    fields: dict[str, str]
    answers: list[str]
    started: Started
    errors: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    extra: str = ""
    moved: SavedDraft | None = None
    part: NarrowPart | None = None


@may("report")
@require_http_methods(["GET", "POST"])
def write_report(request: Request, space: str) -> HttpResponse:
    """The own organisation's report."""
    return _handle(request, own_desk(request, space))


@may("report_for_others")
@require_http_methods(["GET", "POST"])
def relay_report(request: Request, space: str, organisation_id: str) -> HttpResponse:
    """A report that another member gave by telephone, radio or paper (R71)."""
    page = writable(request, space)
    found = organisation(page.lens.directory, organisation_id)
    if found is None or organisation_id == principal_of(request).organisation:
        raise Refused("not_found")
    return _handle(request, desk_for(page, RELAYED, organisation_id, template=_template(request)))


@may("report_for_others")
@require_http_methods(["GET"])
def choose_member(request: Request, space: str) -> HttpResponse:
    """Whose report is to be entered."""
    page = writable(request, space)
    own = principal_of(request).organisation
    rows = [
        {"organisation": one, "latest": latest_report(page.state, one.id)}
        for one in members(page.lens.directory)
        if one.id != own
    ]
    return pages.render(request, "picture/relay_choose.html", {"rows": rows})


@may("report")
@require_http_methods(["GET", "POST"])
def correct_report(request: Request, space: str, subject: str) -> HttpResponse:
    """The whole new content of a report that stands."""
    page = writable(request, space)
    view = get_report(page.lens, space, subject, page.moment)
    if view.thing.organisation != principal_of(request).organisation:
        raise Refused("not_owner")
    if view.thing.status not in ("published", "unconfirmed"):
        raise Refused("not_allowed_now", status=view.thing.status)
    desk = desk_for(page, CORRECTED, view.thing.organisation, corrected=view.thing, template=_template(request))
    return _handle(request, desk)


def _handle(request: Request, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        draft = desk.draft()
        fields, answers = desk.start(draft)
        if not desk.template_code and (chosen := fields.get("template")):
            desk.template_code = chosen
        started = Started(draft.based_on, draft.version) if draft is not None else Started(desk.seen)
        return _form(request, desk, Sheaf(fields, answers, started))
    sheaf = Sheaf(sent_fields(request.POST), request.POST.getlist("answers"), started_of(request))
    act = request.POST.get("act", "preview")
    try:
        return _act(request, desk, sheaf, act)
    except Refused as refused:
        words, status = told_in_form(refused)
        if refused.code == "moved":
            return _moved(request, desk, sheaf)
        if refused.code == "draft_moved":
            return _draft_moved(request, desk, sheaf)
        sheaf.refusal = words
        if refused.code == "readers_changed":
            return _confirm(request, desk, sheaf, _read(desk, sheaf))
        return _form(request, desk, sheaf, status=status)


def _act(request: Request, desk: Desk, sheaf: Sheaf, act: str) -> HttpResponse:
    lens, space = desk.page.lens, desk.page.space
    if act == "discard":
        discard_draft(lens, space, PURPOSES[desk.mode], desk.draft_subject)
        messages.info(request, _("The draft is thrown away."))
        return HttpResponseRedirect(desk.url)
    ask_first(sheaf.fields, desk.lists)
    if act == "preview" and not request.FILES:  # with files it is asked about at publishing: they would be lost here
        cautions.check_texts(sheaf.fields.values())
    _take_files(request, desk, sheaf)
    if act == "publish":
        return _publish(request, desk, sheaf)
    saved = desk.save(sheaf.fields, sheaf.answers, sheaf.started)
    sheaf.started = replace(sheaf.started, version=saved.version)
    if act == "edit":
        return _form(request, desk, sheaf)
    if act.startswith("add:"):
        sheaf.extra = act.removeprefix("add:")
        return _form(request, desk, sheaf)
    filled = _read(desk, sheaf)
    return _confirm(request, desk, sheaf, filled) if filled.is_valid else _form(request, desk, sheaf, status=422)


def _take_files(request: Request, desk: Desk, sheaf: Sheaf) -> None:
    """Store files that came with the form, and keep those that the form already held and were not taken out."""
    kept = [digest for digest in attachment_digests(sheaf.fields) if f"remove-{digest}" not in sheaf.fields]
    for upload in request.FILES.getlist("files"):
        if len(kept) >= ATTACHMENTS_MAX:
            raise Refused("too_many_lines", field="attachments", limit=ATTACHMENTS_MAX)
        kept.append(_store(desk, upload))
    for place in range(ATTACHMENTS_MAX):
        sheaf.fields.pop(f"attachment-{place}", None)
    sheaf.fields.update({f"attachment-{place}": digest for place, digest in enumerate(kept)})


def _store(desk: Desk, upload: "UploadedFile[bytes]") -> str:
    name, media_type = (upload.name or "").replace("\\", "/").rsplit("/", 1)[-1], upload.content_type or ""
    return store_blob(desk.page.lens, desk.page.space, name, media_type, upload.read()).digest


def _read(desk: Desk, sheaf: Sheaf) -> Filled:
    filled = desk.read(with_hints(sheaf.fields))
    if desk.mode == RELAYED:
        _read_received(desk, sheaf, filled)
    _read_written(desk, sheaf, filled)
    sheaf.part = read_part(desk, sheaf.fields, filled.content["stated_at"])
    if sheaf.part is not None:
        filled.errors.update(sheaf.part.errors)
    sheaf.errors = filled.errors
    return filled


def _read_written(desk: Desk, sheaf: Sheaf, filled: Filled) -> Written | None:
    """What was relayed came in the way that the form says already; the rest of it says who wrote it, and when."""
    fields = dict(sheaf.fields)
    if desk.mode == RELAYED and (fields.get("written_at") or fields.get("written_by")):
        fields["written_medium"] = fields.get("via", "")
    return read_written(fields, desk.lists, desk.page, filled.errors)


def _read_received(desk: Desk, sheaf: Sheaf, filled: Filled) -> Received | None:
    via, by, now = sheaf.fields.get("via", ""), sheaf.fields.get("received_by", ""), desk.page.written_at
    if desk.lists.item("via", via) is None:
        filled.errors["via"] = _("Say how it came in.")
    if not by:
        filled.errors["received_by"] = _("Say which function received it.")
    received_at = now
    if given := sheaf.fields.get("received_at", ""):
        try:
            received_at = parse_time(given, now, coming=False)
        except Refused:
            filled.errors["received_at"] = unreadable_time()
    if received_at > now + FUTURE_MS:
        filled.errors["received_at"] = _("It cannot have been received later than now.")
    answers = tuple(sheaf.answers)
    return Received(desk.organisation, via, by, min(received_at, now), answers) if filled.is_valid else None


def _publish(request: Request, desk: Desk, sheaf: Sheaf) -> HttpResponse:
    filled = _read(desk, sheaf)
    if not filled.is_valid:
        return _form(request, desk, sheaf, status=422)
    lens, space = desk.page.lens, desk.page.space
    sent = replace(sent_from(request, desk), written=_read_written(desk, sheaf, filled))
    if desk.mode == OWN and sent.key and desk.page.state.thing(commands.subject_of(lens, sent)) is not None:
        return HttpResponseRedirect(report_url(space, commands.subject_of(lens, sent)))  # the press came twice
    desk.check_draft(sheaf.fields, sheaf.started)
    if desk.mode == OWN and desk.base is not None and request.POST.get("seen") == "":
        raise Refused("moved")  # the form was opened where no report was known; there is one by now
    if sheaf.part is not None:
        part = sheaf.part.part(desk, _number(request.POST.get("narrow_circle_seen", "")))
        receipt = commands.publish_report_in_two(lens, space, filled.content, part, answers=sheaf.answers, sent=sent)
        messages.success(request, _("The report and its part for a narrower circle are published."))
        return HttpResponseRedirect(report_url(space, receipt.subject))
    if desk.mode == RELAYED:
        received = _read_received(desk, sheaf, filled)
        assert received is not None
        receipt = commands.relay_report(lens, space, filled.content, received, sent=sent)
    elif desk.mode == CORRECTED:
        receipt = commands.correct_report(lens, space, desk.corrected, filled.content, sent=sent)
    else:
        receipt = commands.publish_report(lens, space, filled.content, answers=sheaf.answers, sent=sent)
    messages.success(request, _DONE[desk.mode]())
    return HttpResponseRedirect(report_url(space, receipt.subject))


_DONE = {
    OWN: lambda: _("The report is published."),
    RELAYED: lambda: _("The report is entered. It is unconfirmed until the organisation has confirmed it."),
    CORRECTED: lambda: _("The report is corrected. What stood before is kept in its history."),
}


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def started_of(request: Request) -> Started:
    """Return what the form says that it was opened on."""
    version = request.POST.get("draft_version", "")
    writer = request.POST.get("writer", "")[:40]
    return Started(request.POST.get("seen", ""), int(version) if version.isdigit() else 0, writer)


def sent_from(request: Request, desk: Desk) -> Sent:
    circle, told = request.POST.get("circle", ""), started_of(request).seen
    key, marks = request.POST.get("key", "")[:100], marks_sent(request.POST)
    sent = Sent(int(circle) if circle.isdigit() else None, key=key, marks=marks, written=waited(desk.page))
    if desk.mode == CORRECTED:
        return replace(sent, last=told)
    return replace(sent, follows=told if desk.mode == OWN else "")


def _draft_moved(request: Request, desk: Desk, sheaf: Sheaf) -> HttpResponse:
    """Somebody else has saved the draft meanwhile: what differs is shown, and the next press keeps one's own."""
    draft = desk.draft()
    if draft is None:  # it was thrown away in this very moment
        return _form(request, desk, sheaf)
    sheaf.started = replace(sheaf.started, version=draft.version)
    sheaf.moved = draft
    return _form(request, desk, sheaf, status=409)


def _form(request: Request, desk: Desk, sheaf: Sheaf, *, status: int = 200) -> HttpResponse:
    draft = desk.draft()
    parts = form_parts(desk, sheaf.fields, sheaf.errors, sheaf.extra)
    context = {
        **_about(desk, sheaf),
        **parts,
        **form_of_part(desk, sheaf.fields, sheaf.errors, sheaf.extra),
        "errors": [*parts["errors"], *(labels_of_part(sheaf.part) if sheaf.part is not None else ())],
        "draft_moved": draft_words(desk, sheaf.moved) if sheaf.moved is not None else "",
        "differences": differences(desk, sheaf.moved, sheaf.fields, parts["labels"]) if sheaf.moved is not None else [],
        "refusal": sheaf.refusal,
        "templates": _templates(desk),
        "draft": draft,
        "drafted_by": saved_by(desk, draft),
        "has_moved": draft is not None and sheaf.started.seen != desk.seen and bool(sheaf.started.seen),
        "moved_at": times.clock(desk.base.data.clock.ms, desk.page.lens.now) if desk.base is not None else "",
        "before_sections": sections(desk.content, desk.lists, desk.page.lens.now) if desk.content is not None else [],
        "may_relay": desk.page.may("report_for_others"),
        **later_parts(desk),
    }
    return pages.render(request, "picture/report_form.html", context, status=status)


def _function_name(desk: Desk, function_id: str) -> str:
    found = function(desk.page.lens.directory, function_id)
    return found.name if found is not None else ""


def _confirm(request: Request, desk: Desk, sheaf: Sheaf, filled: Filled) -> HttpResponse:
    """Show exactly what will be published and to whom, before it is (R30)."""
    before = desk.content if desk.mode != RELAYED else None
    context = {
        **_about(desk, sheaf),
        "sections": sections(filled.content, desk.lists, desk.page.lens.now, before),
        "content": filled.content,
        "has_before": before is not None,
        "hidden": sorted(sheaf.fields.items()),
        "refusal": sheaf.refusal,
        "says_now": "stated_at" not in sheaf.fields,
        "part": sheaf.part,
        "part_sections": shown_part(sheaf.part, desk.lists, desk.page.lens.now) if sheaf.part is not None else [],
        "written": afterwards(_read_written(desk, sheaf, filled), desk.lists, desk.page.lens.now),
    }
    return pages.render(request, "picture/report_confirm.html", context)


def _moved(request: Request, desk: Desk, sheaf: Sheaf) -> HttpResponse:
    """Somebody has published or changed it meanwhile: both are shown and the person chooses (design 5.5)."""
    filled = _read(desk, sheaf)
    context = {
        **_about(desk, sheaf),
        "mine": sections(filled.content, desk.lists, desk.page.lens.now, desk.content),
        "theirs": sections(desk.content, desk.lists, desk.page.lens.now) if desk.content is not None else [],
        "hidden": sorted(sheaf.fields.items()),
        "content": filled.content,
        "part": sheaf.part if sheaf.part is not None and sheaf.part.chosen is not None else None,
    }
    return pages.render(request, "picture/report_moved.html", context, status=409)


def _about(desk: Desk, sheaf: Sheaf) -> dict[str, Any]:
    lens, found = desk.page.lens, organisation(desk.page.lens.directory, desk.organisation)
    return {
        "desk": desk,
        "fields": sheaf.fields,
        "started": sheaf.started,
        "organisation": found,
        "template": desk.template,
        "requests": _requests(desk, sheaf.answers),
        "readers": reader_list(lens, desk.page.space),
        "warnings": [text for code in ("sakerhetsskydd", "personuppgifter") if (text := warning(desk.lists, code))],
        "attachments": desk.attachments(sheaf.fields),
        "vias": desk.lists.choices("via"),
        "marks": mark_choices(desk.lists),
        "mark_error": sheaf.errors.get("mark", ""),
        "secrecy": secrecy_choices(desk.lists),
        "stopping": stopping(desk.lists),
        "secrecy_error": sheaf.errors.get("mark_secrecy", ""),
        "own_function": _function_name(desk, lens.principal.function),
        "written": {name: sheaf.errors.get(name, "") for name in FIELDS},
        "received": {name: sheaf.errors.get(name, "") for name in ("via", "received_by", "received_at")},
    }


def _requests(desk: Desk, answers: Sequence[str]) -> list[Mapping[str, Any]]:
    return [
        {
            "view": view,
            "there": f"/spaces/{desk.page.space}/requests/{view.thing.subject}/",
            "mine": view.of(desk.organisation),
            "asker": desk.lists.organisation(view.thing.organisation),
            "purpose": desk.lists.word("request_purposes", view.data.purpose),
            "is_ticked": view.thing.subject in answers,
        }
        for view in desk.requests
    ]


def _templates(desk: Desk) -> list[tuple[str, str, bool]]:
    chosen = desk.template["code"]
    return [(code, word, code == chosen) for code, word in desk.lists.choices("report_templates")]


def own_desk(request: Request, space: str) -> Desk:
    page = writable(request, space)
    return desk_for(page, OWN, principal_of(request).organisation, template=_template(request))


def writable(request: Request, space: str) -> pages.SpacePage:
    """Return a page of a space in which reports can be written now; raises `Refused` for any other."""
    return pages.writable_page(request, space, HERE)


def _template(request: Request) -> str:
    return str(request.POST.get("template") or request.GET.get("template") or "")


def report_url(space: str, subject: str) -> str:
    return f"/spaces/{space}/reports/{subject}/"
