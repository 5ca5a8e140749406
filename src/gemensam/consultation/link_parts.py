"""What the board of answers shows of a remiss' links, and the form for a new one."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.answer_links.forms import LinkForm
from gemensam.answer_links.pages import list_rows
from gemensam.answer_links.queries import LinkRow, links_of
from gemensam.consultation.domain.links import DAY_MS, DAYS_AFTER
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.link_queries import of_remiss
from gemensam.consultation.queries import Remiss
from gemensam.consultation.view_parts import Speech, at
from gemensam.web.page import SpacePage


def link_panel(page: SpacePage, remiss: Remiss, speech: Speech) -> dict[str, Any]:
    """Return what the board shows of links: to those whose remiss it is, and as it is now."""
    own = remiss.thing.organisation == page.lens.principal.organisation
    if page.historical or not own or not page.lens.may(GOVERN):
        return {"links": [], "link_form": None}

    def answer(row: LinkRow) -> str:
        return at(page.space, remiss.subject, f"answers/{row.link.organisation}/") if row.link.answered_at else ""

    of = of_remiss(page, remiss)
    form = form_for(remiss, speech) if of.kind.is_open(remiss.thing) and page.may(GOVERN) else None
    return {
        "links": list_rows(links_of(page.lens, of), speech.short, answer), "link_form": form,
        "may_revoke": page.may(GOVERN), "links_at": at(page.space, remiss.subject, "links/"),
    }  # fmt: skip


def form_for(remiss: Remiss, speech: Speech, data: Any = None) -> LinkForm:
    """Return the form for a link to one of the members."""
    asked = [(member, speech.organisation(member)) for member in remiss.data.members]
    return LinkForm(data, asked=asked, margins={days * DAY_MS: _held(days) for days in DAYS_AFTER})


def _held(days: int) -> str:
    if not days:
        return _("until the last day")
    words = ngettext("until %(n)s day after the last day", "until %(n)s days after the last day", days)
    return words % {"n": days}
