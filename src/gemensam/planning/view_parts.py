"""What the views of this room share: words, what a post was sent with, choices, files, and the trace of a thing."""

from typing import Any

from django import forms

from gemensam.coordination.domain.rules import readers
from gemensam.coordination.sending import OWN_WORD, Entered, Sent
from gemensam.coordination.shown import Speech
from gemensam.coordination.traces import Step, history
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger.blobs import store_file
from gemensam.ledger.noting import note_reading
from gemensam.organisations.domain import organisations
from gemensam.picture.marking import marks_sent
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

KEY_MAX, DIGEST_MAX = 100, 64


def speech_of(page: SpacePage) -> Speech:
    return Speech(page.lens.directory, page.state)


def sent_of(request: Request, entered: Entered = OWN_WORD) -> Sent:
    """Return what a form was sent with."""
    circle = request.POST.get("circle", "")
    return Sent(
        int(circle) if circle.isdecimal() else None, request.POST.get("seen", "")[:DIGEST_MAX],
        request.POST.get("key", "")[:KEY_MAX], entered, marks_sent(request.POST),
    )  # fmt: skip


def entered_of(form: forms.Form, own: str) -> Entered:
    """Return for whom a form is entered and how it came in; the own word where nobody else is chosen."""
    chosen = form.cleaned_data.get("organisation", "")
    return Entered(chosen, form.cleaned_data.get("via", "")) if chosen not in ("", own) else OWN_WORD


def organisation_choices(page: SpacePage, *, members_only: bool = False) -> list[tuple[str, str]]:
    """Return the organisations that read the space (id, short name), in Swedish order."""
    allowed = readers(page.lens.directory, page.info)
    found = [each for each in organisations(page.lens.directory) if each.id in allowed]
    kept = [each for each in found if each.member or not members_only]
    return [(each.id, each.short) for each in sorted(kept, key=lambda each: sort_key(each.short))]


def stored_files(request: Request, page: SpacePage, most: int) -> list[dict[str, Any]]:
    """Store the files of a form's field `files`, and return them as a payload names them.

    Raises `Refused`: `known_event_files`, and what `store_blob` raises.
    """
    uploads = request.FILES.getlist("files")
    if len(uploads) > most:
        raise Refused("known_event_files", limit=most)
    found = []
    for upload in uploads:
        name = (upload.name or "").replace("\\", "/").rsplit("/", 1)[-1]
        stored = store_file(page.lens, page.space, name, upload.read(), permission="plan")
        named = {"digest": stored.digest, "name": stored.name, "media_type": stored.media_type, "size": stored.size}
        found.append(named)
    return found


def trace_of(page: SpacePage, subject: str) -> list[Step]:
    """Return a thing's entries in words, oldest first. That they were read is noted."""
    rows = page.lens.history(page.space, subject, page.moment)
    note_reading(page.lens.principal, page.space, rows)
    return history(rows, speech_of(page))
