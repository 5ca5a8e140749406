"""What the views of this room share: the chosen day and moment, files that came with a form, a thing's history."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.governance.adoption_words import today
from gemensam.governance.domain.documents import FileNamed
from gemensam.governance.domain.rules import HERE, is_day
from gemensam.governance.sending import Sent
from gemensam.ledger.blobs import store_file
from gemensam.ledger.describing import Names, describe, kind_word
from gemensam.ledger.log import disposals
from gemensam.ledger.noting import note_reading
from gemensam.ledger.reading import Lens, LogRow
from gemensam.organisations.domain import members
from gemensam.picture.lists import Lists
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

# Told in this room's forms too: who may register, and who may confirm, is seen by the step and not by the function.
OF_ANOTHER = frozenset({"not_owner", "not_your_organisation", "same_person"})
KEY_MAX, DIGEST_MAX = 100, 64


@dataclass(frozen=True, slots=True)
class Chosen:
    """The day that is asked about (2023-02-01), and from what had been entered when."""

    day: str
    moment: Moment
    is_today: bool

    @property
    def query(self) -> str:
        """The choice for links: `?on=…&knew_at=…`, or empty for today from all that is entered now."""
        parts = [] if self.is_today else [("on", self.day)]
        if self.moment.knew_at is not None:
            parts.append(("knew_at", times.iso_moment(self.moment.knew_at)))
        return f"?{urlencode(parts)}" if parts else ""


def chosen(request: Request) -> Chosen:
    """Return what the address asks for; raises `Refused`: `date_wrong`, `bad_moment`, `moment_in_future`.

    `happened_by` gives the day: what had been decided by then, as far as it is known now.
    """
    moment = pages.parse_moment(request.GET, request.lens.now)
    usual = today(moment.at)
    day = request.GET.get("on", "").strip() or usual
    if not is_day(day):
        raise Refused("date_wrong", field="on", value=day[:20])
    return Chosen(day, moment, day == usual and moment.happened_by is None)


def shared_key(request: Request, choice: Chosen, *extra: object) -> tuple[object, ...]:
    """Return what a drawing over all spaces of governance depends on: their states, the rights, the choice."""
    lens = request.lens
    states = [(info.id, lens.state(info.id)) for info in lens.spaces() if info.kind in HERE]
    seen = tuple((name, state.position, disposals(state)) for name, state in states)
    at = choice.moment.knew_at or ""
    return (seen, lens.directory.position, lens.rights, choice.day, choice.is_today, at, times.language(), *extra)


def page_of(request: Request, space: str) -> SpacePage:
    """Return the page of a space where documents live; raises `Refused("not_found")` for others."""
    return pages.space_page(request, space, HERE)


def writable(request: Request, space: str) -> SpacePage:
    """Return such a page that can be written on; raises `Refused`: `not_found`, `historical`, `space_closed`."""
    return pages.writable_page(request, space, HERE)


def lists_of(lens: Lens, space: str) -> Lists:
    return Lists(lens.directory, lens.state(space))


def sent_of(request: Request) -> Sent:
    """Return what a form was sent with."""
    return Sent(request.POST.get("seen", "")[:DIGEST_MAX], request.POST.get("key", "")[:KEY_MAX])


def member_choices(lens: Lens) -> list[tuple[str, str]]:
    return [(each.id, each.name) for each in members(lens.directory)]


def own_member(lens: Lens) -> str:
    """Return the reader's organisation where it is a member, which registers for itself alone; else ""."""
    own = lens.principal.organisation
    return own if any(each.id == own for each in members(lens.directory)) else ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was stored: its name, the digest by which it is kept, and the SHA-256 of its bytes."""

    name: str
    digest: str
    sha256: str


def store_upload(lens: Lens, space: str, upload: "UploadedFile[Any] | None", *, permission: str) -> Stored | None:
    """Keep the file of a form unchanged; None where none came. Raises as `store_file`."""
    if upload is None:
        return None
    name, body = (upload.name or "").replace("\\", "/").rsplit("/", 1)[-1], upload.read()
    stored = store_file(lens, space, name, body, permission=permission)
    return Stored(name, stored.digest, hashlib.sha256(body).hexdigest())


def kept_files(request: Request, before: Iterable[Mapping[str, Any]], stored: Stored | None) -> list[FileNamed]:
    """Return the files of a document after a form: those not taken out, and the new one."""
    kept = [FileNamed(one["name"], one["digest"]) for one in before if f"remove-{one['digest']}" not in request.POST]
    return [*kept, FileNamed(stored.name, stored.digest)] if stored is not None else kept


@dataclass(frozen=True, slots=True)
class Past:
    """One entry of a thing's history in words."""

    row: LogRow
    word: str
    text: str
    organisation: str
    function: str


def history(page: SpacePage, subject: str) -> list[Past]:
    """Return a thing's entries in words, oldest first; that they were read is noted."""
    rows = page.lens.history(page.space, subject, page.moment)
    note_reading(page.lens.principal, page.space, rows)
    names = Names(page.lens.directory, page.state)
    return [_past(row, names) for row in rows]


def _past(row: LogRow, names: Names) -> Past:
    header = row.header
    return Past(
        row, kind_word(header.kind), describe(row, names).text, names.organisation(header.by_organisation),
        names.function(header.function),
    )  # fmt: skip
