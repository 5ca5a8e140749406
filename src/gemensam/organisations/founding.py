"""Founding of a network: a region's data becomes the first entries of `directory`, `rosters` and `standing`."""

from collections.abc import Iterator, Mapping
from typing import Any

from gemensam.core.policy import DIRECTORY, ROSTERS, STANDING
from gemensam.core.writing import Draft
from gemensam.ledger.append import append, program
from gemensam.ledger.log import LOG
from gemensam.ledger.node import Node
from gemensam.organisations import domain
from gemensam.regions import Region

# The lists whose version a space keeps: what a status or a row meant must not change under a report (F26).
PINNED = ("rows", "status", "values", "statement_types", "report_templates", "agendas", "picture_headings")
# What a period keeps besides: what a delförmåga and a level meant must not change under an assessment (G10).
PINNED_IN_PERIOD = ("base_capabilities", "capabilities", "assessment_levels", "assessment_levels_older")
BATCH = 100
ROLES = {"name": "Roller", "name_en": "Roles"}
PERMISSIONS = {"name": "Behörigheter", "name_en": "Permissions"}


def found_network(region: Region, node: Node, *, title: str = "") -> None:
    """Write the founding entries, in one go that can be repeated after a crash: what stands is not written again."""
    _open(DIRECTORY, region.about["name"], node)
    _write_missing(_directory_drafts(region, node))
    _open(ROSTERS, region.about["name"], node)
    _open(STANDING, title or region.about["standing"]["name"], node, keeper=region.about["keeper_of_standing"])


def pins(codes: tuple[str, ...] = PINNED) -> list[dict[str, str]]:
    """Return the newest version of the lists that a new space pins, of those that the network has."""
    directory = LOG.catch_up(DIRECTORY)
    known = {each.code: each.digest for each in domain.vocabularies(directory)}
    return [{"code": code, "digest": known[code]} for code in codes if code in known]


def _open(space: str, title: str, node: Node, *, keeper: str = "") -> None:
    if LOG.catch_up(space).thing(space) is not None:
        return
    pinned = pins() if space == STANDING else []
    payload = {"space_kind": space, "title": title, "pins": pinned}
    draft = Draft("space.opened", space, space, payload, organisation=keeper)
    append(program(node.organisation), [draft], by_program=True)


def _write_missing(drafts: Iterator[Draft]) -> None:
    state = LOG.catch_up(DIRECTORY)
    missing = [draft for draft in drafts if state.thing(draft.subject) is None]
    for start in range(0, len(missing), BATCH):
        append(program(), missing[start : start + BATCH], by_program=True)


def _directory_drafts(region: Region, node: Node) -> Iterator[Draft]:
    joint_office = region.about["joint_office"]
    everyone = [item["id"] for item in region.organisations]
    admitted = {"name": node.name, "public_key": node.public_key, "organisations": everyone}
    yield Draft("node.admitted", DIRECTORY, node.name, admitted, organisation=joint_office)
    for item in region.organisations:
        yield Draft("organisation.joined", DIRECTORY, item["id"], _organisation(item), organisation=joint_office)
    for item in region.functions:
        yield Draft("function.created", DIRECTORY, item["id"], _function(item), organisation=item["organisation"])
    yield _vocabulary("roles", {**ROLES, "items": list(region.roles)}, joint_office)
    yield _vocabulary("permissions", {**PERMISSIONS, "items": list(region.permissions)}, joint_office)
    for code, vocabulary in region.vocabularies.items():
        yield _vocabulary(code, vocabulary, joint_office)
    for item in region.bodies:
        yield Draft("body.established", DIRECTORY, item["id"], _body(item), organisation=joint_office)


def _body(item: Mapping[str, Any]) -> dict[str, object]:
    """A body of the region's data as an entry says it: what is not known is an empty text."""
    said = {key: value or "" for key, value in item.items() if key not in ("id", "chair", "secretary", "seats")}
    placed = {key: _seat(item[key]) if item[key] else None for key in ("chair", "secretary")}
    return {**said, **placed, "seats": [_seat(seat) for seat in item["seats"]]}


def _seat(seat: Mapping[str, Any]) -> dict[str, str]:
    return {key: value or "" for key, value in seat.items()}


def _organisation(item: Mapping[str, Any]) -> dict[str, object]:
    named = ("id", "name", "short", "kind", "member")
    about = {key: value for key, value in item.items() if key not in named}
    return {**{key: item[key] for key in named[1:]}, "insider": True, "about": about}


def _function(item: Mapping[str, Any]) -> dict[str, object]:
    named = ("id", "organisation", "name", "name_en", "roles", "levels")
    about = {key: value for key, value in item.items() if key not in (*named, "demo_login")}
    return {**{key: item[key] for key in named[2:]}, "about": about}


def _vocabulary(code: str, vocabulary: Mapping[str, Any], joint_office: str) -> Draft:
    payload = {
        "code": code,
        "name": vocabulary["name"],
        "name_en": vocabulary["name_en"],
        "items": vocabulary["items"],
        "source_note": vocabulary.get("source_note", ""),
        "reason": "",
    }
    return Draft("vocabulary.published", DIRECTORY, code, payload, organisation=joint_office)
