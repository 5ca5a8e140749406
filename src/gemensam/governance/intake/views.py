"""Reading decisions in: uploading files, how far their reading has come, each one's form beside its document (G7)."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.governance.extraction.extracting import draw
from gemensam.governance.intake import shown
from gemensam.governance.intake.commands import Confirmed, register_file
from gemensam.governance.intake.desk import DESK, is_read, wake_if_waiting
from gemensam.governance.intake.fields import changed, places_of
from gemensam.governance.intake.files import (
    MOST_FILES,
    PERMISSION,
    REGISTERED,
    FileRead,
    Taken,
    body_of,
    discard_file,
    get_file_for,
    read_again,
    rows_of,
    take_in,
)
from gemensam.governance.intake.forms import ReadDecisionForm
from gemensam.governance.intake.proposal import Proposal, proposal_for
from gemensam.ledger.blobs import MAX_BYTES
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may

HOME = "/governance/decisions/read/"
# One document is read within a second: who sends one alone is led to its form at once.
SOON_S = 2.5
MOST_BYTES = 150 * 1024 * 1024


@may(PERMISSION)
@require_http_methods(["GET", "POST"])
def read_decisions(request: Request) -> HttpResponse:
    """Upload one file or many, and see what was found in each and what remains to do."""
    if request.method != "POST":
        return _list_page(request)
    try:
        taken = [_taken(request, sent) for sent in _sent(request)]
    except Refused as refused:
        return _list_page(request, labels.words(refused), labels.status_of(refused.code))
    finally:
        DESK.wake()
    _tell(request, taken)
    if len(taken) == 1 and taken[0].id and DESK.wait(lambda: is_read(taken[0].id), SOON_S):
        file = get_file_for(request.lens, taken[0].id)
        return HttpResponseRedirect(f"{HOME}{file.id}/" if file.is_open else HOME)
    return HttpResponseRedirect(HOME)


def _list_page(request: Request, refusal: str = "", status: int = 200) -> HttpResponse:
    wake_if_waiting(request.lens.now)
    limits = {"most_files": MOST_FILES, "most_megabytes": MAX_BYTES // 1024 // 1024}
    context = {**shown.listing(request.lens), **limits, "refusal": refusal}
    return pages.render(request, "governance/read_decisions.html", context, status=status)


@may(PERMISSION)
@require_GET
def reading_progress(request: Request) -> HttpResponse:
    """How far the reading has come: the part of the page that changes while files are being read."""
    wake_if_waiting(request.lens.now)
    return pages.render(request, "governance/_reading.html", shown.listing(request.lens))


def _sent(request: Request) -> "list[UploadedFile[Any]]":
    """Return the files of an upload; raises `Refused`: `incoming_none`, `incoming_too_many`, `incoming_too_large`."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MOST_BYTES:
        raise Refused("incoming_too_large", megabytes=MOST_BYTES // 1024 // 1024)
    sent = request.FILES.getlist("files")
    if not sent:
        raise Refused("incoming_none")
    if len(sent) > MOST_FILES:
        raise Refused("incoming_too_many", limit=MOST_FILES, files=len(sent))
    return sent


def _taken(request: Request, sent: "UploadedFile[Any]") -> Taken:
    return take_in(request.lens, sent.name or "", sent.read())


def _tell(request: Request, taken: list[Taken]) -> None:
    new = [each for each in taken if not each.is_repeated]
    if new:
        told = ngettext("%(count)s file has been taken in.", "%(count)s files have been taken in.", len(new))
        messages.success(request, told % {"count": len(new)})
    if repeated := [each.name for each in taken if each.is_repeated]:
        told = _("Already here, byte for byte, and not taken in again: %(names)s.")
        messages.info(request, told % {"names": ", ".join(repeated)})


@may(PERMISSION)
@require_http_methods(["GET", "POST"])
def read_decision_form(request: Request, file: str) -> HttpResponse:
    """The form of one file beside its document; nothing is registered before a person has confirmed it."""
    found = get_file_for(request.lens, file)
    if found.status == REGISTERED or found.is_unfinished or not found.is_open:
        refusal = labels.words(Refused("incoming_registered")) if request.method == "POST" else ""
        status = 409 if request.method == "POST" else 200
        context = {"file": shown.row(request.lens, found), "refusal": refusal}
        return pages.render(request, "governance/incoming_file.html", context, status=status)
    proposal = proposal_for(request.lens, found.answer)
    form = ReadDecisionForm(request.POST or None, initial=proposal.read, choices=proposal.choices)
    if request.method == "POST" and form.is_valid():
        return _confirmed(request, found, form, proposal)
    return _form_page(request, found, form, proposal)


def _confirmed(request: Request, file: FileRead, form: ReadDecisionForm, proposal: Proposal) -> HttpResponse:
    """Ask once more where something was changed or the document seems to be about something else; then register."""
    given = {name: str(form.cleaned_data.get(name) or "") for name in form.fields}
    corrected = _corrected(given, proposal)
    doubts = not file.answer.get("subject_matches", True)
    if (corrected or doubts) and "confirmed" not in request.POST:
        return _form_page(request, file, form, proposal, asked=corrected)
    places = places_of(file.answer, rows_of(request.lens, file))
    confirmed = Confirmed(given, proposal.read, places, file.answer)
    try:
        register_file(request.lens, file, confirmed)
    except Refused as refused:
        return _form_page(request, file, form, proposal, refused=refused)
    told = (
        _("Registered: %(file)s. Changed from what was read: %(fields)s.") if corrected else _("Registered: %(file)s.")
    )
    names = ", ".join(str(form.fields[name].label) for name in corrected)
    messages.success(request, told % {"file": file.name, "fields": names})
    return HttpResponseRedirect(HOME)


def _corrected(given: Mapping[str, str], proposal: Proposal) -> tuple[str, ...]:
    """Return the fields whose value was read, and has been given another one; what was not read is only filled in."""
    return tuple(name for name in changed(given, proposal.read) if proposal.read.get(name))


def _form_page(  # noqa: PLR0913  a page of its form: what was read, what was typed, what is asked
    request: Request, file: FileRead, form: ReadDecisionForm, proposal: Proposal, *,
    asked: tuple[str, ...] | None = None, refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        **shown.form_parts(request.lens, file, form, proposal), "form": form, "asked": asked is not None,
        "refusal": labels.words(refused) if refused else "",
    }  # fmt: skip
    status = labels.status_of(refused.code) if refused else 422 if form.errors else 200
    return pages.render(request, "governance/incoming_form.html", context, status=status)


@may(PERMISSION)
@require_GET
def page_picture(request: Request, file: str, number: int) -> HttpResponse:
    """A page of a PDF as a picture, drawn by a child process with limits."""
    picture = draw(body_of(request.lens, get_file_for(request.lens, file)), number)
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@may(PERMISSION)
@require_GET
def original(request: Request, file: str) -> HttpResponse:
    """The file as it was uploaded, as a download that no browser shows or runs in this site's name."""
    found = get_file_for(request.lens, file)
    response = HttpResponse(body_of(request.lens, found), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@may(PERMISSION)
@require_POST
def discard(request: Request, file: str) -> HttpResponse:
    """Remove a file that is not to be registered."""
    found = get_file_for(request.lens, file)
    discard_file(request.lens, found)
    messages.success(request, _("%(file)s has been removed. Nothing of it was registered.") % {"file": found.name})
    return HttpResponseRedirect(HOME)


@may(PERMISSION)
@require_POST
def again(request: Request, file: str) -> HttpResponse:
    """Have a file read once more."""
    read_again(request.lens, get_file_for(request.lens, file))
    DESK.wake()
    return HttpResponseRedirect(HOME)
