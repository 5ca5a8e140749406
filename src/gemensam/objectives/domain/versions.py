"""A published version of the målbild's text: numbered, immutable, self-contained, with its basis (design 4.5, G3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.objectives.domain import rules
from gemensam.objectives.domain.texts import SectionText, check_sections

PUBLISHED, WITHDRAWN = "published", "withdrawn"
PARTS, VERSION_KINDS = "vision_parts", "vision_versions"  # lists


@dataclass(frozen=True)
class BasisHead:
    """The last entry of a feed that the version was made from."""

    node: str
    incarnation: int
    number: int
    digest: str


@dataclass(frozen=True)
class VersionPublished:
    """A version's whole text. `kind` from `vision_versions`; `number`, `node` and `basis` are the program's."""

    kind: str
    title: str
    sections: tuple[SectionText, ...]
    note: str = ""
    number: int = 0
    node: str = ""
    basis: tuple[BasisHead, ...] = ()


@dataclass(frozen=True)
class VersionWithdrawn:
    """Why it no longer holds."""

    reason: str


@dataclass(frozen=True, slots=True)
class VersionData:
    """A version in the state; `number` 0 and `kind` "" where its text is gone. Times in ms UTC, 0: none."""

    content: str
    at: int
    number: int = 0
    kind: str = ""
    title: str = ""
    node: str = ""
    function: str = ""
    withdrawn_at: int = 0
    withdrawal: str = ""


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    yield ("versions",), (thing.created_clock, thing.subject)


VERSION = SubjectType(
    "vision_version",
    owner=Machine({("", "vision_version.published"): PUBLISHED, (PUBLISHED, "vision_version.withdrawn"): WITHDRAWN}),
    index=_index,
)


def _published(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> VersionData:
    given = payload or {}
    return VersionData(
        digest, header.occurred_at, given.get("number", 0), given.get("kind", ""), given.get("title", ""), header.node,
        header.function,
    )  # fmt: skip


def _withdrawn(data: VersionData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> VersionData:
    return replace(data, withdrawn_at=header.occurred_at, withdrawal=digest)


def _decide_published(decision: Decision) -> Mapping[str, Any]:
    """Check the text and number it: a series belongs to one node."""
    payload = decision.draft.payload
    rules.check_codes(decision, VERSION_KINDS, payload["kind"], "unknown_version_kind")
    rules.need_text("title", payload["title"])
    rules.check_words(longest=rules.TITLE_MAX, title=payload["title"])
    rules.check_words(note=payload["note"])
    check_sections(payload["sections"], rules.codes_of(decision, PARTS))
    own = sum(1 for thing in decision.state.group("versions") if thing.data.node == decision.node)
    return {**payload, "number": own + 1, "node": decision.node, "basis": decision.state.basis()}


def decide_reason(decision: Decision) -> Mapping[str, Any]:
    """Check why a thing is taken back."""
    rules.need_text("reason", decision.draft.payload["reason"])
    rules.check_words(reason=decision.draft.payload["reason"])
    return decision.draft.payload


def text_of(payload: Mapping[str, Any]) -> str:
    """Return what the search finds of a text."""
    told = [payload["title"], payload.get("note", "")]
    for section in payload["sections"]:
        told += [section["heading"], *(one["text"] for one in section["paragraphs"])]
    return "\n".join(told)


def head_of(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the fold reads of a text: all but the text."""
    return {name: payload[name] for name in ("number", "kind", "title")}


KINDS = (
    Kind("vision_version.published", 1, VERSION, VersionPublished, "govern", _published, spaces=rules.PERIOD,
         decide=_decide_published, text=text_of, extract=head_of, publishes=True),
    Kind("vision_version.withdrawn", 1, VERSION, VersionWithdrawn, "govern", _withdrawn, spaces=rules.PERIOD,
         decide=decide_reason, text=lambda payload: str(payload["reason"]), folds_payload=False),
)  # fmt: skip
TYPES = (VERSION,)
