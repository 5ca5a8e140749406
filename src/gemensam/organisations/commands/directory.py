"""Writers of organisations and functions. Each change of permissions is also in the local log (R65).

`based_on` is the last entry of the subject that the writer saw: if somebody has written since, `Refused("moved")`.
`key` is the form's idempotency key. All raise what `ledger.append` and the directory's rules raise.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from gemensam.core.policy import DIRECTORY, require
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.noting import note_now
from gemensam.ledger.reading import Lens
from gemensam.organisations import domain

ADMINISTRATOR = "aktorsadministrator"
_LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u"})


@dataclass(frozen=True)
class FunctionGiven:
    """What an administrator says of a function."""

    name: str
    name_en: str
    roles: tuple[str, ...]
    levels: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OrganisationGiven:
    """What the joint office says of an organisation; a `member` owns the network, an `insider` reads its spaces."""

    name: str
    short: str
    kind: str
    member: bool
    insider: bool
    about: Mapping[str, Any] = field(default_factory=dict)


def create_function(lens: Lens, given: FunctionGiven, *, key: str = "") -> Receipt:
    """Make a function of the own organisation."""
    subject = free_id(lens.directory, f"{lens.principal.organisation}-{given.name}")
    draft = Draft("function.created", DIRECTORY, subject, _function_payload(given))
    return _write_function(lens, draft, "function_created", given.roles, key)


def change_function(lens: Lens, function: str, given: FunctionGiven, *, based_on: str, key: str = "") -> Receipt:
    """Change a function of the own organisation; one no longer used comes into use again."""
    draft = Draft("function.changed", DIRECTORY, function, _function_payload(given), based_on=based_on)
    return _write_function(lens, draft, "function_changed", given.roles, key)


def retire_function(lens: Lens, function: str, reason: str, *, based_on: str, key: str = "") -> Receipt:
    """Take a function out of use: nobody acts in it from now on; its entries stay."""
    draft = Draft("function.retired", DIRECTORY, function, {"reason": reason}, based_on=based_on)
    return _write_function(lens, draft, "function_retired", (), key)


def _write_function(lens: Lens, draft: Draft, change: str, roles: Iterable[str], key: str) -> Receipt:
    before = domain.permissions_of(lens.directory, draft.subject)
    receipt = append(lens.principal, [draft], key=key)[0]
    given = domain.role_permissions(lens.directory)
    after = frozenset(permission for role in roles for permission in given.get(role, ()))
    detail = {
        "change": change,
        "function": draft.subject,
        "organisation": lens.principal.organisation,
        "given": sorted(after - before),
        "taken": sorted(before - after),
    }
    if not receipt.repeated:
        note_now(lens.principal, "permission_changed", subject=draft.subject, detail=detail)
    return receipt


def change_organisation(
    lens: Lens, organisation: str, given: OrganisationGiven, *, based_on: str, key: str = ""
) -> Receipt:
    """Change an organisation's facts, for the joint office; what the organisation said itself stays."""
    draft = Draft("organisation.changed", DIRECTORY, organisation, _plain(given), based_on=based_on)
    receipt = append(lens.principal, [draft], key=key)[0]
    before = domain.organisation(lens.directory, organisation)
    if before is not None and before.insider != given.insider and not receipt.repeated:
        _note_membership(lens, organisation, "insider" if given.insider else "guest")
    return receipt


def describe_organisation(lens: Lens, given: Mapping[str, Any], *, based_on: str, key: str = "") -> Receipt:
    """State the own organisation's rows, representatives and reserve path (`OrganisationDescribed`)."""
    own = lens.principal.organisation
    return append(lens.principal, [Draft("organisation.described", DIRECTORY, own, given, based_on=based_on)], key=key)[
        0
    ]


def join_organisation(lens: Lens, organisation: str, given: OrganisationGiven, *, administrator: FunctionGiven) -> str:
    """Let a member or a guest in, with a first function that can make the others; returns that function's id.

    Functions belong to their organisation, which has nobody yet: so the joint office writes this one in its name,
    and both entries say so. Raises `not_permitted`, `subject_exists`.
    """
    require(lens.principal, "administer")
    if lens.directory.thing(organisation) is not None:
        raise Refused("subject_exists", subject=organisation)
    first = free_id(lens.directory, f"{organisation}-{administrator.name}")
    drafts = [
        Draft("organisation.joined", DIRECTORY, organisation, _plain(given)),
        Draft("function.created", DIRECTORY, first, _function_payload(administrator), organisation=organisation),
    ]
    append(lens.principal, drafts, by_program=True)
    _note_membership(lens, organisation, "insider" if given.insider else "guest")
    return first


def leave_organisation(lens: Lens, organisation: str, reason: str, *, based_on: str) -> Receipt:
    """Note that an organisation has left: it reads nothing from now on; what it said stays."""
    draft = Draft("organisation.left", DIRECTORY, organisation, {"reason": reason}, based_on=based_on)
    receipt = append(lens.principal, [draft])[0]
    _note_membership(lens, organisation, "left")
    return receipt


def _note_membership(lens: Lens, organisation: str, change: str) -> None:
    detail = {"change": change, "organisation": organisation}
    note_now(lens.principal, "permission_changed", subject=organisation, detail=detail)


def _plain(given: OrganisationGiven) -> dict[str, Any]:
    return {**asdict(given), "about": dict(given.about)}


def _function_payload(given: FunctionGiven) -> dict[str, Any]:
    return {
        "name": given.name,
        "name_en": given.name_en,
        "roles": list(given.roles),
        "levels": list(given.levels),
        "about": dict(given.about),
    }


def free_id(directory: SpaceState, wanted: str) -> str:
    """Return an identity from a name, in small plain letters, that nothing in the directory has."""
    plain = re.sub(r"[^a-z0-9]+", "-", wanted.lower().translate(_LETTERS)).strip("-")[:70].strip("-")
    candidates = (plain if number == 1 else f"{plain}-{number}" for number in range(1, 1_000))
    return next(each for each in candidates if directory.things.get(each) is None)
