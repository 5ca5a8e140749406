"""What the state of `directory` answers: organisations, functions, lists, permissions."""

import hashlib
from collections.abc import Mapping

from gemensam.core.policy import Membership
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.organisations.domain.entries import Function, Organisation, Vocabulary, VocabularyVersion


def organisation(directory: SpaceState, organisation_id: str) -> Organisation | None:
    """Return an organisation, also one that has left."""
    thing = directory.thing(organisation_id)
    return thing.data if thing is not None and isinstance(thing.data, Organisation) else None


def organisations(directory: SpaceState) -> tuple[Organisation, ...]:
    """Return all organisations that have not left, in Swedish order of names."""
    joined = (thing for thing in directory.group("organisations") if thing.status == "joined")
    return tuple(thing.data for thing in joined if isinstance(thing.data, Organisation))


def members(directory: SpaceState) -> tuple[Organisation, ...]:
    """Return the members of the network (37 in Stockholm), in Swedish order of names."""
    return tuple(found for found in organisations(directory) if found.member)


def function(directory: SpaceState, function_id: str) -> Function | None:
    """Return a function in use, or None."""
    thing = directory.thing(function_id)
    in_use = thing is not None and thing.status == "used" and isinstance(thing.data, Function)
    return thing.data if in_use and thing is not None else None


def functions(directory: SpaceState, organisation_id: str) -> tuple[Function, ...]:
    """Return an organisation's functions in use, in the order in which they were made."""
    used = (thing for thing in directory.group("functions", organisation_id) if thing.status == "used")
    return tuple(thing.data for thing in used if isinstance(thing.data, Function))


def vocabulary(directory: SpaceState, code: str, digest: str = "") -> VocabularyVersion:
    """Return the newest version of a list, or the one that an entry published.

    Raises `Refused("no_such_vocabulary")`.
    """
    thing = directory.thing(code)
    versions = thing.data.versions if thing is not None and isinstance(thing.data, Vocabulary) else ()
    for version in reversed(versions):
        if digest in ("", version.digest):
            return version
    raise Refused("no_such_vocabulary", vocabulary=code)


def vocabularies(directory: SpaceState) -> tuple[VocabularyVersion, ...]:
    """Return the newest version of every list, sorted by name."""
    found = [thing.data.versions[-1] for thing in directory.group("vocabularies") if thing.data and thing.data.versions]
    return tuple(sorted(found, key=lambda version: sort_key(version.name)))


def pinned_vocabulary(directory: SpaceState, state: SpaceState, code: str, pins: str = "") -> VocabularyVersion:
    """Return the version of a list that a space has pinned, or the newest where it has pinned none.

    `pins`: the vocabulary digest of an entry's header, for showing it with the list of its own time.
    """
    thing = state.thing(state.space)
    history = dict(thing.data.pinned) if thing is not None and thing.data is not None else {}
    chosen = history.get(pins) or (thing.data.pins if thing is not None and thing.data is not None else ())
    return vocabulary(directory, code, dict(chosen).get(code, ""))


def membership(directory: SpaceState) -> Membership:
    """Return who belongs to the network; the version changes with every organisation that comes or goes."""
    joined = [thing for thing in directory.group("organisations") if thing.status == "joined" and thing.data]
    insiders = frozenset(thing.subject for thing in joined if thing.data.insider)
    guests = frozenset(thing.subject for thing in joined) - insiders
    told = "\n".join(sorted(f"{thing.subject} {thing.data.insider}" for thing in joined))
    return Membership(insiders, guests, int(hashlib.sha256(told.encode()).hexdigest()[:8], 16))


def permissions_of(directory: SpaceState, function_id: str) -> frozenset[str]:
    """Return what a function may do: the union of its roles' permissions (data, R93); nothing for one not in use."""
    found = function(directory, function_id)
    owner = directory.thing(found.organisation) if found is not None else None
    if found is None or owner is None or owner.status != "joined":
        return frozenset()
    given = role_permissions(directory)
    return frozenset(permission for role in found.roles for permission in given.get(role, ()))


def role_permissions(directory: SpaceState) -> Mapping[str, tuple[str, ...]]:
    """Return role code → permission codes, from the vocabulary `roles`."""
    thing = directory.thing("roles")
    versions = thing.data.versions if thing is not None and isinstance(thing.data, Vocabulary) else ()
    return {item["code"]: tuple(item.get("permissions") or ()) for item in versions[-1].items} if versions else {}
