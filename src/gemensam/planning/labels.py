"""Words for codes, refusals and entries of planning, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal, Text

TAKING: Mapping[str, Promise] = {
    "asked": pgettext_lazy("project", "Asked"),
    "joined": pgettext_lazy("project", "Takes part"),
    "declined": pgettext_lazy("project", "Does not take part"),
    "left": pgettext_lazy("project", "Takes part no longer"),
}
KIND_WORDS: Mapping[str, Text] = {
    "known_event.entered": _("Known event entered"),
    "known_event.changed": _("Known event changed"),
    "known_event.cancelled": _("Known event cancelled"),
    "known_event.planned": _("Planning for a known event"),
    "known_event.note_withdrawn": _("Planning note withdrawn"),
    "known_event.clash_accepted": _("Clash accepted"),
    "known_event.clash_reopened": _("Clash taken up again"),
    "project.opened": _("Project opened"),
    "project.changed": _("Project changed"),
    "project.moved": _("State of the project set"),
    "project.joined": _("Takes part in the project"),
    "project.declined": _("Does not take part in the project"),
    "project.left": _("Takes part in the project no longer"),
    "follow_up.opened": _("Follow-up opened"),
    "follow_up.extended": _("Follow-up given more time or more members"),
    "follow_up.closed": _("Follow-up closed"),
    "follow_up.answered": _("Answer to a follow-up"),
    "follow_up.reported": _("Report of a follow-up published"),
}
GROUP_WORDS: Mapping[str, Text] = {
    "known_event": _("Known events"),
    "project": _("Joint projects"),
    "follow_up": _("Follow-ups"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "follow_up_template": _("The list of templates for follow-up has no %(value)s."),
    "follow_up_recipients": _("Choose at least one who is asked."),
    "follow_up_due_passed": _("The last day, %(due_at)s, has passed. Choose a later one."),
    "follow_up_closed": Refusal(_("The follow-up is closed."), 409),
    "follow_up_not_asked": Refusal(_("Your organisation is not asked in this follow-up."), 403),
    "follow_up_answer_unknown": _("The follow-up has no question %(value)s."),
    "follow_up_answer_missing": _("Answer the question: %(question)s"),
    "follow_up_answer_choice": _("Choose one of the answers: %(question)s"),
    "follow_up_answer_number": _("Write a whole number: %(question)s"),
    "follow_up_disposed": Refusal(_("The text of this report has been removed under a decision."), 410),
    "unknown_project_state": _("The list of states of projects has no %(value)s."),
    "project_state_same": Refusal(_("The project has that state already."), 409),
    "project_leads": _("Your organisation leads the project."),
    "project_result_missing": _("Write what came of it, also when it is nothing."),
    "project_steps": _("A project has at most %(limit)s steps."),
    "unknown_event_kind": _("The list of kinds of known events has no %(value)s."),
    "known_event_resource": _("The list of strained resources has no %(value)s."),
    "event_times": _("A known event ends after it begins, and lasts at most a year."),
    "planning_years": _("An event that comes each year does so up to a year between %(first)s and %(last)s."),
    "month_unreadable": _("Write the month as 2026-11."),
    "known_event_files": _("At most %(limit)s files at a time."),
    "planning_note_gone": Refusal(_("Only an own planning note that stands can be withdrawn."), 409),
    "clash_gone": Refusal(_("There is no such clash any longer: one of the events has been changed."), 409),
    "clash_not_yours": Refusal(
        _("A clash is accepted by those responsible for its events, the municipality, or the joint office."), 403
    ),
    "clash_not_accepted": Refusal(_("Your organisation does not accept that clash."), 409),
}
