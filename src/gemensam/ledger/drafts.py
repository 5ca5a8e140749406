"""Drafts: rows beside the log that belong to an organisation and never reach another (R59)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from gemensam.core import canonical
from gemensam.core.refusal import Refused
from gemensam.ledger.models import WorkingCopy
from gemensam.ledger.reading import Lens

MAX_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as last saved. `version` rises with each saving; `based_on` is the entry its author saw."""

    purpose: str
    subject: str
    body: Mapping[str, Any]
    based_on: str
    saved_at: int
    saved_by: str
    version: int


def save_draft(  # noqa: PLR0913  a draft is named by space, purpose and subject
    lens: Lens, space: str, purpose: str, subject: str, body: Mapping[str, Any], *, based_on: str = "",
    version: int | None = None,
) -> SavedDraft:  # fmt: skip
    """Save a draft of the lens's organisation.

    `version` is the one that the writer started from: if a colleague has saved since, `Refused("draft_moved")`
    and nothing is overwritten. Raises `draft_too_large`, `not_found`.
    """
    lens.space(space)
    data = canonical.encode(body)
    if len(data) > MAX_BYTES:
        raise Refused("draft_too_large", limit=MAX_BYTES)
    keys = {"organisation": lens.principal.organisation, "space": space, "purpose": purpose, "subject": subject}
    values = {
        "body": data.decode(), "based_on": based_on, "saved_at": lens.now, "saved_by": lens.principal.function,
    }  # fmt: skip
    found = WorkingCopy.objects.filter(**keys).first()
    if found is None:
        _create(keys, values)
    elif version is not None and found.version != version:
        raise Refused("draft_moved", saved_at=found.saved_at, saved_by=found.saved_by, version=found.version)
    else:
        changed = WorkingCopy.objects.filter(pk=found.pk, version=found.version)
        if not changed.update(version=found.version + 1, **values):
            raise Refused("draft_moved", version=found.version)
    saved = load_draft(lens, space, purpose, subject)
    if saved is None:
        raise Refused("draft_moved")
    return saved


def _create(keys: Mapping[str, str], values: Mapping[str, Any]) -> None:
    try:
        WorkingCopy.objects.create(**keys, **values)
    except IntegrityError as error:
        raise Refused("draft_moved") from error


def load_draft(lens: Lens, space: str, purpose: str, subject: str) -> SavedDraft | None:
    """Return the organisation's draft, or None; a draft that corrects what is in quarantine is held with it."""
    if subject and lens.state(space).size("quarantined_things", subject):
        return None
    row = _rows(lens, space).filter(purpose=purpose, subject=subject).first()
    return _saved(row) if row is not None else None


def list_drafts(lens: Lens, space: str) -> list[SavedDraft]:
    """Return the organisation's drafts in a space, newest first."""
    return [_saved(row) for row in _rows(lens, space).order_by("-saved_at", "purpose", "subject")]


def discard_draft(lens: Lens, space: str, purpose: str, subject: str) -> bool:
    """Remove a draft; returns whether there was one."""
    removed: int = _rows(lens, space).filter(purpose=purpose, subject=subject).delete()[0]
    return removed > 0


def _rows(lens: Lens, space: str) -> Any:
    lens.space(space)
    return WorkingCopy.objects.filter(organisation=lens.principal.organisation, space=space)


def _saved(row: WorkingCopy) -> SavedDraft:
    body = canonical.read_trusted(row.body)
    return SavedDraft(row.purpose, row.subject, body, row.based_on, row.saved_at, row.saved_by, row.version)
