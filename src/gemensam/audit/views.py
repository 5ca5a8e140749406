"""The local log for its reviewers: a list with filters, a table to take along, a check of the chain."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from gemensam.audit import log
from gemensam.audit.forms import FilterForm
from gemensam.audit.labels import ACTIONS, COLUMNS, DETAILS, VALUES
from gemensam.audit.models import Record
from gemensam.audit.queries import list_records_for, sees_everybody
from gemensam.audit.storing import verify_chain
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.organisations import domain as organisations
from gemensam.web import page, times
from gemensam.web.access import Request, may
from gemensam.web.spaces import title_of

RECORDS_PER_PAGE = 100
ROWS_AT_ONCE = 500
NO_SUCH_ACCOUNT = "-"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """A record in words."""

    record: Record
    action: str
    username: str
    function: str
    organisation: str
    space: str
    detail: str


@may("review")
@require_GET
def records(request: Request) -> HttpResponse:
    """The newest records first."""
    log.flush()
    form = _form(request)
    found = Paginator(_records(request, form), RECORDS_PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "rows": _rows(request, found.object_list),
        "paged": found,
        "query": query.urlencode(),
        "everybody": sees_everybody(request.lens),
    }
    return page.render(request, "audit/records.html", context, status=422 if form.errors else 200)


@may("review")
@require_GET
def records_csv(request: Request) -> StreamingHttpResponse:
    """The same records as a table; taking it along is itself recorded."""
    log.flush()
    form = _form(request)
    if form.errors:
        raise Refused("bad_request")
    found = _records(request, form)
    log.record_now(request.principal, "export", detail={"what": "audit", "format": "csv"})
    response = StreamingHttpResponse(_table(request, found, times.language()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="local-log.csv"'
    return response


@may("review")
@require_POST
def check(request: Request) -> HttpResponseRedirect:
    """Check the chain of the whole log; only whether it holds is told, since it spans what is hidden from some."""
    log.flush()
    if verify_chain().intact:
        messages.success(request, _("The log is whole: every record follows from the one before."))
    else:
        messages.error(request, _("The log has been changed afterwards. Tell the joint office and keep a copy."))
    return HttpResponseRedirect(reverse("audit"))


def _form(request: Request) -> FilterForm:
    lens = request.lens
    spaces = sorted(((info.id, title_of(lens, info)) for info in lens.spaces()), key=lambda pair: pair[1].casefold())
    everybody = sees_everybody(request.lens)
    members = [(each.id, each.name) for each in organisations.organisations(lens.directory)] if everybody else []
    form = FilterForm(request.GET, spaces=spaces, organisations=members)
    form.is_valid()
    return form


def _records(request: Request, form: FilterForm) -> QuerySet[Record]:
    if form.errors:
        return Record.objects.none()
    username = form.cleaned_data["username"].strip().lower()
    known = User.objects.filter(username=username).values_list("pk", flat=True).first() if username else None
    account = str(known) if known else NO_SUCH_ACCOUNT if username else ""
    return list_records_for(request.lens, form.wanted(account))


def _rows(request: Request, found: Iterable[Record]) -> list[Row]:
    details = [(record, json.loads(record.detail)) for record in found]
    words = _Words.of(request, details)
    return [
        Row(
            record=record,
            action=str(ACTIONS.get(record.action, record.action)),
            username=words.account(record.account),
            function=words.function(record.function),
            organisation=words.organisation(record.organisation),
            space=words.titles.get(record.space, ""),
            detail=_detail(detail, words),
        )
        for record, detail in details
    ]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the ids in records are called; an id stands for what is gone."""

    directory: SpaceState
    usernames: dict[str, str]
    titles: dict[str, str]

    @classmethod
    def of(cls, request: Request, details: list[tuple[Record, dict[str, Any]]]) -> "_Words":
        keys = {record.account for record, _detail in details} | {str(each.get("account", "")) for _, each in details}
        known = User.objects.filter(pk__in=[key for key in keys if key.isdigit()]).values_list("pk", "username")
        titles = {info.id: title_of(request.lens, info) for info in request.lens.spaces()}
        return cls(request.lens.directory, {str(pk): name for pk, name in known}, titles)

    def account(self, account: str) -> str:
        return self.usernames.get(account, account)

    def function(self, function: str) -> str:
        found = organisations.function(self.directory, function)
        return found.name if found else function

    def organisation(self, organisation: str) -> str:
        found = organisations.organisation(self.directory, organisation)
        return found.short if found else organisation


def _detail(detail: dict[str, Any], words: _Words) -> str:
    told = [(name, value) for name, value in sorted(detail.items()) if value not in (None, "", [])]
    return ", ".join(f"{DETAILS.get(name, name)}: {_value(name, value, words)}" for name, value in told)


def _value(name: str, value: Any, words: _Words) -> str:
    if name in ("account", "function", "organisation"):
        return str(getattr(words, name)(str(value)))
    if name in ("until", "expires_at", "moment") and isinstance(value, int):
        return times.exact(value)
    if isinstance(value, bool):
        return pgettext("local log", "yes") if value else pgettext("local log", "no")
    if isinstance(value, list):
        return ", ".join(str(VALUES.get(str(each), each)) for each in value)
    return str(VALUES.get(str(value), value))


class _Line:
    """What `csv.writer` wants for a file: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _table(request: Request, found: QuerySet[Record], language: str) -> Iterator[str]:
    """Lines of the table; drawn while they are sent, when the request's language is no longer the active one."""
    writer = csv.writer(_Line(), delimiter=";")
    with translation.override(language):
        yield "\ufeff" + _line(writer.writerow([str(head) for head in COLUMNS]))
        for start in range(0, found.count(), ROWS_AT_ONCE):
            for row in _rows(request, found[start : start + ROWS_AT_ONCE]):
                yield _line(writer.writerow(_cells(row)))


def _cells(row: Row) -> list[str]:
    at = times.local(row.record.at).astimezone(UTC).isoformat(timespec="milliseconds")
    told = (row.action, row.username, row.function, row.organisation, row.space, row.record.subject, row.detail)
    return [at, *map(_harmless, told)]


def _line(written: Any) -> str:
    return str(written)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
