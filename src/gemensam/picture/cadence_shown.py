"""A takt in words: its name, when its beats come, and how it has been changed and why (starter data 9)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.state import SpaceState
from gemensam.ledger.reading import Lens
from gemensam.picture.domain.cadences import BEATS, Cadence, cadence_from
from gemensam.picture.lists import Lists
from gemensam.picture.queries import cadence_history
from gemensam.picture.rhythm_words import beat_word, rhythm_words
from gemensam.web import times

Row = dict[str, Any]


def name_of(cadence: Cadence) -> str:
    """Return what a takt is called in the reader's language, and that its parts are not the list's where so."""
    name = (cadence.name_en if times.language() == "en" else "") or cadence.name
    return _("%(name)s, adapted") % {"name": name} if cadence.is_adapted else name


def cadence_row(cadence: Cadence) -> Row:
    """Return a takt in words: each beat with when it comes."""
    beats = [(beat_word(name), rhythm_words(cadence.beats.rhythms.get(name))) for name in BEATS]
    return {"cadence": cadence, "name": name_of(cadence), "beats": [(word, when) for word, when in beats if when]}


def choice_rows(lists: Lists) -> list[Row]:
    """Return the takter of the list to choose from."""
    rows = []
    for item in lists.items("cadences"):
        used = (item.get("used_en") if times.language() == "en" else "") or item.get("used", "")
        rows.append({**cadence_row(cadence_from(item)), "code": item["code"], "used": used})
    return rows


def history_rows(lens: Lens, state: SpaceState, at: int) -> list[Row]:
    """Return every takt that had been set by an instant (ms UTC), newest first, with who set it and why."""
    found = [each for each in cadence_history(state) if each[0].set_at <= at]
    lists, space = Lists(lens.directory, state), state.space
    texts = lens.payloads(space, [cadence.digest for cadence, _organisation in found])
    return [
        {
            **cadence_row(cadence),
            "by": lists.organisation(organisation),
            "reason": _reason(texts.get(cadence.digest)),
        }
        for cadence, organisation in found
    ]


def _reason(payload: Mapping[str, Any] | None) -> str:
    return str(payload["reason"]) if payload is not None else ""
