"""What governance puts on the start page, on a period's page and in the lines of the log."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.core.state import Thing
from gemensam.governance.adoption_labels import SHORT
from gemensam.governance.adoption_queries import (
    REMIND_AFTER,
    Board,
    Rules,
    board_for,
    returned_to,
    waiting_for_confirmation,
)
from gemensam.governance.adoption_words import brief_of, today
from gemensam.governance.document_queries import DocumentShown, list_documents_for
from gemensam.governance.domain import standing as s
from gemensam.governance.domain.documents import FOR_ADOPTION
from gemensam.governance.panels import Panel
from gemensam.ledger import describing
from gemensam.ledger.describing import Line, Names, kind_word
from gemensam.ledger.reading import Lens, LogRow
from gemensam.organisations.domain import organisation
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.start import Todo

CONFIRMING_SHOWN = 10
WORDS_MAX = 120


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield what waits: a decision of the own member, a comparison by a confirmer, a returned step, late members."""
    if lens.may("register_decision"):
        yield from _to_decide(lens)
        yield from _returned(lens)
    if lens.may("confirm_decision"):
        yield from _to_confirm(lens)
    if lens.may("govern"):
        yield from _late(lens)


def _asked(document: DocumentShown, member: str) -> list[str]:
    """Return the days since which a member is asked to decide: sendings, and the network's own adoption; "" undated."""
    sent = [one.on for one in document.data.sendings if one.purpose == FOR_ADOPTION and member in one.to]
    return sorted([*sent, *(one.on for one in document.data.adoptions)])


def _answer_by(document: DocumentShown, member: str) -> str:
    days = [one.answer_by for one in document.data.sendings if one.purpose == FOR_ADOPTION and member in one.to]
    return min(filter(None, days), default="")


def _to_decide(lens: Lens) -> Iterator[Todo]:
    """The documents that the own member is asked to decide on, and has not."""
    own, day = lens.principal.organisation, today(lens.now)
    asked = [each for each in list_documents_for(lens) if _asked(each, own) and _is_open(each, day)]
    if not asked:
        return
    board = board_for(lens, day, wanted=[each.link for each in asked], only=own)
    for document in board.documents if board.members else ():
        if _waits(board, document, own):
            text = _("Decision on %(title)s") % {"title": document.data.code}
            since = min(filter(None, _asked(document, own)), default="")
            url = f"/spaces/{document.space}/documents/{document.subject}/decisions/new/?member={own}"
            detail = _("asked for since %(day)s") % {"day": since} if since else ""
            yield Todo(text, _("Register it"), url, due_at=_noon(_answer_by(document, own)), detail=detail)


def _waits(board: Board, document: DocumentShown, member: str) -> bool:
    """Whether a member's decision is missing: of the kinds that members adopt, sent to it or applied meanwhile."""
    code = board.of(document, member).code
    is_sent = any(one.purpose == FOR_ADOPTION and member in one.to for one in document.data.sendings)
    return code == s.PENDING or (is_sent and code in s.OPEN)


def _is_open(document: DocumentShown, day: str) -> bool:
    return not document.is_withdrawn and not document.data.is_over(day)


def _noon(day: str) -> int | None:
    return times.instant(datetime.fromisoformat(f"{day}T12:00")) if day else None


def _returned(lens: Lens) -> Iterator[Todo]:
    for document, thing in returned_to(lens, lens.principal.organisation):
        text = _("Returned by the confirmer: %(who)s, %(title)s") % _named(lens, document, thing)
        yield Todo(text, _("Look and correct"), _url_of(document, thing), detail=brief_of(thing.data)[:WORDS_MAX])


def _to_confirm(lens: Lens) -> Iterator[Todo]:
    """The registered steps that another person has to compare; not those of the own function."""
    waiting = [each for each in waiting_for_confirmation(lens) if each[1].data.function != lens.principal.function]
    for document, thing in waiting[:CONFIRMING_SHOWN]:
        text = _("Confirm the decision of %(who)s on %(title)s") % _named(lens, document, thing)
        yield Todo(text, _("Compare"), _url_of(document, thing), detail=brief_of(thing.data)[:WORDS_MAX])
    if len(waiting) > CONFIRMING_SHOWN:
        more = len(waiting) - CONFIRMING_SHOWN
        text = ngettext("%(n)s more decision to confirm", "%(n)s more decisions to confirm", more) % {"n": more}
        yield Todo(text, _("Look"), "/governance/")


def _named(lens: Lens, document: DocumentShown, thing: Thing) -> dict[str, str]:
    found = organisation(lens.directory, thing.organisation)
    return {"who": found.short if found is not None else thing.organisation, "title": document.data.code}


def _url_of(document: DocumentShown, thing: Thing) -> str:
    return f"/spaces/{document.space}/decisions/{thing.subject}/"


def _late(lens: Lens) -> Iterator[Todo]:
    """For the joint office: the documents with members that have not decided in the set time after they were asked."""
    day = today(lens.now)
    limit = (date.fromisoformat(day) - timedelta(days=Rules(lens).setting(REMIND_AFTER))).isoformat()
    asked = [each for each in list_documents_for(lens) if _is_open(each, day) and _is_old(each, limit)]
    if not asked:
        return
    board = board_for(lens, day, wanted=[each.link for each in asked])
    for document in board.documents:
        late = [
            each for each in board.members if _waits(board, document, each.id) and _late_since(document, each.id, limit)
        ]
        if late:
            words = ngettext(
                "%(n)s member has not decided on %(title)s", "%(n)s members have not decided on %(title)s", len(late)
            )
            url = f"/spaces/{document.space}/documents/{document.subject}/adoption/"
            yield Todo(words % {"n": len(late), "title": document.data.code}, _("Look and remind"), url)


def _is_old(document: DocumentShown, limit: str) -> bool:
    days = [*(one.on for one in document.data.sendings), *(one.on for one in document.data.adoptions)]
    return any(day and day <= limit for day in days)


def _late_since(document: DocumentShown, member: str, limit: str) -> bool:
    return any(day and day <= limit for day in _asked(document, member))


# A period's page --------------------------------------------------------------------------------------------------


def panels(page: SpacePage) -> Iterator[Panel]:
    """Yield what the period's page shows of its documents: each with how many members stand how to it."""
    here = [each for each in list_documents_for(page.lens, page.moment) if each.space == page.space]
    if not here:
        return
    board = board_for(page.lens, today(page.moment.at), page.moment, wanted=[each.link for each in here])
    lines = tuple(_panel_line(board, each) for each in board.documents)
    others = [each for each in here if all(each.link != one.link for one in board.documents)]
    yield Panel(_("Steering documents"), "/governance/", 10, (*lines, *(each.data.code for each in others)))


def _panel_line(board: Board, document: DocumentShown) -> str:
    counted = board.counted(document)
    told = ", ".join(f"{counted[code]} {str(SHORT[code]).lower()}" for code in s.STANDINGS if code in counted)
    return f"{document.data.code}: {told}"


# Lines of the log -------------------------------------------------------------------------------------------------


def register_describers() -> None:
    """Tell the log how entries of governance read in one line."""
    for kind in ("entered", "revised", "sent", "adopted", "step_taken_back", "adoption_ruled", "withdrawn"):
        describing.register_describer(f"document.{kind}", _describe_document)
    for kind in ("registered", "corrected", "withdrawn", "confirmed", "returned"):
        describing.register_describer(f"decision.{kind}", _describe_decision)
    for kind in ("route.set", "route.cleared"):
        describing.register_describer(kind, _describe_route)


def _describe_document(row: LogRow, names: Names) -> Line:
    header, payload = row.header, row.payload or {}
    thing = names.state.thing(header.subject)
    code = payload.get("code") or (thing.data.code if thing is not None else "")
    return _line(header.kind, [code, payload.get("on", "")], f"/spaces/{header.space}/documents/{header.subject}/")


def _describe_decision(row: LogRow, names: Names) -> Line:
    header = row.header
    thing = names.state.thing(header.subject)
    who = names.organisation(thing.organisation if thing is not None else header.organisation)
    said = _cited(row.payload or {}, names) or (brief_of(thing.data) if thing is not None else "")
    return _line(header.kind, [who, said], f"/spaces/{header.space}/decisions/{header.subject}/")


def _cited(payload: Mapping[str, Any], names: Names) -> str:
    if "step" not in payload:
        return ""
    mark = f"§ {payload['paragraph']}" if payload["paragraph"] else ""
    what = names.item("decision_outcomes", payload["outcome"]) or names.item("decision_steps", payload["step"])
    return " ".join(filter(None, [payload["body"], payload["date"], mark, what]))


def _describe_route(row: LogRow, names: Names) -> Line:
    header = row.header
    return _line(header.kind, [names.organisation(header.organisation)], f"/governance/members/{header.organisation}/")


def _line(kind: str, parts: list[str], url: str) -> Line:
    told = ": ".join(part for part in parts if part)
    return Line(f"{kind_word(kind)}. {told}" if told else kind_word(kind), url)
