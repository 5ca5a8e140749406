"""What coordination puts on the start page, in a space's header and in the lines of the log."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gemensam.coordination import labels
from gemensam.coordination.agreement_queries import AgreementShown, shown_agreements
from gemensam.coordination.conference_queries import KINDS_WITH_CONFERENCES, going_on, held, may_speak, next_called
from gemensam.coordination.domain.agreements import COMPLETED, DECLINED
from gemensam.coordination.domain.questions import ASKED
from gemensam.coordination.domain.roll import roll_call
from gemensam.coordination.domain.rules import participants
from gemensam.coordination.domain.standing import NOTED, OTHER_WORDING
from gemensam.coordination.domain.weeks import next_unclaimed
from gemensam.coordination.minutes_queries import get_minutes
from gemensam.coordination.question_queries import shown_questions
from gemensam.coordination.shown import told
from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger import describing
from gemensam.ledger.describing import Line, Names, kind_word
from gemensam.ledger.reading import Lens, LogRow
from gemensam.organisations.domain import pinned_vocabulary
from gemensam.picture.queries import cadence_of
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import Beat, Headline, title_of
from gemensam.web.start import Notice, Todo

WORDS_MAX = 120


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield what the reader's organisation is expected to do, for each open space that it reads."""
    for info in _open_spaces(lens):
        state, title = lens.state(info.id), title_of(lens, info)
        yield from _to_attend(lens, info, state, title)
        if lens.may("undertake") and state.size("agreements_naming", lens.principal.organisation):
            yield from _to_answer(lens, info, title)
        yield from _to_tell(lens, info, state, title)
        if lens.may("lead"):
            yield from _to_publish(lens, info, state, title)


def _open_spaces(lens: Lens) -> Iterator[SpaceInfo]:
    for info in lens.spaces():
        if info.kind in KINDS_WITH_CONFERENCES and not info.closed:
            yield info


def _to_attend(lens: Lens, info: SpaceInfo, state: SpaceState, title: str) -> Iterator[Todo]:
    own = lens.principal.organisation
    expected = participants(lens.directory, info)
    thing = going_on(state) or next_called(state, lens.now)
    if thing is None or own not in expected or not may_speak(lens):
        return
    mine = roll_call(thing.data, expected).of(own)
    if mine is not None and (mine.here or (mine.status == "announced" and thing.status != "open")):
        return
    if thing.status != "open" and _days_until(thing.data.starts_at, lens.now) > 1:
        return  # it stands in the takt; a thing to do from the day before
    text = _("Conference %(when)s") % {"when": times.clock(thing.data.starts_at, lens.now)}
    if thing.status == "open":
        text = _("The conference is going on since %(time)s") % {"time": times.clock(thing.data.opened_at, lens.now)}
    url = f"/spaces/{info.id}/conferences/{thing.subject}/"
    due_at = None if thing.status == "open" else thing.data.starts_at
    yield Todo(text, _("Register"), url, title, due_at, says_when=True)


def _days_until(at: int, now: int) -> int:
    """Return how many local midnights lie between."""
    return (times.local(at).date() - times.local(now).date()).days


def _to_answer(lens: Lens, info: SpaceInfo, title: str) -> Iterator[Todo]:
    state = lens.state(info.id)
    naming = state.group("agreements_naming", lens.principal.organisation)
    for shown in shown_agreements(lens, state, naming, Moment(lens.now)):
        mine = shown.mine(lens.principal.organisation)
        if mine is None or shown.stands.status != "recorded" or mine.party.status in (COMPLETED, DECLINED):
            continue
        yield from _about_undertaking(shown, info.id, title, lens)


def _about_undertaking(shown: AgreementShown, space: str, title: str, lens: Lens) -> Iterator[Todo]:
    mine = shown.mine(lens.principal.organisation)
    if mine is None:
        return
    url, facts = f"/spaces/{space}/agreements/{shown.thing.subject}/", {"label": shown.label}
    detail = (mine.what or shown.wording)[:WORDS_MAX]
    due_at = mine.party.due_at or None
    if mine.party.status == NOTED:
        yield Todo(_("Confirm undertaking %(label)s") % facts, _("Look and confirm"), url, title, due_at, detail)
    elif OTHER_WORDING in mine.party.contradictions:
        text = _("The wording of undertaking %(label)s has changed") % facts
        yield Todo(text, _("Look and confirm"), url, title, due_at, detail)
    elif mine.party.overdue:
        yield Todo(
            _("Undertaking %(label)s has passed its time") % facts, _("Say how it is"), url, title, due_at, detail
        )


def _to_tell(lens: Lens, info: SpaceInfo, state: SpaceState, title: str) -> Iterator[Todo]:
    """The common questions that were put to the organisation by name and that nobody has answered."""
    own = lens.principal.organisation
    if not may_speak(lens):
        return
    asked = [thing for thing in state.group("questions") if own in thing.data.to and thing.status == ASKED]
    for shown in shown_questions(lens, state, asked, Moment(lens.now)):
        if shown.status == ASKED:
            text = ngettext("Common question from %(n)s organisation", "Common question from %(n)s organisations",
                            len(shown.asking)) % {"n": len(shown.asking)}  # fmt: skip
            url = f"/spaces/{info.id}/questions/{shown.thing.subject}/"
            yield Todo(text, pgettext("question", "Answer"), url, title, detail=shown.text[:WORDS_MAX])


def _to_publish(lens: Lens, info: SpaceInfo, state: SpaceState, title: str) -> Iterator[Todo]:
    closed = [thing for thing in state.group("conferences") if thing.status == "closed"]
    for thing in closed[-1:]:
        if thing.organisation != lens.principal.organisation:
            continue
        if not get_minutes(lens, info.id, thing.subject, Moment(lens.now)).versions:
            url = f"/spaces/{info.id}/conferences/{thing.subject}/minutes/"
            text = _("Publish the minutes of conference %(label)s") % {"label": thing.data.label}
            yield Todo(text, _("Look through"), url, title)


def notices(lens: Lens) -> Iterator[Notice]:
    """Yield the conferences that are going on; not those where the reader is expected, which are a thing to do."""
    for info in _open_spaces(lens):
        state, title = lens.state(info.id), title_of(lens, info)
        thing = going_on(state)
        if thing is not None and not any(_to_attend(lens, info, state, title)):
            facts = {"title": told(thing.data), "space": title}
            yield Notice(_("Going on now: %(title)s (%(space)s)") % facts, "info",
                         f"/spaces/{info.id}/conferences/{thing.subject}/")  # fmt: skip


def headlines(page: SpacePage) -> Iterator[Headline]:
    """Yield the conference that is going on, for the space's header."""
    if page.info.kind not in KINDS_WITH_CONFERENCES:
        return
    for thing in page.state.group("conferences_coming"):
        if held(thing, page.moment).status == "open":
            url = f"/spaces/{page.space}/conferences/{thing.subject}/{page.query}"
            yield Headline(_("conference going on"), url, strong=True)


def beats(page: SpacePage) -> Iterator[Beat]:
    """Yield the next conference that is called, and the takt's own where that comes before and is not called yet."""
    if page.info.kind not in KINDS_WITH_CONFERENCES:
        return
    word = pgettext("beat", "Conference")
    coming = next((each for each in _called(page) if each.data.starts_at > page.moment.at), None)
    if coming is not None:
        yield Beat(word, coming.data.starts_at, f"/spaces/{page.space}/conferences/{coming.subject}/{page.query}")
    by_takt = _by_takt(page)
    if by_takt is not None and (coming is None or by_takt < coming.data.starts_at):
        yield Beat(word, by_takt)


def _by_takt(page: SpacePage) -> int | None:
    """Return when the takt has its next conference that nobody has called yet."""
    cadence = cadence_of(page.lens, page.state, page.moment)
    return next_unclaimed(page.state, cadence.beats, page.moment.at) if cadence is not None else None


def _called(page: SpacePage) -> Iterator[Thing]:
    for thing in page.state.group("conferences_coming"):
        if held(thing, page.moment).status == "called":
            yield thing


# Lines of the log -----------------------------------------------------------------------------------------------


def register_describers() -> None:
    """Tell the log how entries of coordination read in one line."""
    for kind in labels.KIND_WORDS:
        describing.register_describer(kind, _describe)


def _describe(row: LogRow, names: Names) -> Line:
    payload, kind = row.payload or {}, row.header.kind
    said = _point(row, names) if kind == "conference.moved_to" else _said(payload, names, kind)
    parts = [_called_by(row, names), _label(row, names), said]
    told_of = ": ".join(part for part in parts if part)
    word = kind_word(kind)
    return Line(f"{word}. {told_of}" if told_of else word, _url(row))


def _called_by(row: LogRow, names: Names) -> str:
    return names.organisation(row.header.organisation) if row.header.on_behalf else ""


def _label(row: LogRow, names: Names) -> str:
    thing = names.state.thing(row.header.subject)
    label = getattr(thing.data, "label", "") if thing is not None else ""
    is_undertaking = row.header.kind.partition(".")[0] in ("undertaking", "agreement")
    return str(label) if is_undertaking else ""


def _point(row: LogRow, names: Names) -> str:
    """The title of the point of the agenda that a conference came to; its code where no list has it any longer."""
    code = str((row.payload or {})["point"])
    thing = names.state.thing(row.header.subject)
    agendas = pinned_vocabulary(names.directory, names.state, "agendas", pins=row.header.vocabulary)
    agenda = agendas.item(thing.data.agenda) if thing is not None else None
    found = next((point for point in (agenda or {}).get("points", ()) if point["code"] == code), None)
    return told(found) if found is not None else code


def _said(payload: Mapping[str, Any], names: Names, kind: str) -> str:
    if kind == "attendance.registered":
        return ", ".join(names.function(each) for each in payload["functions"])
    if kind == "registration.made":
        return str(payload["number"]) if payload else ""
    names_of = ("title", "wording", "text", "reservation", "reason", "note", "summary")
    found = next((str(payload[name]) for name in names_of if payload.get(name)), "")
    return found if len(found) <= WORDS_MAX else f"{found[:WORDS_MAX]}…"


def _url(row: LogRow) -> str:
    header = row.header
    group, subject = header.kind.partition(".")[0], header.subject
    base = f"/spaces/{header.space}"
    places = {
        "conference": f"{base}/conferences/{subject}/", "attendance": f"{base}/conferences/{subject}/",
        "need": f"{base}/needs/{subject}/", "agreement": f"{base}/agreements/{subject}/",
        "undertaking": f"{base}/agreements/{subject}/",
        "registration": f"{base}/registrations/{subject.partition('.registration.')[0]}/",
        "question": f"{base}/questions/{subject}/",
        "minutes": f"{base}/conferences/{subject.removesuffix('.minutes')}/minutes/",
    }  # fmt: skip
    return places.get(group, "")
