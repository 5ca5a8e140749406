"""Words of governance: kinds of entries, refusals, and why a document was not read.

The command line has its own words for the last (cli/reasons.py).
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal, Text

REFUSALS: dict[str, Text | Refusal] = {
    "period_years_wrong": _("A period is one year or more, at most ten, and does not end before it begins."),
    "date_wrong": _("Write the date as 2023-03-10, or leave it empty where it is not stated."),
    "date_in_future": _("%(value)s has not come yet. What is entered here has happened."),
    "dates_reversed": _("It ends before it begins: %(first)s to %(last)s."),
    "list_too_long": _("At most %(limit)s can be named here."),
    "members_missing": _("Choose at least one member."),
    "not_a_member": _("%(organisation)s is not a member of the network."),
    "unknown_document_type": _("There is no such kind of steering document."),
    "document_code_taken": Refusal(
        _("Another document here is called %(short)s already. Choose another short name."), 409
    ),
    "document_circle": _("A document cannot be part of itself or replace itself."),
    "not_a_document": _("What it refers to is not a steering document."),
    "document_missing": _("Say which document it is about."),
    "document_not_here": _("The document is not in this space."),
    "sending_purpose": _("A document goes out for adoption or for consultation."),
    "unknown_body": _("There is no such body of the network."),
    "no_such_step": Refusal(_("That step is not there any longer."), 409),
    "decision_outcome_unknown": _("There is no such outcome."),
    "unknown_counting": _("There is no such way of counting an outcome."),
    "outcome_twice": _("Name each outcome once."),
    "unknown_step": _("There is no such step in a member's chain."),
    "decision_field_unknown": _("There is no field called %(field)s."),
    "field_twice": _("Name each field once."),
    "decision_certainty_unknown": _("There is no such certainty."),
    "place_wrong": _("The place of %(field)s is not in the document."),
    "route_subject": _("A route belongs to one member, in general or for one document."),
    "unknown_route": _("There is no such route to a decision."),
    "route_empty": _("Choose a listed route, or the steps of a route of its own, each once."),
    "route_without_decision": _("Say which of the chosen steps decide."),
    "same_person": Refusal(_("You registered this yourself. Another person has to compare it with the document."), 403),
    "confirms_nothing": _("Say which text is confirmed."),
    "document_no_such_page": Refusal(_("The document has no such page."), 404),
    "document_unread": _("The program failed to read the document. A person has to read it."),
    "incoming_none": _("Choose at least one file."),
    "incoming_too_many": _("At most %(limit)s files are taken in at once; these were %(files)s. Send them in parts."),
    "incoming_too_large": Refusal(_("The files are larger together than %(megabytes)s MB. Send them in parts."), 413),
    "too_many_incoming": Refusal(
        _("%(limit)s files are waiting already. Register or remove some first. Those before this one were kept."), 409
    ),
    "incoming_moved": Refusal(_("The file is being read or registered, or has been removed. Look at the list."), 409),
    "incoming_registered": Refusal(_("The file has been registered already. Nothing was registered again."), 409),
    "document_empty": _("The file is empty."),
    "document_too_large": Refusal(_("The file is too large: at most %(most)s bytes are read."), 413),
    "document_not_what_it_says": _("The name says %(said)s, but the file is %(found)s."),
    "document_kind_unknown": _("This is %(found)s. PDF, DOCX and text are read."),
    "document_encrypted": _("The file is locked by a password. Save it without one."),
    "document_damaged": _("The file is damaged or cut off."),
    "document_hostile": _(
        "The file is made so that reading it would do harm, or makes the reader fail. It was not read."
    ),
    "document_without_text": _("The file holds pictures of pages and no text. A person has to read it."),
    "document_too_many_pages": _("The file has %(pages)s pages; at most %(most)s are read."),
    "document_timeout": _("The file takes too long to read."),
    "document_memory": _("The file takes too much memory to read."),
    "reading_busy": Refusal(_("Other documents are being read. Try again in a moment."), 503),
}
KIND_WORDS: dict[str, Text] = {
    "period.dated": pgettext_lazy("log", "Years of the period set"),
    "document.entered": _("Steering document entered"),
    "document.revised": _("Steering document revised"),
    "document.sent": _("Steering document sent to members"),
    "document.adopted": _("Steering document adopted by a body of the network"),
    "document.step_taken_back": _("Step of a steering document taken back"),
    "document.adoption_ruled": _("What counts as adopted set"),
    "document.withdrawn": _("Steering document ended"),
    "decision.registered": _("Member's decision registered"),
    "decision.corrected": _("Member's decision corrected"),
    "decision.withdrawn": _("Member's decision withdrawn"),
    "decision.confirmed": _("Member's decision confirmed"),
    "route.set": _("Member's route to a decision set"),
    "route.cleared": _("Member's own route taken away"),
    "decision.returned": _("Member's decision returned to the registrar"),
}
GROUP_WORDS: dict[str, Text] = {
    "years": _("Years of the period"),
    "document": _("Steering documents"),
    "decision": _("The members' decisions"),
    "route": _("The members' routes to a decision"),
}
