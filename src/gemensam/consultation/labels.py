"""Words of the room: states, kinds of entries, refusals. Words of answers, kinds and bemötanden are lists."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal, Text

STATES: dict[str, Text] = {
    "prepared": pgettext_lazy("remiss", "being prepared"),
    "sent": pgettext_lazy("remiss", "out for answers"),
    "withdrawn": pgettext_lazy("remiss", "withdrawn"),
}
STANDINGS: dict[str, Text] = {
    "answered": pgettext_lazy("remiss", "answered"),
    "awaits": pgettext_lazy("remiss", "officials have answered, a political answer follows"),
    "waiting": pgettext_lazy("remiss", "has not answered"),
    "overdue": pgettext_lazy("remiss", "has not answered, the day has passed"),
}
CHANGES: dict[str, Text] = {
    "changed": pgettext_lazy("paragraph", "changed"),
    "added": pgettext_lazy("paragraph", "new"),
    "removed": pgettext_lazy("paragraph", "removed"),
    "same": pgettext_lazy("paragraph", "unchanged"),
}
KIND_WORDS: dict[str, Text] = {
    "registry.set": _("Official address and meeting days set"),
    "remiss.prepared": _("Remiss prepared"),
    "remiss.changed": _("Remiss changed before it was sent"),
    "remiss.sent": _("Remiss sent"),
    "remiss.extended": _("Time to answer the remiss extended"),
    "remiss.reminded": _("Reminder of the remiss sent"),
    "remiss.revised": _("Text after the remiss entered"),
    "remiss.withdrawn": _("Remiss withdrawn"),
    "remiss.answered": _("Answer to the remiss"),
    "view.marked": _("Synpunkt marked in a yttrande"),
    "view.changed": _("Synpunkt changed"),
    "view.withdrawn": _("Synpunkt withdrawn"),
    "response.given": _("Bemötande given"),
    "response.withdrawn": _("Bemötande withdrawn"),
    "remiss_summary.published": _("Remissammanställning published"),
}
GROUP_WORDS: dict[str, Text] = {
    "registry": _("Official addresses"),
    "remiss": _("Remisses"),
    "view": _("Synpunkter"),
    "response": _("Bemötanden"),
    "remiss_summary": _("Remissammanställningar"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "not_a_remiss": _("It belongs to no remiss of this period."),
    "remiss_not_open": Refusal(_("The remiss is not out for answers."), 409),
    "not_on_send_list": Refusal(_("Your organisation is not on the send-list of this remiss."), 409),
    "remiss_text_missing": _("There is no text to send. Write or paste it."),
    "remiss_text_too_long": _("The text is too long: at most %(sections)s sections and %(paragraphs)s paragraphs."),
    "paragraph_code_twice": _("Two paragraphs have the same code."),
    "paragraph_code_wrong": _("%(given)s cannot be the code of a paragraph."),
    "members_missing": _("Choose at least one member."),
    "too_many_questions": _("At most %(limit)s questions."),
    "too_many_remiss_files": _("At most %(limit)s files."),
    "remiss_deadline_passed": _("The last day to answer must lie ahead."),
    "deadline_not_later": _("The new day must be later than the one that stands."),
    "unknown_remiss_answer": _("That is none of the answers."),
    "political_missing": _("Say whether a political answer follows."),
    "bad_day": _("Write the day as 2027-03-01."),
    "no_answer_yet": Refusal(_("There is no yttrande to quote from: the member has not answered."), 409),
    "no_such_paragraph": _("The remiss has no paragraph %(given)s."),
    "unknown_view_kind": _("That is no kind of synpunkt."),
    "unknown_response": _("That is none of the bemötanden."),
    "quote_not_there": _("The marked words do not stand in those lines. Mark them again."),
    "lines_wrong": _("Those lines are not there. Give the first and the last one."),
    "file_not_of_answer": Refusal(_("That file does not belong to the answer."), 404),
    "views_missing": _("Tick at least one synpunkt."),
    "too_many_views": _("At most %(limit)s synpunkter at once."),
    "no_such_view": Refusal(_("One of the synpunkter has been withdrawn meanwhile."), 409),
    "summary_subject": _("A sammanställning belongs to one remiss."),
    "summary_disposed": Refusal(_("The text of this version has been removed under a decision."), 410),
    "remiss_document_busy": Refusal(_("Many documents are being made just now. Try again in a moment."), 503),
    "too_many_meetings": _("At most %(limit)s meeting days."),
    "papers_late": _("Papers for %(on)s cannot be taken after the meeting."),
}
