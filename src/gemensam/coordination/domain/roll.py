"""The roll call: who takes part, who speaks for whom, and who is missing (R31)."""

from collections.abc import Iterable
from dataclasses import dataclass

from gemensam.coordination.domain.conferences import LEFT, PRESENT, Attendance, ConferenceData

ANNOUNCED, REPRESENTED, ABSENT = "announced", "represented", "absent"
# Who says earlier than this that it will come has announced itself; at the roll call it is asked again.
HERE_WITHIN_MS = 60 * 60_000


@dataclass(frozen=True, slots=True)
class Attender:
    """One organisation; times in ms UTC.

    `status`: present, announced (long before it began), represented (another speaks for it), left or absent.

    `twice`: it takes part itself though another says that it speaks for it.
    """

    organisation: str
    expected: bool
    status: str
    attendance: Attendance | None = None
    represented_by: tuple[str, ...] = ()
    joined_at: int = 0

    @property
    def here(self) -> bool:
        return self.status in (PRESENT, REPRESENTED)

    @property
    def twice(self) -> bool:
        return self.status == PRESENT and bool(self.represented_by)


@dataclass(frozen=True, slots=True)
class Roll:
    """Those expected in the order given, and after them others who take part."""

    expected: tuple[Attender, ...]
    others: tuple[Attender, ...]

    @property
    def here(self) -> int:
        """How many of the expected are here themselves or represented."""
        return sum(1 for attender in self.expected if attender.here)

    @property
    def missing(self) -> tuple[Attender, ...]:
        return tuple(attender for attender in self.expected if not attender.here)

    def of(self, organisation: str) -> Attender | None:
        return next((each for each in (*self.expected, *self.others) if each.organisation == organisation), None)


def roll_call(data: ConferenceData, participants: Iterable[str]) -> Roll:
    """Return the roll call of a conference for those whom it is for."""
    latest, joined, spoken_for = data.latest_attendance(), _joined(data), _spoken_for(data)

    def attender(organisation: str, *, expected: bool) -> Attender:
        said, speaking = latest.get(organisation), spoken_for.get(organisation, ())
        status = _status(data, said)
        if status in (ABSENT, LEFT) and speaking:
            status = REPRESENTED
        return Attender(organisation, expected, status, said, speaking, joined.get(organisation, 0))

    wanted = tuple(participants)
    apart = sorted((set(latest) | set(spoken_for)) - set(wanted))
    return Roll(
        tuple(attender(organisation, expected=True) for organisation in wanted),
        tuple(attender(organisation, expected=False) for organisation in apart),
    )


def counts_from(data: ConferenceData) -> int:
    """Return from when (ms UTC) a registration means that the organisation is here."""
    begins_at = min(data.starts_at, data.opened_at) if data.opened_at else data.starts_at
    return begins_at - HERE_WITHIN_MS


def _status(data: ConferenceData, said: Attendance | None) -> str:
    if said is None:
        return ABSENT
    return ANNOUNCED if said.status == PRESENT and said.at < counts_from(data) else said.status


def _spoken_for(data: ConferenceData) -> dict[str, tuple[str, ...]]:
    """Return who speaks for each organisation that does not (only) speak for itself, sorted."""
    found: dict[str, tuple[str, ...]] = {}
    for organisation, each in sorted(data.latest_attendance().items()):
        if _status(data, each) == PRESENT:
            for other in each.also_represents:
                found[other] = (*found.get(other, ()), organisation)
    return found


def _joined(data: ConferenceData) -> dict[str, int]:
    """Return when each organisation came, the first time."""
    found: dict[str, int] = {}
    for each in data.attendance:
        if each.status == PRESENT:
            found.setdefault(each.organisation, each.at)
    return found
