"""What the start page tells of who is reached: gaps, tests and covers to those whom they concern (R8)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.core.policy import ROSTERS
from gemensam.core.state import SpaceState
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import members, organisation
from gemensam.rosters.domain.gaps import GAP, NOT_REACHED, UNTESTED, Flag, flags
from gemensam.rosters.shown import speech_now
from gemensam.web.spaces import title_of
from gemensam.web.start import Notice, Todo

GAPS_SHOWN = 3


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield what the own organisation should mend, to those who can; the covers that wait for its answer first."""
    own = organisation(lens.directory, lens.principal.organisation)
    if own is None or not lens.may("administer_own") or not _reads(lens):
        return
    yield from _covers(lens)
    if own.member:
        yield from _flags(lens)


def _flags(lens: Lens) -> Iterator[Todo]:
    speech, own = speech_now(lens), lens.principal.organisation
    found, page = flags(lens.directory, speech.rosters, own, lens.now), f"/rosters/members/{own}/"
    where = title_of(lens, lens.space(ROSTERS))
    gaps = [flag for flag in found if flag.code in (GAP, NOT_REACHED)]
    for flag in gaps[:GAPS_SHOWN]:
        if flag.code == GAP:
            url = f"{page}schedule/?function={flag.function}"
            yield Todo(speech.flag(flag).text, _("Plan shifts"), url, where, flag.from_at, says_when=True)
        else:
            yield Todo(speech.flag(flag).text, _("See to it"), page, where)
    if len(gaps) > GAPS_SHOWN:
        more = len(gaps) - GAPS_SHOWN
        text = ngettext("%(n)s more gap in who is reached", "%(n)s more gaps in who is reached", more)
        yield Todo(text % {"n": more}, _("See all"), page, where)
    for flag in found:
        if flag not in gaps:
            act = _("Test and confirm") if flag.code == UNTESTED else _("Go through it")
            yield Todo(speech.flag(flag).text, act, page, where)


def _covers(lens: Lens) -> Iterator[Todo]:
    speech, own = speech_now(lens), lens.principal.organisation
    for thing in speech.rosters.group("covers_by", own):
        data = thing.data
        if thing.status == "asked" and data.until_at > lens.now and not data.answer_at(lens.now):
            who = speech.organisation(thing.organisation)
            text = _("%(who)s asks to be covered %(from)s – %(until)s") % {
                "who": who, "from": speech.clock(data.from_at), "until": speech.clock(data.until_at)
            }  # fmt: skip
            where = title_of(lens, lens.space(ROSTERS))
            yield Todo(text, _("Answer"), f"/rosters/members/{own}/#covering", where, data.from_at, says_when=True)


def notices(lens: Lens) -> Iterator[Notice]:
    """Yield to the joint office how many members may not be reached, and how many have not tested their lists."""
    if not lens.may("administer") or not _reads(lens):
        return
    state = lens.state(ROSTERS)
    found = [{flag.code for flag in _grave(lens, state, each.id)} for each in members(lens.directory)]
    unreached = sum(bool(codes & {GAP, NOT_REACHED}) for codes in found)
    late = sum(UNTESTED in codes for codes in found)
    if unreached:
        text = ngettext("%(n)s member may not be reached", "%(n)s members may not be reached", unreached)
        yield Notice(text % {"n": unreached}, "warning", "/rosters/?only=grave")
    if late:
        text = ngettext("%(n)s member has not tested its call list in time",
                        "%(n)s members have not tested their call lists in time", late)  # fmt: skip
        yield Notice(text % {"n": late}, "info", "/rosters/?only=flags")


def _grave(lens: Lens, state: SpaceState, own: str) -> list[Flag]:
    found = flags(lens.directory, state, own, lens.now)
    return [flag for flag in found if flag.code == UNTESTED or not flag.standing]


def _reads(lens: Lens) -> bool:
    return any(info.id == ROSTERS for info in lens.spaces())
