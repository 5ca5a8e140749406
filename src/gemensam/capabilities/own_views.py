"""A member's own assessment: all delförmågor, one at a time, drafts, *oförändrat*, and the answer to the round."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.capabilities import commands, queries
from gemensam.capabilities.commands import DRAFT, Sent
from gemensam.capabilities.domain.assessments import AssessmentData
from gemensam.capabilities.domain.rounds import open_round
from gemensam.capabilities.domain.rules import office_circle, office_of, own_circle
from gemensam.capabilities.domain.scale import SHARING, Item, scale_of
from gemensam.capabilities.forms import AssessmentForm, initial_of
from gemensam.capabilities.queries import Own
from gemensam.capabilities.shown import Words, framework, headings
from gemensam.capabilities.table_views import period_page
from gemensam.core.refusal import Refused
from gemensam.ledger import cautions
from gemensam.ledger.describing import Names, kind_word
from gemensam.ledger.drafts import list_drafts, load_draft
from gemensam.ledger.noting import note_reading
from gemensam.ledger.reading import LogRow
from gemensam.organisations.domain import functions
from gemensam.organisations.domain import organisation as find_organisation
from gemensam.picture.lists import told
from gemensam.picture.readers import ReaderList, reader_list, readers_of_circle
from gemensam.picture.report_boxes import warning
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import seen_again, told_in_form
from gemensam.web.page import SpacePage

KEPT_FIELDS = (
    "level", "reason", "proof", "proven_on", "measure", "measure_by", "measure_due", "tells_measure", "shared_as"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of a member's own assessment are drawn from."""

    page: SpacePage
    own: Own
    words: Words
    items: tuple[Item, ...]

    @property
    def url(self) -> str:
        return f"/spaces/{self.page.space}/capabilities/own/"

    @property
    def codes(self) -> list[str]:
        return [str(item["code"]) for item in self.items]

    def item(self, code: str) -> Item:
        found = next((item for item in self.items if item["code"] == code), None)
        if found is None:
            raise Refused("unknown_capability", value=code)
        return found

    def may_write(self) -> bool:
        return self.page.may("assess_capability")

    def next_code(self, code: str) -> str:
        """Return the delförmåga after another; "" after the last."""
        place = self.codes.index(code)
        return self.codes[place + 1] if place + 1 < len(self.codes) else ""


def desk_of(request: Request, space: str) -> Desk:
    """Return the desk of the reader's organisation; raises `Refused`: `not_found`, `assessment_by_member`."""
    page = period_page(request, space)
    found = find_organisation(page.lens.directory, page.lens.principal.organisation)
    if found is None or not found.member:
        raise Refused("assessment_by_member", organisation=page.lens.principal.organisation)
    items = queries.framework_of(page.lens, page.state).items
    words = Words(page.lens.directory, page.state, scale_of(page.lens.directory, page.state))
    return Desk(page, queries.get_own(page.lens, space, page.moment), words, items)


def writable(request: Request, space: str) -> Desk:
    """Return the desk for a post; raises `Refused`: `historical`, `space_closed`."""
    desk = desk_of(request, space)
    desk.page.require_open()
    return desk


def titles_of(desk: Desk) -> dict[str, str]:
    """Return what the two narrower spaces are called when they are opened."""
    who, period = desk.words.lists.organisation(desk.own.member), desk.page.title
    office = desk.words.lists.organisation(office_of(desk.page.state))
    return {
        "own": _("Self-assessment %(period)s – %(who)s") % {"period": period, "who": who},
        "office": _("Levels %(period)s – %(who)s and %(office)s") % {"period": period, "who": who, "office": office},
    }


@signed_in
@require_GET
def own(request: Request, space: str) -> HttpResponse:
    """All delförmågor with the own levels, how far one has come, and what is left to do."""
    desk = desk_of(request, space)
    if desk.own.circle is None:
        return _begin(request, desk)
    drafts = {each.subject for each in list_drafts(desk.page.lens, desk.own.circle.id) if each.purpose == DRAFT}
    rows = {code: _row(desk, code, drafts) for code in desk.codes}
    left = [code for code in desk.codes if desk.own.data(code) is None]
    round_ = open_round(desk.page.state)
    context = {
        "desk": desk,
        "groups": [
            (heading.name, [rows[code] for code, _name in heading.items])
            for heading in headings(desk.words, desk.items)
        ],
        "done": len(desk.codes) - len(left),
        "total": len(desk.codes),
        "next": left[0] if left else "",
        "may_write": desk.may_write(),
        "round": round_,
        "answered_at": round_.data.answered_at(desk.own.member) if round_ is not None else None,
        "earlier": queries.earlier_own(desk.page.lens, space) if desk.may_write() and left else None,
        "readers": reader_list(desk.page.lens, desk.own.circle.id),
        "framework": framework(desk.page),
        "own_space": desk.own.circle.id,
    }
    return pages.render(request, "capabilities/own.html", context)


def _row(desk: Desk, code: str, drafts: set[str]) -> dict[str, Any]:
    data = desk.own.data(code)
    row: dict[str, Any] = {"code": code, "name": told(desk.item(code)), "has_draft": code in drafts, "data": data}
    if data is not None:
        standing = desk.words.scale.standing(data.level, data.proven_on, queries.day_at(desk.page.moment))
        row |= {
            "mark": desk.words.labelled(standing),
            "shared": desk.words.lists.word(SHARING, data.shared_as),
            "at": max(data.at, data.confirmed_at),
            "last": getattr(desk.own.thing(code), "last", ""),
        }
    return row


def _begin(request: Request, desk: Desk) -> HttpResponse:
    readers = readers_of_circle(desk.page.lens, desk.page.space, own_circle(desk.own.member))
    context = {"desk": desk, "may_write": desk.may_write(), "readers": readers, "round": open_round(desk.page.state),
               "total": len(desk.codes)}  # fmt: skip
    return pages.render(request, "capabilities/begin.html", context)


@may("assess_capability")
@require_POST
def open_own(request: Request, space: str) -> HttpResponse:
    """Open the member's own circle, and begin."""
    desk = writable(request, space)
    if desk.own.circle is None:
        commands.open_circle(desk.page.lens, space, titles_of(desk)["own"], key=_key(request))
    return HttpResponseRedirect(f"{desk.url}{desk.codes[0]}/" if desk.codes else desk.url)


@signed_in
@require_http_methods(["GET", "POST"])
def assess(request: Request, space: str, code: str) -> HttpResponse:
    """One delförmåga: level, reason, proof, measure, and whom it is shared with."""
    desk = desk_of(request, space)
    desk.item(code)
    if desk.own.circle is None:
        return HttpResponseRedirect(desk.url)
    if request.method != "POST":
        return _form(request, desk, code, _new_form(desk, code))
    writable(request, space)
    if not desk.may_write():
        raise Refused("not_permitted", permission="assess_capability")
    return _saved(request, desk, code)


def _saved(request: Request, desk: Desk, code: str) -> HttpResponse:
    form = _bound_form(desk, request.POST)
    if not form.is_valid():
        return _form(request, desk, code, form)
    try:
        commands.make_assessment(
            desk.page.lens, desk.page.space, form.content(code), titles=titles_of(desk), sent=_sent(request)
        )
    except Refused as refused:
        return _form(request, desk, code, form, refused)
    messages.success(request, _("%(name)s is saved.") % {"name": desk.words.capability(desk.item(code))})
    return HttpResponseRedirect(_onwards(request, desk, code))


def _onwards(request: Request, desk: Desk, code: str) -> str:
    following = desk.next_code(code) if request.POST.get("act") == "next" else ""
    return f"{desk.url}{following}/" if following else desk.url


@may("assess_capability")
@require_POST
def confirm(request: Request, space: str, code: str) -> HttpResponse:
    """*Oförändrat*, in one press."""
    desk = writable(request, space)
    desk.item(code)
    commands.confirm_assessment(desk.page.lens, space, code, titles=titles_of(desk), sent=_sent(request))
    messages.success(request, _("%(name)s stands unchanged.") % {"name": desk.words.capability(desk.item(code))})
    return HttpResponseRedirect(_onwards(request, desk, code))


@may("assess_capability")
@require_POST
def save_draft(request: Request, space: str, code: str) -> HttpResponse:
    """What is written so far, saved while one writes; others of the organisation may write on it."""
    desk = writable(request, space)
    desk.item(code)
    body = {name: request.POST[name][:5_000] for name in KEPT_FIELDS if name in request.POST}
    cautions.check_texts(body.values())
    number = request.POST.get("draft_version", "")
    try:
        version = commands.save_assessment_draft(
            desk.page.lens, space, code, body, version=int(number) if number.isdecimal() else 0
        )
    except Refused as refused:
        if refused.code != "draft_moved":
            raise
        told_moved = {"text": _("A colleague has saved another draft."), "version": refused.facts.get("version", 0)}
        return JsonResponse(told_moved, status=409)
    return HttpResponse(status=204, headers={"X-Draft-Version": str(version)})


@may("assess_capability")
@require_POST
def bring_earlier(request: Request, space: str) -> HttpResponse:
    """Drafts out of what one assessed in the period before."""
    desk = writable(request, space)
    count = commands.bring_earlier(desk.page.lens, space)
    messages.success(request, _("%(n)s drafts were made. Go through and save each of them.") % {"n": count})
    return HttpResponseRedirect(desk.url)


@may("assess_capability")
@require_POST
def answer(request: Request, space: str) -> HttpResponse:
    """Say that the round is answered: that, and nothing of what."""
    desk = writable(request, space)
    round_ = open_round(desk.page.state)
    if round_ is None:
        raise Refused("round_closed")
    commands.answer_round(desk.page.lens, space, round_.subject, key=_key(request))
    messages.success(request, _("Your self-assessment is answered. You can still change what you have assessed."))
    return HttpResponseRedirect(desk.url)


# The form --------------------------------------------------------------------------------------------------------


def _new_form(desk: Desk, code: str) -> AssessmentForm:
    """Return the form with the draft, else with what stands, else with what the lists propose."""
    assert desk.own.circle is not None
    draft = load_draft(desk.page.lens, desk.own.circle.id, DRAFT, code) if desk.may_write() else None
    body = draft.body if draft is not None else _payload(desk, desk.own.data(code))
    shared_as = desk.words.lists.default(SHARING)
    return AssessmentForm(initial={"shared_as": shared_as, **initial_of(body or {})}, **_choices(desk))


def _bound_form(desk: Desk, posted: Mapping[str, Any]) -> AssessmentForm:
    return AssessmentForm(posted, **_choices(desk))


def _choices(desk: Desk) -> dict[str, Any]:
    owners = [(one.id, one.name) for one in functions(desk.page.lens.directory, desk.own.member)]
    return {"scale": desk.words.scale, "lists": desk.words.lists, "owners": owners}


def _payload(desk: Desk, data: AssessmentData | None) -> Mapping[str, Any] | None:
    if data is None or desk.own.circle is None:
        return None
    return desk.page.lens.payloads(desk.own.circle.id, [data.content]).get(data.content)


def _form(
    request: Request, desk: Desk, code: str, form: AssessmentForm, refused: Refused | None = None
) -> HttpResponse:  # fmt: skip
    assert desk.own.circle is not None
    refusal = told_in_form(refused) if refused is not None else None
    lens, circle, item = desk.page.lens, desk.own.circle.id, desk.item(code)
    place, thing = desk.codes.index(code), desk.own.thing(code)
    draft = load_draft(lens, circle, DRAFT, code) if desk.may_write() else None
    history = lens.history(circle, thing.subject, desk.page.moment) if thing is not None else []
    note_reading(lens.principal, circle, history)
    office, everybody = _office_readers(desk), reader_list(lens, desk.page.space)
    context = {
        "desk": desk, "form": form, "seen": seen_again(request, refused),
        "refusal": refusal.words if refusal else "", "code": code, "item": item,
        "name": desk.words.capability(item), "help": told(item, "help"), "proof": told(item, "proof"),
        "group": desk.words.lists.word("base_capabilities", str(item["group"])),
        "place": place + 1, "total": len(desk.codes),
        "done": sum(1 for each in desk.codes if desk.own.data(each) is not None),
        "before": desk.codes[place - 1] if place else "", "after": desk.next_code(code),
        "thing": thing, "draft": draft, "history": [_told(desk, row) for row in reversed(history)],
        "row": _row(desk, code, set()), "may_write": desk.may_write(),
        "warnings": [text for one in ("formaga", "sakerhetsskydd") if (text := warning(desk.words.lists, one))],
        "office": office, "everybody": everybody, "circle": reader_list(lens, circle),
    }  # fmt: skip
    status = refusal.status if refusal else (422 if form.errors else 200)
    return pages.render(request, "capabilities/assess.html", context, status=status)


def _office_readers(desk: Desk) -> ReaderList:
    wanted = office_circle(desk.own.member, office_of(desk.page.state))
    there = queries.circle_within(desk.page.lens, desk.page.space, wanted)
    if there is not None:
        return reader_list(desk.page.lens, there.id)
    return readers_of_circle(desk.page.lens, desk.page.space, wanted)


def _told(desk: Desk, row: LogRow) -> dict[str, Any]:
    payload = row.payload or {}
    return {
        "at": row.header.occurred_at,
        "by": Names(desk.page.lens.directory, desk.page.state).function(row.header.function),
        "word": kind_word(row.header.kind),
        "level": desk.words.level(payload["level"]) if payload.get("level") else "",
        "shared": desk.words.lists.word(SHARING, payload["shared_as"]) if payload.get("shared_as") else "",
        "reason": payload.get("reason", ""),
    }


def _sent(request: Request) -> Sent:
    everybody, office = request.POST.get("circle", ""), request.POST.get("office_circle", "")
    return Sent(
        request.POST.get("seen", "")[:64],
        int(everybody) if everybody.isdecimal() else None,
        int(office) if office.isdecimal() and office != "0" else None,
        _key(request),
    )


def _key(request: Request) -> str:
    return request.POST.get("key", "")[:100]
