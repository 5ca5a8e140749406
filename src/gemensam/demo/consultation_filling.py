"""The demonstration's remiss: an invented proposal for 2027–2030, with a few answers, synpunkter and bemötanden.

Written by the ordinary commands of the functions that would write it, each once (keys). Addresses are below a domain
that takes no mail (RFC 2606). All texts are made up and say so.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from gemensam.consultation import commands
from gemensam.consultation.domain import lines, texts
from gemensam.coordination.sending import Entered, Sent
from gemensam.core.policy import Principal
from gemensam.core.writing import Receipt
from gemensam.demo.stage import ACCOUNT
from gemensam.governance.queries import list_periods_for
from gemensam.ledger.reading import Lens, lens_for
from gemensam.ledger.receipts import receipts_of
from gemensam.organisations.domain import members
from gemensam.rosters.domain.local import instant, local

OFFICE, STRATEGIST = "kansliet", "kansliet-strateg"
BEFORE, LAST_MINUTE = "governance/remiss", 24 * 60 - 1
GIVEN = ("answer", "text", "reason", "body", "political_follows")


def load_remiss() -> Mapping[str, Any]:
    """Return what the demonstration's remiss is made of."""
    data: Mapping[str, Any] = json.loads((files("gemensam.demo") / "remiss.json").read_text(encoding="utf-8"))
    return data


def fill_consultation(now: int) -> None:
    """Send the remiss and enter what is not there of its answers, synpunkter and bemötanden. `now` in ms UTC."""
    filling = Filling(load_remiss(), now, dict(receipts_of(ACCOUNT)))
    period = next((each for each in list_periods_for(filling.lens()) if each.years.first_year == 2027), None)
    if period is None:
        return
    filling.registries()
    remiss = filling.sent(period.id)
    for member, said in filling.about["answers"].items():
        filling.answer(period.id, remiss, member, said)
    filling.responses(period.id)


@dataclass(frozen=True)
class Filling:
    """Writes one thing after the other. `written`: what stands in the log already, by key."""

    about: Mapping[str, Any]
    now: int
    written: dict[str, Receipt]

    def lens(self, organisation: str = OFFICE, function: str = STRATEGIST) -> Lens:
        return lens_for(Principal(ACCOUNT, organisation, function, frozenset()), self.now)

    def day(self, days: int) -> date:
        return local(self.now).date() + timedelta(days=days)

    def registries(self) -> None:
        """Official addresses of all but one, and meeting days of some, a few of which come too late."""
        every = self.about["meetings_days"]
        for place, member in enumerate(members(self.lens().directory)):
            key = f"{BEFORE}/registry/{member.id}"
            if key in self.written or member.id in self.about["without_address"]:
                continue
            days = every[place % len(every)]
            meetings = [
                {"body": self.about["body"], "on": f"{self.day(on)}", "papers_by": f"{self.day(papers)}"}
                for on, papers in days
            ]
            content = {"address": f"registrator@{member.id}.example", "contact": "", "meetings": meetings}
            self.keep(key, commands.set_registry(self.lens(), member.id, content, sent=Sent(key=key)))

    def keep(self, key: str, receipt: Receipt) -> Receipt:
        self.written[key] = receipt
        return receipt

    def sent(self, space: str) -> str:
        """Prepare and send it; return the remiss."""
        key, lens = f"{BEFORE}/prepared", self.lens()
        if key not in self.written:
            sections = [asdict(each) for each in texts.split("\n\n".join(self.about["text"]))]
            content = {
                "title": self.about["title"], "purpose": self.about["purpose"], "sections": sections,
                "questions": self.about["questions"], "members": [each.id for each in members(lens.directory)],
                "deadline_at": instant(self.day(self.about["days"]), LAST_MINUTE), "source": self.about["source"],
            }  # fmt: skip
            self.keep(key, commands.prepare_remiss(lens, space, content, sent=Sent(key=key)))
        remiss, out = self.written[key].subject, f"{BEFORE}/sent"
        if out not in self.written:
            self.keep(out, commands.send_remiss(self.lens(), space, remiss, sent=Sent(key=out)))
        return remiss

    def answer(self, space: str, remiss: str, member: str, said: Mapping[str, Any]) -> None:
        """Enter a member's answer: by itself where a function is named, else by the joint office."""
        key = f"{BEFORE}/answer/{member}"
        own = said.get("function", "")
        lens = self.lens(member, own) if own else self.lens()
        entered = Entered() if own else Entered(member, "epost")
        content = {
            name: said[name] for name in ("answer", "text", "reason", "body", "political_follows") if name in said
        }
        if key not in self.written:
            sent = Sent(key=key, entered=entered)
            self.keep(key, commands.answer_remiss(lens, space, remiss, content, sent=sent))
        told = lines.of_text(said.get("text", ""))
        for place, view in enumerate(said.get("views", ())):
            one = f"{BEFORE}/view/{member}/{place}"
            if one not in self.written:
                quote, _page = lines.quoted(told, view["line"], view["line"])
                mark = {
                    "paragraph": view["paragraph"], "kind": view["kind"], "quote": quote,
                    "answer": self.written[key].digest, "line_from": view["line"], "line_to": view["line"],
                }  # fmt: skip
                self.keep(one, commands.mark_view(lens, space, remiss, mark, sent=Sent(key=one, entered=entered)))

    def responses(self, space: str) -> None:
        """Meet some of the synpunkter; the others wait, as they would."""
        for place, response in enumerate(self.about["responses"]):
            key = f"{BEFORE}/response/{place}"
            if key in self.written:
                continue
            lens = self.lens()
            things = [
                lens.state(space).thing(self.written[f"{BEFORE}/view/{one}"].subject) for one in response["views"]
            ]
            views = [thing for thing in things if thing is not None]
            content = {"outcome": response["outcome"], "text": response["text"]}
            self.keep(key, commands.respond(lens, space, views, content, sent=Sent(key=key)))
