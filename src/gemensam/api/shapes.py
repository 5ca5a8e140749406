"""What the interface answers, as OpenAPI describes it."""

from typing import Any

from ninja import Schema


class Problem(Schema):
    """RFC 9457; `code` is stable, `title` is in the caller's language, further members are the facts."""

    type: str
    title: str
    status: int
    code: str


class Me(Schema):
    """Who the token speaks as, and what that function may do."""

    organisation: str
    organisation_name: str
    function: str
    function_name: str
    permissions: list[str]
    demonstration: bool


class OrganisationShape(Schema):
    """An organisation of the directory; `rows` are the verksamheter that it normally answers for."""

    id: str
    name: str
    short: str
    kind: str
    member: bool
    kommunkod: str
    group: str
    rows: list[str]


class ReaderShape(Schema):
    """An organisation and a function that reads a narrower space ("*": any of its functions)."""

    organisation: str
    function: str = "*"


class SpaceShape(Schema):
    """A space that the caller reads; `circle` is the version to send with a post (F10)."""

    id: str
    kind: str
    title: str
    parent: str
    opened_by: str
    closed: bool
    position: int
    circle: int
    readers: list[str]


class NewSpace(Schema):
    """A space to open: an incident, an exercise, or a narrower (`sub`) or outer space of a parent."""

    id: str = ""
    kind: str
    title: str
    parent: str = ""
    purpose: str = ""
    circle: list[ReaderShape] = []


class RefShape(Schema):
    """A pointer to a thing, or with `digest` to one entry, in the same or a wider space."""

    rel: str
    space: str
    subject: str
    digest: str = ""


class NewEntry(Schema):
    """An entry to write. `id` makes a repeat harmless; `circle` and `based_on` are what the author saw.

    `heeded`: codes of refusals that only ask, and that a person has answered: `personal_number`.
    """

    id: str = ""
    kind: str
    version: int = 1
    subject: str
    occurred_at: str | None = None
    refs: list[RefShape] = []
    marks: list[str] = []
    payload: dict[str, Any]
    organisation: str = ""
    via: str = ""
    circle: int | None = None
    based_on: str | None = None
    heeded: list[str] = []


class Written(Schema):
    """Where an entry stands: position within the space, and its identity."""

    space: str
    position: int
    digest: str
    subject: str
    repeated: bool


class EntryShape(Schema):
    """An entry as a reader sees it; `signed` are the canonical header bytes, `payload` null when disposed of."""

    position: int
    digest: str
    received_at: str
    verdict: str
    kind: str
    version: int
    subject: str
    organisation: str
    by_organisation: str
    function: str
    via: str
    occurred_at: str
    refs: list[RefShape]
    marks: list[str]
    signed: str
    signature: str
    payload: dict[str, Any] | None


class EntryPage(Schema):
    """A page of a log; `next` is the position to go on after, null at the end."""

    space: str
    position: int
    entries: list[EntryShape]
    next: int | None


class HitPage(Schema):
    """Found entries, newest first; `before` continues the search, null at the end."""

    hits: list[EntryShape]
    before: str | None
