"""The writers of a working group: its narrower space, revisions of the text, comments, and lifting a revision.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.domain.rules import CORRECTS, OF
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens
from gemensam.objectives.commands import Edition, publish_version
from gemensam.objectives.domain.texts import Highest, Section, Written, coded, sections_of, stored
from gemensam.objectives.posting import NOT_TOLD, Sent, new_subject, write
from gemensam.organisations.founding import pins


@dataclass(frozen=True, slots=True)
class Typed:
    """A whole text as it was typed, and what was changed in it."""

    title: str
    sections: tuple[Written, ...]
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A working group to be: what its space is called, and its readers (organisation, function or `*` for any)."""

    title: str
    readers: tuple[tuple[str, str], ...]


def open_group(lens: Lens, period: str, group: Group, *, space: str = "", key: str = "") -> Receipt:
    """Open the narrower space of a working group within a period; its readers are fixed from now on (design 3.6)."""
    space = space or uuid7()
    own = (lens.principal.organisation, lens.principal.function)
    circle = [{"organisation": who, "function": function} for who, function in sorted({*group.readers, own})]
    opened = {
        "space_kind": "sub", "title": group.title, "parent": period, "circle": circle, "pins": pins(), "purpose": "",
    }  # fmt: skip
    return append(lens.principal, [Draft("space.opened", space, space, opened)], key=key)[0]


def write_revision(lens: Lens, space: str, typed: Typed, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Write a whole new text. `sent.seen`: the revision it was written from; raises `Refused("moved")` past another."""
    latest = lens.state(space).latest("revisions")
    before: tuple[Section, ...] = ()
    highest = Highest()
    if latest is not None:
        before, highest = sections_of(_payload(lens, space, latest)), latest.data.highest
    sections, after = coded(typed.sections, before, highest)
    content = {
        "title": typed.title, "sections": stored(sections), "changed": typed.changed,
        "last_section": after.section, "last_paragraph": after.paragraph,
    }  # fmt: skip
    seen = _revision_with(lens, space, sent.seen)
    refs = (Ref(CORRECTS, space, seen.subject, sent.seen),) if seen is not None else ()
    return write(lens, Draft("revision.written", space, new_subject(lens, sent, "revision"), content, refs=refs), sent)


def comment(
    lens: Lens, space: str, revision: str, remark: tuple[str, str], *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Comment on a paragraph of a revision. `remark`: the paragraph's code, and the text."""
    paragraph, text = remark
    refs, subject = (Ref(OF, space, revision),), new_subject(lens, sent, "comment")
    content = {"paragraph": paragraph, "text": text}
    return write(lens, Draft("draft_comment.made", space, subject, content, refs=refs), sent)


def say_of_comment(
    lens: Lens, space: str, subject: str, word: tuple[str, str], *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Say something of a comment. `word`: the verb and a text.

    Anybody in the group: `answered`, `settled` (it has been seen to); its writer: `resolved`, `reopened`, `withdrawn`.
    """
    verb, text = word
    return write(lens, Draft(f"draft_comment.{verb}", space, subject, {"text": text}), sent)


def lift_revision(lens: Lens, space: str, revision: str, kind: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Post a revision anew in the period's own space, as a version that the whole network reads.

    The version names nothing of the narrower space (design 3.2, 3.3). Raises `Refused("not_found")`.
    """
    thing = lens.state(space).thing(revision)
    info = lens.space(space)
    if thing is None or thing.type != "revision" or not info.parent:
        raise Refused("not_found")
    payload = _payload(lens, space, thing)
    if payload is None:
        raise Refused("revision_removed")
    edition = Edition(kind, payload["title"], sections_of(payload))
    return publish_version(lens, info.parent, edition, sent=sent)


def _payload(lens: Lens, space: str, thing: Thing) -> Mapping[str, Any] | None:
    return lens.payloads(space, [thing.data.content]).get(thing.data.content)


def _revision_with(lens: Lens, space: str, digest: str) -> Thing | None:
    revisions: Sequence[Thing] = lens.state(space).group("revisions")
    return next((thing for thing in revisions if thing.data.content == digest), None)
