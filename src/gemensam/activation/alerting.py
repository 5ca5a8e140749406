"""Drafts of larm: which text, which fields, whom it is for. Used by every command that reaches people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gemensam.activation.domain import larms
from gemensam.activation.domain.simple import WHOLE, simplified, whole
from gemensam.activation.domain.targets import ALL
from gemensam.activation.domain.texts import FIELDS, TEXTS, fields_of, lengths_of
from gemensam.activation.wording import hours
from gemensam.coordination.domain.conferences import ConferenceData
from gemensam.coordination.domain.weeks import last_called
from gemensam.core.entry import Ref
from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation
from gemensam.organisations.domain.reading import vocabulary

EXERCISE_TEXT = "ovning"


@dataclass(frozen=True)
class Alert:
    """A larm to be sent. `words`: the incident in neutral words; `conference_at`, `word_by` in ms UTC, 0 for none.

    `area`: what an area is called that was drawn on the map, whose kommuner are the `codes`.

    `fields`: others of the text, given by hand (telephone, code, reserve).
    """

    text: str
    words: str
    target: str = ALL
    codes: Sequence[str] = ()
    area: str = ""
    conference_at: int = 0
    word_by: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    purpose: str = larms.ALERT
    call: str = ""
    replaces: str = ""
    tells_of: str = ""
    live: bool = True
    urgent: bool = False


def draft_of(lens: Lens, space: str, kind: str, subject: str, alert: Alert) -> Draft:
    """Return the draft of a larm in a space of a kind; raises `Refused("unknown_text")`."""
    text = text_for(lens, kind, alert.text)
    target = {"kind": alert.target, "codes": list(alert.codes), "name": alert.area}
    payload = {
        "text": text, "target": target, "purpose": alert.purpose,
        "live": alert.live, "urgent": alert.urgent, "fields": fields_for(lens, text, alert),
    }  # fmt: skip
    named = ((larms.CALL_OF, alert.call), (larms.REPLACES, alert.replaces), (larms.TELLS_OF, alert.tells_of))
    refs = tuple(Ref(rel, space, about) for rel, about in named if about)
    return Draft("larm.sent", space, subject, payload, refs=refs)


def text_for(lens: Lens, kind: str, code: str) -> str:
    """Return the text that may be used in a space of a kind: in an exercise the one that says so."""
    item = vocabulary(lens.directory, TEXTS).item(code)
    if item is None:
        raise Refused("unknown_text", value=code)
    return EXERCISE_TEXT if kind == "exercise" and kind not in item["spaces"] else code


def fields_for(lens: Lens, text: str, alert: Alert) -> dict[str, str]:
    """Return the fields of a text, each as long as it may be; times of day are local. Those sent later are left out."""
    item = vocabulary(lens.directory, TEXTS).item(text) or {}
    lengths = lengths_of(vocabulary(lens.directory, FIELDS).items)
    own = organisation(lens.directory, lens.principal.organisation)
    told = {
        **dial_in(lens, ""), "handelse": alert.words, "aktor": own.short if own is not None else "",
        "konf": hours(alert.conference_at) if alert.conference_at else "",
        "tid2": hours(alert.word_by) if alert.word_by else "", **alert.fields,
    }  # fmt: skip
    used = {name for channel in larm_channels(item) for name in fields_of(channel)}
    fitted = {name: _fitted(name, told[name], lengths[name]) for name in sorted(used & told.keys())}
    return {name: text for name, text in fitted.items() if text}


def _fitted(name: str, text: str, room: int) -> str:
    return whole(text, room) if name in WHOLE else simplified(text, room)


def larm_channels(item: Mapping[str, object]) -> list[str]:
    return [str(item.get(name) or "") for name in ("sms", "subject", "push", "voice", "voicemail")]


def dial_in(lens: Lens, space: str) -> dict[str, str]:
    """Return telephone, code and reserve of the last conference called in a space, else of the weekly one."""
    for each in (space, STANDING):
        thing = last_called(lens.state(each)) if each else None
        if thing is None or not isinstance(thing.data, ConferenceData):
            continue
        terms = lens.payloads(each, [thing.data.terms]).get(thing.data.terms) or {}
        given = terms.get("dial_in") or {}
        if given.get("primary"):
            return {"tel": given["primary"], "kod": given.get("code", ""), "reserv": given.get("reserve", "")}
    return {}
