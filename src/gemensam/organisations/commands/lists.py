"""Writers of lists: working copies of the joint office, versions published with a reason, confirmations.

A working copy is a draft beside the log; `based_on` is the digest of the version that it started from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.core.canonical import normalise
from gemensam.core.policy import DIRECTORY, require
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.drafts import discard_draft, load_draft, save_draft
from gemensam.ledger.noting import note_now
from gemensam.ledger.reading import Lens
from gemensam.organisations import domain
from gemensam.organisations.domain import rules

PURPOSE = "vocabulary"
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """Items that are being worked on; `version` rises with each saving, `based_on` is the version started from."""

    items: tuple[Item, ...]
    based_on: str
    version: int
    saved_at: int
    saved_by: str


def working_copy(lens: Lens, code: str) -> WorkingCopy | None:
    """Return the joint office's working copy of a list, or None."""
    found = load_draft(lens, DIRECTORY, PURPOSE, code)
    if found is None:
        return None
    items = tuple(found.body["items"])
    return WorkingCopy(items, found.based_on, found.version, found.saved_at, found.saved_by)


def save_item(lens: Lens, code: str, item: Item, *, version: int | None) -> None:
    """Put an item, new or changed, into the working copy; the copy is begun where there is none.

    `version` is that of the copy that the writer saw (0: none): else `Refused("draft_moved")`. Raises also
    `vocabulary_items`, `vocabulary_names`, `vocabulary_shape`.
    """
    require(lens.principal, "administer")
    newest = domain.vocabulary(lens.directory, code)
    copy = working_copy(lens, code)
    if (copy.version if copy else 0) != (version or 0):
        raise Refused("draft_moved")
    save_items(lens, code, _with(copy.items if copy else newest.items, normalise(item)), version=version)


def save_items(lens: Lens, code: str, items: Sequence[Item], *, version: int | None = None) -> None:
    """Replace the working copy's items, checked as a version would be."""
    require(lens.principal, "administer")
    newest = domain.vocabulary(lens.directory, code)
    copy = working_copy(lens, code)
    base = copy.based_on if copy and version is not None else newest.digest
    ordered = in_order(items)
    rules.check_items(ordered)
    rules.check_against(newest, [*ordered, *_missing(newest.items, ordered)])
    body = {"items": ordered}
    save_draft(lens, DIRECTORY, PURPOSE, code, body, based_on=base, version=version or None)


def discard(lens: Lens, code: str) -> bool:
    """Throw the working copy away."""
    require(lens.principal, "administer")
    return discard_draft(lens, DIRECTORY, PURPOSE, code)


def publish(lens: Lens, code: str, reason: str, *, version: int, key: str = "") -> Receipt:
    """Make the working copy a version that everybody sees; spaces keep theirs until they choose it.

    Raises `draft_moved`, `vocabulary_unchanged`, `moved` where another version has been published since the copy was
    begun (take it over first), and what the rules raise.
    """
    copy = working_copy(lens, code)
    newest = domain.vocabulary(lens.directory, code)
    if copy is None or copy.version != version:
        raise Refused("draft_moved")
    if copy.based_on != newest.digest:
        raise Refused("moved")
    if list(copy.items) == list(newest.items):
        raise Refused("vocabulary_unchanged")
    payload = {
        "code": code, "name": newest.name, "name_en": newest.name_en, "items": list(copy.items),
        "source_note": newest.source_note, "reason": reason,
    }  # fmt: skip
    draft = Draft("vocabulary.published", DIRECTORY, code, payload, based_on=_last(lens, code))
    receipt = append(lens.principal, [draft], key=key)[0]
    discard_draft(lens, DIRECTORY, PURPOSE, code)
    if code == "roles" and not receipt.repeated:
        detail = {"change": "roles_published", "count": len(copy.items)}
        note_now(lens.principal, "permission_changed", subject=code, detail=detail)
    return receipt


def take_over(lens: Lens, code: str) -> tuple[str, ...]:
    """Bring the newest version into the working copy; returns codes that both have changed, where the copy's stands."""
    require(lens.principal, "administer")
    copy = working_copy(lens, code)
    if copy is None:
        raise Refused("not_found")
    newest = domain.vocabulary(lens.directory, code)
    base = domain.vocabulary(lens.directory, code, copy.based_on)
    mine, theirs = changed_codes(base.items, copy.items), changed_codes(base.items, newest.items)
    items = list(newest.items)
    for item in copy.items:
        if item["code"] in mine:
            items = _with(items, item)
    body = {"items": in_order(items)}
    save_draft(lens, DIRECTORY, PURPOSE, code, body, based_on=newest.digest, version=copy.version)
    return tuple(sorted(mine & theirs))


def confirm(lens: Lens, code: str, items: Iterable[str] = (), *, based_on: str) -> Receipt:
    """Confirm the whole newest version, or the named items of it."""
    payload = {"items": sorted(set(items))}
    draft = Draft("vocabulary.confirmed", DIRECTORY, code, payload, based_on=based_on)
    return append(lens.principal, [draft])[0]


def in_order(items: Sequence[Item]) -> list[Item]:
    """Return the items by their `order`, where all of them have one."""
    if all(type(item.get("order")) is int for item in items):
        return sorted(items, key=lambda item: int(item["order"]))
    return list(items)


def changed_codes(before: Iterable[Item], after: Iterable[Item]) -> set[str]:
    """Return the codes of items that are new or differ."""
    known = {item["code"]: item for item in before}
    return {str(item["code"]) for item in after if known.get(item["code"]) != item}


def _with(items: Sequence[Item], item: Item) -> list[Item]:
    if any(each["code"] == item["code"] for each in items):
        return [item if each["code"] == item["code"] else each for each in items]
    return [*items, item]


def _missing(wanted: Iterable[Item], items: Iterable[Item]) -> list[Item]:
    """A copy begun on an older version may lack newer items until they are taken over."""
    known = {item["code"] for item in items}
    return [item for item in wanted if item["code"] not in known]


def _last(lens: Lens, code: str) -> str:
    thing = lens.directory.thing(code)
    if thing is None:
        raise Refused("no_such_vocabulary", vocabulary=code)
    return thing.last
