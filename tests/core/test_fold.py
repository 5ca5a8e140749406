"""Same set, same state; one party per machine; late entries; missing payloads (design section 4)."""

from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.entry import Clock, Header
from gemensam.core.fold import Arrived, fold
from gemensam.core.kinds import Kind, SubjectType, collect
from gemensam.core.state import IN_FORCE, SUPERSEDED, UNKNOWN, summary
from gemensam.core.transitions import Machine


@dataclass(frozen=True)
class Text:
    text: str = ""


def _apply(data: Any, header: Header, digest: str, payload: Any) -> tuple[str, ...]:
    return (*(data or ()), f"{header.kind}:{(payload or {}).get('text', '?')}")


NEED = SubjectType(
    "need",
    owner=Machine({("", "need.raised"): "open", ("open", "need.withdrawn"): "withdrawn"}),
    each=Machine({("", "offer.made"): "offered", ("offered", "offer.withdrawn"): "withdrawn"}),
    index=lambda thing: [(("needs", thing.organisation), (thing.created_clock, thing.subject))],
)
REGISTRY = collect(
    Kind(name, 1, NEED, Text, "report", _apply)
    for name in ("need.raised", "need.withdrawn", "offer.made", "offer.withdrawn")
)
NAMES = ("need.raised", "need.withdrawn", "offer.made", "offer.withdrawn", "need.painted")


def entry(position: int, kind: str, subject: str, organisation: str, ms: int, node: str = "n1") -> Arrived:
    header = Header(
        kind, 1, "s", subject, organisation, organisation, "f", "", ms, Clock(ms, 0), (), (), 1, "", "p",
        node, 1, ms, "", "k",
    )  # fmt: skip
    return Arrived(position, f"{node}/{ms}/{kind}", header, {"text": str(position)})


entries = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(["a", "b"]), st.sampled_from(["nacka", "taby", "ssbf"]),
        st.integers(1, 60), st.sampled_from(["n1", "n2"]),
    ),
    max_size=25,
    unique_by=lambda drawn: (drawn[3], drawn[4]),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(entries, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_things(drawn: Any, random: Any) -> None:
    made = [entry(number, kind, subject, org, ms, node) for number, (kind, subject, org, ms, node) in enumerate(drawn)]
    shuffled = list(made)
    random.shuffle(shuffled)
    again = [arrived._replace(position=place) for place, arrived in enumerate(shuffled)]
    first, second = fold("s", made, REGISTRY), fold("s", again, REGISTRY)
    assert summary(first) == summary(second)
    assert sorted(first.groups.items()) == sorted(second.groups.items())


@settings(max_examples=200, deadline=None)
@given(entries, st.sets(st.integers(0, 24)))
def test_a_missing_payload_changes_no_verdict_and_no_status(drawn: Any, gone: set[int]) -> None:
    made = [entry(number, kind, subject, org, ms, node) for number, (kind, subject, org, ms, node) in enumerate(drawn)]
    poorer = [arrived._replace(payload=None) if arrived.position in gone else arrived for arrived in made]
    whole, less = fold("s", made, REGISTRY), fold("s", poorer, REGISTRY)
    for arrived in made:
        assert whole.verdict(arrived.header, arrived.digest) == less.verdict(arrived.header, arrived.digest)
    assert {key: thing.status for key, thing in whole.things.items()} == {
        key: thing.status for key, thing in less.things.items()
    }


def test_apply_is_given_the_extract_of_a_kind_that_has_one() -> None:
    whole, extracting, textless = (
        Kind("need.raised", 1, NEED, Text, "report", _apply, **more)
        for more in ({}, {"extract": lambda payload: {"text": payload["text"][:1]}}, {"folds_payload": False})
    )
    payload = {"text": "lång"}
    assert [kind.for_fold(payload) for kind in (whole, extracting, textless)] == [payload, {"text": "l"}, None]
    assert [kind.for_fold(None) for kind in (whole, extracting, textless)] == [None, None, None]


def test_another_organisation_cannot_withdraw_a_need() -> None:
    made = [entry(1, "need.raised", "a", "nacka", 1), entry(2, "need.withdrawn", "a", "taby", 2)]
    state = fold("s", made, REGISTRY)
    assert [state.verdict(arrived.header, arrived.digest) for arrived in made] == [IN_FORCE, SUPERSEDED]
    assert state.things["a"].status == "open"


def test_each_party_has_its_own_machine() -> None:
    made = [
        entry(1, "need.raised", "a", "nacka", 1),
        entry(2, "offer.made", "a", "taby", 2),
        entry(3, "need.withdrawn", "a", "nacka", 3),
        entry(4, "offer.made", "a", "ssbf", 4),
    ]
    thing = fold("s", made, REGISTRY).things["a"]
    assert (thing.status, thing.party("taby"), thing.party("ssbf"), thing.superseded) == (
        "withdrawn", "offered", "offered", (),
    )  # fmt: skip


def test_an_unknown_kind_is_kept_and_its_subject_needs_an_upgrade() -> None:
    made = [entry(1, "need.raised", "a", "nacka", 1), entry(2, "need.painted", "a", "nacka", 2)]
    state = fold("s", made, REGISTRY)
    assert state.verdict(made[1].header, made[1].digest) == UNKNOWN
    assert state.things["a"].needs_upgrade and state.things["a"].status == "open"


def test_what_comes_before_its_subject_takes_force_when_the_subject_comes() -> None:
    early = [entry(1, "offer.made", "a", "taby", 5), entry(2, "need.raised", "a", "nacka", 1)]
    state = fold("s", early, REGISTRY)
    assert state.things["a"].party("taby") == "offered"
    assert state.group("needs", "nacka")[0].subject == "a"


def test_a_group_follows_its_things() -> None:
    made = [entry(1, "need.raised", "b", "nacka", 2), entry(2, "need.raised", "a", "nacka", 1, "n2")]
    state = fold("s", made, REGISTRY)
    assert [thing.subject for thing in state.group("needs", "nacka")] == ["a", "b"]
    assert state.latest("needs", "nacka") == state.things["b"]
    assert state.group("needs", "taby") == ()
