"""Prepared texts of alerts: fields filled in, and the room that they take checked when the list is edited.

A text that says what has happened, from whom, when, where to ring and how to answer must fit one SMS with every field
full (starter data 10): what does not fit is found when the list is edited and not at night.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.delivery.gsm7 import SINGLE, size
from gemensam.organisations.domain.reading import vocabulary

TEXTS, FIELDS = "alert_texts", "alert_fields"
WIDEST = "W"  # any one place of the alphabet: a full field is counted, not read
_FIELD = re.compile(r"\{([a-z0-9_]+)\}")
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """How much of one SMS a text takes with every field full, as *148/160*."""

    code: str
    used: int
    limit: int = SINGLE

    @property
    def fits(self) -> bool:
        return self.used <= self.limit


def fields_of(text: str) -> tuple[str, ...]:
    """Return the names of a text's fields, each once, in order."""
    return tuple(dict.fromkeys(_FIELD.findall(text)))


def filled(text: str, fields: Mapping[str, str]) -> str:
    """Return a text with its fields; one that is not given is left out, and no space stands where it stood."""
    told = _FIELD.sub(lambda found: fields.get(found[1], ""), text)
    return re.sub(r" {2,}", " ", told).strip()


def room_of(item: Item, lengths: Mapping[str, int]) -> Room:
    """Return how much room an item of the list takes.

    Raises `Refused`: `alert_field_unknown`, `alert_text_sign` for what no SMS of 160 characters can hold.
    """
    text = str(item["sms"])
    for name in fields_of(text):
        if name not in lengths:
            raise Refused("alert_field_unknown", field=name, text=item["code"])
    if strange := size(_FIELD.sub("", text)).unfit:
        raise Refused("alert_text_sign", text=item["code"], signs=" ".join(strange))
    return Room(str(item["code"]), size(filled(text, {name: WIDEST * lengths[name] for name in fields_of(text)})).used)


def lengths_of(items: Iterable[Item]) -> dict[str, int]:
    return {str(item["code"]): int(item["length"]) for item in items}


def check_texts(items: Iterable[Item], lengths: Mapping[str, int]) -> None:
    """Raise `Refused("alert_text_long")`, or what `room_of` raises, for a list with a text that does not fit."""
    for item in items:
        room = room_of(item, lengths)
        if not room.fits:
            raise Refused("alert_text_long", text=item["code"], used=room.used, limit=room.limit)


def check_edited_texts(directory: SpaceState, items: Iterable[Item]) -> None:
    """Check a new version of the texts against the fields in use."""
    check_texts(items, lengths_of(vocabulary(directory, FIELDS).items))


def check_edited_fields(directory: SpaceState, items: Iterable[Item]) -> None:
    """Check that the texts in use still fit the fields of a new version; before there are texts all do."""
    if directory.thing(TEXTS) is not None:
        check_texts(vocabulary(directory, TEXTS).items, lengths_of(items))


def check_fields(given: Mapping[str, str], lengths: Mapping[str, int]) -> dict[str, str]:
    """Return the given fields trimmed.

    Raises `Refused`: `alert_field_unknown`, `alert_field_long`, `alert_text_sign`.
    """
    told = {name: value.strip() for name, value in given.items()}
    for name, value in told.items():
        if name not in lengths:
            raise Refused("alert_field_unknown", field=name, text="")
        if strange := size(value).unfit:
            raise Refused("alert_text_sign", text=name, signs=" ".join(strange))
        if size(value).used > lengths[name]:
            raise Refused("alert_field_long", field=name, limit=lengths[name], used=size(value).used)
    return told
