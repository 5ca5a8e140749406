"""The demonstration's målbild 2027–2030: an invented proposal with milestones, members' states and a working group."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from gemensam.core.policy import Principal
from gemensam.core.writing import Receipt
from gemensam.demo.governing import STRATEGIST
from gemensam.demo.stage import ACCOUNT
from gemensam.governance.queries import list_periods_for
from gemensam.ledger.reading import Lens, lens_for
from gemensam.ledger.receipts import receipts_of
from gemensam.objectives import draft_commands, plan_commands
from gemensam.objectives.domain.texts import read_typed
from gemensam.objectives.draft_commands import Group, Typed
from gemensam.objectives.posting import Sent
from gemensam.organisations.domain import function, organisations

PARTS = ("grundforutsattningar", "malsattningar")


def load_objectives() -> Mapping[str, Any]:
    """Return what the demonstration's målbild is made of."""
    data: Mapping[str, Any] = json.loads((files("gemensam.demo") / "objectives.json").read_text(encoding="utf-8"))
    return data


def fill_objectives(now: int) -> None:
    """Enter what is not there of the målbild: goals, milestones, states, yearly plan and the group's drafts."""
    data = load_objectives()
    office = _lens(STRATEGIST, now)
    period = next((each for each in list_periods_for(office) if each.years.first_year == data["period"]), None)
    if period is not None:
        filling = Filling(period.id, now)
        filling.fill_plan(data)
        filling.fill_group(data)


class Filling:
    """Writes into a period what has no receipt yet, each thing under a key of its own."""

    def __init__(self, space: str, now: int) -> None:
        self.space, self._now = space, now
        self._written = receipts_of(ACCOUNT)
        self._subjects: dict[str, str] = {}

    def fill_plan(self, data: Mapping[str, Any]) -> None:
        """Areas, goals, milestones, states, activities and steps that are done."""
        for order, each in enumerate(data["areas"], 1):
            self._add("area", each["key"], {"title": each["title"], "text": each["text"], "order": order})
        for each in data["goals"]:
            self._add("goal", each["key"], self._goal(each))
        areas = {each["key"]: each["area"] for each in data["goals"]}
        for each in data["milestones"]:
            self._add("milestone", each["key"], self._milestone(each, areas[each["goal"]]))
        for each in data["activities"]:
            content = {**each, "area": self._subjects[each["area"]]}
            del content["key"]
            self._add("activity", each["key"], content)
        for each in data["states"]:
            self._state(each)
        for each in data["steps"]:
            key = f"objectives/step/{each['code']}"
            if key not in self._written:
                content = {"on": each["on"], "note": each["note"]}
                plan_commands.tick_step(self._office(), self.space, each["code"], content, sent=Sent(key=key))

    def fill_group(self, data: Mapping[str, Any]) -> None:
        """The group's narrower space with its revisions and comments, and the revision that all may read."""
        opened = self._written.get("objectives/group")
        if opened is None:
            readers = tuple((each, "*") for each in data["group"]["organisations"])
            group = Group(data["group"]["title"], readers)
            opened = draft_commands.open_group(self._office(), self.space, group, key="objectives/group")
        revisions = [self._revise(opened.space, number, each, data) for number, each in enumerate(data["revisions"])]
        for each in data["comments"]:
            self._comment(opened.space, revisions[each["revision"]], each)
        lifted, key = data["lifted"], "objectives/lifted"
        if key not in self._written:
            revision = revisions[lifted["revision"]]
            draft_commands.lift_revision(self._office(), opened.space, revision, lifted["kind"], sent=Sent(key=key))

    def _office(self) -> Lens:
        return _lens(STRATEGIST, self._now)

    def _add(self, noun: str, name: str, content: Mapping[str, Any]) -> None:
        key = f"objectives/{noun}/{name}"
        receipt = self._written.get(key)
        if receipt is None:
            receipt = plan_commands.add(self._office(), self.space, noun, content, sent=Sent(key=key))
        self._subjects[name] = receipt.subject

    def _goal(self, each: Mapping[str, Any]) -> dict[str, Any]:
        trace = dict(each["trace"])
        storm = self._storm() if trace.pop("storm", False) else ""
        place = {"space": storm, "subject": storm} if storm else {}
        return {"title": each["title"], "area": self._subjects[each["area"]], "traces": [{**trace, **place}]}

    def _storm(self) -> str:
        """Return the space of an incident that is played, "" before there is one."""
        lens = self._office()
        return next((info.id for info in lens.spaces() if info.kind == "incident"), "")

    def _milestone(self, each: Mapping[str, Any], area: str) -> dict[str, Any]:
        concerned: tuple[str, ...] = ()
        if each.get("concerns") == "kommuner":
            found = organisations(self._office().directory)
            concerned = tuple(one.id for one in found if one.member and one.kind == "kommun")
        named = {name: each[name] for name in ("title", "level", "due", "evidence")}
        return {**named, "area": self._subjects[area], "goal": self._subjects[each["goal"]], "concerns": concerned}

    def _state(self, each: Mapping[str, Any]) -> None:
        key = f"objectives/state/{each['function']}/{each['milestone']}"
        if key not in self._written:
            content = {name: each[name] for name in ("state", "evidence", "on", "note") if name in each}
            lens = _lens(each["function"], self._now)
            subject = self._subjects[each["milestone"]]
            plan_commands.state_milestone(lens, self.space, subject, content, sent=Sent(key=key))

    def _revise(self, space: str, number: int, each: Mapping[str, Any], data: Mapping[str, Any]) -> str:
        key = f"objectives/revision/{number}"
        receipt: Receipt | None = self._written.get(key)
        if receipt is None:
            lens = _lens(each["function"], self._now)
            latest = lens.state(space).latest("revisions")
            seen = latest.data.content if latest is not None else ""
            sections = tuple(section for part in PARTS for section in read_typed(part, each[part]))
            typed = Typed(data["title"], sections, each["changed"])
            receipt = draft_commands.write_revision(lens, space, typed, sent=Sent(key=key, seen=seen))
        return receipt.subject

    def _comment(self, space: str, revision: str, each: Mapping[str, Any]) -> None:
        key = f"objectives/comment/{each['key']}"
        if key in self._written:
            return
        lens, remark = _lens(each["function"], self._now), (each["paragraph"], each["text"])
        made = draft_commands.comment(lens, space, revision, remark, sent=Sent(key=key))
        for verb in ("answered", "settled"):
            if said := each.get(verb):
                word, other = (verb, said["text"]), _lens(said["function"], self._now)
                draft_commands.say_of_comment(other, space, made.subject, word, sent=Sent(key=f"{key}/{verb}"))


def _lens(function_id: str, now: int) -> Lens:
    """Return the lens of a function account of the demonstration."""
    directory = lens_for(Principal(ACCOUNT, "", "", frozenset()), now).directory
    found = function(directory, function_id)
    return lens_for(Principal(ACCOUNT, found.organisation if found else "", function_id, frozenset()), now)
