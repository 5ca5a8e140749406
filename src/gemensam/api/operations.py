"""The operations of `/api/v1/`. Each has the caller's principal from its token (or session) and reads by lens."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from gemensam.api import intake
from gemensam.api.picture_values import picture_values
from gemensam.api.shapes import (
    EntryPage,
    EntryShape,
    HitPage,
    Me,
    NewEntry,
    NewSpace,
    OrganisationShape,
    Problem,
    RefShape,
    SpaceShape,
    Written,
)
from gemensam.audit.deliveries import note_delivery
from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import append
from gemensam.ledger.cautions import heeding
from gemensam.ledger.ids import uuid7
from gemensam.ledger.noting import is_marked, note, note_reading
from gemensam.ledger.reading import Lens, LogRow
from gemensam.ledger.receipts import receipt_of
from gemensam.ledger.registry import adapter, registry
from gemensam.ledger.search import search as search_log
from gemensam.organisations import domain
from gemensam.organisations.founding import pins
from gemensam.web.access import principal_of
from gemensam.web.page import parse_moment

router = Router()
REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429, 503), Problem)


def lens_of(request: HttpRequest) -> Lens:
    """Return the caller's lens (put on the request by the web's middleware)."""
    return request.lens  # type: ignore[attr-defined,no-any-return]


@router.get("/me", response={200: Me, **REFUSALS}, summary="Who am I")
def me(request: HttpRequest) -> Me:
    lens = lens_of(request)
    principal = lens.principal
    organisation = domain.organisation(lens.directory, principal.organisation)
    function = domain.function(lens.directory, principal.function)
    return Me(
        organisation=principal.organisation,
        organisation_name=organisation.name if organisation else "",
        function=principal.function,
        function_name=function.name if function else "",
        permissions=sorted(principal.permissions),
        demonstration=bool(settings.GEMENSAM_DEMO),
    )


@router.get("/organisations", response={200: list[OrganisationShape], **REFUSALS}, summary="The directory")
def organisations(request: HttpRequest) -> list[OrganisationShape]:
    found = domain.organisations(lens_of(request).directory)
    return [
        OrganisationShape(
            id=one.id, name=one.name, short=one.short, kind=one.kind, member=one.member,
            kommunkod=one.kommunkod, group=one.group, rows=list(one.rows),
        )
        for one in found
    ]  # fmt: skip


@router.get("/kinds", response={200: list[dict[str, Any]], **REFUSALS}, summary="JSON Schema of every kind")
def kinds(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind.name,
            "version": kind.version,
            "subject": kind.subject.name,
            "creates": kind.creates,
            "permission": kind.permission,
            "spaces": sorted(kind.spaces),
            "by_program": kind.by_program,
            "payload": adapter(kind).json_schema(),
        }
        for kind in registry().sorted()
    ]


@router.get("/spaces", response={200: list[SpaceShape], **REFUSALS}, summary="The spaces that I read")
def spaces(request: HttpRequest) -> list[SpaceShape]:
    lens = lens_of(request)
    return [_space(lens, info) for info in lens.spaces()]


@router.post("/spaces", response={201: SpaceShape, 200: SpaceShape, **REFUSALS}, summary="Open a space",
             openapi_extra={"requestBody": {"content": {"application/json": {"schema": NewSpace.json_schema()}},
                                            "required": True}})  # fmt: skip
def open_space(request: HttpRequest) -> Status[SpaceShape]:
    lens = lens_of(request)
    value = intake.read_object(request.body)
    unknown = sorted(set(value) - set(NewSpace.model_fields))
    if unknown:
        raise Refused("malformed_entry", field=unknown[0])
    key = intake.key_from(value)
    first = receipt_of(lens.principal.account, key) if key else None
    space = first.space if first is not None else uuid7()
    payload = {
        "space_kind": value.get("kind", ""),
        "title": value.get("title", ""),
        "parent": value.get("parent", ""),
        "purpose": value.get("purpose", ""),
        "circle": value.get("circle", []),
        "pins": pins(),
    }
    receipt = append(lens.principal, [Draft("space.opened", space, space, payload)], key=key)[0]
    renewed = Lens(lens.principal, lens.now)
    return Status(200 if receipt.repeated else 201, _space(renewed, renewed.space(receipt.space)))


def _space(lens: Lens, info: SpaceInfo) -> SpaceShape:
    state = lens.state(info.id)
    thing = state.thing(info.id)
    readers = lens.readers(info.id)
    parent = info.parent if any(wider.id == info.parent for wider in lens.spaces()) else ""
    return SpaceShape(
        id=info.id, kind=info.kind, title=thing.data.title if thing else "", parent=parent,
        opened_by=info.opened_by, closed=info.closed, position=state.position, circle=readers.version,
        readers=list(readers.organisations),
    )  # fmt: skip


@router.get("/spaces/{space}/entries", response={200: EntryPage, **REFUSALS}, summary="A page of the log")
def entries(request: HttpRequest, space: str, after: int = 0, limit: int = 100) -> EntryPage:
    lens = lens_of(request)
    rows = lens.entries(space, after=max(0, after), limit=limit)
    position = lens.state(space).position
    more = bool(rows) and rows[-1].position < position
    if rows:
        note_delivery(lens.principal.organisation, space, rows[-1].position, lens.now)
        note_reading(lens.principal, space, rows, by_program=True)
    return EntryPage(
        space=space, position=position, entries=[_entry(row) for row in rows], next=rows[-1].position if more else None
    )


def _entry(row: LogRow) -> EntryShape:
    header = row.header
    return EntryShape(
        position=row.position, digest=row.digest, received_at=intake.rfc3339(row.received_at), verdict=row.verdict,
        kind=header.kind, version=header.version, subject=header.subject, organisation=header.organisation,
        by_organisation=header.by_organisation, function=header.function, via=header.via,
        occurred_at=intake.rfc3339(header.occurred_at), refs=[RefShape(**ref._asdict()) for ref in header.refs],
        marks=list(header.marks), signed=row.header_text, signature=row.signature,
        payload=dict(row.payload) if row.payload is not None else None,
    )  # fmt: skip


@router.post("/spaces/{space}/entries", response={201: Written, 200: Written, **REFUSALS}, summary="Write an entry",
             openapi_extra={"requestBody": {"content": {"application/json": {"schema": NewEntry.json_schema()}},
                                            "required": True}})  # fmt: skip
def write_entry(request: HttpRequest, space: str) -> HttpResponse:
    value = intake.read_object(request.body)
    draft, key = intake.draft_from(space, value)
    with heeding(intake.heeded_from(value)):
        receipt = append(principal_of(request), [draft], key=key)[0]
    body = Written(**{name: getattr(receipt, name) for name in Written.model_fields}).model_dump_json()
    return HttpResponse(body, content_type="application/json", status=200 if receipt.repeated else 201)


@router.get("/spaces/{space}/picture", response={200: dict[str, Any], **REFUSALS}, summary="The picture as values")
def picture(request: HttpRequest, space: str, knew_at: str = "", happened_by: str = "") -> dict[str, Any]:
    lens = lens_of(request)
    moment: Moment = parse_moment({"knew_at": knew_at, "happened_by": happened_by}, lens.now)
    values = picture_values(lens, space, moment)
    note_delivery(lens.principal.organisation, space, lens.state(space, moment).position, lens.now)
    return values


@router.get("/spaces/{space}/search", response={200: HitPage, **REFUSALS}, summary="Search the texts of a space")
def search(request: HttpRequest, space: str, q: str, limit: int = 50, before: str = "") -> HitPage:
    hits = search_log(lens_of(request), q, space, limit=limit, before=before)
    more = len(hits) == max(1, min(limit, 200))
    if count := sum(is_marked(hit.row.header) for hit in hits):
        note(principal_of(request), "search", space=space, detail={"count": count})
    return HitPage(hits=[_entry(hit.row) for hit in hits], before=hits[-1].cursor if more else None)
