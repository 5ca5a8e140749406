"""What this room puts on the start page and on the page of a period."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.capabilities import labels
from gemensam.capabilities.domain.levels import told_levels
from gemensam.capabilities.domain.rounds import open_round
from gemensam.capabilities.domain.rules import office_of, own_circle
from gemensam.capabilities.queries import missing_answers
from gemensam.core.policy import SpaceInfo
from gemensam.core.state import Thing
from gemensam.governance.panels import Panel
from gemensam.ledger import describing
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import members
from gemensam.organisations.domain import organisation as find_organisation
from gemensam.rosters.domain.local import MINUTES_OF_DAY, instant
from gemensam.web.page import SpacePage
from gemensam.web.spaces import is_within_period, title_of
from gemensam.web.start import Todo


def home(page: SpacePage) -> str:
    """Where one begins in a circle that this room keeps: a member's own, or one where it has told a level."""
    own = page.info.circle == own_circle(page.info.opened_by)
    kept = is_within_period(page.lens, page.info) and (own or page.state.size("levels"))
    return "log/" if kept else ""


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield the open rounds: for a member to answer, for the joint office to see who has not."""
    for info in lens.spaces():
        round_ = open_round(lens.state(info.id)) if info.kind == "period" and not info.closed else None
        if round_ is not None:
            yield from _of_round(lens, info, round_)


def _of_round(lens: Lens, info: SpaceInfo, round_: Thing) -> Iterator[Todo]:
    own, due_at = lens.principal.organisation, due_instant(round_.data.due_on)
    found = find_organisation(lens.directory, own)
    if found is not None and found.member and lens.may("assess_capability"):
        if round_.data.answered_at(own) is None:
            text = round_.data.title or _("Self-assessment")
            yield Todo(text, _("Assess"), f"/spaces/{info.id}/capabilities/own/", title_of(lens, info), due_at)
    elif own == office_of(lens.state(info.id)) and lens.may("govern"):
        yield from _missing(lens, info, round_)


def _missing(lens: Lens, info: SpaceInfo, round_: Thing) -> Iterator[Todo]:
    missing = len(missing_answers(lens, lens.state(info.id)))
    if missing:
        text = ngettext(
            "%(n)s member has not answered the self-assessment",
            "%(n)s members have not answered the self-assessment",
            missing,
        ) % {"n": missing}
        url = f"/spaces/{info.id}/capabilities/rounds/{round_.subject}/"
        yield Todo(text, _("See who"), url, title_of(lens, info), due_instant(round_.data.due_on))


def due_instant(due_on: str) -> int | None:
    """Return the end of a round's last local day (ms UTC)."""
    try:
        return instant(date.fromisoformat(due_on), MINUTES_OF_DAY - 1)
    except ValueError:
        return None


def panels(page: SpacePage) -> Iterator[Panel]:
    """Yield how far the self-assessments of a period have come, of what is told in its own space."""
    total, url = len(members(page.lens.directory)), f"/spaces/{page.space}/capabilities/{page.query}"
    sharing = {who for (who, _code), data in told_levels(page.state).items() if data.at(page.moment.happened_by)}
    lines = [_("%(n)s of %(total)s members share levels with all.") % {"n": len(sharing), "total": total}]
    round_ = open_round(page.state)
    if round_ is not None:
        answered = total - len(missing_answers(page.lens, page.state))
        facts = {"title": round_.data.title, "day": round_.data.due_on, "n": answered, "total": total}
        lines.insert(0, _("%(title)s, open until %(day)s: %(n)s of %(total)s have answered.") % facts)
    yield Panel(_("Capabilities"), url, 50, tuple(lines))


def register_describers() -> None:
    for kind in labels.KIND_WORDS:
        describing.register_describer(kind, labels.describe)
