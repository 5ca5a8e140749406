"""What comes before a conference in its series: the conference before it, the report that was asked for, what is open.

Everything is computed from one space's state, the same for all who read it.
"""

from gemensam.coordination.domain.conferences import ConferenceData
from gemensam.core.state import SpaceState, Thing

# How long before the first conference of a series the report for it may be due.
FIRST_ASKED_MS = 7 * 24 * 3_600_000


def conference_before(state: SpaceState, conference: Thing) -> Thing | None:
    """Return the last conference of the space that began before this one and was not cancelled, or None."""
    earlier = (thing for thing in reversed(state.group("conferences")) if thing.status != "cancelled")
    return next((thing for thing in earlier if thing.data.starts_at < conference.data.starts_at), None)


def asked_before(state: SpaceState, conference: Thing, happened_by: int | None = None) -> Thing | None:
    """Return the request of the conference's series whose answers are due before it, the latest; or None.

    `happened_by`: only one that had been made by then.
    """
    data: ConferenceData = conference.data
    if not data.series:
        return None
    after = _previous_start(state, conference)
    return next(
        (
            thing
            for thing in state.newest("requests_in_series", data.series)
            if thing.status == "open"
            and after < thing.data.deadline_at <= data.starts_at
            and (happened_by is None or thing.data.occurred_at <= happened_by)
        ),
        None,
    )


def _previous_start(state: SpaceState, conference: Thing) -> int:
    data: ConferenceData = conference.data
    in_series = (thing.data.starts_at for thing in state.group("conferences") if thing.data.series == data.series)
    return max((at for at in in_series if at < data.starts_at), default=data.starts_at - FIRST_ASKED_MS)


def was_open_before(state: SpaceState, conference: Thing, need: Thing) -> bool:
    """Whether a need was there already when the conference before this one ended: it is followed up first."""
    before = conference_before(state, conference)
    if before is None or need.data.conference == conference.subject:
        return False
    return bool(need.data.raised_at <= (before.data.closed_at or before.data.starts_at))
