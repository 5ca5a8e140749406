"""What people are told when reporting is refused."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gemensam.web.labels import Refusal, Text

REFUSALS: Mapping[str, Text | Refusal] = {
    # Codes of the lists
    "unknown_row": _("%(value)s is not among the functions of society that this space uses."),
    "unknown_status": _("%(value)s is not in the scale that this space uses."),
    "status_set_by_program": _("%(value)s is set by the program, never by hand."),
    "unknown_type": _("%(value)s is not a type of statement."),
    "unknown_certainty": _("%(value)s is not a grade of certainty."),
    "unknown_source": _("%(value)s is not in the list of sources."),
    "unknown_trend": _("%(value)s is not in the list of developments."),
    "unknown_figure": _("%(value)s is not in the list of key figures."),
    "unknown_urgency": _("%(value)s is not in the list of how urgent it is."),
    "unknown_template": _("%(value)s is not a report form in this space."),
    "unknown_field": _("%(value)s is not a field of the report form."),
    "unknown_quick": _("%(value)s is not a quick answer that can be used here."),
    "unknown_via": _("Say how it came in: telephone, radio, paper …"),
    "unknown_purpose": _("%(value)s is not in the list of purposes."),
    "unknown_reason": _("%(value)s is not in the list of reasons."),
    "unknown_hours": _("A forecast is for 6, 24 or 72 hours, one of each."),
    # Places
    "unknown_kommun": _("%(value)s is not a municipality here. Write names with commas between."),
    "point_unreadable": _(
        "The coordinates could not be read. Write them as 59.3293, 18.0686, as N 6580822, E 674032 "
        "or as 34V CL 33230 80391."
    ),
    "point_outside": _("The point lies far outside Sweden. Look at the coordinates once more."),
    "status_without_row": _("Choose the function of society that it speaks for."),
    # Contact and duplicates
    "unknown_contact": _("%(value)s is not in the list of states of contact."),
    "contact_subject": _("Your organisation notes its contact in its own name."),
    "contact_in_future": _("Contact cannot be noted for later than now."),
    "not_two_statements": _("Choose two statements of this space."),
    # Content
    "summary_missing": _("Write the most important thing in a sentence or two."),
    "text_missing": _("Write what is stated."),
    "text_too_long": _("The text is too long: %(length)s characters, at most %(limit)s."),
    "too_many_lines": _("There are too many lines: at most %(limit)s."),
    "line_empty": _("A line says nothing of what it is about."),
    "label_missing": _("Give the other function a name."),
    "row_twice": _("The same function of society stands twice."),
    "until_missing": _("Give the time with Back at, and with no other status."),
    "until_passed": _("The time %(until_at)s has passed. Give a coming one."),
    "until_too_late": _("Give a time within %(days)s days."),
    "source_name_missing": _("Say which organisation the statement comes from."),
    "figure_row": _("The key figure belongs to another function of society."),
    "figure_value": _("%(value)s is not a number."),
    "figure_unit": _("Another unit than the list's: figures of different units are never put together."),
    "stated_in_future": _("The situation cannot apply later than now. Put expectations in the forecast."),
    "stated_at_wrong": _("Give the time at which the situation applied."),
    "written_in_future": _("It cannot have been written later than now."),
    "written_at_wrong": _("Give the time at which it was written."),
    "reason_missing": _("Say why in a few words."),
    # Who and what
    "no_report_to_confirm": Refusal(_("There is no earlier report of yours here to confirm as unchanged."), 409),
    "relay_own_report": _("Your own organisation's report is written as an ordinary report."),
    "received_by_missing": _("Say which function received it."),
    "not_unconfirmed": Refusal(_("It is not unconfirmed any more."), 409),
    "not_responsible": Refusal(_("Only the organisation that answers for this can confirm the figure."), 409),
    "not_a_request": _("What the report answers is no request in this space."),
    "not_own_report": _("A narrower part belongs to your own organisation's report in the wider space."),
    "not_asked": Refusal(_("Your organisation is not asked in this request."), 403),
    "not_concerned": Refusal(_("Only the organisation that it is about can confirm or deny it."), 403),
    "nobody_asked": _("Choose at least one organisation."),
    "asked_cannot_read": _("%(organisation)s does not read this space and cannot be asked here."),
    "deadline_passed": _("The time %(deadline_at)s has passed. Give a coming one."),
    "request_withdrawn": Refusal(_("The request has been withdrawn."), 409),
    # Answer links
    "link_not_here": Refusal(_("No links are made in a narrower circle: its readers answer signed in."), 409),
    "bad_margin": _("Choose from the list how long the link holds."),
    "answered_by_missing": _("Say which organisation answers."),
    "report_missing": _("Say which of your reports already answers."),
}
