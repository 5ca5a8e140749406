"""What may be written in `directory`: judged under the append lock on the state before the entry.

Whoever could make a function with any role, or publish a list of roles without their permissions, would hold or
break the whole network; these rules stand here and not in the pages because the API writes here too.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.writing import Decision
from gemensam.organisations.domain.entries import Function, Vocabulary, VocabularyVersion
from gemensam.organisations.domain.reading import functions, organisations
from gemensam.organisations.domain.shapes import Fault, faults, shape_of_list

ADMINISTER, ADMINISTER_OWN = "administer", "administer_own"
OF_NETWORK = "network"
MAX_NAME, MAX_ITEMS = 200, 2_000
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,79}")
ListCheck = Callable[[SpaceState, Sequence[Mapping[str, Any]]], None]
_list_checks: dict[str, ListCheck] = {}


def register_list_check(code: str, check: ListCheck) -> None:
    """Have `check(directory, items)` refuse a new version of a list that its capability could not work with."""
    _list_checks[code] = check


def _newest(directory: SpaceState, code: str) -> VocabularyVersion | None:
    thing = directory.thing(code)
    versions = thing.data.versions if thing is not None and isinstance(thing.data, Vocabulary) else ()
    return versions[-1] if versions else None


def check_codes(directory: SpaceState, code: str, given: Iterable[str], refusal: str) -> None:
    """Raise `Refused(refusal)` for codes that a list does not have; a list not there yet allows all (founding)."""
    known = _newest(directory, code)
    unknown = sorted(set(given) - set(known.codes())) if known is not None else []
    if unknown:
        raise Refused(refusal, unknown=", ".join(unknown))


def check_name(name: str) -> None:
    """Raise `Refused("name_missing")` for a name that is empty, too long or holds control characters."""
    if not name.strip() or len(name) > MAX_NAME or any(ord(sign) < 32 for sign in name):
        raise Refused("name_missing", limit=MAX_NAME)


def check_id(subject: str) -> None:
    """Raise `Refused("directory_id")` for an identity that is not small plain letters, digits and hyphens."""
    if len(subject) > 80 or not _ID.fullmatch(subject):
        raise Refused("directory_id", given=subject)


def decide_organisation(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `directory_id`, `name_missing`, `no_such_kind_of_organisation`, `member_reads`,
    `own_organisation`.
    """
    payload = decision.draft.payload
    check_id(decision.draft.subject)
    check_name(payload["name"])
    check_name(payload["short"])
    check_codes(decision.state, "kinds_of_member", [payload["kind"]], "no_such_kind_of_organisation")
    if payload["member"] and not payload["insider"]:
        raise Refused("member_reads")
    if decision.draft.subject == decision.organisation and not payload["insider"]:
        raise Refused("own_organisation")
    return payload


def decide_left(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `own_organisation`, `no_reason`."""
    if decision.draft.subject == decision.organisation:
        raise Refused("own_organisation")  # without the joint office nobody could let anybody in again
    return _with_reason(decision)


def decide_described(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_your_organisation`, `no_such_row`, `no_such_level`, `no_such_function`."""
    payload, directory = decision.draft.payload, decision.state
    if decision.draft.subject != decision.organisation:
        raise Refused("not_your_organisation", organisation=decision.draft.subject)
    check_codes(directory, "rows", payload["rows"], "no_such_row")
    check_codes(directory, "levels", [one["level"] for one in payload["representatives"]], "no_such_level")
    own = {each.id for each in functions(directory, decision.organisation)}
    wrong = sorted({one["function"] for one in payload["representatives"]} - own)
    if wrong:
        raise Refused("function_not_own", unknown=", ".join(wrong))
    return payload


def decide_function(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `directory_id`, `name_missing`, `roles_missing`, `no_such_role`, `no_such_level`,
    `role_retired`, `role_of_network`, `last_administrator`.
    """
    payload, directory = decision.draft.payload, decision.state
    check_id(decision.draft.subject)
    check_name(payload["name"])
    check_codes(directory, "levels", payload["levels"], "no_such_level")
    check_codes(directory, "roles", payload["roles"], "no_such_role")
    if not payload["roles"]:
        raise Refused("roles_missing")
    held = _held(decision)
    for role in sorted(set(payload["roles"]) - set(held)):
        _check_role(decision, role)
    _check_someone_left(decision, tuple(payload["roles"]))
    return payload


def decide_retired(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `no_reason`, `last_administrator`."""
    _check_someone_left(decision, ())
    return _with_reason(decision)


def _held(decision: Decision) -> tuple[str, ...]:
    thing = decision.thing
    in_use = thing is not None and thing.status == "used" and isinstance(thing.data, Function)
    return thing.data.roles if in_use and thing is not None else ()


def _check_role(decision: Decision, code: str) -> None:
    """A role of the network is held where the network put it: an administrator spreads it only at home."""
    roles = _newest(decision.state, "roles")
    item = roles.item(code) if roles is not None else None
    if item is None:
        return
    if item.get("retired"):
        raise Refused("role_retired", role=item["name"])
    if item.get("scope") == OF_NETWORK and not _is_at_home(decision, code, item):
        raise Refused("role_of_network", role=item["name"])


def _is_at_home(decision: Decision, code: str, item: Mapping[str, Any]) -> bool:
    named = decision.organisation in (item.get("organisations") or ())
    return named or any(code in each.roles for each in functions(decision.state, decision.organisation))


def _check_someone_left(decision: Decision, roles: Sequence[str]) -> None:
    """An organisation keeps somebody who manages its functions, and the joint office somebody who manages lists."""
    directory, subject = decision.state, decision.draft.subject
    others = [each for each in functions(directory, decision.organisation) if each.id != subject]
    given = _permissions(_newest(directory, "roles"))
    for permission in (ADMINISTER, ADMINISTER_OWN):
        before = _gives(_held(decision), permission, given)
        after = _gives(roles, permission, given) or any(_gives(each.roles, permission, given) for each in others)
        if before and not after:
            raise Refused("last_administrator")


def _permissions(roles: VocabularyVersion | None) -> Mapping[str, frozenset[str]]:
    items = roles.items if roles is not None else ()
    return {item["code"]: frozenset(item.get("permissions") or ()) for item in items}


def _gives(roles: Iterable[str], permission: str, given: Mapping[str, frozenset[str]]) -> bool:
    return any(permission in given.get(role, ()) for role in roles)


def decide_vocabulary(decision: Decision) -> Mapping[str, Any]:
    """Number a version and hold it against the one before, whose fields other parts of the program read by name.

    Raises `Refused`: `vocabulary_code`, `vocabulary_items`, `vocabulary_names`, `vocabulary_code_gone`,
    `vocabulary_shape` (facts `item`, `field`, `problem`), `vocabulary_no_reason`, `no_such_permission`,
    `last_administrator`, or what the list's own check raises (`register_list_check`).
    """
    payload = decision.draft.payload
    if payload["code"] != decision.draft.subject or not _CODE.fullmatch(payload["code"]):
        raise Refused("vocabulary_code", given=payload["code"])
    check_items(payload["items"])
    before = _newest(decision.state, payload["code"])
    if before is not None:
        check_against(before, payload["items"])
        if not payload["reason"].strip():
            raise Refused("vocabulary_no_reason")
    if payload["code"] == "roles":
        _check_roles(decision.state, payload["items"])
    if (check := _list_checks.get(payload["code"])) is not None:
        check(decision.state, payload["items"])
    return {**payload, "version": before.version + 1 if before is not None else 1}


def check_items(items: Sequence[Mapping[str, Any]]) -> None:
    """Raise `Refused` where codes are missing, wrong or doubled, or a name is missing."""
    codes = [item.get("code") for item in items]
    if not codes or len(codes) > MAX_ITEMS or any(not isinstance(code, str) for code in codes):
        raise Refused("vocabulary_items", given="")
    doubled = sorted({str(code) for code in codes if codes.count(code) > 1})
    wrong = sorted(str(code) for code in codes if not _CODE.fullmatch(str(code)))
    if doubled or wrong:
        raise Refused("vocabulary_items", given=", ".join(doubled or wrong))
    nameless = [str(item["code"]) for item in items if not str(item.get("name") or "").strip()]
    nameless += [str(item["code"]) for item in items if "name_en" in item and not str(item["name_en"] or "").strip()]
    if nameless:
        raise Refused("vocabulary_names", given=", ".join(nameless[:10]))


def check_against(before: VocabularyVersion, items: Sequence[Mapping[str, Any]]) -> None:
    """Raise `Refused` where a code is gone or an item has not the shape of the version before."""
    gone = sorted(set(before.codes()) - {item["code"] for item in items})
    if gone:
        raise Refused("vocabulary_code_gone", codes=", ".join(gone))
    for code, fault in item_faults(before, items):
        raise Refused("vocabulary_shape", item=code, field=fault.place, problem=fault.problem)


def item_faults(before: VocabularyVersion, items: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Fault]]:
    """Yield every fault of every item as (code of the item, fault)."""
    shape = shape_of_list(before.code, before.items)
    for item in items:
        for fault in faults(item, shape):
            yield str(item["code"]), fault


def _check_roles(directory: SpaceState, items: Sequence[Mapping[str, Any]]) -> None:
    """Roles name permissions that exist, and somebody in the network can still manage the lists."""
    given = {item["code"]: frozenset(item.get("permissions") or ()) for item in items}
    check_codes(directory, "permissions", frozenset[str]().union(*given.values()), "no_such_permission")
    held = [each.roles for one in organisations(directory) for each in functions(directory, one.id)]
    if held and not any(_gives(roles, ADMINISTER, given) for roles in held):
        raise Refused("last_administrator")


def decide_confirmed(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused("no_such_item")` for codes that the newest version has not."""
    payload = decision.draft.payload
    newest = _newest(decision.state, decision.draft.subject)
    unknown = sorted(set(payload["items"]) - set(newest.codes())) if newest is not None else []
    if unknown:
        raise Refused("no_such_item", unknown=", ".join(unknown))
    return payload


def _with_reason(decision: Decision) -> Mapping[str, Any]:
    if not str(decision.draft.payload["reason"]).strip():
        raise Refused("no_reason")
    return decision.draft.payload
