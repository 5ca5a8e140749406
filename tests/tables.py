"""What must hold of every transition table: each (status, kind, writer) does what the table says and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gemensam.core.entry import Clock, Header
from gemensam.core.fold import Arrived, step
from gemensam.core.kinds import Kind, Registry, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import START

OWNER, OTHER = "nacka", "taby"
Path = tuple[tuple[str, str], ...]
Payloads = Mapping[str, Mapping[str, Any]]


class Tried:
    """A subject type's machines, tried one entry at a time on things folded from given payloads."""

    def __init__(self, registry: Registry, subject: SubjectType, payloads: Payloads, name: str = "thing") -> None:
        self._registry, self._subject, self._payloads, self._name = registry, subject, payloads, name

    def kinds(self) -> list[Kind]:
        return [kind for kind in self._registry.sorted() if kind.subject is self._subject]

    def fold(self, path: Iterable[tuple[str, str]], *, with_text: bool = True) -> Thing | None:
        thing = None
        for number, (kind, organisation) in enumerate(path, 1):
            thing = step(thing, self.entry(number, kind, organisation, with_text=with_text), self._registry)
        return thing

    def entry(self, number: int, kind: str, organisation: str, *, with_text: bool = True) -> Arrived:
        header = Header(
            kind, 1, "space", self._name, organisation, organisation, "f", "", number, Clock(number, 0), (), (), 1,
            "", "p", "n", 1, number, "", "k",
        )  # fmt: skip
        payload = self._payloads[kind] if with_text else None
        known = self._registry.find(kind, 1)
        return Arrived(number, f"digest-{number}", header, known.for_fold(payload) if known else payload)

    def statuses(self) -> dict[str, Path]:
        """The shortest way to every status of the owner."""
        ways: dict[str, Path] = {START: ()}
        waiting = [START]
        while waiting:
            at = waiting.pop(0)
            for kind in self._subject.owner.allowed(at):
                after = self._subject.owner.follow(at, kind)
                if after is not None and after not in ways:
                    ways[after] = (*ways[at], (kind, OWNER))
                    waiting.append(after)
        return ways

    def attempts(self) -> Iterator[tuple[str, str, str]]:
        for status in self.statuses():
            for kind in self.kinds():
                for organisation in (OWNER, OTHER):
                    yield status, kind.name, organisation

    def expected(self, status: str, kind: str, organisation: str) -> bool:
        """Whether the tables allow a kind by an organisation in a status of the owner."""
        if kind in self._subject.owner.kinds:
            allowed = self._subject.owner.follow(status, kind) is not None
            return allowed and (status == START or organisation == OWNER)
        return status != START and self._subject.each.follow(START, kind) is not None


def check_every_attempt(tried: Tried) -> int:
    """Assert the tables' word for every attempt, with text and without; returns how many were tried."""
    count = 0
    ways = tried.statuses()
    for status, kind, organisation in tried.attempts():
        for with_text in (True, False):
            way = (*ways[status], (kind, organisation))
            before = tried.fold(ways[status], with_text=with_text)
            after = tried.fold(way, with_text=with_text)
            assert after is not None
            in_force = f"digest-{len(way)}" not in after.superseded
            told = f"{kind} by {organisation} in {status!r}, text: {with_text}"
            assert in_force == tried.expected(status, kind, organisation), told
            if not in_force:
                assert after.status == (before.status if before else START), told
                assert after.data == (before.data if before else None), told
            count += 1
    return count
