"""How entries of reports, requests, statements and pictures read in one line of the log (R32)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from gemensam.ledger.describing import (
    Line,
    Names,
    kind_word,
    register_describer,
    register_group_words,
    register_kind_words,
)
from gemensam.ledger.reading import LogRow
from gemensam.organisations.names import Lists
from gemensam.picture.traces import QUICK
from gemensam.web import times
from gemensam.web.labels import Text

WORDS_MAX = 140
WORST_SHOWN = 3
# From this digit of the scale a row is told in the line.
TOLD_FROM = 3

KINDS: Mapping[str, Text] = {
    "report.published": pgettext_lazy("log", "Situation report"),
    "report.relayed": pgettext_lazy("log", "Situation report entered for the organisation"),
    "report.corrected": pgettext_lazy("log", "Situation report corrected"),
    "report.sanitised": pgettext_lazy("log", "Sanitised version made of a situation report"),
    "report.confirmed": pgettext_lazy("log", "Situation report confirmed"),
    "report.denied": pgettext_lazy("log", "Situation report denied"),
    "report.withdrawn": pgettext_lazy("log", "Situation report withdrawn"),
    "request.made": pgettext_lazy("log", "Situation report requested"),
    "request.changed": pgettext_lazy("log", "Request changed"),
    "request.reminded": pgettext_lazy("log", "Request: reminder"),
    "request.withdrawn": pgettext_lazy("log", "Request withdrawn"),
    "request.deferred": pgettext_lazy("log", "Comes back later"),
    "request.declined": pgettext_lazy("log", "Declines the request"),
    "statement.recorded": pgettext_lazy("log", "Statement"),
    "statement.corrected": pgettext_lazy("log", "Statement corrected"),
    "statement.withdrawn": pgettext_lazy("log", "Statement withdrawn"),
    "statement.confirmed": pgettext_lazy("log", "Statement confirmed"),
    "statement.denied": pgettext_lazy("log", "Statement denied"),
    "cadence.set": pgettext_lazy("log", "Cadence chosen"),
    "contact.noted": pgettext_lazy("log", "Contact"),
    "duplicate.linked": pgettext_lazy("log", "Statements said to be the same"),
    "duplicate.dismissed": pgettext_lazy("log", "Statements said not to be the same"),
    "picture.published": pgettext_lazy("log", "Combined picture"),
    "picture.withdrawn": pgettext_lazy("log", "Combined picture withdrawn"),
    "analysis.answered": pgettext_lazy("log", "Joint analysis answered"),
    "analysis.withdrawn": pgettext_lazy("log", "Joint analysis: answers withdrawn"),
    "excerpt.published": pgettext_lazy("log", "Excerpt from the combined picture"),
    "excerpt.withdrawn": pgettext_lazy("log", "Excerpt withdrawn"),
}
GROUPS: Mapping[str, Text] = {
    "report": _("Situation reports"),
    "request": _("Requests"),
    "statement": _("Statements"),
    "cadence": _("Cadences"),
    "contact": _("Contact"),
    "duplicate": _("Duplicates"),
    "picture": _("Combined pictures"),
    "excerpt": _("Excerpts"),
    "analysis": _("Joint analysis"),
}


def register() -> None:
    """Give the kinds of this room their words."""
    register_kind_words(KINDS)
    register_group_words(GROUPS)
    for kind in KINDS:
        register_describer(kind, _describe)


def _describe(row: LogRow, names: Names) -> Line:
    said = _SAID.get(row.header.kind, _plain)(row.payload or {}, names)
    told = ". ".join(part.rstrip(".") for part in said if part)
    word = kind_word(row.header.kind)
    return Line(f"{word}: {told}" if told else word, _url(row))


def _report(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    quick = str(QUICK.get(payload.get("quick", ""), ""))
    return (quick, _short(str(payload.get("summary", ""))), _worst(payload.get("cells", ()), Lists(names.directory)))


def _worst(cells: Sequence[Mapping[str, Any]], lists: Lists) -> str:
    """The rows that are worst off, as in plain text: `El [4], Vägar och framkomlighet [3]`."""
    digits = {item["code"]: item.get("digit") or 0 for item in lists.items("status")}
    worst = sorted(cells, key=lambda cell: -digits.get(cell["status"], 0))
    told = [cell for cell in worst if digits.get(cell["status"], 0) >= TOLD_FROM]
    words = [f"{_row(cell, lists)} [{digits[cell['status']]}]" for cell in told[:WORST_SHOWN]]
    more = len(told) - len(words)
    return ", ".join([*words, ngettext("%(n)s more", "%(n)s more", more) % {"n": more}] if more > 0 else words)


def _row(cell: Mapping[str, Any], lists: Lists) -> str:
    return str(cell.get("label") or lists.word("rows", cell["row"]))


def _request(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    asked = len(payload["asked"])
    who = ngettext("%(n)s organisation asked", "%(n)s organisations asked", asked) % {"n": asked}
    by = pgettext("log", "by %(at)s") % {"at": times.clock(payload["deadline_at"], times.now())}
    return (_short(payload["purpose_text"]), who, by)


def _reminded(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    return (", ".join(names.organisation(each) for each in payload["organisations"]),)


def _deferred(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    return (times.clock(payload["until_at"], times.now()), _short(payload["text"]))


def _declined(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    return (Lists(names.directory).word("decline_reasons", payload["reason"]), _short(payload["text"]))


def _statement(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    about = names.organisation(payload["about"]) if payload.get("about") else ""
    row = Lists(names.directory).word("rows", payload["row"]) if payload.get("row") else ""
    return (" · ".join(part for part in (about, row) if part), _short(payload["text"]))


def _contact(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    lists = Lists(names.directory)
    via = lists.word("via", payload["via"]) if payload["via"] else ""
    state = lists.word("contact", payload["state"])
    said = f"{state} ({via})" if via else state
    return (f"{names.organisation(payload['about'])} · {said}", _short(payload["note"]))


def _cadence(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    english = payload.get("name_en") if times.language() == "en" else ""
    return (str(english or payload["name"]), _short(payload["reason"]))


def _picture(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    number = pgettext("log", "no. %(number)s, situation at %(at)s")
    return (number % {"number": payload["number"], "at": times.clock(payload["stated_at"], times.now())},)


def _analysis(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    return (_short("; ".join(answer["text"] for answer in payload["answers"])),)


def _excerpt(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    name = payload["name_en"] if times.language() == "en" else ""
    number = pgettext("log", "from no. %(number)s") % {"number": payload["label"]}
    return (str(name or payload["name"]), number)


def _plain(payload: Mapping[str, Any], names: Names) -> Sequence[str]:
    return (_short(str(payload.get("reason") or payload.get("note") or "")),)


_SAID: Mapping[str, Callable[[Mapping[str, Any], Names], Sequence[str]]] = {
    "report.published": _report,
    "report.relayed": _report,
    "report.corrected": _report,
    "request.made": _request,
    "request.changed": _request,
    "request.reminded": _reminded,
    "request.deferred": _deferred,
    "request.declined": _declined,
    "statement.recorded": _statement,
    "statement.corrected": _statement,
    "contact.noted": _contact,
    "cadence.set": _cadence,
    "picture.published": _picture,
    "excerpt.published": _excerpt,
    "analysis.answered": _analysis,
}


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WORDS_MAX else f"{plain[:WORDS_MAX]}…"


def _url(row: LogRow) -> str:
    group = row.header.kind.partition(".")[0]
    base = f"/spaces/{row.header.space}"
    if group == "picture" and row.payload and row.payload.get("number"):
        return f"{base}/pictures/{row.payload['number']}/"
    if group == "analysis":
        return f"{base}/analysis/"
    if group == "contact" and row.payload:
        return f"{base}/members/{row.payload['about']}/"
    return f"{base}/{group}s/{row.header.subject}/" if group in ("report", "request", "statement", "excerpt") else ""
