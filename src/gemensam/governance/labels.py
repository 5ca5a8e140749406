"""Words of governance: why a document was not read. The command line has its own (cli/reasons.py)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.web.labels import Refusal, Text

REFUSALS: dict[str, Text | Refusal] = {
    "period_years_wrong": _("A period is one year or more, at most ten, and does not end before it begins."),
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
}
GROUP_WORDS: dict[str, Text] = {"years": _("Years of the period")}
