"""A known event as what a call comes from: what is carried over into the incident (G12)."""

from gemensam.activation.origins import Origin
from gemensam.coordination.shown import Speech
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.reading import Lens
from gemensam.picture.domain.places import where_of
from gemensam.planning.domain.known_events import EVENT_KINDS
from gemensam.planning.event_queries import all_events, notes_of


def tell_known_event(lens: Lens, space: str, thing: Thing) -> Origin:
    """Return what a call begins with, and the planning that stands. Raises `Refused("not_found")`."""
    moment = Moment(lens.now)
    shown = all_events(lens, space, moment).get(thing.subject)
    if shown is None:
        raise Refused("not_found")
    speech = Speech(lens.directory, lens.state(space))
    notes = notes_of(lens, space, shown.data, moment)
    places = [str(shown.text.get("place", "")), speech.lists.places.shown(where_of(shown.text)).names]
    told = [str(shown.text.get("effect", "")), ", ".join(filter(None, places))]
    item = speech.lists.item(EVENT_KINDS, shown.terms.kind) or {}
    plans = tuple((speech.organisation(said.organisation), str(text["text"])) for said, text in notes)
    files = tuple(
        (str(file["name"]), f"/spaces/{space}/attachments/{file['digest']}/")
        for _said, text in notes
        for file in text["attachments"]
    )
    return Origin(
        shown.title, f"/spaces/{space}/known-events/{thing.subject}/", shown.title,
        str(item.get("incident_type") or ""), "\n".join(filter(None, told)), plans, files,
    )  # fmt: skip
