"""The remissammanställning: the draft that writes itself, publishing, and each version as page, PDF and DOCX."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.consultation import commands
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.domain.summaries import Version
from gemensam.consultation.forms import SummaryForm
from gemensam.consultation.queries import Remiss, draft_summary, get_remiss, get_version, versions_of
from gemensam.consultation.summary_document import sections_of
from gemensam.consultation.view_parts import Speech, own_page, sent_of, to_remiss
from gemensam.consultation.views import about
from gemensam.core.refusal import Refused
from gemensam.documents.docx import MEDIA_TYPE, write_text
from gemensam.documents.rendering import DocumentError, render
from gemensam.documents.shapes import FeedHead, Frame, TextDocument, TextSection
from gemensam.ledger.ids import uuid7
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.tables import file_name
from gemensam.organisations.domain import function
from gemensam.organisations.names import function_name
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, require, signed_in
from gemensam.web.answering import refused_page
from gemensam.web.page import SpacePage

BUSY = frozenset({"busy", "timeout", "memory"})
_log = logging.getLogger(__name__)


@signed_in
@require_http_methods(["GET", "POST"])
def show_summary(request: Request, space: str, subject: str) -> HttpResponse:
    """The sammanställning as it would be published now, and the versions that are; posting publishes the next."""
    page, speech = own_page(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    form = SummaryForm(request.POST or None, initial={"summary": _last_words(page, subject)})
    context = {
        **about(page, remiss, speech), "form": form, "key": request.POST.get("key") or uuid7(),
        "published": versions_of(page.state, subject), "readers": reader_list(page.lens, space),
    }  # fmt: skip
    if request.method == "POST":
        return _publish(request, page, remiss, context)
    return _draw(request, page, remiss, context)


def _last_words(page: SpacePage, subject: str) -> str:
    """What the latest version says of itself, to go on from."""
    versions = versions_of(page.state, subject)
    content = page.lens.payloads(page.space, [versions[-1].digest])[versions[-1].digest] if versions else None
    return str(content["summary"]) if content else ""


def _draw(
    request: Request, page: SpacePage, remiss: Remiss, context: dict[str, Any], refused: Refused | None = None
) -> HttpResponse:  # fmt: skip
    form = context["form"]
    content = {**draft_summary(page.lens, page.space, remiss.thing), "summary": form["summary"].value() or ""}
    drawn = {**context, "sections": _sections(page, content)}
    if refused is not None:
        return refused_page(request, "consultation/summary.html", drawn, refused)
    return pages.render(request, "consultation/summary.html", drawn, status=422 if form.errors else 200)


def _publish(request: Request, page: SpacePage, remiss: Remiss, context: dict[str, Any]) -> HttpResponse:
    require(request, GOVERN)
    page.require_now()
    if not context["form"].is_valid():
        return _draw(request, page, remiss, context)
    try:
        given = context["form"].cleaned_data
        receipt = commands.publish_summary(page.lens, page.space, remiss.subject, given, sent=sent_of(request))
    except Refused as refused:
        return _draw(request, page, remiss, context, refused)
    known = [each.digest for each in versions_of(page.state, remiss.subject)]
    place = 1 + (known.index(receipt.digest) if receipt.digest in known else len(known))
    return to_remiss(page.space, remiss.subject, f"summary/{place}/")


def _sections(page: SpacePage, content: Mapping[str, Any]) -> tuple[TextSection, ...]:
    digests = [each["digest"] for each in content["members"] if each.get("has_text")]
    loaded = page.lens.payloads(page.space, digests)
    said = {digest: str((loaded.get(digest) or {}).get("text", "")) for digest in digests}
    filled = {**content, "members": [{**_NO_ANSWER, **each} for each in content["members"]],
              "views": [{**_NO_RESPONSE, **each} for each in content["views"]]}  # fmt: skip
    return sections_of(filled, said, dict(Speech(page).lists.choices("via")))


_NO_ANSWER: Mapping[str, Any] = {
    "answer": "", "word": "", "word_en": "", "at": None, "via": "", "awaits": False, "reason": "", "body": "",
    "decided_on": "", "diary": "", "has_text": False, "files": (), "digest": "",
}  # fmt: skip
_NO_RESPONSE: Mapping[str, Any] = {
    "outcome": "", "outcome_word": "", "outcome_word_en": "", "response": "", "response_digest": "",
}  # fmt: skip


@signed_in
@require_GET
def show_version(request: Request, space: str, subject: str, place: int) -> HttpResponse:
    """A published version: what it says never changes."""
    page, speech = own_page(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    version, content = get_version(page.lens, page.state, subject, place)
    note_reading(page.lens.principal, space, [page.lens.entry(space, version.digest)])
    newest = len(versions_of(page.state, subject))
    context = {
        **about(page, remiss, speech), "version": version, "place": place, "newest": newest,
        "reason": content["reason"], "sections": _sections(page, content),
    }  # fmt: skip
    return pages.render(request, "consultation/summary_version.html", context)


@signed_in
@require_GET
def version_pdf(request: Request, space: str, subject: str, place: int) -> HttpResponse:
    """A published version as accessible PDF (PDF/A-2a, PDF/UA-1)."""
    document, name = _document(request, space, subject, place, "pdf")
    try:
        body = render("text", document.as_json())
    except DocumentError as error:
        _log.error("a sammanställning could not be printed: %s", error)
        raise Refused("remiss_document_busy" if error.code in BUSY else "fault") from error
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@signed_in
@require_GET
def version_docx(request: Request, space: str, subject: str, place: int) -> HttpResponse:
    """A published version as DOCX, to work on."""
    document, name = _document(request, space, subject, place, "docx")
    response = HttpResponse(write_text(document), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


def _document(request: Request, space: str, subject: str, place: int, form: str) -> tuple[TextDocument, str]:
    page, _speech = own_page(request, space)
    get_remiss(page.lens, space, subject, page.moment)
    version, content = get_version(page.lens, page.state, subject, place)
    detail = {"what": "remiss_summary", "format": form, "version": place}
    note_now(page.lens.principal, "print", space=space, subject=subject, detail=detail)
    name = file_name(f"{pgettext('file name', 'remissammanstallning')}-{content['title']}-v{place}")
    facts = [(_("Version"), str(place)), (_("Published"), times.exact(version.at)),
             (_("Answer by"), times.exact(content["deadline_at"]))]  # fmt: skip
    if content["reason"]:
        facts.append((_("What is new in this version?"), content["reason"]))
    frame = _frame(page, content, version)
    return TextDocument(frame=frame, facts=tuple(facts), sections=_sections(page, content)), name


def _frame(page: SpacePage, content: Mapping[str, Any], version: Version) -> Frame:
    count = len(page.lens.readers(page.space).organisations)
    circle = ngettext("%(count)s organisation", "%(count)s organisations", count) % {"count": count}
    heads = tuple(FeedHead(**{name: head[name] for name in ("node", "incarnation", "number", "digest")})
                  for head in content["basis"])  # fmt: skip
    return Frame(
        title=_("Remissammanställning: %(title)s") % {"title": content["title"]},
        language="en" if times.language() == "en" else "sv", author=settings.GEMENSAM_NETWORK_NAME, space=page.title,
        printed_at=page.lens.now, printed_by=_printer(page),
        circle=f"{page.title}, {circle}", marks=("demonstration",) if settings.GEMENSAM_DEMO else (), heads=heads,
    )  # fmt: skip


def _printer(page: SpacePage) -> str:
    found = function(page.lens.directory, page.lens.principal.function)
    return function_name(found) if found is not None else page.lens.principal.function
