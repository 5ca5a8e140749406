"""Readers of the målbild. The published versions are what remiss and adoption are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.objectives.domain.texts import Section, sections_of
from gemensam.objectives.domain.versions import VERSION, WITHDRAWN, VersionData


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A published version of the målbild. `kind`: `remissversion`, `antagande` (list `vision_versions`).

    `sections`: (code, heading, paragraphs (code, text), part); empty in a list, and where the text has been removed.
    `published_at` and `withdrawn_at` in ms UTC, 0 where it still holds. `digest`: the entry that published it.
    """

    subject: str
    number: int
    kind: str
    title: str
    published_at: int
    withdrawn_at: int
    digest: str
    sections: tuple[Section, ...] = ()
    note: str = ""
    is_removed: bool = False

    @property
    def holds(self) -> bool:
        return not self.withdrawn_at


def list_versions_for(lens: Lens, space: str, moment: Moment | None = None) -> tuple[VersionShown, ...]:
    """Return the published versions of a period, without their texts, the latest first.

    Raises `Refused("not_found")` for a space that is not readable.
    """
    happened_by = moment.happened_by if moment is not None else None
    things = lens.state(space, moment).newest("versions")
    return tuple(_shown(thing, happened_by) for thing in things if _was_there(thing, happened_by))


def get_version_for(lens: Lens, space: str, subject: str, moment: Moment | None = None) -> VersionShown:
    """Return a published version with its text; raises `Refused("not_found")`."""
    happened_by = moment.happened_by if moment is not None else None
    thing = version_thing(lens.state(space, moment), subject)
    if not _was_there(thing, happened_by):
        raise Refused("not_found")
    return _shown(thing, happened_by, lens.payloads(space, [thing.data.content]))


def version_thing(state: SpaceState, subject: str) -> Thing:
    """Return a version's thing; raises `Refused("not_found")`."""
    thing = state.thing(subject)
    if thing is None or thing.type != VERSION.name:
        raise Refused("not_found")
    return thing


def _was_there(thing: Thing, happened_by: int | None) -> bool:
    return happened_by is None or thing.data.at <= happened_by


def _shown(
    thing: Thing, happened_by: int | None, texts: Mapping[str, Mapping[str, Any] | None] | None = None
) -> VersionShown:
    data: VersionData = thing.data
    payload = texts.get(data.content) if texts is not None else None
    gone = thing.status == WITHDRAWN and (happened_by is None or data.withdrawn_at <= happened_by)
    return VersionShown(
        thing.subject, data.number, data.kind, data.title, data.at, data.withdrawn_at if gone else 0, data.content,
        sections_of(payload), str((payload or {}).get("note", "")), texts is not None and payload is None,
    )  # fmt: skip
