"""Where a scenario is played: its space, who acts in it, and what has been written of it so far.

Every entry has an idempotency key made from the event's number, and the keys in the log say how far the play has
come: a stop in the middle of an event is taken up where it was, and nothing is written twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.core.writing import Receipt
from gemensam.demo.scenario import Event, Scenario
from gemensam.ledger.reading import Lens, lens_for
from gemensam.ledger.receipts import receipts_of
from gemensam.organisations.domain import Function, function

ACCOUNT = "demonstration"
SPACE, MADE = "space", ""


@dataclass
class Stage:
    """A scenario being played. `space`: where, "" until an event opens it; `written`: receipts by key."""

    scenario: Scenario
    space: str = ""
    written: dict[str, Receipt] = field(default_factory=dict)

    def recall(self) -> int:
        """Learn from the log what has been played; return the number of the event to go on with.

        The last event that wrote anything is played again: it may have been cut off between two entries.
        """
        self.written = {
            key: receipt for key, receipt in receipts_of(ACCOUNT).items() if key.startswith(f"{self.scenario.code}/")
        }
        for key, receipt in self.written.items():
            if key.endswith(f"/{SPACE}"):
                self.space = receipt.space
        return max((int(key.split("/")[1]) for key in self.written), default=0)

    def subject(self, ref: str) -> str:
        """Return the subject that an earlier event made; raises `Refused("not_played")` where it was refused."""
        return self.receipt(ref).subject

    def receipt(self, ref: str) -> Receipt:
        """Return where an earlier event's entry stands; raises `Refused("not_played")` where it was refused."""
        receipt = self.written.get(self.key(self.scenario.refs.get(ref, -1), MADE))
        if receipt is None:
            raise Refused("not_played", ref=ref)
        return receipt

    def key(self, number: int, step: str) -> str:
        return f"{self.scenario.code}/{number:03d}/{step}"


@dataclass(frozen=True)
class Scene:
    """One event being played.

    `now`: when it happens; `real_now`: when it is written; both ms UTC, and different for what is told afterwards.
    """

    stage: Stage
    event: Event
    now: int
    real_now: int

    @property
    def space(self) -> str:
        if not self.stage.space:
            raise Refused("not_played", ref=SPACE)
        return self.stage.space

    @property
    def lens(self) -> Lens:
        """What the acting function may read now; its rights are the directory's."""
        return lens_for(Principal(ACCOUNT, self.actor.organisation, self.actor.id, frozenset()), self.now)

    @property
    def said_at(self) -> int | None:
        """When it happened, where that was before it is written."""
        return self.now if self.now < self.real_now else None

    @property
    def actor(self) -> Function:
        return self.function(self.event.actor)

    def function(self, name: str) -> Function:
        """Return a function of the directory; raises `Refused("unknown_function")`."""
        directory = lens_for(Principal(ACCOUNT, "", "", frozenset()), self.now).directory
        found = function(directory, name)
        if found is None:
            raise Refused("unknown_function", function=name)
        return found

    @property
    def organisation(self) -> str:
        """Whose word it is: the organisation named in the event, else the actor's own."""
        return str(self.event.about.get("organisation") or self.actor.organisation)

    def write(self, write: Callable[[str], Receipt], step: str = MADE) -> Receipt:
        """Write one entry of this event, unless it has been written; `write` gets its idempotency key."""
        key = self.stage.key(self.event.number, step)
        if key not in self.stage.written:
            self.stage.written[key] = write(key)
        return self.stage.written[key]

    def text(self, name: str) -> str:
        return str(self.event.about.get(name) or "")

    def in_minutes(self, name: str) -> int | None:
        """Return the instant that a field gives in minutes (`…_min`) or days (`…_days`) from now."""
        for suffix, unit in (("_min", 60_000), ("_days", 86_400_000)):
            if (amount := self.event.about.get(name + suffix)) is not None:
                return self.now + int(amount) * unit
        return None
