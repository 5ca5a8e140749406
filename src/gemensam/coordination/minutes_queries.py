"""The readers of minutes: the draft that writes itself, and the published versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.commands import MINUTES_DRAFT
from gemensam.coordination.conference_queries import Held, find_conference
from gemensam.coordination.domain.copying import Source, copy_conference
from gemensam.coordination.domain.minutes import MINUTES, MinutesData, Version, minutes_subject
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.drafts import SavedDraft, load_draft
from gemensam.ledger.reading import Lens

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Minutes:
    """A conference's minutes: its versions at the moment, oldest first, and who leads it."""

    held: Held
    thing: Thing | None
    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version | None:
        """The newest version that has not been withdrawn."""
        return next((each for each in reversed(self.versions) if not each.withdrawn_at), None)

    def label(self, version: Version) -> str:
        """Return how a version is called: its number, with the node's name where another node began the series."""
        number = version.number or 1 + self.versions.index(version)
        return str(number) if version.node == self.versions[0].node else f"{version.node}-{number}"


def get_minutes(lens: Lens, space: str, conference: str, moment: Moment) -> Minutes:
    """Return the minutes of a conference; raises `Refused("not_found")` where there is no such conference."""
    held = find_conference(lens, space, conference, moment)
    thing = lens.state(space, moment).thing(minutes_subject(conference))
    found = thing is not None and thing.type == MINUTES.name and isinstance(thing.data, MinutesData)
    versions = thing.data.versions if found and thing is not None else ()
    if moment.happened_by is not None:
        versions = tuple(each for each in versions if each.at <= moment.happened_by)
    return Minutes(held, thing if found else None, versions)


def get_version(lens: Lens, space: str, minutes: Minutes, label: str) -> tuple[Version, Content]:
    """Return a published version with its content; raises `Refused`: `not_found`, `minutes_disposed`."""
    version = next((each for each in minutes.versions if minutes.label(each) == label), None)
    if version is None:
        raise Refused("not_found")
    content = lens.payloads(space, [version.digest]).get(version.digest)
    if content is None:
        raise Refused("minutes_disposed")
    return version, content


def draft_of(lens: Lens, space: str, conference: str) -> SavedDraft | None:
    """Return the organisation's adjustments that are not published yet."""
    return load_draft(lens, space, MINUTES_DRAFT, conference)


def write_minutes(lens: Lens, space: str, thing: Thing, adjustments: Content) -> Content:
    """Return the minutes as they would be published now, from what every reader of the space may read (F4)."""
    source = Source(
        lens.directory, lens.space(space), lens.state(space), lambda digests: lens.payloads(space, digests), lens.now
    )
    texts = {text["code"]: text["text"] for text in adjustments.get("texts", ())}
    return {**copy_conference(source, thing, texts), "summary": adjustments.get("summary", "")}
