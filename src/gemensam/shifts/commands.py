"""Handing over and taking over: the organisation's own information, kept as rows beside the log (design 3.9).

A function hands over to itself: to the person who has it next. Nobody else reads it, so it is no entry of the space.
"""

from dataclasses import dataclass

from django.db import transaction

from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_now
from gemensam.ledger.reading import Lens
from gemensam.shifts.models import Handover
from gemensam.shifts.queries import waiting

NOTE_MAX = 4_000


@dataclass(frozen=True, slots=True)
class Note:
    """What the one who goes off duty adds; `spoken`: something is told by word of mouth only."""

    text: str
    spoken: bool


def give_handover(lens: Lens, space: str, note: Note) -> Handover:
    """Hand over, or change what has been handed over and is not taken yet.

    Raises `Refused`: `not_found` for a space that is not readable, `note_too_long`.
    """
    lens.space(space)
    if len(note.text) > NOTE_MAX:
        raise Refused("note_too_long", limit=NOTE_MAX)
    with transaction.atomic():
        found = waiting(lens, space) or _new(lens, space)
        found.note, found.spoken, found.given_at = note.text, note.spoken, lens.now
        found.save()
        note_now(lens.principal, "handover_given", space=space)
    return found


def take_handover(lens: Lens, space: str, text: str, position: int) -> Handover:
    """Take over what stands before one: the space up to a position, with what the one before has added.

    Where nothing was handed over, it is taken over all the same. Raises `Refused`: `not_found`, `note_too_long`,
    `bad_request` for a position that the space has not reached.
    """
    if len(text) > NOTE_MAX:
        raise Refused("note_too_long", limit=NOTE_MAX)
    if not 0 < position <= lens.state(space).position:
        raise Refused("bad_request")
    with transaction.atomic():
        found = waiting(lens, space) or _new(lens, space)
        found.taken_at, found.taken_note, found.position = lens.now, text, position
        found.save()
        note_now(lens.principal, "handover_taken", space=space)
    return found


def _new(lens: Lens, space: str) -> Handover:
    return Handover(organisation=lens.principal.organisation, function=lens.principal.function, space=space)
