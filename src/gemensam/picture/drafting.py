"""Several who write on one draft: who saved last, and what differs when two have written at once (R59, design 5.5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gemensam.ledger.drafts import SavedDraft
from gemensam.organisations.domain import function
from gemensam.picture.lists import value_of
from gemensam.picture.report_desk import Desk
from gemensam.web import times


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two have written differently: what it is called, and what each has there, "" for nothing."""

    label: str
    theirs: str
    mine: str


def saved_by(desk: Desk, draft: SavedDraft | None) -> str:
    """Return the function that saved a draft last, never a person; "" where there is none."""
    found = function(desk.page.lens.directory, draft.saved_by) if draft is not None else None
    return found.name if found is not None else ""


def draft_words(desk: Desk, draft: SavedDraft | None) -> str:
    """Return who saved a draft while somebody else was writing, and when, as it is told to that one."""
    when = times.clock(draft.saved_at, desk.page.lens.now) if draft is not None else ""
    who = saved_by(desk, draft)
    return _("%(who)s saved the draft %(time)s, after you had opened it.") % {"who": who, "time": when}


def differences(
    desk: Desk, draft: SavedDraft, fields: Mapping[str, str], labels: Mapping[str, str]
) -> list[Difference]:  # fmt: skip
    """Return what differs between a form's fields and the saved draft, in the order of the page."""
    theirs: Mapping[str, str] = draft.body.get("fields", {})
    names = [name for name in labels if theirs.get(name, "") != fields.get(name, "")]
    rest = sorted({*theirs, *fields} - set(labels) - {"template"})
    names += [name for name in rest if theirs.get(name, "") != fields.get(name, "")]
    return [Difference(labels.get(name, name), _told(desk, name, theirs), _told(desk, name, fields)) for name in names]


def _told(desk: Desk, name: str, fields: Mapping[str, str]) -> str:
    value = fields.get(name, "")
    return value_of(desk.lists, value).word if value and name.endswith("-status") else value
