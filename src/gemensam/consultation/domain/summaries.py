"""The remissammanställning: numbered versions that nothing can change, with all that they tell copied in (13.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.consultation.domain import rules
from gemensam.consultation.domain.compiling import compile_remiss
from gemensam.coordination.domain.copying import Source
from gemensam.coordination.domain.minutes import BasisHead
from gemensam.coordination.domain.rules import check_words, need_text
from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

PUBLISHED = "published"


@dataclass(frozen=True)
class MemberCopy:
    """A member of the send-list and its answer as it stood; words in both languages, times in ms UTC."""

    organisation: str
    name: str
    state: str
    answer: str = ""
    word: str = ""
    word_en: str = ""
    at: int | None = None
    via: str = ""
    late: bool = False
    awaits: bool = False
    reason: str = ""
    body: str = ""
    decided_on: str = ""
    diary: str = ""
    has_text: bool = False
    files: tuple[rules.FileRef, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class ViewCopy:
    """A synpunkt and its bemötande as they stood; `outcome` is empty where nobody has met it."""

    organisation: str
    name: str
    paragraph: str
    kind: str
    word: str
    word_en: str
    quote: str
    note: str
    page: int
    line: int
    digest: str
    outcome: str = ""
    outcome_word: str = ""
    outcome_word_en: str = ""
    response: str = ""
    response_digest: str = ""


@dataclass(frozen=True)
class SectionCopy:
    """A section of the remiss: its heading and the codes of its paragraphs."""

    code: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ChangeCopy:
    """A paragraph that is another after the remiss; `kind`: changed, added or removed."""

    kind: str
    code: str
    section: str
    before: str
    after: str


@dataclass(frozen=True)
class SummaryPublished:
    """A version. The writer gives `summary` and, from version 2, `reason`; the rest is copied by the program."""

    summary: str
    reason: str = ""
    version: int = 0
    node: str = ""
    title: str = ""
    number: int = 0
    sent_at: int = 0
    deadline_at: int = 0
    members: tuple[MemberCopy, ...] = ()
    sections: tuple[SectionCopy, ...] = ()
    views: tuple[ViewCopy, ...] = ()
    changes: tuple[ChangeCopy, ...] = ()
    revised: bool = False
    basis: tuple[BasisHead, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A published version; `number` as it is signed, 0 where its payload is gone."""

    digest: str
    at: int
    number: int
    node: str
    function: str


@dataclass(frozen=True, slots=True)
class SummaryData:
    """The versions, oldest first."""

    versions: tuple[Version, ...] = ()


SUMMARY = SubjectType(
    "remiss_summary",
    owner=Machine({("", "remiss_summary.published"): PUBLISHED, (PUBLISHED, "remiss_summary.published"): PUBLISHED}),
)


def summary_subject(remiss: str) -> str:
    """Return the one subject of a remiss' sammanställning."""
    return f"{remiss}.summary"


def _published(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> SummaryData:
    before = data if isinstance(data, SummaryData) else SummaryData()
    version = Version(digest, header.occurred_at, (payload or {}).get("version", 0), header.node, header.function)
    return replace(before, versions=(*before.versions, version))


def _decide(decision: Decision) -> Mapping[str, Any]:
    """Copy the remiss as it stands and number the version (design 4.5).

    Raises `Refused`: `not_a_remiss`, `not_owner`, `summary_subject`, `words_missing`, `reason_missing` from version 2.
    """
    given, remiss = decision.draft.payload, rules.remiss_named(decision)
    rules.check_own(decision, remiss)
    if decision.draft.subject != summary_subject(remiss.subject):
        raise Refused("summary_subject")
    if not remiss.data.sent_at:
        raise Refused("remiss_not_open")
    need_text("summary", given["summary"])
    check_words(longest=rules.TEXT_MAX, summary=given["summary"], reason=given["reason"])
    versions = decision.thing.data.versions if decision.thing is not None else ()
    if versions and not given["reason"].strip():
        raise Refused("reason_missing")
    own = 1 + sum(1 for version in versions if version.node == decision.node)
    source = Source(decision.directory, decision.space, decision.state, decision.load, decision.now)
    copied = compile_remiss(source, remiss)
    chosen = {"summary": given["summary"], "reason": given["reason"], "version": own, "node": decision.node}
    return {**copied, **chosen, "basis": decision.state.basis()}


def _text(payload: Mapping[str, Any]) -> str:
    views = [part for each in payload["views"] for part in (each["quote"], each["response"]) if part]
    return "\n".join([payload["title"], payload["summary"], payload["reason"], *views])


KINDS = (
    Kind("remiss_summary.published", 1, SUMMARY, SummaryPublished, rules.GOVERN, _published, spaces=rules.HERE,
         decide=_decide, text=_text, extract=lambda payload: {"version": payload["version"]}, publishes=True),
)  # fmt: skip
TYPES = (SUMMARY,)
