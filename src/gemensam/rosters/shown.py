"""What the pages of this room tell, in words, from the states of `directory` and `rosters` at one instant (ms UTC)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.core.policy import ROSTERS
from gemensam.core.state import SpaceState, Thing
from gemensam.core.swedish import sort_key
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import Organisation, function, members, organisation
from gemensam.organisations.names import Lists, function_long_name, function_name, organisation_name
from gemensam.rosters.domain.addresses import BY_NUMBER, Address, spoken
from gemensam.rosters.domain.gaps import GAP, NO_OWN_LIST, NOT_REACHED, UNTESTED, Flag, Gap, flags
from gemensam.rosters.domain.reading import CallList, Reach, call_list, cover_at, reach
from gemensam.web import times
from gemensam.web.page import SpacePage

CHANNELS = "contact_channels"
GRAVE = frozenset({NOT_REACHED, GAP})


@dataclass(frozen=True, slots=True)
class ShownAddress:
    """An address as it is read: the channel's word and the number as one says it, or the mail address."""

    channel: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A function of a call list, and how it is reached at the page's moment. `until_at`: when its shift ends, or 0."""

    function: str
    name: str
    long_name: str
    label: str
    addresses: tuple[ShownAddress, ...]
    shift: str
    until_at: int
    overlapping: int

    @property
    def numbers(self) -> tuple[str, ...]:
        """What a person can ring, each number once; the mail addresses where there is no number."""
        by_number = [each.text for each in self.addresses if each.channel in BY_NUMBER]
        return tuple(dict.fromkeys(by_number or [each.text for each in self.addresses if each.text]))


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """What should be mended, in words; `grave`: somebody may not be reached. `from_at` sorts and is told (ms UTC)."""

    code: str
    text: str
    grave: bool
    from_at: int = 0


@dataclass(frozen=True, slots=True)
class ShownMember:
    """A member's call list in words."""

    id: str
    name: str
    short: str
    told: CallList
    steps: tuple[ShownStep, ...]
    reserve: str
    cover: str
    flags: tuple[ShownFlag, ...]


class Speech:
    """Words for functions, contacts, addresses, gaps and flags of two states at an instant."""

    def __init__(self, directory: SpaceState, rosters: SpaceState, at: int) -> None:
        self.directory, self.rosters, self.at = directory, rosters, at
        self._lists = Lists(directory)

    def organisation(self, organisation_id: str) -> str:
        """The short name by which an organisation is called."""
        found = organisation(self.directory, organisation_id)
        return found.short if found is not None else organisation_id

    def function(self, function_id: str) -> str:
        found = function(self.directory, function_id)
        return function_name(found) if found is not None else function_id

    def channel(self, code: str) -> str:
        return self._lists.word(CHANNELS, code)

    def contact(self, contact: str) -> str:
        """The member's own word for a duty contact."""
        thing = self.rosters.thing(contact)
        label = thing.data.label if thing is not None and thing.type == "duty_contact" else ""
        return str(label) or _("(the text has been removed)")

    def address(self, address: Address) -> ShownAddress:
        return ShownAddress(address.channel, self.channel(address.channel), spoken(address.value))

    def step(self, function_id: str) -> ShownStep:
        """A function and who is reached in it."""
        found = function(self.directory, function_id)
        reached = reach(self.directory, self.rosters, function_id, self.at)
        return ShownStep(
            function_id, self.function(function_id), function_long_name(found) if found is not None else "",
            reached.label, tuple(map(self.address, reached.addresses)), reached.shift, self._until(reached),
            len(reached.overlapping),
        )  # fmt: skip

    def _until(self, reached: Reach) -> int:
        thing = self.rosters.thing(reached.shift) if reached.shift else None
        return thing.data.until_at if thing is not None else 0

    def reserve(self, told: CallList) -> str:
        """The reserve path in words, with the organisation where the words do not name it."""
        through, text = told.reserve
        name = self.organisation(through) if through else ""
        return " · ".join(part for part in (text, name if name not in text else "") if part)

    def gap(self, gap: Gap | Flag) -> str:
        """From when until when nobody holds a function."""
        span = {"who": self.function(gap.function), "from": self.clock(gap.from_at), "until": self.clock(gap.until_at)}
        if gap.standing:
            return _("%(who)s: no shift %(from)s – %(until)s; the standing contact takes it") % span
        return _("%(who)s: nobody %(from)s – %(until)s") % span

    def flag(self, flag: Flag) -> ShownFlag:
        return ShownFlag(flag.code, self._flag_text(flag), flag.code in GRAVE and not flag.standing, flag.from_at)

    def _flag_text(self, flag: Flag) -> str:
        if flag.code == NOT_REACHED:
            return _("%(who)s: nobody is reached now") % {"who": self.function(flag.function)}
        if flag.code == GAP:
            return self.gap(flag)
        if flag.code == NO_OWN_LIST:
            return _("The call list is a proposal that nobody has confirmed")
        since = times.day(flag.from_at, self.at) if flag.from_at else ""
        if flag.code == UNTESTED:
            told = _("The call list was last tested %(day)s") if since else _("The call list has not been tested")
            return told % {"day": since}
        return _("The call list was last gone through %(day)s") % {"day": since}

    def clock(self, at: int) -> str:
        return times.clock(at, self.at)

    def member(self, member: Organisation) -> ShownMember:
        told = call_list(self.directory, self.rosters, member.id)
        by = cover_at(self.rosters, member.id, self.at)
        return ShownMember(
            member.id, organisation_name(member), member.short, told, tuple(map(self.step, told.steps)),
            self.reserve(told), self.organisation(by) if by else "",
            tuple(map(self.flag, flags(self.directory, self.rosters, member.id, self.at))),
        )  # fmt: skip


def day_words(at: int) -> str:
    """The day of the week and the date, never *today*: a schedule is put on the wall. `måndag 30 nov`."""
    return f"{times.weekday(times.local(at).isoweekday())} {times.day(at, at - 5 * times.DAY)}"


def span_words(from_at: int, until_at: int, day: int) -> str:
    """From when until when, on a line of a local day: `08.00 – tis 1 dec 08.00`; another day is named."""
    return f"{_on_day(from_at, day)} – {_on_day(until_at, day)}"


def gap_words(gap: Gap) -> str:
    """A gap on the line of the day when it begins."""
    span = {"span": span_words(gap.from_at, gap.until_at, gap.from_at)}
    if gap.standing:
        return _("No shift %(span)s; the standing contact takes it") % span
    return _("Nobody %(span)s") % span


def _on_day(at: int, day: int) -> str:
    there, hours = times.local(at), times.clock(at, at)
    if there.date() == times.local(day).date():
        return hours
    return f"{times.weekday(there.isoweekday())[:3]} {times.day(at, at - 5 * times.DAY)} {hours}"


def speech_of(page: SpacePage) -> Speech:
    """Return the words of a page of `rosters` at its moment."""
    return Speech(page.lens.directory, page.state, page.moment.at)


def speech_now(lens: Lens) -> Speech:
    """Return the words of what a reader may read now."""
    return Speech(lens.directory, lens.state(ROSTERS), lens.now)


def list_members(speech: Speech) -> list[ShownMember]:
    """Return all members in Swedish order of their short names."""
    found = sorted(members(speech.directory), key=lambda each: sort_key(each.short))
    return [speech.member(each) for each in found]


def contacts_of(rosters: SpaceState, organisation_id: str, *, used: bool = True) -> tuple[Thing, ...]:
    """Return an organisation's duty contacts in the order in which they were made; those in use, or all."""
    found = rosters.group("duty_contacts", organisation_id)
    return tuple(thing for thing in found if thing.status == "used" or not used)


def contact_choices(rosters: SpaceState, organisation_id: str) -> list[tuple[str, str]]:
    """Return (id, label) of the duty contacts that can be chosen."""
    return [(thing.subject, thing.data.label or "–") for thing in contacts_of(rosters, organisation_id)]


def function_choices(speech: Speech, functions: Sequence[str]) -> list[tuple[str, str]]:
    return [(each, speech.function(each)) for each in functions]


def on_paper(member: ShownMember, steps: int) -> Iterator[str]:
    """Yield the cells of a member's line on the printed larmlista: its name, so many functions, the reserve path."""
    yield member.short
    for step in member.steps[:steps]:
        yield "\n".join([step.name, *_on_paper(step)])
    yield from ("" for _place in range(steps - len(member.steps)))
    covered = _("Covered by %(who)s") % {"who": member.cover} if member.cover else ""
    yield "\n".join(part for part in (covered, member.reserve) if part)


def _on_paper(step: ShownStep) -> Iterator[str]:
    if not step.addresses:
        yield pgettext("paper", "(nobody)")
        return
    numbers = ", ".join(step.numbers)
    yield f"{step.label}: {numbers}" if numbers else step.label
