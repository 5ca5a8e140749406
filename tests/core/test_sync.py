"""Nodes apart and together again (design section 7, F7, F8, F14, F20, F22), on the pure core."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.clock import ZERO, tick
from gemensam.core.entry import Clock, Header, entry_digest, header_bytes
from gemensam.core.feed import FeedName
from gemensam.core.judging import check_transition
from gemensam.core.kinds import Registry
from gemensam.core.refusal import Refused
from gemensam.core.state import IN_FORCE, summary
from gemensam.core.sync import BEYOND_CUT, FORK, HELD, REPEATED, STORED, WAITING, Replica
from gemensam.core.writing import Draft
from gemensam.kinds import REGISTRY

HOMES = {"nacka": "n1", "taby": "n1", "ssbf": "n2", "polisen": "n2", "trafikverket": "n3", "salem": "n3"}
ONE_ORGANISATION = {kind.name for kind in REGISTRY.sorted() if not kind.by_program and "incident" in kind.spaces}
SIGNED = b"signed"


def replica(admitted: Any = lambda node, organisation: True) -> Replica:
    return Replica("s", lambda header, signature: signature == SIGNED, admitted)


def header(number: int, previous: str, kind: str = "report.published", **changes: Any) -> Header:
    made = Header(
        kind, 1, "s", "thing", "nacka", "nacka", "nacka-tib", "", 1, Clock(number, 0), (), (), 1, "", "p",
        "n1", 1, number, previous, "k",
    )  # fmt: skip
    return made._replace(**changes)


@dataclass
class Node:
    """A node that writes as the ledger does: only what would be in force by its own fold."""

    name: str
    copy: Replica = field(default_factory=replica)
    log: list[bytes] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    def write(self, registry: Registry, kind_name: str, subject: str, organisation: str, now: int) -> None:
        kind = registry.named(kind_name)
        assert kind is not None
        state = self.copy.folded(registry)
        draft = Draft(kind_name, "s", subject, {}, version=kind.version)
        try:
            check_transition(kind, draft, organisation, state.things.get(subject))
        except Refused:
            return
        head = state.heads.get(FeedName(self.name, 1))
        clock = tick(state.clock if state.position else ZERO, now)
        made = Header(
            kind_name, kind.version, "s", subject, organisation, organisation, "f", "", now, clock, (), (), 1, "", "p",
            self.name, 1, head.number + 1 if head else 1, head.digest if head else "", "k",
        )  # fmt: skip
        data = header_bytes(made)
        self.log.append(data)
        assert self.copy.take(data, SIGNED, now).outcome == STORED
        self.acknowledged.append(entry_digest(data))

    def meet(self, other: "Node", now: int) -> None:
        for data in list(self.copy_data()):
            other.copy.take(data, SIGNED, now)
        for data in list(other.copy_data()):
            self.copy.take(data, SIGNED, now)

    def copy_data(self) -> list[bytes]:
        return [one.data for one in self.copy.received.values()]


acts = st.lists(
    st.one_of(
        st.tuples(
            st.just("write"), st.sampled_from(sorted(ONE_ORGANISATION)), st.sampled_from(["a", "b", "c"]),
            st.sampled_from(sorted(HOMES)),
        ),
        st.tuples(st.just("meet"), st.sampled_from(["n1", "n2", "n3"]), st.sampled_from(["n1", "n2", "n3"])),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(acts)
def test_partitioned_nodes_supersede_nothing_that_was_acknowledged(drawn: Any) -> None:
    nodes = {name: Node(name) for name in ("n1", "n2", "n3")}
    for now, act in enumerate(drawn, 1):
        if act[0] == "meet":
            nodes[act[1]].meet(nodes[act[2]], now)
        else:
            # Two organisations never create one and the same subject: ids are drawn at random (UUIDv7).
            kind = REGISTRY.named(act[1])
            made = kind is not None and kind.creates
            subject = f"{act[3]}-{act[2]}" if made else _existing(nodes[HOMES[act[3]]], act[2])
            nodes[HOMES[act[3]]].write(REGISTRY, act[1], subject, act[3], now)
    for one in nodes.values():
        for other in nodes.values():
            one.meet(other, 10_000)
    states = {name: node.copy.folded(REGISTRY) for name, node in nodes.items()}
    assert summary(states["n1"]) == summary(states["n2"]) == summary(states["n3"])
    for name, node in nodes.items():
        for digest in node.acknowledged:
            assert states[name].verdict(node.copy.received[digest].header, digest) == IN_FORCE


def _existing(node: Node, choice: str) -> str:
    things = sorted(node.copy.folded(REGISTRY).things)
    return things[ord(choice) % len(things)] if things else "none"


def test_a_repeated_entry_is_taken_once() -> None:
    here, data = replica(), header_bytes(header(1, ""))
    assert here.take(data, SIGNED, 10).outcome == STORED
    assert here.take(data, SIGNED, 10).outcome == REPEATED
    assert len(here.received) == 1


def test_two_entries_with_one_number_are_a_fork_and_both_are_kept() -> None:
    here = replica()
    first, second = header(1, ""), header(1, "", subject="other")
    here.take(header_bytes(first), SIGNED, 10)
    assert here.take(header_bytes(second), SIGNED, 10).outcome == FORK
    assert len(here.received) == 2
    assert here.stopped == {FeedName("n1", 1)}
    assert here.folded(REGISTRY).position == 0


def test_a_clock_far_ahead_is_held_until_its_time_comes() -> None:
    here = replica()
    data = header_bytes(header(1, "", clock=Clock(10_000_000, 0)))
    assert here.take(data, SIGNED, 10).outcome == HELD
    assert here.folded(REGISTRY).position == 0
    here.judge_again(10_000_000)
    assert here.folded(REGISTRY).position == 1


def test_an_entry_waits_for_the_admission_of_its_node() -> None:
    grants: set[tuple[str, str]] = set()
    here = replica(lambda node, organisation: (node, organisation) in grants)
    assert here.take(header_bytes(header(1, "")), SIGNED, 10).outcome == WAITING
    grants.add(("n1", "nacka"))
    here.judge_again(10)
    assert here.folded(REGISTRY).position == 1


def test_what_lies_beyond_a_cut_is_kept_and_not_folded() -> None:
    here = replica()
    here.cuts["n1", "nacka"] = 0
    assert here.take(header_bytes(header(1, "")), SIGNED, 10).outcome == BEYOND_CUT
    assert here.folded(REGISTRY).position == 0


def test_an_entry_that_comes_before_its_predecessor_is_folded_when_the_chain_is_whole() -> None:
    here = replica()
    first = header_bytes(header(1, ""))
    second = header_bytes(header(2, entry_digest(first), "report.withdrawn"))
    here.take(second, SIGNED, 10)
    assert here.folded(REGISTRY).position == 0
    assert here.missing({FeedName("n1", 1): 2}) == {FeedName("n1", 1): 0}
    here.take(first, SIGNED, 10)
    assert here.folded(REGISTRY).things["thing"].status == "withdrawn"
    assert here.missing({FeedName("n1", 1): 2}) == {}


@pytest.mark.parametrize(
    ("data", "signature", "code"),
    [
        (header_bytes(header(1, "")), b"forged", "signature_wrong"),
        (header_bytes(header(1, "", space="elsewhere")), SIGNED, "space_wrong"),
        (b'{"kind": "a"}', SIGNED, "not_canonical"),
        (b'{"kind":"a"}', SIGNED, "header_malformed"),
        (b"\xff", SIGNED, "not_unicode"),
        (b"x" * 200_000, SIGNED, "header_too_large"),
    ],
)
def test_what_is_malformed_or_forged_is_refused_and_not_stored(data: bytes, signature: bytes, code: str) -> None:
    here = replica()
    with pytest.raises(Refused) as refused:
        here.take(data, signature, 10)
    assert refused.value.code == code
    assert not here.received
