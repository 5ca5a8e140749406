"""A clock for playing a scenario at once, and what a play has written."""

from dataclasses import dataclass, field

from gemensam.demo.player import Fault


@dataclass
class QuickClock:
    """Time that passes only when somebody waits for it; stops after so many waits where `stop_after` is given."""

    at: int
    stop_after: int = 1_000_000
    waited: list[float] = field(default_factory=list)

    def now(self) -> int:
        return self.at

    def wait(self, seconds: float) -> bool:
        if len(self.waited) >= self.stop_after:
            return True
        self.waited.append(seconds)
        self.at += round(seconds * 1000)
        return False


@dataclass
class Faults:
    """Collects what could not be played."""

    told: list[Fault] = field(default_factory=list)

    def __call__(self, fault: Fault) -> None:
        self.told.append(fault)

    def __str__(self) -> str:
        return "\n".join(map(str, self.told))
