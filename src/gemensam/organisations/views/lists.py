"""Pages of lists: what everybody sees, and the working copy of the joint office."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import MAX_BYTES, csv_response
from gemensam.organisations import domain, listing, queries
from gemensam.organisations.commands import lists as commands
from gemensam.organisations.commands.lists import WorkingCopy
from gemensam.organisations.forms.lists import ImportForm, ItemForm, PublishForm
from gemensam.organisations.names import in_language
from gemensam.organisations.views.answering import Act, answer, key_of, seen
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may, principal_of, signed_in


@signed_in
@require_GET
def vocabularies(request: Request) -> HttpResponseBase:
    """Every list, with its version and whether it is confirmed."""
    page = pages.space_page(request, DIRECTORY)
    versions = domain.vocabularies(page.state)
    copies = {each.code for each in versions if _copy(page, each.code)} if page.may("administer") else set()
    rows = [
        {"version": each, "name": _name(each), "confirmed": _confirmed_count(each), "copy": each.code in copies}
        for each in versions
    ]
    proposals = sum(1 for each in versions if each.status == domain.PROPOSAL)
    return pages.render(request, "organisations/lists.html", {"rows": rows, "proposals": proposals})


@signed_in
@require_GET
def vocabulary(request: Request, code: str) -> HttpResponse:
    """One list: its items, its versions, where they are used; for the joint office the working copy."""
    page = pages.space_page(request, DIRECTORY)
    versions = _versions(page, code)
    version = _chosen(request, versions)
    newest = version is versions[-1]
    copy = _copy(page, code) if newest and page.may("administer") else None
    items = copy.items if copy else version.items
    changed = commands.changed_codes(version.items, items)
    context = {
        "version": version,
        "name": _name(version),
        "newest": newest,
        "versions": list(reversed(versions)),
        "items": queries.show_items(page.lens, version, items, changed=changed),
        "confirmed": _confirmed_count(version),
        "proposal": version.status == domain.PROPOSAL,
        "copy": copy,
        "used": queries.used_in(page.lens, code),
        "may_edit": newest and page.may("administer"),
        "last": _last(page, code),
    }
    return pages.render(request, "organisations/list.html", context)


@signed_in
@require_GET
def compare_versions(request: Request, code: str) -> HttpResponse:
    """What differs between two versions."""
    page = pages.space_page(request, DIRECTORY)
    versions = _versions(page, code)
    after = _chosen(request, versions, "to")
    before = _chosen(request, versions, "from") if "from" in request.GET else versions[max(0, after.version - 2)]
    context = {
        "name": _name(after),
        "version": after,
        "before": before,
        "versions": versions,
        "changes": queries.compare(before.items, after.items),
    }
    return pages.render(request, "organisations/compare.html", context)


@signed_in
@require_GET
def vocabulary_table(request: Request, code: str) -> StreamingHttpResponse:
    """A list as a table, to keep or to change and bring in again."""
    page = pages.space_page(request, DIRECTORY)
    version = _chosen(request, _versions(page, code))
    note_now(principal_of(request), "export", space=DIRECTORY, subject=code, detail={"what": "list", "format": "csv"})
    columns = listing.columns_of(version)
    marks = [_("%(list)s, version %(n)s") % {"list": _name(version), "n": version.version}, *table_marks(page)]
    if version.status == domain.PROPOSAL:
        marks.insert(0, _("proposal"))
    return csv_response(f"{code}-{version.version}", columns, listing.rows_of(version, columns), marks)


@may("administer")
@require_http_methods(["GET", "POST"])
def change_item(request: Request, code: str) -> HttpResponse:
    """Change an item, or make a new one, in the working copy."""
    page = _now(request)
    version = _versions(page, code)[-1]
    copy = _copy(page, code)
    items = copy.items if copy else version.items
    item = _item(items, request.GET.get("code", ""))
    form = ItemForm(request.POST or None, version=version, items=items, item=item)

    def write() -> None:
        commands.save_item(page.lens, code, form.given(), version=_number(request.POST.get("version", "0")))

    context = {"name": _name(version), "version": version, "item": item, "copy": copy}
    return answer(request, Act(form, write, f"/vocabularies/{code}/", "organisations/item.html"), context)


@may("administer")
@require_http_methods(["GET", "POST"])
def import_table(request: Request, code: str) -> HttpResponse:
    """Bring a table in: with faults told by line, else as a working copy to look at before it is published."""
    page = _now(request)
    version = _versions(page, code)[-1]
    form = ImportForm(request.POST or None, request.FILES or None)
    read = _read(form, version) if request.method == "POST" and form.is_valid() else None
    if read is not None and not read.faults:
        try:
            commands.save_items(page.lens, code, read.items)
            return HttpResponseRedirect(f"/vocabularies/{code}/publish/")
        except Refused as refused:
            form.add_error("file", labels.words(refused))
    context = {
        "form": form,
        "name": _name(version),
        "version": version,
        "faults": read.faults if read else (),
        "copy": _copy(page, code),
        "columns": listing.columns_of(version),
    }
    status = 422 if form.errors or context["faults"] else 200
    return pages.render(request, "organisations/import.html", context, status=status)


def _read(form: ImportForm, version: domain.VocabularyVersion) -> listing.ReadList | None:
    sent = form.cleaned_data["file"]
    try:
        return listing.read_list(version, sent.read(MAX_BYTES + 1))
    except Refused as refused:
        form.add_error("file", ValidationError(labels.words(refused)))
        return None


@may("administer")
@require_http_methods(["GET", "POST"])
def publish_version(request: Request, code: str) -> HttpResponse:
    """Look at what the working copy changes, say why, publish."""
    page = _now(request)
    version = _versions(page, code)[-1]
    copy = _copy(page, code)
    if copy is None:
        return HttpResponseRedirect(f"/vocabularies/{code}/")
    form = PublishForm(request.POST or None)

    def write() -> None:
        number = _number(request.POST.get("version", ""))
        commands.publish(page.lens, code, form.cleaned_data["reason"], version=number, key=key_of(request))

    context = {
        "name": _name(version),
        "version": version,
        "copy": copy,
        "changes": queries.compare(version.items, copy.items),
        "behind": copy.based_on != version.digest,
        "used": queries.used_in(page.lens, code),
    }
    return answer(request, Act(form, write, f"/vocabularies/{code}/", "organisations/publish.html"), context)


@may("administer")
@require_POST
def take_over(request: Request, code: str) -> HttpResponseRedirect:
    """Bring a version that others have published into the working copy."""
    page = _now(request)
    both = commands.take_over(page.lens, code)
    if both:
        told = _("Both have changed these; your change stands, look at it: %(codes)s")
        messages.warning(request, told % {"codes": ", ".join(both)})
    return HttpResponseRedirect(f"/vocabularies/{code}/publish/")


@may("administer")
@require_POST
def discard_copy(request: Request, code: str) -> HttpResponseRedirect:
    """Throw the working copy away."""
    page = _now(request)
    if commands.discard(page.lens, code):
        messages.success(request, _("The changes were thrown away."))
    return HttpResponseRedirect(f"/vocabularies/{code}/")


@may("administer")
@require_POST
def confirm(request: Request, code: str) -> HttpResponseRedirect:
    """Confirm an item (`item`), or the whole list."""
    page = _now(request)
    _versions(page, code)
    items = [each for each in request.POST.getlist("item") if each]
    commands.confirm(page.lens, code, items, based_on=seen(request))
    messages.success(request, _("Confirmed."))
    return HttpResponseRedirect(f"/vocabularies/{code}/")


def _now(request: Request) -> pages.SpacePage:
    page = pages.space_page(request, DIRECTORY)
    page.require_now()
    return page


def _versions(page: pages.SpacePage, code: str) -> tuple[domain.VocabularyVersion, ...]:
    versions = queries.versions_of(page.state, code)
    if not versions:
        raise Refused("no_such_vocabulary", vocabulary=code)
    return versions


def _chosen(
    request: Request, versions: tuple[domain.VocabularyVersion, ...], name: str = "version"
) -> domain.VocabularyVersion:
    wanted = request.GET.get(name)
    if wanted is None:
        return versions[-1]
    number = _number(wanted)
    found = next((version for version in versions if version.version == number), None)
    if found is None:
        raise Refused("not_found")
    return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused("bad_request")
    return int(text)


def _item(items: tuple[Mapping[str, Any], ...], code: str) -> Mapping[str, Any] | None:
    """The item to change; None for a new one."""
    if not code:
        return None
    found = next((item for item in items if item["code"] == code), None)
    if found is None:
        raise Refused("no_such_item", unknown=code)
    return found


def _copy(page: pages.SpacePage, code: str) -> WorkingCopy | None:
    return commands.working_copy(page.lens, code)


def _name(version: domain.VocabularyVersion) -> str:
    return in_language({"name": version.name, "name_en": version.name_en})


def _confirmed_count(version: domain.VocabularyVersion) -> int:
    return sum(1 for item in version.items if item["code"] in version.confirmed)


def _last(page: pages.SpacePage, code: str) -> str:
    thing = page.state.thing(code)
    return thing.last if thing is not None else ""
