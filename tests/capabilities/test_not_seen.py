"""What a member keeps to itself, or tells the joint office alone, changes no byte that another reader is shown.

The same period is written twice with the same times, salts and keys: once with members who assess themselves in their
circles between the visible entries, once where they never did.
"""

from typing import Any

import pytest

from gemensam.capabilities.domain.assessments import assessment_of
from gemensam.capabilities.domain.levels import level_of
from gemensam.core.writing import Draft
from gemensam.organisations.founding import PINNED, PINNED_IN_PERIOD, pins
from tests.network import Network, build
from tests.test_non_interference import START, Script, at
from tests.test_routes import address, own_routes

PERIOD = "01890000-0000-7000-8000-00000000cca1"
OWN, OFFICE = "01890000-0000-7000-8000-00000000cca2", "01890000-0000-7000-8000-00000000cca3"
ROUND = "round-01890000-0000-7000-8000-00000000cca4"
SECRET = "Reservväg saknas i norra delen"
Answers = dict[str, tuple[int, bytes, str]]


def opened(script: Script, label: str, function: str, space: str, **more: Any) -> None:
    payload = {"space_kind": "period", "title": "Period", "pins": pins(PINNED + PINNED_IN_PERIOD), **more}
    script.write(label, function, Draft("space.opened", space, space, payload))


def shared(script: Script, label: str, function: str, space: str, code: str) -> None:
    member = function.partition("-")[0]
    level = {"capability": code, "level": "3", "proven_on": "2026-03-01"}
    script.write(label, function, Draft("level.shared", space, level_of(member, code), level))


def kept(script: Script, label: str, code: str, *, confirms: bool = False) -> None:
    """Taby assesses itself in its own circle."""
    payload = {"capability": code, "level": "1", "shared_as": "endast_vi", "reason": SECRET, "measure": SECRET}
    subject = assessment_of("taby", code)
    draft = (
        Draft("assessment.confirmed", OWN, subject, {}) if confirms else Draft("assessment.made", OWN, subject, payload)
    )
    script.write(label, "taby-tib", draft)


def play(script: Script, hidden: frozenset[str]) -> None:
    """Write the period. `hidden`: which of `own` and `office` are written between what all read."""
    opened(script, "0 period", "kansliet-strateg", PERIOD)
    years = {"first_year": 2023, "last_year": 2026}
    script.write("0 years", "kansliet-strateg", Draft("period.dated", PERIOD, f"years-{PERIOD}", years))
    asked = {"title": "Självskattning", "due_on": "2027-01-31"}
    script.write("1 round", "kansliet-strateg", Draft("round.opened", PERIOD, ROUND, asked))
    if "own" in hidden:
        circle = [{"organisation": "taby", "function": "*"}]
        opened(script, "2 own", "taby-tib", OWN, space_kind="sub", parent=PERIOD, circle=circle)
        kept(script, "3 own a", "1.1")
        kept(script, "4 own b", "2.3")
        kept(script, "6 own c", "1.1", confirms=True)
    if "office" in hidden:
        circle = [{"organisation": who, "function": "*"} for who in ("kansliet", "taby")]
        opened(script, "5 office", "taby-tib", OFFICE, space_kind="sub", parent=PERIOD, circle=circle)
        shared(script, "6 office level", "taby-tib", OFFICE, "1.2")
        shared(script, "8 office level", "taby-tib", OFFICE, "3.1")
    shared(script, "5 visible", "nacka-tib", PERIOD, "1.1")
    shared(script, "7 visible", "taby-tib", PERIOD, "5.4")
    script.write("7 answer", "solna-tib", Draft("round.answered", PERIOD, ROUND, {}))


def outcome(network: Network, monkeypatch: pytest.MonkeyPatch, reader: str, hidden: frozenset[str]) -> Answers:
    with at(START, monkeypatch):
        play(Script(network, monkeypatch), hidden)
    with at(START + 20 * 60_000, monkeypatch):
        client, told = network.client(reader), {}
        for path in paths():
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            told[path] = (answer.status_code, body, answer.headers.get("ETag", ""))
        return told


def paths() -> list[str]:
    """All addresses of this room, and the pages on which a space's existence could be told."""
    here = [fill(path) for path, _view in own_routes() if "capabilities" in path]
    around = ["/", "/spaces/", *(f"/spaces/{PERIOD}/{part}" for part in ("period/", "log/", "search/?q=reservväg", ""))]
    drafts = [f"/spaces/{space}/{part}" for space in (OWN, OFFICE) for part in ("", "log/", "capabilities/")]
    return [
        *here,
        *around,
        *drafts,
        f"/spaces/{PERIOD}/capabilities/2.3/",
        f"/spaces/{PERIOD}/capabilities/members/taby/",
    ]


def fill(path: str) -> str:
    found = address(path).replace("/spaces/standing/", f"/spaces/{PERIOD}/").replace("no-such-subject", ROUND)
    return found.replace("/rows/", "/1.1/")


def both(databases: Any, monkeypatch: pytest.MonkeyPatch, reader: str, hidden: set[str], left: set[str]) -> list[str]:
    """Return the addresses whose answers differ between a database with what is hidden and one with what is left."""
    told = []
    for written in (hidden, left):
        with databases.copy("stockholm", build) as folder:
            told.append(outcome(Network(folder), monkeypatch, reader, frozenset(written)))
    full, never = told
    assert full.keys() == never.keys()
    assert sum(status == 200 for status, _, _ in full.values()) >= 15
    assert not any(status >= 500 for status, _, _ in full.values())
    return [path for path in full if full[path] != never[path]]


@pytest.mark.database
@pytest.mark.parametrize("reader", ["nacka-tib", "lansstyrelsen-tib"])
def test_another_member_cannot_tell_that_anything_is_kept(
    databases: Any, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    assert both(databases, monkeypatch, reader, {"own", "office"}, set()) == []


@pytest.mark.database
def test_the_joint_office_cannot_tell_what_it_is_not_told(databases: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert both(databases, monkeypatch, "kansliet-strateg", {"own", "office"}, {"office"}) == []


@pytest.mark.database
def test_the_test_would_see_what_the_office_and_the_member_see(databases: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    office = both(databases, monkeypatch, "kansliet-strateg", {"own", "office"}, {"own"})
    assert f"/spaces/{PERIOD}/capabilities/office/" in office
    own = both(databases, monkeypatch, "taby-tib", {"own", "office"}, {"office"})
    assert f"/spaces/{PERIOD}/capabilities/own/1.1/" in own


def test_the_addresses_are_those_of_this_room() -> None:
    assert {
        f"/spaces/{PERIOD}/capabilities/{part}" for part in ("", "summary/", "development/", "own/1.1/", "office/")
    } <= {*paths()}
