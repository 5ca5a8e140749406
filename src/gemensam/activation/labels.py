"""Words for codes, refusals and entries of activation, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal, Text

Words = Mapping[str, Promise]

CALL: Words = {
    "asked": pgettext_lazy("call", "Help to judge asked for"),
    "made": pgettext_lazy("call", "Called"),
    "convened": pgettext_lazy("call", "Convened by the caller"),
    "withdrawn": pgettext_lazy("call", "Withdrawn"),
}
LARM: Words = {
    "sent": pgettext_lazy("larm", "Going on"),
    "cancelled": pgettext_lazy("larm", "Cancelled"),
    "ended": pgettext_lazy("larm", "Ended"),
    "replaced": pgettext_lazy("larm", "Replaced by a later one"),
}
LINE: Words = {
    "acknowledged": pgettext_lazy("larm", "Acknowledged"),
    "handed_on": pgettext_lazy("larm", "Handed on"),
    "waiting": pgettext_lazy("larm", "No answer yet"),
    "unreached": pgettext_lazy("larm", "Not reached"),
    "told": pgettext_lazy("larm", "Told"),
}
TARGET: Words = {
    "all": pgettext_lazy("target", "All members"),
    "level": pgettext_lazy("target", "A level"),
    "group": pgettext_lazy("target", "A geographic group"),
    "area": pgettext_lazy("target", "Members within an area"),
    "drawn": pgettext_lazy("target", "Members within an area drawn on the map"),
    "chosen": pgettext_lazy("target", "Chosen members"),
}
RELATION: Words = {
    "same": pgettext_lazy("incident", "The same, shown beside each other"),
    "merged": pgettext_lazy("incident", "Goes on in the other"),
}
KIND_WORDS: Mapping[str, Text] = {
    "call.help_asked": _("Help to judge asked for"),
    "call.made": _("Joint work called for"),
    "call.withdrawn": _("Call withdrawn"),
    "call.convened": _("Conference convened by the caller"),
    "assessment.taken": _("Assessment taken"),
    "assessment.given": _("Call assessed"),
    "information.given": _("First information"),
    "information.withdrawn": _("First information withdrawn"),
    "mode.set": _("State set"),
    "own_mode.set": _("Own state of readiness"),
    "heightened.recorded": _("Decision on heightened alert recorded"),
    "heightened.lifted": _("End of heightened alert recorded"),
    "incident.linked": _("Incidents linked"),
    "incident.unlinked": _("Link of incidents withdrawn"),
    "larm.sent": _("Alert sent"),
    "larm.answered": _("Answer to an alert"),
    "larm.followed_up": _("Alert followed up"),
    "larm.cancelled": _("Alert cancelled"),
    "larm.ended": _("Alert ended"),
}
GROUP_WORDS: Mapping[str, Text] = {
    "call": _("Calls"),
    "assessment": _("Assessments"),
    "information": _("First information"),
    "mode": _("States"),
    "own_mode": _("Own states of readiness"),
    "heightened": _("Heightened alert"),
    "incident": _("Linked incidents"),
    "larm": _("Alerts"),
}
REFUSALS: Mapping[str, Text | Refusal] = {
    "unknown_incident_type": _("The list of incident types has no %(value)s."),
    "unknown_outcome": _("The list of outcomes has no %(value)s."),
    "unknown_mode": _("The list of states has no %(value)s."),
    "unknown_level": _("The list of levels has no %(value)s."),
    "unknown_text": _("The list of alert texts has no %(value)s."),
    "larm_purpose": _("An alert is not sent for that."),
    "unknown_answer": _("Did not understand, answer 1, 2 or 3."),
    "unknown_relation": _("Say whether they are the same or one goes on in the other."),
    "not_your_step": Refusal(_("The list of states gives this step to other roles (%(roles)s)."), 403),
    "mode_only_shown": _("%(mode)s is not decided here. Record the external decision instead."),
    "mode_already": Refusal(_("The incident already has that state and level."), 409),
    "decided_by_missing": _("Say who decided it, and when."),
    "check_unknown": _("The checklist has no point %(value)s."),
    "check_unanswered": _("Tick the point or say why not: %(check)s."),
    "own_mode_subject": Refusal(_("Each organisation says its own state of readiness."), 403),
    "bad_date": _("Write the date as 2026-11-20."),
    "heightened_already": Refusal(_("A decision is recorded already. Record its end first."), 409),
    "convene_awaits": Refusal(_("You may convene yourself from %(until_at)s if nobody has assessed by then."), 409),
    "already_activated": Refusal(_("It is activated already: whoever leads calls the conference."), 409),
    "incident_missing": _("Choose the other incident."),
    "incident_itself": _("Choose another incident than this one."),
    "linked_already": Refusal(_("They are linked already."), 409),
    "exercise_apart": _("An exercise and reality are never linked."),
    "target_unknown": _("Choose whom the alert is for among what can be chosen (%(value)s cannot)."),
    "target_empty": _("The alert is for nobody: choose others."),
    "text_not_here": _("The text %(text)s cannot be used in this space."),
    "sent_already": Refusal(_("It has been sent already."), 409),
    "larm_over": Refusal(_("The alert is over. Nothing more is needed."), 409),
    "not_alerted": Refusal(_("The alert was not for your organisation."), 403),
    "not_your_function": Refusal(_("Answer for your own function, or enter what a colleague said by telephone."), 403),
    "alert_field_unknown": _("The field %(field)s does not exist. %(text)s"),
    "alert_field_long": _("%(field)s takes %(used)s places and may take %(limit)s."),
    "alert_text_sign": _("%(text)s has signs that a text message cannot hold in 160 places: %(signs)s"),
    "alert_text_long": _("%(text)s takes %(used)s of %(limit)s places with every field full. Make it shorter."),
}  # fmt: skip
