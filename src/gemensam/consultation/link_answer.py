"""Answering a remiss by link, without account: the text, the form, and a receipt (G5).

A GET or HEAD changes nothing, so that a mail program that looks at every link uses nothing up. Who else is signed in
in this browser makes no difference. A link shows the remiss and the member's own answer, nothing else of the space.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gemensam.answer_links.commands import note_opened
from gemensam.answer_links.pages import by_link, dead
from gemensam.consultation import link_commands
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.forms import AnswerForm
from gemensam.consultation.link_queries import RemissLink, find_link
from gemensam.consultation.queries import answer_content
from gemensam.consultation.rows import member_row
from gemensam.consultation.view_parts import Speech, keep_files
from gemensam.core.refusal import Refused
from gemensam.ledger.blobs import open_blob
from gemensam.ledger.ids import uuid7
from gemensam.picture.readers import reader_list
from gemensam.web import times
from gemensam.web.access import open_to_all
from gemensam.web.answering import told_in_form


@by_link(find_link)
def answer(request: HttpRequest, found: RemissLink) -> HttpResponse:
    """Look at a remiss that one is asked to answer, and answer it."""
    if request.method != "POST":
        return _draw(request, found, AnswerForm(lists=Speech(found.page).lists, initial=_initial(found)))
    return _posted(request, found)


@open_to_all
@require_GET
@never_cache
def link_file(request: HttpRequest, token: str, digest: str) -> HttpResponse:
    """Give out a file that the remiss came with; no other of the space."""
    try:
        found = find_link(token, times.now())
    except Refused:
        return dead(request)
    if digest not in {each["digest"] for each in found.shown.content.get("attachments", ())}:
        raise Refused("not_found")
    stored, body = open_blob(found.lens, found.link.space, digest)
    response = HttpResponse(body, content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _posted(request: HttpRequest, found: RemissLink) -> HttpResponse:
    form = AnswerForm(request.POST, lists=Speech(found.page).lists)
    note_opened(found)
    if not form.is_valid():
        return _draw(request, found, form, status=422)
    try:
        files = keep_files(found.lens, found.link.space, request, GOVERN)
        content = {**form.content(), "files": [*_kept(request, found), *files]}
        seen, key = request.POST.get("seen", "")[:64], _once(request)
        digest = link_commands.answer_by_link(found, content, seen=seen, key=key)
    except Refused as refused:
        words, status = told_in_form(refused)
        return _draw(request, found, form, status=status, refusal=words)
    written = answer_content(found.lens, found.link.space, digest)
    context = {**_about(found), "said": written, "sent_at": found.lens.now,
               "answer": Speech(found.page).answer(written.get("answer", ""))}  # fmt: skip
    return render(request, "consultation/link_done.html", context)


def _once(request: HttpRequest) -> str:
    """Return one key for one text of one form: a second press writes nothing more, another text does."""
    told = sorted((name, request.POST.getlist(name)) for name in request.POST)
    files = [(each.name, each.size) for each in request.FILES.getlist("documents")]
    return hashlib.sha256(repr((told, files)).encode()).hexdigest()[:32]


def _before(found: RemissLink) -> tuple[str, Mapping[str, Any]]:
    """The digest and text of what the member has answered so far."""
    before = found.shown.data.answer(found.link.organisation)
    return (before.digest, answer_content(found.lens, found.link.space, before.digest)) if before else ("", {})


def _initial(found: RemissLink) -> dict[str, Any]:
    _digest, said = _before(found)
    follows = {True: "yes", False: "no"}.get(said.get("political_follows"), "")  # type: ignore[arg-type]
    names = ("answer", "reason", "text", "body", "decided_on", "diary")
    return {**{name: said.get(name, "") for name in names}, "political_follows": follows} if said else {}


def _kept(request: HttpRequest, found: RemissLink) -> list[Mapping[str, Any]]:
    """The documents that came before stay where no new ones are sent."""
    return [] if request.FILES.getlist("documents") else list(_before(found)[1].get("files", ()))


def _draw(request: HttpRequest, found: RemissLink, form: AnswerForm, *, status: int = 200, **more: Any) -> HttpResponse:
    digest, said = _before(found)
    context = {
        **_about(found), "form": form, "seen": request.POST.get("seen", digest), "said": said,
        "key": request.POST.get("key") or uuid7(), **more,
    }  # fmt: skip
    return render(request, "consultation/link.html", context, status=status)


def _about(found: RemissLink) -> dict[str, Any]:
    speech, link = Speech(found.page), found.link
    own = next(each for each in found.shown.rows if each.member == link.organisation)
    one_press = [each for each in speech.lists.items("remiss_answers") if each.get("one_press")]
    return {
        "link": link, "remiss": found.shown, "sections": found.shown.sections, "expires_at": found.expires_at,
        "organisation": speech.organisation(link.organisation), "mine": member_row(own, speech),
        "owner": speech.organisation(found.shown.thing.organisation), "stands_alone": True,
        "readers": reader_list(found.lens, found.page.space),
        "one_press": [(each["code"], speech.answer(each["code"])) for each in one_press],
    }  # fmt: skip
