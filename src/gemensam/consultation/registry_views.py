"""Official addresses and meeting days: the list of all members, and one member's form."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.consultation import commands
from gemensam.consultation.domain.registries import registry_of, subject_of
from gemensam.consultation.domain.rules import ANSWER, GOVERN
from gemensam.consultation.forms import RegistryForm, meeting_lines
from gemensam.consultation.view_parts import Row, sent_of
from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.ledger.ids import uuid7
from gemensam.organisations.domain import Organisation, members
from gemensam.organisations.names import organisation_name
from gemensam.rosters.domain.local import local
from gemensam.web import page as pages
from gemensam.web.access import Request, require, signed_in
from gemensam.web.answering import SAVED, answered, go_on

FORM = "consultation/registry_form.html"


@signed_in
@require_GET
def show_registries(request: Request) -> HttpResponse:
    """Every member's official address and next meeting."""
    rosters = request.lens.state(ROSTERS)
    rows = [_row(each, rosters, request) for each in members(request.lens.directory)]
    context = {"rows": rows, "missing": sum(1 for row in rows if not row["registry"].address)}
    return pages.render(request, "consultation/registries.html", context)


def _row(member: Organisation, rosters: SpaceState, request: Request) -> Row:
    registry, today = registry_of(rosters, member.id), local(request.lens.now).date()
    coming = [each for each in registry.meetings if each.on >= today]
    return {"id": member.id, "name": organisation_name(member), "registry": registry, "coming": coming[:3],
            "more": len(coming[3:]), "may_change": _may_change(request, member.id)}  # fmt: skip


def _may_change(request: Request, member: str) -> bool:
    own = member == request.lens.principal.organisation
    return request.lens.may(GOVERN) or (own and request.lens.may(ANSWER))


@signed_in
@require_http_methods(["GET", "POST"])
def edit_registry(request: Request, member: str) -> HttpResponse:
    """Set a member's official address and meeting days: by itself, or by the joint office."""
    known = next((each for each in members(request.lens.directory) if each.id == member), None)
    if known is None:
        raise Refused("not_found")
    if not _may_change(request, member):
        require(request, GOVERN)
    rosters = request.lens.state(ROSTERS)
    registry, thing = registry_of(rosters, member), rosters.thing(subject_of(member))
    initial = {"address": registry.address, "contact": registry.contact, "meetings": meeting_lines(registry.meetings)}
    form = RegistryForm(request.POST or None, initial=initial)
    context = {
        "form": form, "name": organisation_name(known), "key": request.POST.get("key") or uuid7(),
        "seen": thing.last if thing is not None else "", "member": member,
    }  # fmt: skip

    def write() -> HttpResponse:
        commands.set_registry(request.lens, member, form.cleaned_data, sent=sent_of(request))
        return go_on(request, SAVED, HttpResponseRedirect("/registries/"))

    return answered(request, FORM, context, write)
