"""The remisses of a period, one of them with its text and how far it has come, and the board of answers."""

from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from gemensam.consultation import labels
from gemensam.consultation.delivery_shown import delivery_rows, mail_missing
from gemensam.consultation.domain.board import counts, standings
from gemensam.consultation.domain.rules import ANSWER, GOVERN
from gemensam.consultation.forms import ExtendForm, ReasonForm
from gemensam.consultation.link_parts import link_panel
from gemensam.consultation.queries import Remiss, get_remiss, list_remisses, unmet, versions_of, warnings_of
from gemensam.consultation.rows import member_row, warning_rows
from gemensam.consultation.view_parts import Row, Speech, own_page
from gemensam.coordination.shown import Speech as TraceSpeech
from gemensam.coordination.traces import history
from gemensam.core.state import Thing
from gemensam.ledger.ids import uuid7
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.tables import csv_response
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, signed_in
from gemensam.web.page import SpacePage

FILTERS = ("answered", "awaits", "waiting", "overdue")


@signed_in
@require_GET
def show_remisses(request: Request, space: str) -> HttpResponse:
    """The remisses of a period, the newest first."""
    page, speech = own_page(request, space)
    rows = [_row(each, page, speech) for each in list_remisses(page.lens, page.state)]
    context = {"rows": rows, "may_prepare": page.may(GOVERN)}
    return pages.render(request, "consultation/remisses.html", context)


def _row(thing: Thing, page: SpacePage, speech: Speech) -> Row:
    found = standings(thing.data, page.moment.at)
    told = counts(found)
    own = next((each for each in found if each.member == page.lens.principal.organisation), None)
    return {
        "subject": thing.subject, "title": thing.data.title, "state": str(labels.STATES[thing.status]),
        "status": thing.status, "number": thing.data.number, "deadline_at": thing.data.deadline_at,
        "members": len(thing.data.members), "answered": told["answered"], "awaits": told["awaits"],
        "own": member_row(own, speech) if own is not None and thing.data.sent_at else None,
    }  # fmt: skip


@signed_in
@require_GET
def show_remiss(request: Request, space: str, subject: str) -> HttpResponse:
    """One remiss: what is asked, the text, the own answer, and how far it has come."""
    page, speech = own_page(request, space)
    return draw_remiss(request, page, get_remiss(page.lens, space, subject, page.moment), speech)


def draw_remiss(
    request: Request, page: SpacePage, remiss: Remiss, speech: Speech, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Draw the page of a remiss; `more`: a form that does not hold."""
    history_rows = page.lens.history(page.space, remiss.subject, page.moment)
    note_reading(page.lens.principal, page.space, history_rows)
    context = {
        **about(page, remiss, speech), **_manage(), "key": uuid7(), "warned": _warned(page, remiss, speech),
        "sent_with": _sent_with(page, remiss, speech),
        "trace": history(history_rows, TraceSpeech(page.lens.directory, page.state)), **more,
    }  # fmt: skip
    return pages.render(request, "consultation/remiss.html", context, status=status)


def about(page: SpacePage, remiss: Remiss, speech: Speech) -> dict[str, Any]:
    """Return what every page of a remiss shows at its head, and what this reader may do."""
    own = page.lens.principal.organisation
    mine = next((each for each in remiss.rows if each.member == own), None)
    is_owner, open_now = remiss.thing.organisation == own, remiss.thing.status == "sent"
    return {
        "remiss": remiss, "state": str(labels.STATES[remiss.thing.status]), "owner": speech.organisation(
            remiss.thing.organisation), "sections": remiss.sections, "counts": counts(remiss.rows),
        "mine": member_row(mine, speech) if mine is not None else None, "is_open": open_now,
        "may_answer": mine is not None and open_now and page.may(ANSWER),
        "may_govern": is_owner and page.may(GOVERN), "one_press": _one_press(speech),
        "unmet": unmet(page.state, remiss.thing), "versions": len(versions_of(page.state, remiss.subject)),
        "views": page.state.size("views", remiss.subject), "base": f"/spaces/{page.space}/remisser/{remiss.subject}/",
    }  # fmt: skip


def _one_press(speech: Speech) -> list[tuple[str, str]]:
    found = (each for each in speech.lists.items("remiss_answers") if each.get("one_press"))
    return [(each["code"], speech.answer(each["code"])) for each in found]


def _manage() -> dict[str, forms.Form]:
    return {"extend_form": ExtendForm(), "reason_form": ReasonForm()}


def _warned(page: SpacePage, remiss: Remiss, speech: Speech) -> list[Row]:
    """The warnings now, for what is not sent yet."""
    is_prepared = remiss.thing.status == "prepared" and not page.historical
    return warning_rows(warnings_of(page.lens, remiss.data), speech) if is_prepared else []


def _sent_with(page: SpacePage, remiss: Remiss, speech: Speech) -> list[Row]:
    """What was warned of when it was sent all the same, as the entry has it."""
    digest = remiss.data.sent
    content = page.lens.payloads(page.space, [digest]).get(digest) if digest else None
    return [
        {"word": speech.lists.word("remiss_warnings", each["code"]), "names": speech.names(each["members"])}
        for each in (content or {}).get("warned", ())
    ]


@signed_in
@require_GET
def show_answers(request: Request, space: str, subject: str) -> HttpResponse:
    """Who has answered, when, how and what: filtered by standing or answer."""
    page, speech = own_page(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    chosen = request.GET.get("only", "")
    rows = _board(page, remiss, speech)
    context = {
        **about(page, remiss, speech), "rows": [row for row in rows if _fits(row, chosen)], "all": len(rows),
        "only": chosen, "filters": _filters(remiss, speech), **_letters(page, remiss, speech),
        **link_panel(page, remiss, speech),
    }  # fmt: skip
    return pages.render(request, "consultation/answers.html", context)


def _letters(page: SpacePage, remiss: Remiss, speech: Speech) -> dict[str, Any]:
    own = remiss.thing.organisation == page.lens.principal.organisation and not page.historical
    return {
        "letters": delivery_rows(remiss.thing, speech) if own else [],
        "mail_missing": mail_missing() if own else "",
    }


def _board(page: SpacePage, remiss: Remiss, speech: Speech) -> list[Row]:
    digests = [each.answer.digest for each in remiss.rows if each.answer is not None]
    loaded = page.lens.payloads(page.space, digests)
    return [member_row(each, speech, loaded.get(each.answer.digest) if each.answer else None) for each in remiss.rows]


def _fits(row: Row, chosen: str) -> bool:
    return chosen in ("", row["state"], f"answer:{row['code']}")


def _filters(remiss: Remiss, speech: Speech) -> list[tuple[str, str, int]]:
    told = counts(remiss.rows)
    by_state = [(code, str(labels.STANDINGS[code]), told[code]) for code in FILTERS if told[code]]
    words = speech.lists.choices("remiss_answers")
    by_word = [(f"answer:{code}", word, told[f"answer:{code}"]) for code, word in words if told[f"answer:{code}"]]
    return [*by_state, *by_word]


@signed_in
@require_GET
def answers_csv(request: Request, space: str, subject: str) -> StreamingHttpResponse:
    """The board of answers as a table for other programs."""
    page, speech = own_page(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    chosen = request.GET.get("only", "")
    head = (_("Organisation"), pgettext("remiss", "Standing"), pgettext("remiss", "Answer"), pgettext("remiss", "When"),
            pgettext("remiss", "How"), _("After the deadline"), _("Decided by"), _("Decided on"),
            _("Registration number"), _("Reason"))  # fmt: skip
    note_now(page.lens.principal, "export", space=space, subject=subject, detail={"what": "remiss", "format": "csv"})
    rows = (_cells(row) for row in _board(page, remiss, speech) if _fits(row, chosen))
    return csv_response(f"remiss-{remiss.data.title}", head, rows, marks(page, remiss))


def marks(page: SpacePage, remiss: Remiss) -> list[str]:
    """Return what a table says on its first line."""
    return [page.title, remiss.data.title]


def _cells(row: Row) -> tuple[object, ...]:
    at = times.iso(row["at"]) if row["at"] is not None else ""
    late = _("yes") if row["late"] else ""
    return (row["name"], row["state_word"], row["answer"], at, row["how"], late, row["body"], row["decided_on"],
            row["diary"], row["reason"])  # fmt: skip
