"""Requests for reports: the list with who is late, asking, one request with every answer, and the asked one's reply."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger.noting import note_reading
from gemensam.organisations.domain import Organisation, organisations
from gemensam.picture import commands
from gemensam.picture.acts import acts_on, own_word
from gemensam.picture.commands import Sent
from gemensam.picture.domain.requests import HERE
from gemensam.picture.link_views import link_panel
from gemensam.picture.lists import Lists
from gemensam.picture.quick_answers import deferral_ms
from gemensam.picture.readers import ReaderList, reader_list
from gemensam.picture.report_boxes import warning
from gemensam.picture.report_pages import sent_of
from gemensam.picture.reporting_queries import (
    Asked,
    RequestView,
    get_request,
    list_requests,
    open_requests_for,
    recent_requests,
    reports_of,
    same_questions,
)
from gemensam.picture.request_forms import DeclineForm, DeferForm, ReasonForm, RequestForm, initial_of
from gemensam.picture.traces import trace
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, principal_of, signed_in
from gemensam.web.answering import seen_again, told_in_form

DEADLINE_MS = 2 * times.HOUR


@signed_in
@require_GET
def show_requests(request: Request, space: str) -> HttpResponseBase:
    """All requests of a space with how many have answered."""
    page = _page(request, space)
    own = principal_of(request).organisation

    def draw() -> HttpResponse:
        lists = Lists(page.lens.directory, page.state)
        rows = [_row(view, lists, own) for view in list_requests(page.state, page.moment)]
        waiting = open_requests_for(page.state, own, page.moment)
        return pages.render(request, "picture/requests.html", {"rows": rows, "waiting": len(waiting)})

    return pages.conditional(request, page.key("requests", own), draw)


@signed_in
@require_GET
def show_request(request: Request, space: str, subject: str) -> HttpResponse:
    """One request: purpose, ground, questions, and how each asked organisation stands."""
    page = _page(request, space)
    return pages.render(
        request, "picture/request.html", _context(page, get_request(page.lens, space, subject, page.moment))
    )


@may("request")
@require_http_methods(["GET", "POST"])
def make_request(request: Request, space: str) -> HttpResponse:
    """Ask chosen organisations for a report."""
    page = _writable(request, space)
    if request.method != "POST":
        return _ask(request, page, _form(page, None, initial=_initial(page, request.GET)))
    form = _form(page, request.POST)
    if not form.is_valid():
        return _ask(request, page, form, status=422)
    readers = reader_list(page.lens, space)
    content = form.content(_recipients(readers))
    again = same_questions(page.state, content, page.lens.now, _extras(page))
    if again and request.POST.get("same") != "asked":
        return _ask(request, page, form, again=again)
    try:
        receipt = commands.make_request(page.lens, space, content, sent=_sent(request))
    except Refused as refused:
        words, status = told_in_form(refused)
        return _ask(request, page, form, refusal=words, status=status)
    messages.success(request, _("The request is sent. It stands in the to-do list of those asked."))
    return HttpResponseRedirect(_url(space, receipt.subject))


def _initial(page: pages.SpacePage, query: Mapping[str, str]) -> dict[str, Any]:
    """Return what a new request starts with; one of a `series` is asked as the one before it was."""
    series, weekly = query.get("series", ""), page.info.kind == "standing"
    usual = {
        "asked": _ticked(page, query.get("group", "members")),
        "template": "vecka" if weekly else "full",
        "purpose": "vecka" if weekly else "aktiverat",
        "series": series,
    }
    before = page.state.latest("requests_in_series", series) if series and "group" not in query else None
    if before is not None:
        content = page.lens.payloads(page.space, [before.data.content]).get(before.data.content)
        usual |= initial_of(content) if content is not None else {}
    return {**usual, "deadline_at": times.field(_deadline(query.get("by", ""), page.lens.now))}


def _deadline(by: str, now: int) -> int:
    """Return the time that an address names (ms UTC) where it is still to come, else the usual one."""
    named = int(by) if by.isascii() and by.isdigit() and len(by) < 15 else 0
    return named if named > now else now + DEADLINE_MS


@may("request")
@require_http_methods(["GET", "POST"])
def change_request(request: Request, space: str, subject: str) -> HttpResponse:
    """Change one's own request; answers that came stay."""
    page = _writable(request, space)
    view = get_request(page.lens, space, subject, page.moment)
    if view.thing.organisation != page.lens.principal.organisation:
        raise Refused("not_owner")
    if request.method != "POST":
        content = page.lens.payloads(space, [view.data.content]).get(view.data.content)
        initial = initial_of(content) if content is not None else {}
        return _ask(request, page, _form(page, None, initial=initial), changed=view)
    form = _form(page, request.POST)
    if not form.is_valid():
        return _ask(request, page, form, changed=view, status=422, seen=seen_again(request))
    try:
        content = form.content(_recipients(reader_list(page.lens, space)))
        commands.change_request(page.lens, space, subject, content, sent=_sent(request))
    except Refused as refused:
        words, status = told_in_form(refused)
        seen = seen_again(request, refused)
        return _ask(request, page, form, changed=view, refusal=words, status=status, seen=seen)
    messages.success(request, _("The request is changed."))
    return HttpResponseRedirect(_url(space, subject))


@may("request")
@require_POST
def withdraw_request(request: Request, space: str, subject: str) -> HttpResponse:
    """Take one's own request back."""
    page = _writable(request, space)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, page, subject, {"reason_form": form})
    commands.withdraw_request(page.lens, space, subject, form.cleaned_data["reason"], sent=sent_of(request))
    messages.success(request, _("The request is withdrawn."))
    return HttpResponseRedirect(_url(space, subject))


@may("request")
@require_POST
def remind(request: Request, space: str, subject: str) -> HttpResponse:
    """Remind those who have not answered, or the chosen ones of them."""
    page = _writable(request, space)
    view = get_request(page.lens, space, subject, page.moment)
    chosen = request.POST.getlist("organisations")
    named = [one.organisation for one in view.missing if one.state != "deferred"]
    named = [one for one in named if not chosen or one in chosen]
    if not named:
        messages.info(request, _("There is nobody to remind: all have answered or said when they come back."))
        return HttpResponseRedirect(_url(space, subject))
    commands.remind(page.lens, space, subject, named, sent=Sent(key=request.POST.get("key", "")[:100]))
    messages.success(request, _("Reminded: %(count)s.") % {"count": len(named)})
    return HttpResponseRedirect(_url(space, subject))


@may("report")
@require_POST
def defer_request(request: Request, space: str, subject: str) -> HttpResponse:
    """*Återkommer kl. …* for the own organisation."""
    page = _writable(request, space)
    form = DeferForm(request.POST, now=page.written_at)
    form.fields["until_at"].now = page.written_at  # type: ignore[attr-defined]
    if not form.is_valid():
        return _again(request, page, subject, {"defer_form": form})
    return _reply(request, page, subject, form)


@may("report")
@require_POST
def decline_request(request: Request, space: str, subject: str) -> HttpResponse:
    """*Avböjer* for the own organisation, with a reason."""
    page = _writable(request, space)
    form = _decline_form(page, request.POST)
    if not form.is_valid():
        return _again(request, page, subject, {"decline_form": form})
    return _reply(request, page, subject, form)


def _reply(request: Request, page: pages.SpacePage, subject: str, form: forms.Form) -> HttpResponse:
    command = commands.defer_request if isinstance(form, DeferForm) else commands.decline_request
    try:
        command(page.lens, page.space, subject, form.cleaned_data, sent=sent_of(request))
    except Refused as refused:
        return _again(request, page, subject, {"refusal": told_in_form(refused).words})
    messages.success(request, _("Your answer to the request is noted."))
    return HttpResponseRedirect(_url(page.space, subject))


def _again(request: Request, page: pages.SpacePage, subject: str, more: Mapping[str, Any]) -> HttpResponse:
    view = get_request(page.lens, page.space, subject, page.moment)
    return pages.render(request, "picture/request.html", {**_context(page, view), **more}, status=422)


def _ask(request: Request, page: pages.SpacePage, form: RequestForm, *, status: int = 200, **more: Any) -> HttpResponse:
    lists = Lists(page.lens.directory, page.state)
    again = [
        {"organisation": lists.organisation(one.organisation), "request": one.request, "report": one.report,
         "asker": lists.organisation(one.request.organisation), "rows": [lists.row(row) for row in one.same.rows],
         "is_all": one.same.is_all, "extra": one.same.extra}
        for one in more.pop("again", ())
    ]  # fmt: skip
    context = {
        "form": form,
        "readers": reader_list(page.lens, page.space),
        "warning": warning(lists, "sakerhetsskydd"),
        "again": again,
        "groups": _groups(page, lists),
        **more,
    }
    return pages.render(request, "picture/request_form.html", context, status=status)


def _extras(page: pages.SpacePage) -> dict[str, tuple[str, ...]]:
    """Return the further questions of the last day's requests, by their content's digest."""
    digests = [thing.data.content for thing in recent_requests(page.state, page.lens.now)]
    return {
        digest: tuple((said or {}).get("extra", ())) for digest, said in page.lens.payloads(page.space, digests).items()
    }


def _form(page: pages.SpacePage, data: Any, **more: Any) -> RequestForm:
    lists = Lists(page.lens.directory, page.state)
    return RequestForm(data, lists=lists, organisations=_askable(page), now=page.lens.now, **more)


def _decline_form(page: pages.SpacePage, data: Any) -> DeclineForm:
    lists = Lists(page.lens.directory, page.state)
    own = page.lens.principal.organisation
    reports = [
        (thing.subject, _("Report of %(time)s") % {"time": times.clock(thing.data.stated_at, page.moment.at)})
        for thing in reports_of(page.state, own, page.moment)
        if thing.status == "published"
    ]
    others = [(one.id, one.name) for one in organisations(page.lens.directory) if one.id != own]
    return DeclineForm(data, lists=lists, others=others, reports=reports)


def _askable(page: pages.SpacePage) -> tuple[Organisation, ...]:
    """Return those who read the space, and so can be asked in it, without the asker's own organisation."""
    reading = set(page.lens.readers(page.space).organisations) - {page.lens.principal.organisation}
    return tuple(one for one in organisations(page.lens.directory) if one.id in reading)


def _groups(page: pages.SpacePage, lists: Lists) -> list[tuple[str, str]]:
    """Return (code, words) of the groups that can be ticked at once."""
    kinds = dict.fromkeys(one.kind for one in _askable(page))
    named = [(kind, lists.word("kinds_of_member", kind, "plural")) for kind in kinds]
    return [("members", _("All members")), *named, ("none", _("Nobody"))]


def _ticked(page: pages.SpacePage, group: str) -> list[str]:
    everyone = _askable(page)
    return [one.id for one in everyone if (one.member if group == "members" else one.kind == group)]


def _context(page: pages.SpacePage, view: RequestView) -> dict[str, Any]:
    lists = Lists(page.lens.directory, page.state)
    content = page.lens.payloads(page.space, [view.data.content]).get(view.data.content)
    own = page.lens.principal.organisation
    acts = acts_on(page, view.thing)
    mine = view.of(own)
    replies = page.lens.payloads(page.space, [reply.digest for reply in view.data.replies])
    rows = page.lens.history(page.space, view.thing.subject, page.moment)
    note_reading(page.lens.principal, page.space, rows)
    return {
        **_row(view, lists, own),
        "content": content,
        "template_name": lists.word("report_templates", view.data.template),
        "series_name": lists.word("cadences", view.data.series) if view.data.series else "",
        "questions": [lists.row(row) for row in view.data.questions],
        "answers": sorted((_answer(one, lists, replies) for one in view.asked), key=_missing_first),
        "mine": mine,
        "may": {name.replace(".", "_"): True for name in acts},
        "can_answer": mine is not None and view.thing.status == "open" and page.may("report"),
        "defer_form": DeferForm(
            now=page.lens.now, initial={"until_at": times.field(page.lens.now + deferral_ms(lists))}
        ),
        "decline_form": _decline_form(page, None),
        "reason_form": ReasonForm(),
        "own_word": own_word(page, own),
        "here": _url(page.space, view.thing.subject),
        **link_panel(page, view),
        "trace": trace(rows, lists, page.lens.directory),
    }


def _answer(one: Asked, lists: Lists, replies: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    said = (replies.get(one.reply.digest) or {}) if one.reply is not None else {}
    reason = lists.word("decline_reasons", one.reply.reason) if one.reply is not None and one.reply.reason else ""
    answered_by = lists.organisation(one.reply.answered_by) if one.reply is not None and one.reply.answered_by else ""
    return {"asked": one, "name": lists.organisation(one.organisation), "reason": reason, "answered_by": answered_by,
            "text": said.get("text", ""), "report": said.get("report", "")}  # fmt: skip


def _missing_first(answer: Mapping[str, Any]) -> tuple[int, tuple[str, str]]:
    order = ("late", "waiting", "deferred", "unconfirmed", "declined", "answered")
    return order.index(answer["asked"].state), sort_key(answer["name"])


def _row(view: RequestView, lists: Lists, own: str) -> dict[str, Any]:
    return {
        "view": view,
        "thing": view.thing,
        "data": view.data,
        "asker": lists.organisation(view.thing.organisation),
        "purpose": lists.word("request_purposes", view.data.purpose),
        "late": [lists.organisation(one.organisation) for one in view.late],
        "mine": view.of(own),
    }


def _recipients(readers: ReaderList) -> str:
    return "; ".join(readers.readers)


def _sent(request: Request) -> Sent:
    circle = request.POST.get("circle", "")
    key = request.POST.get("key", "")[:100]
    return Sent(int(circle) if circle.isdigit() else None, last=request.POST.get("seen", ""), key=key)


def _page(request: Request, space: str) -> pages.SpacePage:
    return pages.space_page(request, space, HERE)


def _writable(request: Request, space: str) -> pages.SpacePage:
    return pages.writable_page(request, space, HERE)


def _url(space: str, subject: str) -> str:
    return f"/spaces/{space}/requests/{subject}/"
