"""Every transition of every machine, and the fold of activation's things: pure."""

from collections import deque

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemensam.activation.domain import TYPES
from gemensam.core.kinds import SubjectType
from gemensam.core.state import IN_FORCE, SUPERSEDED, summary
from gemensam.core.transitions import START, Machine
from tests.activation.entries import OWNER, REGISTRY, entry, folded

CASES = [
    (subject, machine, party, status, kind)
    for subject in TYPES
    for machine, party in ((subject.owner, False), (subject.each, True))
    for status in sorted({START, *machine.states} - {"-"})
    for kind in sorted(machine.kinds - {"-"})
]


def _path(machine: Machine, wanted: str) -> list[str]:
    queue: deque[tuple[str, list[str]]] = deque([(START, [])])
    seen = {START}
    while queue:
        status, kinds = queue.popleft()
        if status == wanted:
            return kinds
        for kind in machine.allowed(status):
            after = machine.table[status, kind]
            if after not in seen:
                seen.add(after)
                queue.append((after, [*kinds, kind]))
    raise AssertionError(f"{wanted} cannot be reached")


def _creating(subject: SubjectType) -> str:
    return next(kind for kind in sorted(subject.owner.kinds) if subject.owner.starts_with(kind))


@pytest.mark.parametrize(("subject", "machine", "party", "status", "kind"), CASES)
def test_an_entry_is_in_force_exactly_where_its_table_says(
    subject: SubjectType, machine: Machine, party: bool, status: str, kind: str
) -> None:
    writer = "lansstyrelsen" if party else OWNER
    steps = [(each, writer) for each in _path(machine, status)]
    before = [(_creating(subject), OWNER), *steps] if party else steps
    made = [entry(place, each, who) for place, (each, who) in enumerate([*before, (kind, writer)], start=1)]
    state, last = folded(*made), made[-1]
    expected = machine.follow(status, kind)
    thing = state.things["a"]
    assert state.verdict(last.header, last.digest) == (SUPERSEDED if expected is None else IN_FORCE)
    assert (thing.party(writer) if party else thing.status) == (status if expected is None else expected)


@pytest.mark.parametrize("kind", sorted({kind for subject in TYPES for kind in subject.owner.kinds}))
def test_no_other_organisation_moves_what_is_its_owners(kind: str) -> None:
    subject = REGISTRY.types[next(each.name for each in TYPES if kind in each.owner.kinds)]
    first = entry(1, _creating(subject))
    other = entry(2, kind, "taby")
    state = folded(first, other)
    assert state.verdict(other.header, other.digest) == SUPERSEDED
    assert state.things["a"].organisation == OWNER


@pytest.mark.parametrize("kind", REGISTRY.sorted(), ids=lambda kind: kind.name)
def test_a_text_that_has_gone_leaves_the_status_that_it_made(kind: object) -> None:
    name = kind.name  # type: ignore[attr-defined]
    subject = next(each for each in TYPES if name in each.owner.kinds | each.each.kinds)
    machine = subject.owner if name in subject.owner.kinds else subject.each
    status = next(at for (at, each) in machine.table if each == name)
    steps = _path(machine, status)
    before = steps if machine is subject.owner else [_creating(subject), *steps]
    made = [entry(place, each) for place, each in enumerate(before, start=1)]
    kept, gone = (folded(*made, entry(len(made) + 1, name, disposed=disposed)) for disposed in (False, True))
    assert gone.things["a"].status == kept.things["a"].status
    assert gone.things["a"].parties == kept.things["a"].parties


KINDS_OF_CALL = [
    ("call.made", OWNER), ("call.convened", OWNER), ("call.withdrawn", OWNER), ("assessment.taken", "lansstyrelsen"),
    ("assessment.given", "lansstyrelsen"), ("call.help_asked", OWNER), ("larm.answered", "taby"),
]  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(KINDS_OF_CALL), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(kinds: list[tuple[str, str]], random: object) -> None:
    made = [entry(place, kind, who) for place, (kind, who) in enumerate(kinds, start=1)]
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    arrived = [each._replace(position=place) for place, each in enumerate(shuffled, start=1)]
    assert summary(folded(*made)) == summary(folded(*arrived))
