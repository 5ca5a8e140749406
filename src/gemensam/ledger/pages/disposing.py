"""Gallring: removing texts under a recorded decision, with what remains shown before (R58)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gemensam.core.refusal import Refused
from gemensam.ledger.describing import Names
from gemensam.ledger.disposal import dispose
from gemensam.ledger.ids import uuid7
from gemensam.ledger.log import fetch
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.drawing import Lines
from gemensam.ledger.pages.log import check_digest
from gemensam.ledger.pages.showing import Shown, show_all
from gemensam.ledger.reading import Lens, LogRow
from gemensam.ledger.registry import registry
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may, principal_of
from gemensam.web.fragments import FRAGMENTS

MOST = 100


class DisposeForm(forms.Form):
    """The decision that the disposal rests on."""

    decision = forms.CharField(
        label=_("Decision"), max_length=200, help_text=_("Number, date and who decided: what the disposal rests on.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("This stays in the log. Do not repeat what is to be disposed of."),
    )
    understood = forms.BooleanField(label=_("I understand that the texts cannot be brought back."))


@dataclass(frozen=True, slots=True)
class Chosen:
    """An entry that is chosen, and whether its text may go."""

    shown: Shown
    disposable: bool

    @property
    def goes(self) -> bool:
        return self.disposable and self.shown.row.payload is not None


@may("dispose")
@require_http_methods(["GET", "POST"])
def disposing(request: Request, space: str) -> HttpResponse:
    """Choose, see what remains, decide; the result leads to the entry that tells of it."""
    page = pages.space_page(request, space)
    page.require_now()
    chosen = _chosen(page, _digests(request))
    form = DisposeForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _dispose(request, page, chosen, form)
        except Refused as refused:
            refusal = labels.words(refused)
    goes = [each for each in chosen if each.goes]
    context = {
        "form": form,
        "refusal": refusal,
        "chosen": chosen,
        "lines": _lines(page, [each.shown for each in chosen]),
        "gone": [each for each in chosen if not each.goes],
        "goes": goes,
        "copies": _lines(page, _shown(page, list_copies(page.lens, space, [each.shown.row.digest for each in goes]))),
    }
    status = 422 if form.errors or refusal else 200
    return pages.render(request, "ledger/dispose.html", context, status=status)


def list_copies(lens: Lens, space: str, digests: Sequence[str]) -> list[LogRow]:
    """Return the entries whose text names one of the digests: they may hold copies, which a disposal leaves."""
    found: set[str] = set()
    for digest in digests:
        sql = (
            "SELECT e.digest FROM ledger_entry e JOIN ledger_payload p "
            "ON p.space = e.space AND p.position = e.position WHERE e.space = %s AND p.body LIKE %s"
        )
        found.update(row[0] for row in fetch(sql, [space, f"%{digest}%"]))
    rows = [lens.entry(space, digest) for digest in sorted(found - set(digests))]
    return sorted(rows, key=lambda row: row.position)


def _dispose(request: Request, page: pages.SpacePage, chosen: Sequence[Chosen], form: DisposeForm) -> HttpResponse:
    digests = [each.shown.row.digest for each in chosen if each.shown.row.payload is not None]
    if not digests:
        raise Refused("nothing_chosen")
    given = form.cleaned_data
    remains = dispose(page.lens, page.space, uuid7(), digests, decision=given["decision"], reason=given["reason"])
    FRAGMENTS.clear()  # drawn parts of pages may hold the texts
    receipt = remains.receipt
    detail = {"count": remains.disposed}
    note_now(principal_of(request), "disposal", space=page.space, subject=receipt.digest, detail=detail)
    told = ngettext("%(n)s text was disposed of.", "%(n)s texts were disposed of.", remains.disposed)
    messages.success(request, told % {"n": remains.disposed})
    if remains.publications:
        messages.warning(request, gettext("Later entries name what was disposed of and may hold copies: look at them."))
    return HttpResponseRedirect(f"/spaces/{page.space}/log/{receipt.digest}/")


def _digests(request: Request) -> list[str]:
    given = (request.POST if request.method == "POST" else request.GET).getlist("digest")
    digests = sorted({each.strip() for each in given if each.strip()})
    for digest in digests:
        check_digest(digest)
    if len(digests) > MOST:
        raise Refused("too_many_chosen", limit=MOST)
    return digests


def _chosen(page: pages.SpacePage, digests: Sequence[str]) -> list[Chosen]:
    rows = sorted((page.lens.entry(page.space, digest) for digest in digests), key=lambda row: row.position)
    return [Chosen(shown, _is_disposable(shown.row)) for shown in _shown(page, rows)]


def _is_disposable(row: LogRow) -> bool:
    kind = registry().find(row.header.kind, row.header.version)
    return kind is None or kind.disposable


def _lines(page: pages.SpacePage, found: Sequence[Shown]) -> str:
    return Lines(page.query, page.moment.at).draw(found) if found else ""


def _shown(page: pages.SpacePage, rows: Sequence[LogRow]) -> list[Shown]:
    names = Names(page.lens.directory, page.state)
    return show_all(rows, names, page.state)
