"""A realistic log: what 36 members and the one that asks write in a long crisis, as lines for `gemensam load`.

Of a hundred entries about sixty are reports with twelve rows, ten corrections, twenty-five statements, the rest needs,
offers, and now and then a request to everybody. The same seed gives the same texts; ids are drawn for each run.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gemensam.ledger.ids import uuid7

TURN = 50  # entries that one function writes before the next: `load` commits them together
CELLS = 12
DAY_MS = 24 * 3600 * 1000
STATUS = ("ingen", "ingen", "ingen", "mattlig", "mattlig", "betydande", "allvarlig", "kritisk")
COMMON, RARE, PAIR = "strömavbrott", "isdämning", "reservkraft telefoni"
_WHAT = ("Strömavbrott i", "Hala vägar i", "Brist på personal i", "Störningar i telefoni i", "Snöröjning pågår i",
         "Fjärrvärmen är nere i", "Reservkraft är igång i", "Läget är stabilt i", "Ställverk skadat i")  # fmt: skip
_WHERE = ("norra delen", "centrum", "skärgården", "västra stadsdelarna", "industriområdet", "Älta", "Fisksätra",
          "Järna", "Hölö", "Åkersberga", "Gustavsberg", "kommunens södra delar")  # fmt: skip
_THEN = ("Åtgärder pågår.", "Bedöms hanterbart.", "Leverantören väntas vara klar i kväll.", "Trygghetspunkt öppnas.",
         "Boende har evakuerats.", "Reservkraft räcker till i morgon bitti.", "Ny uppdatering kommer.")  # fmt: skip


@dataclass
class Crisis:
    """Draws entries in order of time; `members` are (organisation, function) pairs, the asker last."""

    space: str
    members: Sequence[tuple[str, str]]
    rows: Sequence[str]
    count: int
    now: int
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    reports: dict[str, list[str]] = field(default_factory=dict)
    needs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def entries(self) -> Iterator[dict[str, Any]]:
        """Yield `count` entries, in turns of one function each."""
        written = 0
        while written < self.count:
            organisation, function = self.members[(written // TURN) % len(self.members)]
            for _ in range(min(TURN, self.count - written)):
                at = self.now - 10 * DAY_MS + 9 * DAY_MS * written // self.count
                yield {"id": uuid7(), "space": self.space, "function": function, **self._one(organisation, at, written)}
                written += 1

    def _one(self, organisation: str, at: int, number: int) -> dict[str, Any]:
        if organisation == self.members[-1][0] and number % TURN == 0:
            return self._request(at)
        drawn = self.chance.random()
        earlier = self.reports.setdefault(organisation, [])
        if drawn < 0.10 and earlier:
            return self._entry("report.corrected", earlier[-1], report(self.chance, self.rows, at))
        if drawn < 0.65:
            return self._report(organisation, at)
        if drawn < 0.90:
            return self._entry("statement.recorded", uuid7(), self._statement(organisation, at))
        if drawn < 0.95 or not self.needs:
            self.needs.append(uuid7())
            need = {"text": self._words(), "row": "el", "urgency": "i_dag", "amount": "2 aggregat"}
            return self._entry("need.raised", self.needs[-1], need)
        return self._entry("need.offered", self.chance.choice(self.needs), {"text": self._words()})

    def _report(self, organisation: str, at: int) -> dict[str, Any]:
        subject = uuid7()
        self.reports[organisation].append(subject)
        made = self._entry("report.published", subject, report(self.chance, self.rows, at))
        if self.requests and organisation != self.members[-1][0]:
            made["refs"] = [{"rel": "answers", "space": self.space, "subject": self.requests[-1]}]
        return made

    def _request(self, at: int) -> dict[str, Any]:
        self.requests.append(uuid7())
        asked = sorted({organisation for organisation, _ in self.members[:-1]})
        payload = {"purpose": "aktiverat", "template": "full", "deadline_at": self.now + 2 * DAY_MS, "asked": asked,
                   "purpose_text": "Underlag till samlad lägesbild."}  # fmt: skip
        return self._entry("request.made", self.requests[-1], payload)

    def _statement(self, organisation: str, at: int) -> dict[str, Any]:
        return {"text": self._words(), "stated_at": at, "row": self.chance.choice(self.rows), "about": organisation}

    def _words(self) -> str:
        return sentence(self.chance)

    def _entry(self, kind: str, subject: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"kind": kind, "subject": subject, "payload": payload}


def sentence(chance: random.Random) -> str:
    """Return two plain sentences; one in two thousand holds the rare word."""
    if chance.random() < 0.0005:
        return "Isdämning hotar bron. Räddningstjänsten är på plats."
    return f"{chance.choice(_WHAT)} {chance.choice(_WHERE)}. {chance.choice(_THEN)}"


def report(chance: random.Random, rows: Sequence[str], at: int) -> dict[str, Any]:
    """Return the payload of a report with twelve rows, measures, a forecast and a need (1–2 kB as sent)."""
    return {
        "template": "full",
        "stated_at": at,
        "summary": sentence(chance),
        "cells": [
            {"row": row, "status": chance.choice(STATUS), "text": sentence(chance), "trend": "samma"}
            for row in chance.sample(list(rows), CELLS)
        ],
        "done": ["Krisledningen samlad.", "Trygghetspunkt öppnad i sporthallen."],
        "planned": [{"what": "Byte av personal", "when": "kl. 18", "who": "räddningstjänsten"}],
        "forecasts": [{"hours": 6, "text": sentence(chance), "worst": "Avbrottet varar i två dygn."}],
        "needs": [{"what": "Elverk", "amount": "2", "place": "sporthallen", "urgency": "i_dag"}],
    }


def write_lines(file: Path, crisis: Crisis) -> int:
    """Write the entries of a crisis to a file; returns its size in bytes."""
    with file.open("w", encoding="utf-8") as out:
        for entry in crisis.entries():
            out.write(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n")
    return file.stat().st_size
