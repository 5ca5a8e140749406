"""The package that a member needs to decide: chosen, looked at, and taken along in one file (G8)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.governance.document_queries import get_document_for
from gemensam.governance.package_content import MISSIV, SKRIVELSE, Package, package_of
from gemensam.governance.package_documents import letter_of, package_zip
from gemensam.governance.view_parts import page_of
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import file_name
from gemensam.organisations.domain import members
from gemensam.organisations.names import organisation_name
from gemensam.web import page as pages
from gemensam.web.access import Request, signed_in


@signed_in
@require_GET
def packages(request: Request, space: str, subject: str) -> HttpResponse:
    """All members' packages for a document, the reader's own first."""
    page = page_of(request, space)
    document = get_document_for(page.lens, space, subject, page.moment)
    own = page.lens.principal.organisation
    found = [(each.id, organisation_name(each)) for each in members(page.lens.directory)]
    context = {"document": document, "own": [each for each in found if each[0] == own],
               "others": [each for each in found if each[0] != own]}  # fmt: skip
    return pages.render(request, "governance/packages.html", context)


@signed_in
@require_GET
def package(request: Request, space: str, subject: str, organisation: str) -> HttpResponse:
    """A member's package, as far as it can be written here; what is not known is marked."""
    found = _found(request, space, subject, organisation)
    context = {
        "document": found.document,
        "member": organisation_name(found.member),
        "facts": found.facts(),
        "papers": [letter_of(found, paper) for paper in (MISSIV, SKRIVELSE)],
    }
    return pages.render(request, "governance/package.html", context)


@signed_in
@require_GET
def package_file(request: Request, space: str, subject: str, organisation: str) -> HttpResponse:
    """The package as one file; the local log notes that it was made."""
    found = _found(request, space, subject, organisation)
    made = package_zip(found)
    note_now(found.page.lens.principal, "export", space=space, detail={"what": "decision_package", "format": "zip"})
    response = HttpResponse(made, content_type="application/zip")
    name = file_name(f"{_('decision package')}-{found.document.data.code}-{found.member.id}")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def _found(request: Request, space: str, subject: str, organisation: str) -> Package:
    page = page_of(request, space)
    return package_of(page, get_document_for(page.lens, space, subject, page.moment), organisation)
