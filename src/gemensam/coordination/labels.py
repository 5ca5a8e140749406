"""Words for codes, refusals and entries of coordination, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal, Text

Words = Mapping[str, Promise]

CONFERENCE: Words = {
    "called": pgettext_lazy("conference", "Called"),
    "open": pgettext_lazy("conference", "Going on"),
    "closed": pgettext_lazy("conference", "Closed"),
    "cancelled": pgettext_lazy("conference", "Cancelled"),
}
ATTENDANCE: Words = {
    "present": pgettext_lazy("attendance", "Takes part"),
    "announced": pgettext_lazy("attendance", "Announced earlier"),
    "represented": pgettext_lazy("attendance", "Represented by another"),
    "left": pgettext_lazy("attendance", "Has left"),
    "absent": pgettext_lazy("attendance", "Missing"),
}
NEED: Words = {
    "open": pgettext_lazy("need", "Open"),
    "offered": pgettext_lazy("need", "Offered"),
    "resolved": pgettext_lazy("need", "Met"),
    "withdrawn": pgettext_lazy("need", "Withdrawn"),
}
NEED_CONTRADICTIONS: Words = {
    "offer_after_end": _("offered although the need had ended: ring %(who)s"),
    "offer_left": _("the need is withdrawn but the offer stands: ring %(who)s"),
    "offer_gone": _("said to be met, but %(who)s took the offer back afterwards: ring both"),
}
QUESTION: Words = {
    "asked": pgettext_lazy("question", "Not answered"),
    "answered": pgettext_lazy("question", "Answered"),
    "withdrawn": pgettext_lazy("question", "Withdrawn"),
}
QUESTION_CONTRADICTIONS: Words = {
    "two_answers": _("More than one has answered: compare them"),
    "after_end": _("Answered after the question had been withdrawn"),
}
REGISTRATION: Words = {
    "received": pgettext_lazy("registration", "Received"),
    "drawn_up": pgettext_lazy("registration", "Drawn up"),
}
OFFER: Words = {
    "offered": pgettext_lazy("offer", "Offers"),
    "offer_withdrawn": pgettext_lazy("offer", "Offer withdrawn"),
}
AGREEMENT: Words = {
    "recorded": pgettext_lazy("agreement", "In force"),
    "withdrawn": pgettext_lazy("agreement", "Withdrawn"),
}
UNDERTAKING: Words = {
    "noted": _("Noted"),
    "confirmed": _("Confirmed by %(who)s %(time)s"),
    "reserved": _("Confirmed with a reservation by %(who)s %(time)s"),
    "declined": _("Declined by %(who)s %(time)s"),
    "completed": _("Done, says %(who)s %(time)s"),
    "reopened": _("Taken up again by %(who)s %(time)s"),
}
UNDERTAKING_SHORT: Words = {
    "noted": _("Noted"),
    "confirmed": pgettext_lazy("undertaking", "Confirmed"),
    "reserved": pgettext_lazy("undertaking", "Confirmed with a reservation"),
    "declined": pgettext_lazy("undertaking", "Declined"),
    "completed": pgettext_lazy("undertaking", "Done"),
    "reopened": pgettext_lazy("undertaking", "Taken up again"),
}
CONTRADICTIONS: Words = {
    "other_wording": _("Answered an earlier wording"),
    "ended_after": _("Withdrawn after %(who)s had undertaken it: ring them"),
    "after_end": _("Answered after it had been withdrawn"),
    "not_named": _("Not named in the agreement"),
}
ACTS: Words = {
    "undertaking.confirmed": pgettext_lazy("undertaking act", "Confirm"),
    "undertaking.reserved": _("Confirm with a reservation"),
    "undertaking.declined": _("Decline"),
    "undertaking.completed": pgettext_lazy("undertaking act", "Done"),
    "undertaking.reopened": _("Take it up again"),
}
REASONS: Words = {
    "status_4_5": _("serious or critical"),
    "needs": pgettext_lazy("speaker", "needs"),
    "worse": pgettext_lazy("speaker", "getting worse"),
}

KIND_WORDS: Mapping[str, Text] = {
    "conference.called": _("Conference called"),
    "conference.changed": _("Conference changed"),
    "conference.opened": _("Conference opened"),
    "conference.point_noted": _("Note of the conference"),
    "conference.moved_to": _("Next point of the conference"),
    "conference.closed": _("Conference closed"),
    "conference.cancelled": _("Conference cancelled"),
    "attendance.registered": _("Takes part in the conference"),
    "attendance.left": _("Has left the conference"),
    "need.raised": _("Need for collaboration"),
    "need.changed": _("Need for collaboration changed"),
    "need.resolved": _("Need met"),
    "need.withdrawn": _("Need withdrawn"),
    "need.offered": _("Offer to a need"),
    "need.offer_withdrawn": _("Offer withdrawn"),
    "agreement.recorded": _("Agreement recorded"),
    "agreement.changed": _("Agreement given another wording"),
    "agreement.withdrawn": _("Agreement withdrawn"),
    "undertaking.confirmed": _("Undertaking confirmed"),
    "undertaking.reserved": _("Undertaking confirmed with a reservation"),
    "undertaking.declined": _("Undertaking declined"),
    "undertaking.completed": _("Undertaking done"),
    "undertaking.reopened": _("Undertaking taken up again"),
    "question.asked": _("Common question asked"),
    "question.withdrawn": _("Common question withdrawn"),
    "question.shared": _("Asks the same"),
    "question.unshared": _("No longer asks the same"),
    "question.answered": _("Common question answered"),
    "question.answer_withdrawn": _("Answer to a common question withdrawn"),
    "minutes.published": _("Minutes published"),
    "minutes.withdrawn": _("Minutes withdrawn"),
    "minutes.commented": _("Comment on the minutes"),
    "minutes.comment_withdrawn": _("Comment on the minutes withdrawn"),
    "registration.made": _("Registered in the own diary"),
    "registration.withdrawn": _("Registration number withdrawn"),
}
GROUP_WORDS: Mapping[str, Text] = {
    "conference": _("Conferences"),
    "attendance": _("Attendance"),
    "need": _("Needs for collaboration"),
    "agreement": _("Agreements"),
    "undertaking": _("Undertakings"),
    "question": _("Common questions"),
    "minutes": pgettext_lazy("conference", "Minutes"),
    "registration": _("Registration numbers"),
}

REFUSALS: dict[str, Text | Refusal] = {
    "unknown_agenda": _("There is no such conference template."),
    "unknown_cadence": _("There is no such cadence."),
    "unknown_point": _("That point is not on the agenda."),
    "unknown_role": _("There is no such role at a conference."),
    "no_such_function": _("There is no such function in that organisation."),
    "starts_at_wrong": _("Say when the conference begins."),
    "length_wrong": _("A conference is %(least)s to %(most)s minutes long."),
    "no_next_conference": _("The cadence in force has no conferences. Choose the time yourself."),
    "conference_ended": Refusal(_("The conference has ended."), 409),
    "conference_missing": _("Say which conference it belongs to."),
    "conference_not_here": _("The conference is not in this space."),
    "not_a_conference": _("What it belongs to is not a conference."),
    "not_convening": Refusal(_("Nothing gives your organisation the right to convene a conference here."), 409),
    "not_conference_leader": Refusal(_("Only the organisation that leads the conference publishes its minutes."), 403),
    "represents_itself": _("An organisation does not represent itself besides."),
    "undertaking_missing": _("Name at least one organisation that undertakes something."),
    "undertaking_twice": _("Name each organisation once. What it undertakes besides is an agreement of its own."),
    "words_missing": _("Write what it is about."),
    "minutes_subject": _("Minutes belong to one conference."),
    "question_ended": Refusal(_("The question has been withdrawn."), 409),
    "question_own": _("It is your own question: you ask it already."),
    "question_answered": Refusal(
        _("The question is answered already. Is the answer wrong, ring the one who gave it, who can change it."), 409
    ),
    "comments_closed": Refusal(_("Comments are no longer taken. Ring the one who leads the conference."), 409),
    "comment_moved": Refusal(_("A comment has been changed or withdrawn meanwhile. Look at it and answer again."), 409),
    "not_registrable": _("What is registered must be a record of this space."),
    "registration_subject": _("An organisation registers in its own name."),
    "registration_number": _("Write the registration number, and whether it is received or drawn up."),
    "registration_date": _("Write the date as 2026-11-29."),
    "document_busy": Refusal(_("Many documents are being made just now. Try again in a moment."), 503),
    "minutes_disposed": Refusal(_("The text of these minutes has been removed under a decision."), 410),
    "minutes_too_early": Refusal(_("There are no minutes of a conference that has not been opened."), 409),
}
