"""What a viewer may not see never reaches the viewer: byte for byte, on every route (design 3.8, F1–F6).

The same network is written twice with the same times, salts and keys; once with hidden spaces between the visible
entries, once without. Every page, search, export and operation must answer an outsider with the same bytes.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from gemensam.core.entry import Ref
from gemensam.core.writing import Draft
from gemensam.organisations.founding import pins
from tests.ledger.reports import report
from tests.network import Network, build
from tests.test_routes import address, own_routes

Answers = dict[str, tuple[int, bytes, str]]
START = 1_795_000_000_000
OUTSIDER = "nacka-tib"
COMPILER = "lansstyrelsen-lagesbildsansvarig"
SPACE = "01890000-0000-7000-8000-00000000aaaa"
HIDDEN = ["01890000-0000-7000-8000-00000000bbb1", "01890000-0000-7000-8000-00000000bbb2"]


class Script:
    """Writes entries at given instants with salts of their own, so that hidden ones shift nothing visible."""

    def __init__(self, network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
        self.network = network
        self._label = ""
        self._drawn = 0
        monkeypatch.setattr("gemensam.ledger.append.secrets.token_bytes", self._salt)

    def _salt(self, count: int = 32) -> bytes:
        self._drawn += 1
        return hashlib.sha256(f"{self._label}/{self._drawn}".encode()).digest()[:count]

    def write(self, label: str, function: str, *drafts: Draft) -> None:
        self._label, self._drawn = label, 0
        minute = int(label.split(maxsplit=1)[0])
        self.network.write(function, *drafts, now=START + minute * 60_000)


def subject(label: str) -> str:
    return "0189-" + hashlib.sha256(label.encode()).hexdigest()[:20]


def visible(script: Script, number: int) -> None:
    label = f"{number} visible"
    function = ("taby-tib", "nacka-tib", "ssbf-vb")[number % 3]
    text = f"Elavbrott nummer {number} i norra delen."
    script.write(label, function, report(SPACE, text, subject=subject(label)))


def placed(space: str, name: str, text: str) -> list[Draft]:
    """A statement and a need with a point, a drawing, contact, answers: what map, kommuner and analysis are made of."""
    at = {"latitude": 593_100_000, "longitude": 181_600_000}
    where = {"kommuner": ["0160", "0182"], **at}
    said = {"text": text, "stated_at": START, "row": "el", "status": "kritisk", "where": where}
    drawn = {"shape": "point", "label": text[:100], "corners": [at], "valid_from": START}
    contact = {"about": "vaxholm", "state": "ingen", "since_at": START}
    answers = {"stated_at": START, "answers": [{"code": "behov", "text": text}]}
    return [
        Draft("statement.recorded", space, subject(f"{name} statement"), said),
        Draft("need.raised", space, subject(f"{name} need"), {"text": text, "where": where}),
        Draft("drawing.made", space, subject(f"{name} drawing"), drawn),
        Draft("contact.noted", space, "contact-vaxholm-taby", contact),
        Draft("analysis.answered", space, "analysis-taby", answers),
    ]


def hidden(script: Script, number: int) -> None:
    """What insiders write where the outsider is not: reports, statements, needs, with the words of the visible."""
    label = f"{number} hidden"
    space = HIDDEN[number % 2]
    text = f"Elavbrott {number}: uppgift i mindre krets om norra delen."
    script.write(label, "taby-tib", report(space, text, subject=subject(label)))
    script.write(f"{label} places", "taby-tib", *placed(space, f"{number} hidden", text))
    beat = {"kind": "every", "minutes": 60 + number}
    takt = {"code": "akut", "name": text, "stale_after_ms": 60_000, "reason": text, "conference": beat}
    script.write(f"{label} takt", "lansstyrelsen-tib", Draft("cadence.set", space, "cadence-lansstyrelsen", takt))
    if space == HIDDEN[0] and number > 3:
        script.write(f"{label} part", "taby-tib", part_of_visible(space, number, text))


def compiled(script: Script, minute: int, name: str, space: str, statement: str) -> None:
    """Two pictures with a statement, and an excerpt of the first: what versions and excerpts are made of."""
    state = script.network.lens(COMPILER).state(space)
    thing = state.thing(subject(statement))
    assert thing is not None
    one = {"subject": thing.subject, "entry": thing.data.content, "part": "statement"}
    chosen = [{"code": "konsekvenser", "text": f"Läget, {name}.", "statements": [one]}]
    written = [{"code": "bedomning", "text": f"Bedömning, {name}.", "statements": []}]
    for number, sections in enumerate((chosen, written)):
        payload = {"stated_at": START + minute * 60_000, "sections": sections}
        label = f"{minute} {name} picture {number}"
        script.write(label, COMPILER, Draft("picture.published", space, subject(f"{name} picture {number}"), payload))
    taken = [{"code": "konsekvenser", "statements": [one]}]
    excerpt = {"picture": subject(f"{name} picture 0"), "kind": "mcf", "sections": taken}
    draft = Draft("excerpt.published", space, subject(f"{name} excerpt"), excerpt)
    script.write(f"{minute} {name} excerpt", COMPILER, draft)


def part_of_visible(space: str, number: int, text: str) -> Draft:
    """The narrower part of a report that the outsider reads: its page, its log and its picture show nothing of it."""
    draft = report(space, text, subject=subject(f"{number} hidden part"))
    return replace(draft, refs=(Ref("part_of", SPACE, subject("3 visible")),))


def quarantined(script: Script, label: str, space: str, held: str) -> None:
    """A reader holds a text apart as misplaced."""
    thing = script.network.lens("taby-tib").state(space).thing(subject(held))
    assert thing is not None
    refs = (Ref("quarantines", space, subject(held), thing.created),)
    draft = Draft("quarantine.placed", space, subject(label), {"reason": "Hör inte hemma här"}, refs=refs)
    script.write(label, "taby-tib", draft)


def open_space(script: Script, label: str, space: str, kind: str, **more: Any) -> None:
    payload = {
        "space_kind": kind,
        "title": "Snöoväder" if kind == "incident" else "Hemlig krets",
        "pins": pins(),
        **more,
    }
    script.write(label, "lansstyrelsen-tib", Draft("space.opened", space, space, payload))


def play(script: Script, *, with_hidden: bool) -> None:
    circle = [{"organisation": "lansstyrelsen", "function": "*"}, {"organisation": "taby", "function": "*"}]
    open_space(script, "0 incident", SPACE, "incident")
    if with_hidden:
        open_space(script, "1 hidden one", HIDDEN[0], "sub", parent=SPACE, circle=circle)
        open_space(script, "1 hidden two", HIDDEN[1], "sub", parent="standing", circle=circle)
    script.write("1 visible places", "taby-tib", *placed(SPACE, "1 visible", "Ledning nere vid Boo."))
    for number in range(2, 14):
        visible(script, number)
        if with_hidden:
            hidden(script, number)
    compiled(script, 14, "visible", SPACE, "1 visible statement")
    quarantined(script, "14 visible quarantine", SPACE, "6 visible")
    if with_hidden:
        compiled(script, 14, "hidden", HIDDEN[0], "4 hidden statement")
        compiled(script, 14, "also hidden", HIDDEN[1], "5 hidden statement")
        quarantined(script, "14 hidden quarantine", HIDDEN[0], "6 hidden")


@contextmanager
def at(instant: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: instant * 1_000_000)
        yield


def fill(path: str) -> str:
    """An address of the played network, where the route names a space or a thing of it."""
    kind = {
        "statements": "1 visible statement", "drawings": "1 visible drawing", "excerpts": "visible excerpt",
        "needs": "1 visible need", "quarantine": "14 visible quarantine",
    }  # fmt: skip
    thing = next((subject(name) for folder, name in kind.items() if f"/{folder}/" in f"/{path}"), subject("3 visible"))
    found = address(path).replace("/spaces/standing/", f"/spaces/{SPACE}/").replace("no-such-subject", thing)
    return found.replace("/pictures/x", "/pictures/1")


QUERIES = ("", "?q=elavbrott", "?q=norra", "?knew_at=START", "?happened_by=START", "?circle=" + HIDDEN[0], "?after=3")
OPERATIONS = (
    "me", "organisations", "spaces", "kinds", f"spaces/{SPACE}/entries", f"spaces/{SPACE}/entries?after=4&limit=3",
    f"spaces/{SPACE}/picture", f"spaces/{SPACE}/search?q=elavbrott&limit=4", f"spaces/{SPACE}/search?q=krets",
    f"spaces/{HIDDEN[0]}/entries", f"spaces/{HIDDEN[0]}/picture", f"spaces/{HIDDEN[0]}/search?q=a",
    "spaces/standing/entries", "spaces/directory/entries?limit=20", "openapi.json",
)  # fmt: skip


def answers(network: Network, client: Client, headers: dict[str, str]) -> Answers:
    from gemensam.web.times import iso

    told: Answers = {}
    moment = iso(START + 8 * 60_000).replace("+", "%2B")
    for path, _ in own_routes():
        if path.startswith(("people/", "audit/", "account/", "invitation/", "function/", "healthz", "preferences/")):
            continue  # this node's own accounts and local log; nothing of the spaces is in them
        for query in QUERIES:
            _ask(told, client, fill(path) + query.replace("START", moment), {})
    _ask(told, client, f"/spaces/{HIDDEN[0]}/", {})
    for operation in OPERATIONS:
        _ask(told, Client(), f"/api/v1/{operation}", headers)
    return told


def _ask(told: Answers, client: Client, path: str, headers: dict[str, Any]) -> None:
    answer = client.get(path, headers=headers)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    told[path] = (answer.status_code, body, answer.headers.get("ETag", ""))


def outcome(network: Network, monkeypatch: pytest.MonkeyPatch, *, with_hidden: bool) -> Answers:
    from gemensam.accounts.provision import create_token, create_user

    with at(START, monkeypatch):
        play(Script(network, monkeypatch), with_hidden=with_hidden)
    with at(START + 20 * 60_000, monkeypatch):
        client = network.client(OUTSIDER)
        create_user("utomstaende", "ett långt lösenord 1", [OUTSIDER])
        headers = {"Authorization": f"Bearer {create_token('utomstaende', label='prov')}"}
        return answers(network, client, headers)


def both(databases: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Answers, Answers]:
    """What the outsider is told with the hidden spaces, and where they never were."""
    told = []
    for with_hidden in (True, False):
        with databases.copy("stockholm", build) as folder:
            told.append(outcome(Network(folder), monkeypatch, with_hidden=with_hidden))
    return told[0], told[1]


def test_hidden_spaces_change_no_byte_of_any_answer(databases: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    full, never = both(databases, monkeypatch)
    assert full.keys() == never.keys()
    assert [path for path in full if full[path] != never[path]] == []
    assert sum(status == 200 for status, _, _ in full.values()) > 60
    assert not any(status >= 500 for status, _, _ in full.values())
    assert not any(b"Hemlig krets" in body for _, body, _ in full.values())


def test_the_test_would_see_what_an_insider_sees(databases: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_non_interference.OUTSIDER", "taby-tib")
    full, never = both(databases, monkeypatch)
    assert [path for path in full if full[path] != never[path]]
