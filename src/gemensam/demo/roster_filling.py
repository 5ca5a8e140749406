"""The demonstration's call lists, contacts and shifts: two weeks around the present, topped up at each start.

Written by the ordinary commands of each member's administrator. Numbers are of the series that PTS keeps for fiction,
so that nobody is rung; mail addresses are below a domain that takes no mail (RFC 2606).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.resources import files
from typing import Any

from gemensam.core.policy import ROSTERS, Principal
from gemensam.demo.stage import ACCOUNT
from gemensam.ledger.append import program
from gemensam.ledger.reading import Lens, lens_for
from gemensam.ledger.receipts import receipt_of, receipts_of
from gemensam.organisations.domain import Organisation, function, functions, members
from gemensam.rosters import commands
from gemensam.rosters.commands import Sent
from gemensam.rosters.domain.local import MINUTES_OF_DAY, instant, local
from gemensam.rosters.domain.reading import call_list
from gemensam.rosters.domain.series import Planned
from gemensam.rosters.testing import note_tested

ADMINISTRATOR, TESTED = "aktorsadministrator", "rosters/tested"
DAY = 86_400_000


def load_rosters() -> Mapping[str, Any]:
    """Return what the demonstration's rosters are made of."""
    data: Mapping[str, Any] = json.loads((files("gemensam.demo") / "rosters.json").read_text(encoding="utf-8"))
    return data


def fill_rosters(now: int) -> None:
    """Enter what is not there of call lists, contacts, shifts and covers. `now` in ms UTC."""
    filling = Filling(load_rosters(), now, frozenset(receipts_of(ACCOUNT)))
    lens = lens_for(Principal(ACCOUNT, "kansliet", "", frozenset()), now)
    found = members(lens.directory)
    for place, member in enumerate(found):
        filling.fill(member, place)
    tested = [member.id for member in found if member.id not in filling.about["untested"]]
    if receipt_of(program().account, TESTED) is None:
        note_tested(tested, at=now - filling.about["tested_days_ago"] * DAY, key=TESTED)
    for cover in filling.about["covers"]:
        filling.cover(cover)


@dataclass(frozen=True)
class Filling:
    """Fills in for one member after the other. `written`: the keys of what stands in the log already."""

    about: Mapping[str, Any]
    now: int
    written: frozenset[str] = field(repr=False)

    def fill(self, member: Organisation, place: int) -> None:
        """Enter a member's contacts, list and shifts; `place` decides its numbers."""
        lens = self._lens(member.id)
        steps = call_list(lens.directory, lens.state(ROSTERS), member.id).steps
        contacts = [self._contact(lens, each) for each in self._contacts(lens, steps, place)]
        key = f"rosters/{member.id}/list"
        if member.id not in self.about["without_own_list"] and key not in self.written:
            reserve = call_list(lens.directory, lens.state(ROSTERS), member.id).reserve
            content = {"steps": list(steps), "reserve_organisation": reserve[0], "reserve_text": reserve[1]}
            commands.set_list(lens, content, Sent(key=key))
        self._plan(self._lens(member.id), steps[0], contacts[:2])

    def _lens(self, organisation: str) -> Lens:
        """What the administrator of an organisation reads now."""
        directory = lens_for(Principal(ACCOUNT, organisation, "", frozenset()), self.now).directory
        held = next(each.id for each in functions(directory, organisation) if ADMINISTRATOR in each.roles)
        return lens_for(Principal(ACCOUNT, organisation, held, frozenset()), self.now)

    def _contacts(self, lens: Lens, steps: Sequence[str], place: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (key, content) of a member's contacts: two mobiles that take turns, then one fixed line a function."""
        for number, label in enumerate(self.about["first_labels"]):
            mobile = self._number("mobile", 2 * place + number)
            by = [("sms", mobile), ("voice", mobile), ("email", f"{steps[0]}@{self.about['mail']}")]
            yield f"{steps[0]}/{number}", self._content(lens, steps[0], label, by, standing=not number)
        for number, step in enumerate(steps[1:]):
            by = [("voice", self._number("fixed", 2 * place + number)), ("email", f"{step}@{self.about['mail']}")]
            yield step, self._content(lens, step, self.about["other_label"], by, standing=True)

    def _number(self, series: str, place: int) -> str:
        about = self.about[series]
        return f"{about['start']}{about['first'] + place % about['count']:02}"

    def _content(
        self, lens: Lens, step: str, label: str, by: Sequence[tuple[str, str]], *, standing: bool
    ) -> dict[str, Any]:
        found = function(lens.directory, step)
        name = found.name if found is not None else step
        return {
            "label": label.format(name=name[:1].upper() + name[1:]),
            "addresses": [{"channel": channel, "value": value} for channel, value in by],
            "standing_for": [step] if standing else [],
        }

    def _contact(self, lens: Lens, given: tuple[str, dict[str, Any]]) -> str:
        """Make a contact unless it is there; return its id."""
        key = f"rosters/contact/{given[0]}"
        if key in self.written:
            return commands.subject_for(lens, key)
        return commands.set_contact(lens, given[1], Sent(key=key)).subject

    def _plan(self, lens: Lens, step: str, contacts: Sequence[str]) -> None:
        """Plan the weeks that nobody has planned: from Monday to Monday, the two contacts by turns."""
        there = {thing.data.from_at for thing in lens.state(ROSTERS).group("shifts", lens.principal.organisation, step)}
        weeks = [each for each in self._weeks(lens.principal.organisation, contacts) if each.from_at not in there]
        key = f"rosters/{step}/{weeks[0].from_at}" if weeks else ""
        if weeks and key not in self.written:
            commands.plan_shifts(lens, step, weeks, key=key)

    def _weeks(self, organisation: str, contacts: Sequence[str]) -> Iterator[Planned]:
        here = local(self.now).date()
        monday = here - timedelta(days=here.isoweekday() - 1)
        hours, minutes = self.about["change_of_shift"].split(":")
        minute = int(hours) * 60 + int(minutes)
        for week in self.about["weeks"]:
            if week not in self.about["gaps"].get(organisation, ()):
                first = monday + timedelta(weeks=week)
                from_at, until_at = instant(first, minute), instant(first, 7 * MINUTES_OF_DAY + minute)
                yield Planned(from_at, until_at, contacts[first.isocalendar().week % len(contacts)])

    def cover(self, given: Mapping[str, Any]) -> None:
        """Let an organisation ask another to cover for it, and that one accept where it is told so."""
        key = f"rosters/cover/{given['organisation']}"
        if key in self.written:
            return
        from_at = self.now + given["in_days"] * DAY
        content = {
            "by": given["by"], "from_at": from_at, "until_at": from_at + given["days"] * DAY, "note": given["note"],
        }  # fmt: skip
        asked = commands.ask_cover(self._lens(given["organisation"]), content, Sent(key=key))
        if given["accepted"]:
            answer = Sent(key=f"{key}/answer")
            commands.answer_cover(self._lens(given["by"]), asked.subject, "", accepts=True, sent=answer)
