"""Words of this room: what is refused, and how its entries read in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gemensam.capabilities.domain.scale import CAPABILITIES
from gemensam.ledger.describing import Line, Names, kind_word
from gemensam.ledger.reading import LogRow
from gemensam.web.labels import Refusal, Text

SCALES = ("assessment_levels", "assessment_levels_older")
REFUSALS: Mapping[str, Text | Refusal] = {
    "unknown_capability_level": _("The level %(value)s is not in the list."),
    "unknown_capability": Refusal(_("%(value)s is not in this period's list of sub-capabilities."), 404),
    "unknown_assessment_sharing": _("Choose whom the level is shared with."),
    "proof_missing": _("Level %(level)s needs a proof with its date: say what has shown it, and when."),
    "proof_in_future": _("The proof has not happened yet."),
    "assessment_day": _("Write the day as 2027-03-31."),
    "reason_missing_for_level": _("Say why it does not concern you."),
    "measure_missing": _("Write what you plan to do; then choose who does it and by when."),
    "measure_owner": _("Choose one of your own functions as the owner of the measure."),
    "assessment_circle": _("An assessment is kept in a circle of your own, and told to all or to the joint office."),
    "assessment_subject": _("Each sub-capability has one assessment of each member."),
    "level_subject": _("Each sub-capability has one level of each member."),
    "capability_not_here": _("Capabilities are assessed in the space of a period."),
    "assessment_by_member": Refusal(_("Only members assess their capabilities."), 403),
    "assessment_circle_not_open": Refusal(_("Open your own circle first."), 409),
    "no_earlier_assessment": Refusal(_("You have no assessment in an earlier period."), 409),
    "round_closed": Refusal(_("The round is closed."), 409),
    "round_title_missing": _("Give the round a title."),
    "round_not_by_office": Refusal(_("Only the joint office opens rounds of self-assessment."), 403),
}
KIND_WORDS: Mapping[str, Text] = {
    "assessment.made": pgettext_lazy("log", "Sub-capability assessed"),
    "assessment.confirmed": pgettext_lazy("log", "Assessment unchanged"),
    "level.shared": pgettext_lazy("log", "Level shared"),
    "level.withdrawn": pgettext_lazy("log", "Level no longer shared"),
    "round.opened": pgettext_lazy("log", "Round of self-assessment opened"),
    "round.changed": pgettext_lazy("log", "Round of self-assessment changed"),
    "round.closed": pgettext_lazy("log", "Round of self-assessment closed"),
    "round.answered": pgettext_lazy("log", "Self-assessment answered"),
}
GROUP_WORDS: Mapping[str, Text] = {
    "assessment": _("Self-assessments"),
    "level": _("Levels shared"),
    "round": _("Rounds of self-assessment"),
}


def describe(row: LogRow, names: Names) -> Line:
    """Return an entry as a line of the log."""
    payload = row.payload or {}
    about = _capability(row, names, payload) or str(payload.get("title") or "")
    level = _level(payload, names, row.header.vocabulary) if payload.get("level") else ""
    said = ": ".join(part for part in (about, level) if part)
    word = kind_word(row.header.kind)
    return Line(f"{word}: {said}" if said else word, _url(row, names))


def _capability(row: LogRow, names: Names, payload: Mapping[str, Any]) -> str:
    code = payload.get("capability") or _code_of(row)
    return f"{code} {names.item(CAPABILITIES, code, row.header.vocabulary)}".strip() if code else ""


def _code_of(row: LogRow) -> str:
    """The delförmåga that an assessment or a level is about: its subject ends with it."""
    group, _point, _verb = row.header.kind.partition(".")
    start = f"{group}-{row.header.organisation}-"
    is_about = group in ("assessment", "level") and row.header.subject.startswith(start)
    return row.header.subject.removeprefix(start) if is_about else ""


def _level(payload: Mapping[str, Any], names: Names, pins: str) -> str:
    found = (names.item(code, payload["level"], pins) for code in SCALES)
    return f"{payload['level']} {next((word for word in found if word), '')}".strip()


def _url(row: LogRow, names: Names) -> str:
    thing = names.state.thing(row.header.space)
    parent = str(getattr(thing.data, "parent", "") or "") if thing is not None else ""
    group, code = row.header.kind.partition(".")[0], _code_of(row)
    if group == "round":
        return f"/spaces/{row.header.space}/capabilities/rounds/{row.header.subject}/"
    if group == "assessment":
        return f"/spaces/{parent}/capabilities/own/{code}/"
    return "" if parent else f"/spaces/{row.header.space}/capabilities/{code}/"


def withheld(fewest: int) -> str:
    """Why a group's counts are not shown."""
    return gettext("Not shown: fewer than %(n)s organisations could be made out.") % {"n": fewest}
