"""Types and kinds of `directory`: tables, what each entry does, who writes it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from sys import intern
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.policy import DIRECTORY
from gemensam.core.swedish import sort_key
from gemensam.core.transitions import Machine
from gemensam.organisations.domain import rules
from gemensam.organisations.domain.entries import (
    Function,
    FunctionCreated,
    FunctionRetired,
    Organisation,
    OrganisationDescribed,
    OrganisationJoined,
    OrganisationLeft,
    Vocabulary,
    VocabularyConfirmed,
    VocabularyPublished,
    VocabularyVersion,
)

HERE = frozenset({DIRECTORY})


def _sorted_group(name: str) -> Any:
    return lambda thing: [((name,), (sort_key(thing.data.name if thing.data else ""), thing.subject))]


ORGANISATION = SubjectType(
    "organisation",
    owner=Machine(
        {
            ("", "organisation.joined"): "joined",
            ("joined", "organisation.changed"): "joined",
            ("joined", "organisation.left"): "left",
            ("left", "organisation.changed"): "joined",
        }
    ),
    each=Machine(
        {
            ("", "organisation.described"): "described",
            ("described", "organisation.described"): "described",
        }
    ),
    index=_sorted_group("organisations"),
)
FUNCTION = SubjectType(
    "function",
    owner=Machine(
        {
            ("", "function.created"): "used",
            ("used", "function.changed"): "used",
            ("used", "function.retired"): "retired",
            ("retired", "function.changed"): "used",
        }
    ),
    index=lambda thing: [(("functions", thing.organisation), (thing.created_clock, thing.subject))],
)
VOCABULARY = SubjectType(
    "vocabulary",
    owner=Machine(
        {
            ("", "vocabulary.published"): "published",
            ("published", "vocabulary.published"): "published",
            ("published", "vocabulary.confirmed"): "published",
        }
    ),
    index=lambda thing: [(("vocabularies",), (thing.subject,))],
)


def _organisation(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Organisation | None:
    if payload is None:
        return data if isinstance(data, Organisation) else None
    own = data.own if isinstance(data, Organisation) else {}
    return Organisation(
        intern(header.subject), payload["name"], payload["short"], payload["kind"], payload["member"],
        payload["insider"], {**payload["about"], **own}, own,
    )  # fmt: skip


def _described(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    if payload is None or not isinstance(data, Organisation) or header.organisation != header.subject:
        return data
    representatives: dict[str, dict[str, str]] = {}
    for one in payload["representatives"]:
        representatives.setdefault(one["level"], {})[one["mode"]] = one["function"]
    reserve = {
        "organisation": payload["reserve_organisation"] or None,
        "text": payload["reserve_text"],
        "text_en": payload["reserve_text_en"],
    }
    own = {"rows": tuple(payload["rows"]), "representatives": representatives, "reserve_path": reserve}
    return replace(data, about={**data.about, **own}, own=own)


def _function(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Function | None:
    if payload is None:
        return data if isinstance(data, Function) else None
    return Function(
        intern(header.subject), header.organisation, payload["name"], payload["name_en"],
        tuple(payload["roles"]), tuple(payload["levels"]), payload["about"],
    )  # fmt: skip


def _kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _published(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Vocabulary:
    before = data.versions if isinstance(data, Vocabulary) else ()
    if payload is None:
        return data if isinstance(data, Vocabulary) else Vocabulary(header.subject, ())
    version = VocabularyVersion(
        payload["code"], payload["name"], payload["name_en"], payload["version"], digest,
        tuple(payload["items"]), payload["source_note"], header.occurred_at,
        _still_confirmed(before[-1], payload["items"]) if before else frozenset(),
    )  # fmt: skip
    return Vocabulary(payload["code"], (*before, version))


def _still_confirmed(before: VocabularyVersion, items: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """An item that is taken over unchanged stays confirmed; a changed one is a proposal again."""
    unchanged = {item["code"] for item in items if before.item(item["code"]) == item}
    return before.confirmed & unchanged


def _confirmed(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    if payload is None or not data.versions:
        return data
    last = data.versions[-1]
    codes = frozenset(payload["items"]) or frozenset(last.codes())
    renewed = VocabularyVersion(
        last.code, last.name, last.name_en, last.version, last.digest, last.items, last.source_note,
        last.published_at, last.confirmed | codes,
    )  # fmt: skip
    return Vocabulary(data.code, (*data.versions[:-1], renewed))


def _names(payload: Mapping[str, Any]) -> str:
    return " ".join(str(payload.get(name, "")) for name in ("name", "short", "name_en"))


def _reason(payload: Mapping[str, Any]) -> str:
    return str(payload["reason"])


def _list_text(payload: Mapping[str, Any]) -> str:
    items = " ".join(f"{item.get('name', '')} {item.get('name_en', '')}" for item in payload["items"])
    return f"{payload['name']} {payload['name_en']} {payload['reason']} {items}"


KINDS = (
    Kind("organisation.joined", 1, ORGANISATION, OrganisationJoined, "administer", _organisation,
         spaces=HERE, decide=rules.decide_organisation, disposable=False, text=_names),
    Kind("organisation.changed", 1, ORGANISATION, OrganisationJoined, "administer", _organisation,
         spaces=HERE, decide=rules.decide_organisation, disposable=False, text=_names),
    Kind("organisation.described", 1, ORGANISATION, OrganisationDescribed, "administer_own", _described,
         spaces=HERE, decide=rules.decide_described, disposable=False),
    Kind("organisation.left", 1, ORGANISATION, OrganisationLeft, "administer", _kept,
         spaces=HERE, decide=rules.decide_left, text=_reason),
    Kind("function.created", 1, FUNCTION, FunctionCreated, "administer_own", _function,
         spaces=HERE, decide=rules.decide_function, disposable=False, text=_names),
    Kind("function.changed", 1, FUNCTION, FunctionCreated, "administer_own", _function,
         spaces=HERE, decide=rules.decide_function, disposable=False, text=_names),
    Kind("function.retired", 1, FUNCTION, FunctionRetired, "administer_own", _kept,
         spaces=HERE, decide=rules.decide_retired, text=_reason),
    Kind("vocabulary.published", 1, VOCABULARY, VocabularyPublished, "administer", _published,
         spaces=HERE, decide=rules.decide_vocabulary, disposable=False, text=_list_text),
    Kind("vocabulary.confirmed", 1, VOCABULARY, VocabularyConfirmed, "administer", _confirmed,
         spaces=HERE, decide=rules.decide_confirmed, disposable=False),
)  # fmt: skip
