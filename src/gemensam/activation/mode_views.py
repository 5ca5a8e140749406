"""Members' own beredskapslägen, and höjd beredskap as it has been decided elsewhere."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gemensam.activation import commands
from gemensam.activation.domain.modes import OwnModeData
from gemensam.activation.domain.rules import data_of
from gemensam.activation.forms import HeightenedForm, OwnModeForm, first_error
from gemensam.activation.heightened import heightened_now
from gemensam.activation.view_parts import sent_of
from gemensam.activation.words import Speech
from gemensam.core.policy import STANDING
from gemensam.core.swedish import sort_key
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import pressed

PLACE = "/modes/"


@signed_in
@require_GET
def show_modes(request: Request) -> HttpResponse:
    """Every member's own läge in its own words, and the rules of höjd beredskap where it holds."""
    return _draw(request)


def _draw(request: Request, *, status: int = 200, **more: Any) -> HttpResponse:
    lens = request.lens
    lens.space(STANDING)
    speech = Speech(lens.directory, lens.state(STANDING))
    context = {
        "rows": own_modes(lens, speech), "heightened": heightened_now(lens, speech),
        "suggestions": _suggested(lens, speech),
        "own_form": OwnModeForm(), "heightened_form": HeightenedForm(), "may_call": lens.may("call"),
        "may_assess": lens.may("assess"), **more,
    }  # fmt: skip
    return pages.render(request, "activation/modes.html", context, status=status)


def own_modes(lens: Lens, speech: Speech, space: str = STANDING) -> list[dict[str, Any]]:
    """Return the members that have said their own läge, in Swedish order; words as they wrote them."""
    things = lens.state(space).group("own_modes")
    told = lens.payloads(space, [data_of(each, OwnModeData).content for each in things])
    rows = [
        {
            "organisation": each.organisation, "name": speech.organisation(each.organisation), "at": each.data.at,
            "changes": each.data.changes, **(told.get(each.data.content) or {"words": "", "note": ""}),
        }
        for each in things
    ]  # fmt: skip
    return sorted(rows, key=lambda row: sort_key(row["name"]))


def _suggested(lens: Lens, speech: Speech) -> list[str]:
    own = organisation(lens.directory, lens.principal.organisation)
    meant = {own.kind, own.id, str(own.about.get("category", ""))} if own is not None else set()
    return [str(item["name"]) for item in speech.items("own_modes") if item["for"] in meant]


@may("call")
@require_POST
def set_own_mode(request: Request) -> HttpResponse:
    """Say the own organisation's läge."""
    form = OwnModeForm(request.POST)
    if not form.is_valid():
        return _draw(request, status=422, own_form=form, refusal=first_error(form))
    return pressed(
        request, lambda: commands.set_own_mode(request.lens, form.cleaned_data, sent=sent_of(request)),
        _("Your state of readiness stands for all to read."), HttpResponseRedirect(PLACE),
    )  # fmt: skip


@may("assess")
@require_POST
def record_heightened(request: Request) -> HttpResponse:
    """Record an external decision on höjd beredskap."""
    form = HeightenedForm(request.POST)
    if not form.is_valid():
        return _draw(request, status=422, heightened_form=form, refusal=first_error(form))
    return pressed(
        request, lambda: commands.record_heightened(request.lens, form.cleaned_data, sent=sent_of(request)),
        _("The decision is recorded, and its rules are shown to all."), HttpResponseRedirect(PLACE),
    )  # fmt: skip


@may("assess")
@require_POST
def lift_heightened(request: Request, subject: str) -> HttpResponse:
    """Record the external decision that ends it."""
    form = HeightenedForm(request.POST)
    if not form.is_valid():
        return _draw(request, status=422, heightened_form=form, refusal=first_error(form))
    return pressed(
        request, lambda: commands.lift_heightened(request.lens, subject, form.cleaned_data, sent=sent_of(request)),
        _("The end of heightened alert is recorded."), HttpResponseRedirect(PLACE),
    )  # fmt: skip
