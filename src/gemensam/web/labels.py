"""Words for refusals: code → what a person is told, and the HTTP status it is told with.

Capabilities register theirs when they start (`AppConfig.ready`). A text may name the refusal's facts as
`%(name)s`; facts called `…_at` are milliseconds and are told as local time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gemensam.core.refusal import Refused
from gemensam.web import times

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a refusal says, and its HTTP status."""

    text: Text
    status: int = 422


REFUSALS: dict[str, Refusal] = {
    "not_found": Refusal(_("There is nothing here, or it is not shared with you."), 404),
    "not_signed_in": Refusal(_("Sign in first."), 401),
    "no_function": Refusal(_("Your account has no function. Ask your organisation's administrator for one."), 403),
    "not_permitted": Refusal(_("Your function may not do this."), 403),
    "bad_request": Refusal(_("The request could not be read."), 400),
    "bad_moment": Refusal(_("The time could not be read. Write it as 15.08 or 2026-11-20 15.08."), 400),
    "moment_in_future": Refusal(_("That time has not come yet."), 400),
    "historical": Refusal(_("This is how it was. Go back to now to write."), 409),
    "method_not_allowed": Refusal(_("This address cannot be used in that way."), 405),
    "too_large": Refusal(_("What you sent is too large."), 413),
    "csrf": Refusal(_("The page had become too old to send from. Your text is still there: try again."), 403),
    "storage_full": Refusal(_("The disk is full. Nothing was saved. What was saved before is safe."), 507),
    "storage_busy": Refusal(_("The database is busy. Nothing was saved. Try again in a moment."), 503),
    "device_shared": Refusal(_("Say first that the device is yours alone to use.")),
    "fault": Refusal(_("Something went wrong in the program. The fault is noted."), 500),
}


def register_refusals(found: Mapping[str, Text | Refusal]) -> None:
    """Add refusals; a bare text has status 422. Raises `ValueError` when another text has the code already."""
    for code, given in found.items():
        refusal = given if isinstance(given, Refusal) else Refusal(given)
        if REFUSALS.setdefault(code, refusal) != refusal:
            raise ValueError(f"the refusal {code} is registered twice")


def status_of(code: str) -> int:
    """The HTTP status of a refusal; 422 for one that nobody has registered."""
    refusal = REFUSALS.get(code)
    return refusal.status if refusal else 422


def words(refused: Refused) -> str:
    """What the person is told, in the active language; the bare code when it has no words."""
    refusal = REFUSALS.get(refused.code)
    if refusal is None:
        return refused.code
    try:
        return str(refusal.text) % {name: _told(name, value) for name, value in refused.facts.items()}
    except (KeyError, TypeError, ValueError):
        return str(refusal.text)


def _told(name: str, value: object) -> object:
    if name.endswith("_at") and isinstance(value, int):
        return times.clock(value, times.now())
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(str(one) for one in value)
    return value
