"""Answering a request by link, without account: its first information, the form, a last look, and a receipt (R85).

A GET or HEAD changes nothing, so that a mail program that looks at every link uses nothing up. Who else is signed in
in this browser makes no difference, and the link itself stands in no page: forms are sent to the address they are at.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gemensam.answer_links.commands import note_opened
from gemensam.answer_links.pages import by_link
from gemensam.core.refusal import Refused
from gemensam.ledger.ids import uuid7
from gemensam.picture import link_commands
from gemensam.picture.commands import Sent
from gemensam.picture.domain.reports import NO_IMPACT
from gemensam.picture.later import later_parts, other_members
from gemensam.picture.link_queries import RequestLink, find_link
from gemensam.picture.marking import mark_choices
from gemensam.picture.readers import reader_list
from gemensam.picture.report_boxes import warning
from gemensam.picture.report_desk import Desk, desk_for_link
from gemensam.picture.report_fields import Filled, sent_fields
from gemensam.picture.report_parts import form_parts
from gemensam.picture.report_shown import sections
from gemensam.picture.request_forms import DeclineForm, DeferForm
from gemensam.web.answering import told_in_form

# No file of the space can be named from outside, and none is taken in.
NO_FIELDS = ("attachment-", "remove-")
REPLIES = {"defer": "request.deferred", "decline": "request.declined"}


@dataclass
class Sheet:
    """What came with a press: the form's fields, the key of this form, and what is to be told of it."""

    fields: dict[str, str]
    key: str
    circle: int | None = None
    errors: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    extra: str = ""


@by_link(find_link)
def answer(request: HttpRequest, found: RequestLink) -> HttpResponse:
    """Look at a request that one is asked to answer, and answer it."""
    if request.method != "POST":
        return _draw(request, found, "link.html")
    return _posted(request, found)


def _posted(request: HttpRequest, found: RequestLink) -> HttpResponse:
    desk = desk_for_link(found.page, found.link.organisation, found.shown)
    sheet = _sheet(request)
    try:
        return _act(request, found, desk, sheet)
    except Refused as refused:
        sheet.refusal, status = told_in_form(refused)
        return _form(request, found, desk, sheet, status=status)


def _act(request: HttpRequest, found: RequestLink, desk: Desk, sheet: Sheet) -> HttpResponse:
    act = request.POST.get("act", "open")
    note_opened(found)
    if act == NO_IMPACT:
        content = {"template": desk.template["code"], "stated_at": found.lens.now, "quick": NO_IMPACT}
        return _send(request, found, desk, sheet, content)
    if act in REPLIES:
        return _reply(request, found, desk, sheet)
    if act not in ("preview", "send"):
        sheet.extra = act.removeprefix("add:") if act.startswith("add:") else ""
        return _form(request, found, desk, sheet)
    filled = desk.read(sheet.fields)
    if not filled.is_valid:
        sheet.errors = filled.errors
        return _form(request, found, desk, sheet, status=422)
    if act == "send":
        return _send(request, found, desk, sheet, filled.content)
    return _confirm(request, found, desk, sheet, filled)


def _send(
    request: HttpRequest, found: RequestLink, desk: Desk, sheet: Sheet, content: Mapping[str, Any]
) -> HttpResponse:  # fmt: skip
    mark = sheet.fields.get("mark", "")
    sent = Sent(sheet.circle, key=_once(sheet), marks=(mark,) if mark else ())
    digest = link_commands.answer_by_link(found, content, sent=sent)
    written = found.lens.payloads(found.page.space, [digest])[digest]
    told = sections(written, desk.lists, found.lens.now) if written is not None else []
    return _draw(request, found, "link_done.html", sections=told, sent_at=found.lens.now)


def _reply(request: HttpRequest, found: RequestLink, desk: Desk, sheet: Sheet) -> HttpResponse:
    """*Återkommer kl.* or *avböjer*, in one press."""
    act = request.POST["act"]
    form = (
        DeferForm(request.POST, now=found.lens.now)
        if act == "defer"
        else DeclineForm(request.POST, lists=desk.lists, others=other_members(desk), reports=())
    )
    if not form.is_valid():
        sheet.refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _form(request, found, desk, sheet, status=422)
    said = form.cleaned_data
    link_commands.reply_by_link(found, REPLIES[act], said, sent=Sent(sheet.circle, key=_once(sheet, act)))
    reply = {
        **said,
        "reason": desk.lists.word("decline_reasons", said.get("reason", "")) if act == "decline" else "",
        "answered_by": desk.lists.organisation(said.get("answered_by", "")) if said.get("answered_by") else "",
    }
    return _draw(request, found, "link_done.html", reply=reply, sent_at=found.lens.now)


def _once(sheet: Sheet, act: str = "send") -> str:
    """Return one key for one text of one form: a second press writes nothing more, another text does."""
    return hashlib.sha256(repr((act, sheet.key, sorted(sheet.fields.items()))).encode()).hexdigest()[:32]


def _sheet(request: HttpRequest) -> Sheet:
    fields = {name: value for name, value in sent_fields(request.POST).items() if not name.startswith(NO_FIELDS)}
    circle = request.POST.get("circle", "")
    return Sheet(fields, request.POST.get("key", "")[:80] or uuid7(), int(circle) if circle.isdigit() else None)


def _form(request: HttpRequest, found: RequestLink, desk: Desk, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    context = {
        **form_parts(desk, sheet.fields, sheet.errors, sheet.extra),
        "desk": desk,
        "fields": sheet.fields,
        "key": sheet.key,
        "refusal": sheet.refusal,
        "marks": mark_choices(desk.lists),
        "mark_error": sheet.errors.get("mark", ""),
        "has_rows": bool(desk.organisation_rows),
        **later_parts(desk),
    }
    return _draw(request, found, "link_form.html", status=status, **context)


def _confirm(request: HttpRequest, found: RequestLink, desk: Desk, sheet: Sheet, filled: Filled) -> HttpResponse:
    """Show exactly what will be entered and who will read it, before it is (R30)."""
    told = sections(filled.content, desk.lists, found.lens.now)
    hidden = sorted(sheet.fields.items())
    return _draw(
        request, found, "link_confirm.html", sections=told, content=filled.content, hidden=hidden, key=sheet.key,
        mark=sheet.fields.get("mark", ""), says_now="stated_at" not in sheet.fields,
    )  # fmt: skip


def _draw(request: HttpRequest, found: RequestLink, template: str, *, status: int = 200, **more: Any) -> HttpResponse:
    desk = desk_for_link(found.page, found.link.organisation, found.shown)
    lists, data = desk.lists, found.shown.data
    content = found.lens.payloads(found.page.space, [data.content]).get(data.content) or {}
    context = {
        "link": found.link,
        "data": data,
        "asked_content": content,
        "asker": lists.organisation_name(found.shown.thing.organisation),
        "organisation": lists.organisation_name(found.link.organisation),
        "purpose": lists.word("request_purposes", data.purpose),
        "template_name": lists.word("report_templates", data.template),
        "questions_asked": [lists.row(row) for row in data.questions],
        "expires_at": found.expires_at,
        "readers": reader_list(found.lens, found.page.space),
        "exercise": found.page.exercise,
        "stands_alone": True,
        "warnings": [text for code in ("sakerhetsskydd", "personuppgifter") if (text := warning(lists, code))],
        **more,
    }
    return render(request, f"picture/{template}", context, status=status)
