"""Whom an organisation has let in to see what it had access to: giving insight, and ending it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gemensam.audit import log
from gemensam.audit.forms import InsightForm
from gemensam.audit.insight import Given, give_insight, last_used, list_given, withdraw_insight
from gemensam.audit.models import Insight
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger.describing import Names
from gemensam.web import labels, times
from gemensam.web import page as pages
from gemensam.web.access import Request, may
from gemensam.web.page import SpacePage

PROPOSED_MS = 7 * times.DAY


@dataclass(frozen=True, slots=True)
class Row:
    """An insight in words; `looked_at`: when the other organisation last looked, in ms UTC."""

    insight: Insight
    to: str
    by: str
    looked_at: int | None
    in_force: bool


@may("administer_own")
@require_http_methods(["GET", "POST"])
def insight(request: Request, space: str) -> HttpResponse:
    """Whom the organisation has let in here, and a form to let somebody in."""
    page = pages.space_page(request, space)
    page.require_now()
    names = Names(page.lens.directory, page.state)
    form = InsightForm(
        request.POST or None, organisations=_others(page, names), initial={"until": page.lens.now + PROPOSED_MS}
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        refusal = _give(request, page, names, form)
        if not refusal:
            return HttpResponseRedirect(request.path)
    context = {"form": form, "refusal": refusal, "given": _rows(page, names)}
    return pages.render(request, "audit/insight.html", context, status=422 if form.errors or refusal else 200)


def _give(request: HttpRequest, page: SpacePage, names: Names, form: InsightForm) -> str:
    """Give what a form holds; return why not in words, or nothing."""
    given = Given(form.cleaned_data["organisation"], form.cleaned_data["until"], form.cleaned_data["reason"])
    try:
        give_insight(page.lens, page.space, given)
    except Refused as refused:
        return labels.words(refused)
    messages.success(request, _("%(who)s is let in.") % {"who": names.organisation(given.organisation)})
    return ""


@may("administer_own")
@require_POST
def withdraw(request: Request, space: str, number: int) -> HttpResponseRedirect:
    """End an insight before its time."""
    page = pages.space_page(request, space)
    withdraw_insight(page.lens, space, number)
    messages.success(request, _("The insight has ended."))
    return HttpResponseRedirect(f"/spaces/{space}/known/insight/")


def _others(page: SpacePage, names: Names) -> list[tuple[str, str]]:
    readers = set(page.lens.readers(page.space).organisations) - {page.lens.principal.organisation}
    return sorted(((one, names.organisation(one)) for one in readers), key=lambda pair: sort_key(pair[1]))


def _rows(page: SpacePage, names: Names) -> list[Row]:
    log.flush()  # somebody may have looked a moment ago
    used = last_used(page.lens, page.space)
    return [_row(each, names, page.lens.now, used) for each in list_given(page.lens, page.space)]


def _row(each: Insight, names: Names, now: int, used: dict[str, int]) -> Row:
    looked = used.get(each.to_organisation)
    return Row(
        insight=each,
        to=names.organisation(each.to_organisation),
        by=names.function(each.given_by),
        looked_at=looked if looked is not None and looked >= each.given_at else None,
        in_force=not each.withdrawn_at and each.until > now,
    )
