"""Every transition of every machine, and the fold of coordination's things: pure."""

from collections import deque
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.coordination.domain import TYPES
from gemensam.core.fold import Arrived
from gemensam.core.kinds import SubjectType
from gemensam.core.state import IN_FORCE, SUPERSEDED
from gemensam.core.transitions import START, Machine
from tests.coordination.entries import OWNER, PARTIES, REGISTRY, entry, folded
from tests.histories import Drawn, check_disposal_changes_no_verdict, check_order_changes_nothing, histories, placed

CASES = [
    (subject, machine, party, status, kind)
    for subject in TYPES
    for machine, party in ((subject.owner, False), (subject.each, True))
    for status in sorted({START, *machine.states} - {"-"})
    for kind in sorted(machine.kinds - {"-"})
]


def _path(machine: Machine, wanted: str) -> list[str]:
    """Return the kinds that lead from the start to a status."""
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
    writer = "nacka" if party else OWNER
    steps = [(each, writer) for each in _path(machine, status)]
    before = [(_creating(subject), OWNER), *steps] if party else steps
    made = [entry(place, each, who) for place, (each, who) in enumerate([*before, (kind, writer)], start=1)]
    state, last = folded(*made), made[-1]
    expected = machine.follow(status, kind)
    thing = state.things["a"]
    assert state.verdict(last.header, last.digest) == (SUPERSEDED if expected is None else IN_FORCE)
    assert (thing.party(writer) if party else thing.status) == (status if expected is None else expected)


@pytest.mark.parametrize("kind", sorted({kind for subject in TYPES for kind in subject.owner.kinds}))
def test_only_the_owner_moves_the_owners_machine(kind: str) -> None:
    subject = next(each for each in TYPES if kind in each.owner.kinds)
    start = next(status for status, each in subject.owner.table if each == kind)
    path = _path(subject.owner, start)
    if not path:
        return
    made = [entry(place, each) for place, each in enumerate(path, start=1)]
    foreign = entry(len(path) + 1, kind, "nacka")
    state = folded(*made, foreign)
    assert state.verdict(foreign.header, foreign.digest) == SUPERSEDED
    assert state.things["a"].status == start


@pytest.mark.parametrize("kind", sorted(name for name, _ in REGISTRY.kinds))
def test_every_apply_accepts_a_missing_payload(kind: str) -> None:
    subject = REGISTRY.kinds[kind, 1].subject
    is_party = kind in subject.each.kinds
    machine, writer = (subject.each, "nacka") if is_party else (subject.owner, OWNER)
    start = next(status for status, each in machine.table if each == kind)
    before = [_creating(subject)] if is_party else []
    steps = [*before, *_path(machine, start), kind]
    writers = [OWNER] * len(before) + [writer] * (len(steps) - len(before))
    made = [
        entry(place, each, who, disposed=True)
        for place, (each, who) in enumerate(zip(steps, writers, strict=True), start=1)
    ]
    state = folded(*made)
    assert state.verdict(made[-1].header, made[-1].digest) == IN_FORCE


ENTRIES = histories({name for name, _ in REGISTRY.kinds}, PARTIES, size=40)


def _made(drawn: Iterable[Drawn], gone: frozenset[int] = frozenset()) -> list[Arrived]:
    return [
        entry(ms, kind, who, subject=subject, node=node, disposed=number in gone)
        for number, (kind, subject, who, ms, node) in enumerate(drawn)
    ]


@settings(max_examples=300, deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False))
def test_two_nodes_that_hold_the_same_entries_agree(drawn: list[Drawn], random: Random) -> None:
    check_order_changes_nothing(_made(drawn), folded, random)


@settings(max_examples=200, deadline=None)
@given(ENTRIES, st.frozensets(st.integers(0, 39)))
def test_disposal_changes_no_status_and_no_verdict(drawn: list[Drawn], gone: frozenset[int]) -> None:
    check_disposal_changes_no_verdict(_made(drawn), _made(drawn, gone), folded)


@settings(max_examples=200, deadline=None)
@given(ENTRIES)
def test_partitioned_nodes_supersede_nothing_of_another_organisation(drawn: list[Drawn]) -> None:
    """Each organisation writes on its own node, only what its own machine allows: all stays in force (F7)."""
    nodes = {"lansstyrelsen": "n1", "nacka": "n2", "taby": "n3"}
    kept: list[Arrived] = []
    things: dict[str, tuple[SubjectType, dict[str, str]]] = {}
    for kind, subject, who, _ms, _node in sorted(drawn, key=lambda each: each[3]):
        declared = REGISTRY.kinds[kind, 1]
        type_, statuses = things.setdefault(subject, (declared.subject, {}))
        owner = statuses.get("owner", who)
        if type_ is not declared.subject or (declared.by_owner and owner != who):
            continue
        machine, key = (type_.owner, "own") if declared.by_owner else (type_.each, who)
        after = machine.follow(statuses.get(key, START), kind)
        if after is None or (not declared.by_owner and "own" not in statuses):
            continue
        statuses[key] = after
        statuses.setdefault("owner", who)
        kept.append(entry(len(kept) + 1, kind, who, subject=subject, node=nodes[who]))  # clocks rise within a node
    state = folded(*placed(reversed(kept)))
    assert all(state.verdict(arrived.header, arrived.digest) == IN_FORCE for arrived in kept)
