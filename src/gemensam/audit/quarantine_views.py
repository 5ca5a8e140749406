"""Felinförd uppgift: putting texts in quarantine, and deciding on it (R47)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.audit import log
from gemensam.audit import quarantine as rules
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.swedish import sort_key
from gemensam.ledger.describing import Names
from gemensam.ledger.domain import HANDLES, QUARANTINE_REASON_MAX
from gemensam.ledger.pages.disposing import list_copies
from gemensam.ledger.pages.drawing import Lines
from gemensam.ledger.pages.log import check_digest
from gemensam.ledger.pages.showing import payload_parts, show_all
from gemensam.ledger.quarantine import held_rows
from gemensam.ledger.reading import LogRow
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import Told, told_in_form
from gemensam.web.forms import Careful
from gemensam.web.fragments import FRAGMENTS
from gemensam.web.page import SpacePage

MOST = 100


class QuarantineForm(forms.Form):
    """Why, without repeating what should not stand here."""

    reason = Careful(
        label=gettext_lazy("Why should it not stand here?"), max_length=QUARANTINE_REASON_MAX,
        help_text=gettext_lazy("This stays in the log. Do not repeat what is to be held apart."),
    )  # fmt: skip


class DecisionForm(forms.Form):
    """Why the quarantine is lifted or stands."""

    reason = Careful(
        label=gettext_lazy("Reason for the decision"), max_length=QUARANTINE_REASON_MAX,
        help_text=gettext_lazy("This stays in the log. Do not repeat what is held apart."),
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def place(request: Request, space: str) -> HttpResponse:
    """See which texts will be held apart, copies too, say why, and do it in one press."""
    page = pages.space_page(request, space)
    page.require_now()
    if request.method == "GET" and not request.GET:
        return HttpResponseRedirect(f"/spaces/{space}/log/")  # where the text is chosen
    rows = _chosen(request, page)
    if not rows:
        raise Refused("not_found")
    form = QuarantineForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            receipt = rules.place_quarantine(page.lens, space, rows, form.cleaned_data["reason"], key=_key(request))
        except Refused as refused:
            refusal = labels.words(refused)
        else:
            FRAGMENTS.clear()  # drawn parts of pages may hold the texts
            messages.success(request, _("It is in quarantine."))
            return HttpResponseRedirect(f"/spaces/{space}/quarantine/{receipt.subject}/")
    copies = [row for row in list_copies(page.lens, space, [row.digest for row in rows]) if rules.may_be_held(row)]
    chosen = {row.digest for row in rows}
    context = {
        "form": form,
        "refusal": refusal,
        "chosen": _shown(page, rows),
        "copies": _shown(page, [row for row in copies if row.digest not in chosen]) if request.method == "GET" else [],
    }
    return pages.render(request, "audit/quarantine_place.html", context, status=422 if form.errors or refusal else 200)


@signed_in
@require_GET
def show(request: Request, space: str, subject: str) -> HttpResponse:
    """A quarantine: who, when and why; for a contact also the texts, who had read them, and the decision."""
    page = pages.space_page(request, space)
    return _page(request, page, _thing(page, subject), DecisionForm())


@may(HANDLES)
@require_POST
def settle(request: Request, space: str, subject: str) -> HttpResponse:
    """Lift the quarantine, or let it stand."""
    page = pages.space_page(request, space)
    page.require_now()
    thing, form = _thing(page, subject), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, page, thing, form)
    lift = request.POST.get("act") == "lift"
    try:
        rules.settle_quarantine(page.lens, space, thing, form.cleaned_data["reason"], lift=lift)
    except Refused as refused:
        return _page(request, page, thing, form, told_in_form(refused))
    FRAGMENTS.clear()
    messages.success(request, _("Lifted: the texts are back.") if lift else _("The quarantine stands."))
    return HttpResponseRedirect(request.path.removesuffix("settle/"))


def _page(
    request: Request, page: SpacePage, thing: Thing, form: DecisionForm, refusal: Told | None = None
) -> HttpResponse:
    lens, names = page.lens, Names(page.lens.directory, page.state)
    digests = [digest for _subject, digest in thing.data.entries]
    rows, handles = lens.rows(page.space, digests), lens.may(HANDLES)
    may_see = handles or lens.principal.organisation in rules.owners(lens, page.space, thing)
    held = held_rows(lens, page.space, digests) if handles and thing.data.held else []
    steps = lens.history(page.space, thing.subject, page.moment)
    context = {
        "thing": thing,
        "data": thing.data,
        "entries": Lines(page.query, page.moment.at).draw(show_all(rows, names, page.state)),
        "steps": Lines(page.query, page.moment.at).draw(show_all(steps, names, page.state)),
        "texts": [(row, payload_parts(row, names)) for row in held],
        **(_readers(page, rows, thing, names) if may_see else {}),
        "may_see": may_see,
        "is_told": rules.is_read_by_a_contact(lens, page.info),
        "handles": handles and not page.historical,
        "form": form,
        "refusal": refusal.words if refusal is not None else "",
    }
    status = refusal.status if refusal is not None else 422 if form.errors else 200
    return pages.render(request, "audit/quarantine.html", context, status=status)


def _readers(page: SpacePage, rows: Sequence[LogRow], thing: Thing, names: Names) -> dict[str, Any]:
    """Return those of whom something is recorded, first who had opened it; and the names of the others."""
    log.flush()  # what has been sent until now counts
    found = rules.who_had_read(page.lens, page.space, rows, thing.created_clock.ms)
    order = sorted(found, key=lambda one: (one.opened_at is None, one.sent_at is None, one.organisation))
    traced = [(names.organisation(one.organisation), one) for one in order if one.sent_at or one.opened_at]
    others = [names.organisation(one.organisation) for one in order if not (one.sent_at or one.opened_at)]
    return {"readers": traced, "others": ", ".join(sorted(others, key=sort_key))}


def _thing(page: SpacePage, subject: str) -> Thing:
    thing = page.lens.state(page.space).thing(subject)  # as it is now, whatever moment is looked at
    if thing is None or thing.type != "quarantine":
        raise Refused("not_found")
    return thing


def _chosen(request: Request, page: SpacePage) -> list[LogRow]:
    """Return the entries that an address or a form names: by digest, or all texts of a thing."""
    given = request.POST if request.method == "POST" else request.GET
    digests = sorted(set(given.getlist("digest")))[:MOST]
    for digest in digests:
        check_digest(digest)
    rows = [page.lens.entry(page.space, digest) for digest in digests]
    if not digests and (subject := given.get("subject", "")[:100]):
        rows = page.lens.history(page.space, subject)[:MOST]
    return [row for row in rows if rules.may_be_held(row)]


def _shown(page: SpacePage, rows: Sequence[LogRow]) -> list[Any]:
    return show_all(rows, Names(page.lens.directory, page.state), page.state)


def _key(request: Request) -> str:
    return request.POST.get("key", "")[:100]
