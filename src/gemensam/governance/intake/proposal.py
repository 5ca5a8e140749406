"""What is proposed for a file that was read, and what a person may choose, by this lens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.swedish import sort_key
from gemensam.governance.document_queries import DocumentShown, list_documents_for
from gemensam.governance.domain.proposing import (
    Candidate,
    proposed_document,
    proposed_member,
    proposed_outcome,
    proposed_step,
)
from gemensam.governance.intake.fields import texts_of
from gemensam.governance.intake.forms import Choices
from gemensam.governance.intake.network import mapped, names_of_members
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import members
from gemensam.organisations.names import Lists, organisation_name

NOT_CHOSEN = ("", "–")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was read as the form's texts and codes, and the choices. `other_member`: read, but not one's own."""

    read: Mapping[str, str]
    choices: Mapping[str, Choices]
    other_member: str = ""


def proposal_for(lens: Lens, answer: Mapping[str, Any]) -> Proposal:
    """Return what is proposed: nothing that the document does not say, and only what this lens may register."""
    names, rules = names_of_members(lens.directory), mapped(lens.directory)
    own = lens.principal.organisation
    read_member = proposed_member(answer, names)
    allowed = {own} & names.keys() or names.keys()
    member = read_member if read_member in allowed else own if not read_member and own in names else ""
    kinds = {each.id: each.kind for each in members(lens.directory)}
    lists = Lists(lens.directory)
    documents = [each for each in list_documents_for(lens) if not each.is_withdrawn]
    read = {
        **texts_of(answer),
        "member": member,
        "document": proposed_document(answer, [_candidate(each, lists) for each in documents]),
        "step": proposed_step(answer, kinds.get(member, ""), rules.steps),
        "outcome": proposed_outcome(answer, rules.outcomes),
    }
    other = read_member if read_member and read_member not in allowed else ""
    return Proposal(read, _choices(lens, documents, frozenset(allowed)), names[other][0] if other else "")


def key_of(document: DocumentShown) -> str:
    """Return the space and subject of a document as a form carries them."""
    return f"{document.space}/{document.subject}"


def _candidate(document: DocumentShown, lists: Lists) -> Candidate:
    years = _year(document.data.valid_from), _year(document.data.valid_until)
    kind = str(lists.item("document_types", document.data.type)["name"])
    return Candidate(key_of(document), document.data.title, years, kind)


def _year(day: str) -> int:
    return int(day[:4]) if day[:4].isdigit() else 0


def _choices(lens: Lens, documents: list[DocumentShown], allowed: frozenset[str]) -> dict[str, Choices]:
    lists = Lists(lens.directory)
    offered = [(each.id, organisation_name(each)) for each in members(lens.directory) if each.id in allowed]
    return {
        "member": [NOT_CHOSEN, *sorted(offered, key=lambda each: sort_key(each[1]))],
        "document": [NOT_CHOSEN, *((key_of(each), _title(each)) for each in documents)],
        "step": [NOT_CHOSEN, *lists.choices("decision_steps")],
        "outcome": [NOT_CHOSEN, *lists.choices("decision_outcomes")],
        "via": [] if lens.principal.organisation in allowed else [NOT_CHOSEN, *lists.choices("via")],
    }


def _title(document: DocumentShown) -> str:
    data = document.data
    return " · ".join(part for part in (data.title, data.version, data.code) if part)
