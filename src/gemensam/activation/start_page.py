"""What activation puts on the start page, in a space's header and in the lines of the log."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.activation.domain.alert_settings import span
from gemensam.activation.domain.calls import ASKED, MADE
from gemensam.activation.domain.larms import ASSESS
from gemensam.activation.domain.rules import INCIDENTS
from gemensam.activation.heightened import heightened_now
from gemensam.activation.queries import going_on, larms_to_answer, links_of, mode_of, region_mode
from gemensam.activation.schedule import SCHEDULE
from gemensam.activation.words import Speech
from gemensam.core.policy import STANDING
from gemensam.ledger import describing
from gemensam.ledger.describing import Line, Names
from gemensam.ledger.reading import Lens, LogRow
from gemensam.organisations.domain import vocabularies
from gemensam.organisations.domain.entries import CONFIRMED
from gemensam.web.page import SpacePage
from gemensam.web.spaces import Headline, title_of
from gemensam.web.start import Act, Notice, Todo


def acts(lens: Lens) -> Iterator[Act]:
    """Yield the green button, for whoever may call."""
    if lens.may("call"):
        yield Act(_("Call for joint work"), "/call/", "green")


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield the larms that the reader's function is to answer, and the calls that it may assess."""
    for each in larms_to_answer(lens):
        if each.data.purpose == ASSESS:  # below, as the call that it asks about
            continue
        speech = Speech(lens.directory, lens.state(each.info.id))
        text = speech.word("alert_texts", each.data.text)
        url = f"/spaces/{each.info.id}/larm/{each.thing.subject}/"
        told = f"{each.data.mark} {text}".strip()
        yield Todo(told, pgettext("larm", "Answer"), url, title_of(lens, each.info), each.data.sent_at, says_when=True)
    if lens.may("assess"):
        yield from _to_assess(lens)


def _to_assess(lens: Lens) -> Iterator[Todo]:
    for info in lens.spaces():
        if info.kind not in INCIDENTS or info.closed:
            continue
        for thing in lens.state(info.id).group("calls_open"):
            if thing.status in (ASKED, MADE):
                url = f"/spaces/{info.id}/calls/{thing.subject}/"
                who = Speech(lens.directory, lens.directory).organisation(thing.organisation)
                text = _("Assess the call of %(who)s") % {"who": who}
                by = thing.data.since + span(lens.directory, "rsib_min")
                yield Todo(text, pgettext("call", "Assess"), url, title_of(lens, info), by)


def notices(lens: Lens) -> Iterator[Notice]:
    """Yield the region's highest läge, höjd beredskap, and the larms that go on."""
    readable = {info.id for info in lens.spaces()}
    speech = Speech(lens.directory, lens.directory)
    if STANDING in readable and (found := heightened_now(lens, speech)) is not None:
        yield Notice(_("Heightened alert: %(level)s. Read what then applies.") % {"level": found.get("level", "")},
                     "danger", "/modes/")  # fmt: skip
    highest = region_mode(lens)
    if highest is not None:
        mode, info = highest
        facts = {"mode": speech.word("modes", mode.mode), "incident": title_of(lens, info)}
        yield Notice(_("The region: %(mode)s (%(incident)s)") % facts, "warning", f"/spaces/{info.id}/activation/")
    for shown in going_on(lens):
        facts = {
            "name": f"{shown.data.mark} {speech.word('alert_texts', shown.data.text)}".strip(),
            "percent": str(shown.board.percent),
        }  # fmt: skip
        url = f"/spaces/{shown.space}/larm/{shown.thing.subject}/"
        yield Notice(_("%(name)s: %(percent)s %% have acknowledged") % facts, "info", url)
    yield from _unscheduled(lens)


def _unscheduled(lens: Lens) -> Iterator[Notice]:
    """Yield the hint that no provlarm goes by itself, until the schedule is switched on or confirmed as it is."""
    lists = [each for each in vocabularies(lens.directory) if each.code == SCHEDULE] if lens.may("administer") else []
    if any(each.status != CONFIRMED and not any(item["on"] for item in each.items) for each in lists):
        text = _("No test alert goes out by itself: switch the schedule on, or confirm it as it is")
        yield Notice(text, "info", f"/vocabularies/{SCHEDULE}/")


def headlines(page: SpacePage) -> Iterator[Headline]:
    """Yield an incident's läge and level, and where it goes on, for its header."""
    if page.info.kind not in INCIDENTS:
        return
    shown, speech = mode_of(page.lens, page.space, page.moment), Speech(page.lens.directory, page.state)
    if shown.thing is not None:
        level = speech.word("levels", shown.level) if shown.level else ""
        text = ", ".join(part for part in (speech.word("modes", shown.mode), level) if part)
        yield Headline(text, f"/spaces/{page.space}/activation/{page.query}", strong=True)
    for source, other, data, _thing in links_of(page.lens, page.space, page.moment):
        if source == page.space and data.relation == "merged":
            names = {info.id: title_of(page.lens, info) for info in page.lens.spaces()}
            text = _("goes on in %(other)s") % {"other": names.get(other, other)}
            yield Headline(text, f"/spaces/{other}/", strong=True)


def _called(row: LogRow, names: Names) -> Line:
    words = (row.payload or {}).get("words", "")
    return Line(f"{describing.kind_word(row.header.kind)}: {words}", _url(row, "calls"))


def _assessed(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    outcome = names.item("assessment_outcomes", payload.get("outcome", ""))
    told = ": ".join(part for part in (outcome, payload.get("reason", "")) if part)
    return Line(f"{describing.kind_word(row.header.kind)}: {told}", _url(row, "calls"))


def _mode_set(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    words = [names.item("modes", payload.get("mode", "")), names.item("levels", payload.get("level") or "-")]
    return Line(f"{', '.join(part for part in words if part)}: {payload.get('reason', '')}", _url(row, "activation"))


def _larm(row: LogRow, names: Names) -> Line:
    """A larm in the log says PROV or ÖVNING first (R9)."""
    payload = row.payload or {}
    mark, text = payload.get("mark", ""), names.item("alert_texts", payload.get("text") or "-")
    words = (payload.get("fields") or {}).get("handelse", "")
    told = ". ".join(part for part in (text, words) if part)
    return Line(f"{mark} {describing.kind_word(row.header.kind)}: {told}".strip(), _url(row, "larm"))


def _answer(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    thing = names.state.thing(row.header.subject)
    mark = getattr(thing.data if thing is not None else None, "mark", "")
    who, what = names.function(payload.get("function", "")), names.item("alert_answers", payload.get("code") or "-")
    via = names.item("answer_ways", row.header.via or "-")
    told = ", ".join(part for part in (who, what, via) if part)
    return Line(f"{mark} {describing.kind_word(row.header.kind)}: {told}".strip(), _url(row, "larm"))


def _url(row: LogRow, place: str) -> str:
    about = "" if place == "activation" else f"{row.header.subject}/"
    return f"/spaces/{row.header.space}/{place}/{about}"


def register_describers() -> None:
    """Say how entries of this room read in the log."""
    for kind in ("call.made", "call.help_asked"):
        describing.register_describer(kind, _called)
    describing.register_describer("assessment.given", _assessed)
    describing.register_describer("mode.set", _mode_set)
    for kind in ("larm.sent", "larm.ended"):
        describing.register_describer(kind, _larm)
    describing.register_describer("larm.answered", _answer)
