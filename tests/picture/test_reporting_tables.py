"""Every transition of reports, requests and statements: what each entry does in each status, and what it never does."""

from itertools import pairwise, product

import pytest

from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.state import IN_FORCE, SUPERSEDED
from gemensam.core.transitions import START
from gemensam.picture.domain import KINDS
from gemensam.picture.domain.reports import REPORT, ReportData
from gemensam.picture.domain.requests import REQUEST, RequestData
from gemensam.picture.domain.statements import STATEMENT, StatementData
from tests.picture.world import World, answers, report, request

TYPES = (REPORT, REQUEST, STATEMENT)
OWNER, OTHER = "nacka", "lansstyrelsen"


def kinds_of(subject: SubjectType) -> list[Kind]:
    return [kind for kind in KINDS if kind.subject is subject]


def path_to(subject: SubjectType, status: str) -> list[str]:
    """Return kinds that lead the owner's machine to a status."""
    found: dict[str, list[str]] = {START: []}
    while status not in found:
        for (before, kind), after in subject.owner.table.items():
            if before in found:
                found.setdefault(after, [*found[before], kind])
    return found[status]


def at(subject: SubjectType, status: str) -> World:
    """Return a world with one thing "x" in a status; payloads are missing, for they never drive a transition (F22d)."""
    world = World()
    for kind in path_to(subject, status):
        world.put(kind, "x", OWNER, None)
    return world


CASES = [(subject, status, kind.name) for subject in TYPES for status, kind in product(
    sorted(subject.owner.states), kinds_of(subject))]  # fmt: skip


@pytest.mark.parametrize(("subject", "status", "kind"), CASES)
def test_the_owner_moves_a_thing_only_as_its_table_says(subject: SubjectType, status: str, kind: str) -> None:
    world = at(subject, status)
    assert world.thing("x").status == status
    digest = world.put(kind, "x", OWNER, None)
    thing = world.thing("x")
    if kind in subject.each.kinds:
        assert thing.status == status
        return
    expected = subject.owner.follow(status, kind)
    assert thing.status == (expected or status)
    assert (digest in thing.superseded) == (expected is None)


@pytest.mark.parametrize(("subject", "status", "kind"), CASES)
def test_another_organisation_never_moves_the_owners_machine(subject: SubjectType, status: str, kind: str) -> None:
    world = at(subject, status)
    digest = world.put(kind, "x", OTHER, None)
    thing = world.thing("x")
    assert (thing.status, thing.organisation) == (status, OWNER)
    assert (digest in thing.superseded) == (kind in subject.owner.kinds)
    if kind in subject.each.kinds:
        assert thing.party(OTHER) == (subject.each.follow(START, kind) or START)


@pytest.mark.parametrize("subject", [REQUEST, STATEMENT])
def test_each_partys_machine_goes_as_its_table_says(subject: SubjectType) -> None:
    for first, second in product(sorted(subject.each.kinds - {"-"}), repeat=2):
        world = at(subject, min(subject.owner.states))
        world.put(first, "x", OTHER, None)
        before = world.thing("x").party(OTHER)
        world.put(second, "x", OTHER, None)
        after = subject.each.follow(before, second)
        assert world.thing("x").party(OTHER) == (before if after is None else after)


def test_every_kind_of_the_tables_is_declared_and_every_declared_kind_has_its_text() -> None:
    declared = {kind.name for kind in KINDS}
    for subject in TYPES:
        assert (subject.owner.kinds | subject.each.kinds) - {"-"} <= declared
    assert all(kind.name.startswith(f"{kind.subject.name}.") for subject in TYPES for kind in kinds_of(subject))


def test_states_of_things_without_payloads_are_whole() -> None:
    assert isinstance(at(REPORT, "published").thing("x").data, ReportData)
    assert isinstance(at(REQUEST, "open").thing("x").data, RequestData)
    assert isinstance(at(STATEMENT, "recorded").thing("x").data, StatementData)


def test_a_disposed_payload_changes_no_status_and_no_answer() -> None:
    world = World()
    world.write("request.made", "q", OTHER, request("nacka"))
    world.write("report.published", "r", OWNER, report(), refs=(answers("q"),))
    kept = world.state
    gone = World([entry._replace(payload=None) for entry in world.entries], world.now).state
    for subject in ("q", "r"):
        assert gone.things[subject].status == kept.things[subject].status
    assert gone.things["r"].data.answers == ("q",)
    assert [thing.subject for thing in gone.group("answers", "q")] == ["r"]


def test_reports_stand_in_order_of_the_time_that_they_are_true_for() -> None:
    world = World()
    for place, stated_at in enumerate((300, 100, 200)):
        world.write("report.published", f"r{place}", OWNER, report(stated_at=stated_at))
    times = [thing.data.stated_at for thing in world.state.group("reports", OWNER)]
    assert all(earlier < later for earlier, later in pairwise(times))


@pytest.mark.parametrize(("kind", "group"), [("report.withdrawn", "reports"), ("report.corrected", "report_traces")])
def test_a_report_taken_back_leaves_the_reports_but_not_the_traces(kind: str, group: str) -> None:
    world = World()
    world.write("report.published", "r", OWNER, report())
    world.write(kind, "r", OWNER, report(summary="Rätt.") if kind == "report.corrected" else {"reason": "Fel dag."})
    assert world.state.group(group, OWNER) == ()
    assert world.state.size("reports" if group == "report_traces" else "report_traces", OWNER) == 1


def test_a_correction_keeps_the_requests_that_were_answered_and_counts() -> None:
    world = World()
    world.write("request.made", "q", OTHER, request("nacka"))
    world.write("report.published", "r", OWNER, report(), refs=(answers("q"),))
    last = world.write("report.corrected", "r", OWNER, report(summary="Rätt."))
    data = world.thing("r").data
    assert (data.answers, data.corrections, data.content) == (("q",), 1, last)


def test_entries_out_of_place_are_kept_as_superseded() -> None:
    world = World()
    world.put("report.withdrawn", "r", OWNER, None)
    created = world.put("report.published", "r", OWNER, None)
    state = world.state
    verdicts = [state.verdict(entry.header, entry.digest) for entry in world.entries]
    assert verdicts == [SUPERSEDED, IN_FORCE]
    assert state.things["r"].created == created
