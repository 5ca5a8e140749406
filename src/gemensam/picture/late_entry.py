"""What is entered later than it was written: from a device's queue, from paper, by radio (R68, R71)."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.picture.domain.written import BY_MAX, WITHOUT_LINE, Written
from gemensam.picture.lists import Lists
from gemensam.picture.report_fields import FUTURE_MS, parse_time, unreadable_time
from gemensam.web.page import SpacePage

MEDIUM, BY, AT = "written_medium", "written_by", "written_at"
FIELDS = (MEDIUM, BY, AT)


def waited(page: SpacePage) -> Written | None:
    """Return how a post that waited in a device was written; None for one that comes straight from its form."""
    found = page.waited
    return Written(WITHOUT_LINE, found.at, device_at=found.device_at, doubtful=found.doubtful) if found else None


def read_written(
    fields: Mapping[str, str], lists: Lists, page: SpacePage, errors: MutableMapping[str, str]
) -> Written | None:
    """Return what a form says of when and how its text was written; None where it was written in the form itself.

    What cannot be so is put into `errors` by field.
    """
    medium, by, given = (fields.get(name, "").strip() for name in FIELDS)
    if not (medium or by or given):
        return waited(page)
    if medium not in dict(lists.choices("via")):
        errors[MEDIUM] = _("Say how it was written or given.")
    if len(by) > BY_MAX:
        errors[BY] = _("At most %(limit)s characters; this is %(length)s. Shorten it.") % {
            "limit": BY_MAX, "length": len(by),
        }  # fmt: skip
    at = _time(given, page.written_at, errors)
    return Written(medium, at, by)


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What a page says of a text that was entered afterwards: how, by whom and when (ms UTC) it was written, and
    entered; what the device's clock showed, where that was another time.
    """

    how: str
    by: str
    at: int
    entered_at: int
    device_at: int | None
    doubtful: bool


def afterwards(written: Written | None, lists: Lists, entered_at: int) -> Afterwards | None:
    """Return that in words; None where it was written in the program itself."""
    if written is None:
        return None
    how = lists.word("via", written.medium, "text")
    return Afterwards(how, written.by, written.at, entered_at, written.device_at, written.doubtful)


def written_in(content: Mapping[str, Any] | None) -> Written | None:
    """Return how a content in force was written."""
    found = (content or {}).get("written")
    return Written(**found) if found else None


def _time(given: str, now: int, errors: MutableMapping[str, str]) -> int:
    if not given:
        errors[AT] = _("Say when it was written.")
        return now
    try:
        at = parse_time(given, now, coming=False)
    except Refused:
        errors[AT] = unreadable_time()
        return now
    if at > now + FUTURE_MS:
        errors[AT] = _("It cannot have been written later than now.")
    return min(at, now)
