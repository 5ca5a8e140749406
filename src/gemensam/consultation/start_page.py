"""What the start page, the period's page and the log tell of remisses."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gemensam.consultation import labels
from gemensam.consultation.domain.board import ANSWERED, counts, has_answered, standings
from gemensam.consultation.domain.rules import ANSWER, GOVERN
from gemensam.consultation.queries import list_remisses, unmet
from gemensam.core.policy import SpaceInfo
from gemensam.core.state import Thing
from gemensam.governance.panels import Panel
from gemensam.ledger import describing
from gemensam.ledger.describing import Line, Names, kind_word
from gemensam.ledger.reading import Lens, LogRow
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of
from gemensam.web.start import Todo

WORDS_MAX = 120


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield the remisses that the own organisation is to answer, and for the joint office what it has to meet."""
    own = lens.principal.organisation
    for info in lens.spaces():
        if info.kind != "period" or info.closed:
            continue
        state = lens.state(info.id)
        if lens.may(ANSWER):
            for thing in state.group("remisses_to", own):
                if not has_answered(thing.data, own):
                    yield _to_answer(lens, info, thing)
        if lens.may(GOVERN):
            yield from _to_meet(lens, info)


def _to_answer(lens: Lens, info: SpaceInfo, thing: Thing) -> Todo:
    day = times.day(thing.data.deadline_at, lens.now)
    text = _("Remiss: %(title)s, answer by %(day)s") % {"title": thing.data.title, "day": day}
    url = f"/spaces/{info.id}/remisser/{thing.subject}/"
    title = title_of(lens, info)
    return Todo(text, pgettext("remiss", "Read and answer"), url, title, thing.data.deadline_at, says_when=True)


def _to_meet(lens: Lens, info: SpaceInfo) -> Iterator[Todo]:
    state = lens.state(info.id)
    for thing in state.group("remisses"):
        if thing.organisation == lens.principal.organisation and thing.status == "sent" and (n := unmet(state, thing)):
            words = ngettext(
                "%(n)s synpunkt without bemötande: %(title)s", "%(n)s synpunkter without bemötande: %(title)s", n
            ) % {"n": n, "title": thing.data.title}
            url = f"/spaces/{info.id}/remisser/{thing.subject}/views/?only=unmet"
            yield Todo(words, pgettext("remiss", "Meet them"), url, title_of(lens, info))


def panels(page: SpacePage) -> Iterator[Panel]:
    """Yield how far the remisses of a period have come."""
    found = list_remisses(page.lens, page.state)
    if found:
        lines = tuple(_line(thing, page.moment.at) for thing in found)
        yield Panel(_("Remisses"), f"/spaces/{page.space}/remisser/{page.query}", 50, lines)


def _line(thing: Thing, now: int) -> str:
    state = str(labels.STATES[thing.status])
    if not thing.data.sent_at:
        return f"{thing.data.title}: {state}"
    told = counts(standings(thing.data, now))
    facts = {"title": thing.data.title, "n": told[ANSWERED], "of": len(thing.data.members), "state": state}
    return _("%(title)s: %(state)s, %(n)s of %(of)s have answered") % facts


# Lines of the log -----------------------------------------------------------------------------------------------


def register_describers() -> None:
    """Tell the log how entries of this room read in one line."""
    for kind in labels.KIND_WORDS:
        describing.register_describer(kind, _describe)


def _describe(row: LogRow, names: Names) -> Line:
    header, payload = row.header, row.payload or {}
    who = names.organisation(header.organisation) if header.on_behalf else ""
    told = ": ".join(part for part in (who, _said(header.kind, payload, names)) if part)
    word = kind_word(header.kind)
    return Line(f"{word}. {told}" if told else word, _url(row, names))


def _said(kind: str, payload: Mapping[str, Any], names: Names) -> str:
    if kind == "remiss.answered":
        return names.item("remiss_answers", str(payload.get("answer", "")))
    if kind == "response.given":
        return names.item("view_responses", str(payload.get("outcome", "")))
    found = next((str(payload[name]) for name in ("title", "quote", "reason", "note") if payload.get(name)), "")
    return found if len(found) <= WORDS_MAX else f"{found[:WORDS_MAX]}…"


def _url(row: LogRow, names: Names) -> str:
    header = row.header
    base, group = f"/spaces/{header.space}/remisser", header.kind.partition(".")[0]
    match group:
        case "registry":
            return "/registries/"
        case "remiss":
            rest = f"answers/{header.organisation}/" if header.kind == "remiss.answered" else ""
            return f"{base}/{header.subject}/{rest}"
        case "remiss_summary":
            return f"{base}/{header.subject.removesuffix('.summary')}/summary/"
    thing = names.state.thing(header.subject)
    return f"{base}/{thing.data.remiss}/views/" if thing is not None and thing.data is not None else ""
