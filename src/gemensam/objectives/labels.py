"""Words of the målbild: what is refused, and how its entries are called in the log."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal, Text

CONTRADICTIONS: Mapping[str, Text] = {
    "other_wording": _("said of an earlier wording"),
    "without_evidence": _("nothing is said that shows it"),
    "fell_back": _("has been said to be reached before"),
    "after_end": _("said after the milestone had been withdrawn"),
    "not_named": _("the milestone does not concern it"),
}
COMMENT: Mapping[str, Text] = {
    "open": pgettext_lazy("comment", "Open"),
    "answered": pgettext_lazy("comment", "Answered"),
    "settled": pgettext_lazy("comment", "Seen to, says another"),
    "resolved": pgettext_lazy("comment", "Resolved"),
}
ANSWER: Mapping[str, Text] = {
    "answered": pgettext_lazy("comment", "answers"),
    "settled": pgettext_lazy("comment", "says that it has been seen to"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "section_without_heading": _("Begin each part with a heading: a line that starts with #."),
    "vision_text_missing": _("Write the text: a heading and at least one paragraph."),
    "vision_text_too_large": _("The text is too large: at most %(sections)s sections and %(paragraphs)s paragraphs."),
    "vision_part_unknown": _("The joint vision has no such part."),
    "code_twice": _("Two paragraphs have the same number. Open the page again and write from there."),
    "heading_missing": _("Write a heading after the #."),
    "unknown_version_kind": _("Choose what kind of version it is."),
    "not_in_a_group": Refusal(_("This belongs in the space of a working group within a period."), 404),
    "objective_day_wrong": _("Write the day as 2027-03-31."),
    "objective_area_unknown": _("Choose an area that stands in the joint vision."),
    "area_in_use": Refusal(_("Goals, milestones or activities stand in the area. Move or withdraw them first."), 409),
    "objective_goal_unknown": _("Choose a goal of the chosen area."),
    "goal_in_use": Refusal(_("Milestones stand below the goal. Move or withdraw them first."), 409),
    "owner_level_unknown": _("Choose the level that owns it."),
    "order_wrong": _("The order is a number from 1 to %(most)s."),
    "quarter_wrong": _("Choose a year of the period and a quarter from 1 to 4."),
    "unknown_activity_state": _("Choose how the activity stands."),
    "due_outside": _("The day must lie within the years of the period."),
    "milestone_member_unknown": _("%(organisation)s is no member of the network."),
    "milestone_ended": Refusal(_("The milestone has been withdrawn."), 409),
    "milestone_not_concerned": Refusal(_("The milestone does not concern your organisation."), 403),
    "unknown_milestone_state": _("Choose how far you have come."),
    "milestone_evidence_missing": _("Write what shows it: without that it cannot be said to be reached."),
    "too_many_traces": _("At most %(limit)s sources can be named."),
    "unknown_trace": _("Choose what kind of source it is."),
    "trace_empty": _("Choose what it comes from, or write it in words."),
    "trace_refs": _("The sources do not fit what the entry refers to."),
    "unknown_step": _("The schedule has no such step."),
    "unknown_revision": _("The draft has no such revision."),
    "unknown_paragraph": _("The draft has no such paragraph."),
    "revision_removed": Refusal(_("The text of this revision has been removed under a decision."), 410),
}
KIND_WORDS: dict[str, Text] = {
    "vision_version.published": pgettext_lazy("log", "Version of the joint vision published"),
    "vision_version.withdrawn": pgettext_lazy("log", "Version of the joint vision withdrawn"),
    "revision.written": pgettext_lazy("log", "Revision of the draft written"),
    "draft_comment.made": pgettext_lazy("log", "Comment on the draft"),
    "draft_comment.resolved": pgettext_lazy("log", "Comment on the draft resolved"),
    "draft_comment.reopened": pgettext_lazy("log", "Comment on the draft taken up again"),
    "draft_comment.withdrawn": pgettext_lazy("log", "Comment on the draft withdrawn"),
    "draft_comment.answered": pgettext_lazy("log", "Comment on the draft answered"),
    "draft_comment.settled": pgettext_lazy("log", "Comment on the draft seen to"),
    "area.added": pgettext_lazy("log", "Area of the joint vision added"),
    "area.changed": pgettext_lazy("log", "Area of the joint vision changed"),
    "area.withdrawn": pgettext_lazy("log", "Area of the joint vision withdrawn"),
    "goal.added": pgettext_lazy("log", "Goal added"),
    "goal.changed": pgettext_lazy("log", "Goal changed"),
    "goal.withdrawn": pgettext_lazy("log", "Goal withdrawn"),
    "milestone.added": pgettext_lazy("log", "Milestone added"),
    "milestone.changed": pgettext_lazy("log", "Milestone changed"),
    "milestone.withdrawn": pgettext_lazy("log", "Milestone withdrawn"),
    "milestone.stated": pgettext_lazy("log", "Own state of a milestone"),
    "activity.added": pgettext_lazy("log", "Activity of the yearly plan added"),
    "activity.changed": pgettext_lazy("log", "Activity of the yearly plan changed"),
    "activity.withdrawn": pgettext_lazy("log", "Activity of the yearly plan withdrawn"),
    "schedule_step.done": pgettext_lazy("log", "Step of the schedule ticked off"),
    "schedule_step.reopened": pgettext_lazy("log", "Step of the schedule not done after all"),
}
GROUP_WORDS: dict[str, Text] = {
    "vision_version": _("Versions of the joint vision"),
    "revision": _("Revisions of the draft"),
    "draft_comment": _("Comments on the draft"),
    "area": _("Areas of the joint vision"),
    "goal": _("Goals"),
    "milestone": _("Milestones"),
    "activity": _("Activities of the yearly plan"),
    "schedule_step": _("Steps of the schedule"),
}
