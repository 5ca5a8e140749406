"""What the pages of incoming files show, drawn from rows and what was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.core.refusal import Refused
from gemensam.governance.document_queries import list_documents_for
from gemensam.governance.domain.decisions import NOT_STATED
from gemensam.governance.intake.document import DocumentPages, LineShown, PageShown, pages_of, pictures_alone
from gemensam.governance.intake.fields import Place, certainty_of, places_of, places_of_field, plain
from gemensam.governance.intake.files import REFUSED, REGISTERED, FileRead, list_files_for, rows_of
from gemensam.governance.intake.forms import ReadDecisionForm
from gemensam.governance.intake.proposal import Proposal
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import function
from gemensam.organisations.names import function_name
from gemensam.web import labels

Text = str | Promise
CERTAINTIES: dict[str, Text] = {
    "stated": _("stated in the document"),
    "inferred": _("concluded from the document"),
    "not_stated": pgettext_lazy("field", "not stated"),
}
# The document says something, but nothing of the lists follows from it.
NO_PROPOSAL = _("nothing to propose: choose from what the document says")
KEYS: dict[str, Text] = {
    "organisation": _("Organisation"), "title": _("Title of the matter"), "period": _("Period"),
    "document_type": _("Kind of document"), "stage": _("Proposal or decision"), "body": _("Body"),
    "outcome": _("Outcome"), "date": _("Date"), "paragraph": _("§ in the minutes"),
    "diarienummer": _("Registration number"), "villkor": _("Conditions"), "proposed_to": _("Proposed to"),
    "approved_by_director": _("Approved by the highest official"),
    "immediately_adjusted": _("Minutes approved at once"),
    "attachments": _("Attachments"), "send_to": _("To be sent to"), "earlier_decisions": _("Earlier decisions"),
    "subject_matches": _("About this network"),
}  # fmt: skip
# What each key leads to in the form; what is not named here has a field of its own name.
FIELD_OF = {
    "organisation": "member", "period": "document", "document_type": "step", "stage": "step", "villkor": "conditions",
    "subject_matches": "document",
}  # fmt: skip
MOST_REGISTERED = 20


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as a row of the list: what was found, and what remains to do."""

    file: FileRead
    by: str
    url: str
    found: tuple[str, ...]
    reason: str
    is_about_us: bool

    @property
    def decision_url(self) -> str:
        """Where the decision stands that the file became."""
        return f"/spaces/{self.file.kept_in}/decisions/{self.file.decision}/"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of the form with what it rests on. `read`: what was read, where a person has written something else."""

    bound: BoundField
    name: str
    certainty: str
    word: Text
    places: tuple[Place, ...]
    read: str
    is_changed: bool
    is_filled_in: bool


def listing(lens: Lens) -> dict[str, Any]:
    """Return the rows of the organisation's files in their groups, and how far the reading has come."""
    rows = [row(lens, file) for file in list_files_for(lens)]
    unfinished = [each for each in rows if each.file.is_unfinished]
    first = min((each.file.uploaded_at for each in unfinished), default=0)
    batch = [each for each in rows if unfinished and each.file.uploaded_at >= first]
    return {
        "reading": unfinished, "batch": len(batch), "done": len(batch) - len(unfinished),
        "open": sorted((each for each in rows if each.file.is_open), key=_came),
        "refused": [each for each in rows if each.file.status == REFUSED and not each.file.is_open],
        "registered": [each for each in rows if each.file.status == REGISTERED][:MOST_REGISTERED],
        "has_documents": any(not each.is_withdrawn for each in list_documents_for(lens)),
    }  # fmt: skip


def _came(row: FileRow) -> tuple[int, str]:
    return row.file.uploaded_at, row.file.id


def row(lens: Lens, file: FileRead) -> FileRow:
    """Return one file as a row."""
    who = function(lens.directory, file.uploaded_by)
    return FileRow(
        file, function_name(who) if who else file.uploaded_by, f"/governance/decisions/read/{file.id}/",
        _found(file.answer), labels.words(Refused(file.code, **file.facts)) if file.code else "",
        bool(file.answer.get("subject_matches", True)),
    )  # fmt: skip


def _found(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells a document apart in a list: whose, which body, when, §, whether it decides."""
    paragraph = answer.get("paragraph")
    told = (answer.get("organisation"), answer.get("body"), answer.get("date"), f"§ {paragraph}" if paragraph else "",
            answer.get("stage"), answer.get("outcome"))  # fmt: skip
    return tuple(str(part) for part in told if part)


def form_parts(lens: Lens, file: FileRead, form: ReadDecisionForm, proposal: Proposal) -> dict[str, Any]:
    """Return the fields with their places, the document beside them, and what is said above both."""
    rows = rows_of(lens, file)
    places = places_of(file.answer, rows)
    document = _pages(file, rows, places)
    fields = [_field(form[name], name, proposal, places) for name in form.fields]
    return {
        "file": row(lens, file), "fields": fields, "document": document, "pages": _with_words(document),
        "other_member": proposal.other_member, "changed_fields": [each for each in fields if each.is_changed],
        "summary": _summary(file.answer, places),
        "unread_pages": file.answer.get("file", {}).get("pages_without_text", ()),
    }  # fmt: skip


def _field(bound: BoundField, name: str, proposal: Proposal, places: Mapping[str, Place]) -> FieldShown:
    read, given = proposal.read.get(name, ""), str(bound.value() or "")
    certainty = certainty_of(name, read, places) if name in proposal.read else ""
    differs = bool(certainty) and bound.form.is_bound and plain(given) != plain(read)
    rests = tuple(place for place in places_of_field(name, places) if place.anchor)
    unproposed = certainty == NOT_STATED and bool(rests)
    word = NO_PROPOSAL if unproposed else CERTAINTIES.get(certainty, "")
    shown = _word(bound, read)
    return FieldShown(bound, name, certainty, word, rests, shown, differs and bool(read), differs and not read)


def _word(bound: BoundField, value: str) -> str:
    """Return a value as the form shows it: a choice by its word."""
    choices = dict(getattr(bound.field, "choices", ()))
    return str(choices.get(value, value)) if value else ""


def _summary(answer: Mapping[str, Any], places: Mapping[str, Place]) -> list[tuple[Text, str, Place]]:
    """Return what was read that has no field of its own: by it member, document and step are proposed."""
    keys = ("organisation", "document_type", "stage", "period")
    return [(KEYS[key], _plain_word(answer.get(key)), places[key]) for key in keys if key in places]


WORDS: dict[str, Text] = {
    "förslag": pgettext_lazy("stage", "proposal"), "beslut": pgettext_lazy("stage", "decision"), "other": _("another"),
}  # fmt: skip


def _plain_word(value: Any) -> str:
    if isinstance(value, list):
        return "–".join(str(part) for part in value)
    return str(WORDS.get(value, value)) if value else str(CERTAINTIES[NOT_STATED])


def _pages(file: FileRead, rows: Any, places: Mapping[str, Place]) -> DocumentPages:
    if rows:
        return pages_of(file.answer, rows, places)
    pages = file.facts.get("pages")
    return pictures_alone(int(pages) if file.name.lower().endswith(".pdf") and pages else 0)


Named = list[tuple[LineShown, list[tuple[Text, str]]]]


def _with_words(document: DocumentPages) -> list[tuple[PageShown, Named]]:
    """Return each page with its lines, each with the names of what was read there and the field that each leads to."""
    return [(page, [(line, _named(line.fields)) for line in page.lines]) for page in document.pages]


def _named(keys: Iterable[str]) -> list[tuple[Text, str]]:
    return [(KEYS[key], FIELD_OF.get(key, key)) for key in keys]
