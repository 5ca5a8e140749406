"""Which moment a page shows (design 4.4): two different questions, never one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """Milliseconds since 1970 in UTC.

    `knew_at`: the fold of what had arrived here by then. `happened_by`: the whole fold, with statements
    chosen by their own time. At most one of them is set.
    """

    now: int
    knew_at: int | None = None
    happened_by: int | None = None

    @property
    def historical(self) -> bool:
        return self.knew_at is not None or self.happened_by is not None

    @property
    def at(self) -> int:
        """The instant from which ages, overdue and stale are counted."""
        if self.knew_at is not None:
            return self.knew_at
        return self.now if self.happened_by is None else self.happened_by
