"""Readers of the room: remisses with their texts, the answers, the yttranden in lines, synpunkter with bemötanden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gemensam.consultation.domain import lines
from gemensam.consultation.domain.board import Standing, standings
from gemensam.consultation.domain.compiling import compile_remiss
from gemensam.consultation.domain.lines import Line
from gemensam.consultation.domain.registries import RegistryData, registry_of
from gemensam.consultation.domain.remisses import PREPARED, RemissData, plan_of
from gemensam.consultation.domain.responses import met
from gemensam.consultation.domain.rules import GOVERN, items
from gemensam.consultation.domain.summaries import SummaryData, Version, summary_subject
from gemensam.consultation.domain.timing import Warned, warnings
from gemensam.coordination.domain.copying import Source
from gemensam.core.moment import Moment
from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.governance.extraction.extracting import extract
from gemensam.ledger.blobs import open_blob
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import members

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remiss:
    """A remiss at a moment, with the text that was prepared or sent; empty where that has been removed."""

    thing: Thing
    content: Content
    rows: tuple[Standing, ...]

    @property
    def data(self) -> RemissData:
        data: RemissData = self.thing.data
        return data

    @property
    def subject(self) -> str:
        return self.thing.subject

    @property
    def sections(self) -> Sequence[Content]:
        found: Sequence[Content] = self.content.get("sections", ())
        return found


@dataclass(frozen=True, slots=True)
class ViewShown:
    """A synpunkt with its text and the bemötande that stands; `moved`: it was changed after it was met."""

    thing: Thing
    content: Content
    response: Thing | None
    response_text: str
    moved: bool


def list_remisses(lens: Lens, state: SpaceState) -> tuple[Thing, ...]:
    """Return the remisses of a space, the newest first; those only prepared just to the organisation whose they are."""
    return tuple(each for each in reversed(state.group("remisses")) if _is_shown(lens, each))


def get_remiss(lens: Lens, space: str, subject: str, moment: Moment) -> Remiss:
    """Return a remiss; raises `Refused("not_found")`, also for another organisation's that is not sent yet."""
    state = lens.state(space, moment)
    thing = state.thing(subject)
    if thing is None or thing.type != "remiss" or not _is_shown(lens, thing):
        raise Refused("not_found")
    content = lens.payloads(space, [thing.data.content]).get(thing.data.content) or {}
    return Remiss(thing, content, standings(thing.data, moment.at))


def _is_shown(lens: Lens, thing: Thing) -> bool:
    is_sent = bool(thing.data.sent_at)
    own = thing.organisation == lens.principal.organisation
    return is_sent or (own and lens.may(GOVERN) and thing.status in (PREPARED, "withdrawn"))


def warnings_of(lens: Lens, data: RemissData) -> tuple[Warned, ...]:
    """Return what is to be thought of if the remiss is sent now."""
    plan = plan_of(data, lens.now, len(members(lens.directory)))
    rosters = lens.state(ROSTERS)
    known = {member: registry_of(rosters, member) for member in data.members}
    return warnings(plan, known, items(lens.directory, "remiss_warnings"))


def registry_for(lens: Lens, organisation: str) -> RegistryData:
    """Return a member's official address and meeting days, which the whole network reads."""
    return registry_of(lens.state(ROSTERS), organisation)


# Yttranden ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _File:
    """A stored file, known by its digest alone: what it holds never changes."""

    digest: str
    name: str = field(compare=False)
    body: bytes = field(compare=False, repr=False)


def answer_content(lens: Lens, space: str, digest: str) -> Content:
    """Return an answer's text; empty where it has been removed."""
    return lens.payloads(space, [digest]).get(digest) or {}


def lines_of(lens: Lens, space: str, content: Content, file: str = "") -> tuple[Line, ...]:
    """Return a yttrande in numbered lines: of the answer's text, or of one of its files.

    Raises `Refused`: `file_not_of_answer`, or why the file could not be read (`document_…`).
    """
    if not file:
        said = "\n".join(part for part in (content.get("text", ""), content.get("reason", "")) if part)
        return lines.of_text(said)
    if file not in {each["digest"] for each in content.get("files", ())}:
        raise Refused("file_not_of_answer")
    stored, body = open_blob(lens, space, file)
    return _read(_File(file, stored.name, body))


@lru_cache(maxsize=8)
def _read(file: _File) -> tuple[Line, ...]:
    rows = extract(file.body, file.name).rows
    return lines.of_rows((row.page, row.text.replace("\t", "  "), row.apart) for row in rows if not row.running)


# Synpunkter and bemötanden --------------------------------------------------------------------------------------


def list_views(lens: Lens, state: SpaceState, remiss: Thing) -> tuple[ViewShown, ...]:
    """Return the synpunkter that stand, by paragraph in the text's order, the unplaced last."""
    things = [each for each in state.group("views", remiss.subject) if each.status == "marked"]
    responses = met(state, remiss.subject)
    wanted = [each.data.content for each in (*things, *responses.values())]
    loaded = lens.payloads(state.space, wanted)
    order = {code: place for place, code in enumerate(remiss.data.all_codes)}
    things.sort(key=lambda each: (order.get(each.data.paragraph, len(order)), each.created_clock))
    return tuple(_shown(each, responses.get(each.subject), loaded) for each in things)


def _shown(view: Thing, response: Thing | None, loaded: Mapping[str, Content | None]) -> ViewShown:
    text = (loaded.get(response.data.content) or {}).get("text", "") if response is not None else ""
    seen = dict(response.data.views).get(view.subject, "") if response is not None else ""
    moved = bool(seen) and seen != view.data.content
    return ViewShown(view, loaded.get(view.data.content) or {}, response, text, moved)


def unmet(state: SpaceState, remiss: Thing) -> int:
    """Return how many synpunkter nobody has met."""
    answered = met(state, remiss.subject)
    marked = (each for each in state.group("views", remiss.subject) if each.status == "marked")
    return sum(1 for each in marked if each.subject not in answered)


# The sammanställning --------------------------------------------------------------------------------------------


def draft_summary(lens: Lens, space: str, remiss: Thing) -> Content:
    """Return the sammanställning as it would be published now, from what every reader of the space may read (F4)."""

    def load(digests: Sequence[str]) -> Mapping[str, Content | None]:
        return lens.payloads(space, list(digests))

    source = Source(lens.directory, lens.space(space), lens.state(space), load, lens.now)
    return {**compile_remiss(source, remiss), "summary": "", "reason": "", "version": 0, "basis": ()}


def versions_of(state: SpaceState, remiss: str) -> tuple[Version, ...]:
    """Return the published versions, oldest first."""
    thing = state.thing(summary_subject(remiss))
    return thing.data.versions if thing is not None and isinstance(thing.data, SummaryData) else ()


def get_version(lens: Lens, state: SpaceState, remiss: str, place: int) -> tuple[Version, Content]:
    """Return a version by its place, 1 the first; raises `Refused`: `not_found`, `summary_disposed`."""
    versions = versions_of(state, remiss)
    if not 0 < place <= len(versions):
        raise Refused("not_found")
    version = versions[place - 1]
    content = lens.payloads(state.space, [version.digest]).get(version.digest)
    if content is None:
        raise Refused("summary_disposed")
    return version, content
