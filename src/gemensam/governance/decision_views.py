"""Pages of a member's steps: registering by hand, looking, correcting, confirming, returning, taking back."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.governance import adoption_commands as commands
from gemensam.governance.adoption_queries import Rules, get_decision_for, is_four_eyed
from gemensam.governance.adoption_shown import decision_line, fields_shown
from gemensam.governance.decision_forms import DecisionForm, initial_of
from gemensam.governance.document_forms import ReasonForm
from gemensam.governance.document_queries import get_document_for
from gemensam.governance.domain.decisions import REGISTERED, DecisionGiven, FieldRead
from gemensam.governance.view_parts import (
    OF_ANOTHER,
    history,
    lists_of,
    member_choices,
    own_member,
    page_of,
    sent_of,
    store_upload,
    writable,
)
from gemensam.organisations.domain import organisation
from gemensam.organisations.names import organisation_name
from gemensam.web import page as pages
from gemensam.web.access import Request, require, signed_in
from gemensam.web.answering import answered, go_on, pressed, there
from gemensam.web.page import SpacePage

FORM = "governance/decision_form.html"
FILE = ("file", "file_name", "sha256")


@signed_in
@require_http_methods(["GET", "POST"])
def new_decision(request: Request, space: str, subject: str) -> HttpResponse:
    """Register a member's step by hand: the own one, or as the joint office any member's."""
    page = writable(request, space)
    require(request, "register_decision")
    document = get_document_for(page.lens, space, subject)
    form = _form(request, page, {"member": request.GET.get("member", ""), "step": request.GET.get("step", "styrelse")})
    context = {"form": form, "document": document, "seen": document.data.content}

    def register() -> HttpResponse:
        given = DecisionGiven(
            form.cleaned_data["member"], subject, form.told(**_file(page, form, {})), form.cleaned_data.get("via", "")
        )
        sent = sent_of(request)
        receipt = commands.register_decision(page.lens, space, given, based_on=sent.seen, key=sent.key)
        return go_on(request, _("The step is registered."), _to(space, receipt.subject))

    return answered(request, FORM, context, register, also=OF_ANOTHER)


@signed_in
@require_http_methods(["GET", "POST"])
def correct_decision(request: Request, space: str, subject: str) -> HttpResponse:
    """Correct what is said of a step; one that was confirmed has to be confirmed anew."""
    page = writable(request, space)
    require(request, "register_decision")
    thing = _own(page, subject)
    before = _payload(page, thing)
    form = _form(request, page, initial_of(thing.organisation, before), member=thing.organisation)
    document = get_document_for(page.lens, space, thing.data.document)
    stands = fields_shown(before, Rules(page.lens))
    context = {"form": form, "document": document, "decision": thing, "seen": thing.data.content, "stands": stands}

    def correct() -> HttpResponse:
        told = form.told(**_file(page, form, before), fields_read=_still_read(form, before))
        commands.correct_decision(page.lens, space, subject, told, sent=sent_of(request))
        return go_on(request, _("The correction is saved."), _to(space, subject))

    return answered(request, FORM, context, correct, also=OF_ANOTHER)


def _form(request: Request, page: SpacePage, first: dict[str, Any], *, member: str = "") -> DecisionForm:
    posted = request.POST if request.method == "POST" else None
    own = member or own_member(page.lens)
    choices, lists = member_choices(page.lens), lists_of(page.lens, page.space)
    return DecisionForm(posted, request.FILES or None, lists=lists, members=choices, own=own, initial=first)


def _file(page: SpacePage, form: DecisionForm, before: dict[str, Any]) -> dict[str, str]:
    """Return the member's document: the one that came now, or the one that was there."""
    stored = store_upload(page.lens, page.space, form.cleaned_data["upload"], permission="register_decision")
    if stored is None:
        return {name: str(before.get(name, "")) for name in FILE}
    return {"file": stored.digest, "file_name": stored.name, "sha256": stored.sha256}


def _still_read(form: DecisionForm, before: dict[str, Any]) -> tuple[Any, ...]:
    """Return where fields were read that a person has not changed; what was changed is typed by hand now."""
    changed = set(form.changed_data)
    return tuple(FieldRead(**one) for one in before.get("fields_read", ()) if one["field"] not in changed)


@signed_in
@require_GET
def show_decision(request: Request, space: str, subject: str) -> HttpResponse:
    """One step: every field with its certainty and place, whether it counts, and its history."""
    page = page_of(request, space)
    return _draw(request, page, get_decision_for(page.lens, space, subject, page.moment))


def _draw(request: Request, page: SpacePage, thing: Thing, *, status: int = 200, **more: Any) -> HttpResponse:
    rules = Rules(page.lens)
    document = get_document_for(page.lens, page.space, thing.data.document, page.moment)
    payload, own = _payload(page, thing), _is_own(page, thing)
    member = organisation(page.lens.directory, thing.organisation)
    stands = thing.status == REGISTERED
    context = {
        "decision": thing,
        "document": document,
        "member": member,
        "name": organisation_name(member) if member is not None else "",
        "line": decision_line(document, thing, rules),
        "fields": fields_shown(payload, rules),
        "told": payload,
        "four_eyes": is_four_eyed(document, rules),
        "trace": history(page, thing.subject),
        "may_correct": own and page.may("register_decision"),
        "may_withdraw": own and page.may("register_decision") and stands,
        "may_confirm": page.may("confirm_decision") and stands and _may_judge(page, thing),
        "reason_form": ReasonForm(prefix="return"),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        **more,
    }
    return pages.render(request, "governance/decision.html", context, status=status)


def _may_judge(page: SpacePage, thing: Thing) -> bool:
    """Whether to offer confirming: not to the function that typed it. The person is judged when it is pressed."""
    return bool(page.lens.principal.function != thing.data.function)


@signed_in
@require_POST
def confirm_decision(request: Request, space: str, subject: str) -> HttpResponse:
    """Confirm a step, as another person than the one who registered it."""
    page = writable(request, space)
    require(request, "confirm_decision")
    get_decision_for(page.lens, space, subject)
    sent = sent_of(request)
    return pressed(
        request, lambda: commands.confirm_decision(page.lens, space, subject, sent=sent),
        _("Confirmed. The step counts now."), _to(space, subject),
        also=OF_ANOTHER,
    )  # fmt: skip


@signed_in
@require_POST
def return_decision(request: Request, space: str, subject: str) -> HttpResponse:
    """Return a step to its registrar with what is to be looked at."""
    page = writable(request, space)
    require(request, "confirm_decision")
    thing = get_decision_for(page.lens, space, subject)
    form = ReasonForm(request.POST, prefix="return")
    if not form.is_valid():
        return _draw(request, page, thing, status=422, reason_form=form)
    sent, reason = sent_of(request), form.cleaned_data["reason"]
    return pressed(
        request, lambda: commands.return_decision(page.lens, space, subject, reason, sent=sent),
        _("Returned to the registrar."), _to(space, subject),
        also=OF_ANOTHER,
    )  # fmt: skip


@signed_in
@require_POST
def withdraw_decision(request: Request, space: str, subject: str) -> HttpResponse:
    """Take a step back that was registered wrongly."""
    page = writable(request, space)
    require(request, "register_decision")
    thing = _own(page, subject)
    form = ReasonForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        return _draw(request, page, thing, status=422, withdraw_form=form)
    key, reason = sent_of(request).key, form.cleaned_data["reason"]
    return pressed(
        request, lambda: commands.withdraw_decision(page.lens, space, subject, reason, key=key),
        _("Taken back. It stays in the history, and correcting takes it up again."), _to(space, subject),
        also=OF_ANOTHER,
    )  # fmt: skip


def _own(page: SpacePage, subject: str) -> Thing:
    """Return a step that this reader may change; raises `Refused`: `not_found`, `not_your_organisation`."""
    thing = get_decision_for(page.lens, page.space, subject)
    if not _is_own(page, thing):
        raise Refused("not_your_organisation", organisation=thing.organisation)
    return thing


def _is_own(page: SpacePage, thing: Thing) -> bool:
    return own_member(page.lens) in ("", thing.organisation)


def _payload(page: SpacePage, thing: Thing) -> dict[str, Any]:
    return dict(page.lens.payloads(page.space, [thing.data.content]).get(thing.data.content) or {})


def _to(space: str, subject: str) -> HttpResponseRedirect:
    return there(space, f"decisions/{subject}/")
