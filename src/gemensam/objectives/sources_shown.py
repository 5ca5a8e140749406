"""What a goal or milestone comes from, in words with a link; and the places that a form offers (G4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger.describing import Names, describe
from gemensam.ledger.reading import Lens
from gemensam.objectives.shown import Words
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

Trace = Mapping[str, Any]
Choices = list[tuple[str, str]]
SOURCES = ("incident", "exercise", "period", "standing")  # kinds of spaces that a goal can come from


@dataclass(frozen=True, slots=True)
class SourceShown:
    """One source: what kind, its words, day and source, and where it leads ("" where it is only words)."""

    kind: str
    text: str
    on: str
    source: str
    url: str


def sources_shown(page: SpacePage, traces: tuple[Trace, ...], words: Words) -> list[SourceShown]:
    """Return what the text in force says that a thing comes from."""
    return [_shown(page, each, words) for each in traces]


def _shown(page: SpacePage, trace: Trace, words: Words) -> SourceShown:
    named, url = _named(page, trace)
    text = " – ".join(part for part in (named, str(trace["text"])) if part)
    kind = words.lists.word("trace_kinds", trace["kind"])
    return SourceShown(kind, text, words.day(trace["on"]) if trace["on"] else "", trace["source"], url)


def _named(page: SpacePage, trace: Trace) -> tuple[str, str]:
    """Return name and address of what is here; nothing of what this reader does not read."""
    space, subject = trace["space"], trace["subject"]
    if not space:
        return "", ""
    try:
        info = page.lens.space(space)
    except Refused:
        return "", ""
    if subject in ("", space):
        return title_of(page.lens, info), f"/spaces/{space}/{page.query}"
    return _thing(page.lens, space, subject, page.moment)


def _thing(lens: Lens, space: str, subject: str, moment: Moment) -> tuple[str, str]:
    state = lens.state(space, moment)
    thing = state.thing(subject)
    if thing is None:
        return "", ""
    line = describe(lens.entry(space, thing.created), Names(lens.directory, state))
    return line.text, line.url


def places(page: SpacePage) -> Choices:
    """Return what a goal can be said to come from: the spaces that everybody in the period reads, by title."""
    lens = page.lens
    found = [
        (info.id, title_of(lens, info))
        for info in lens.wider(page.space)
        if info.kind in SOURCES and info.id != page.space
    ]
    return [("", "–"), *sorted(found, key=lambda each: sort_key(each[1]))]


def prefilled(page: SpacePage, given: str) -> list[dict[str, str]]:
    """Return the trace that another room's link asks for: a space, a thing of this space, or words.

    `given`: the id of a space that everybody here reads, the subject of a thing of this space, or words.
    """
    if not given:
        return []
    empty = {"kind": "annat", "text": "", "on": "", "source": "", "space": "", "subject": ""}
    wider = {info.id: info.kind for info in page.lens.wider(page.space)}
    if given in wider:
        kind = {"incident": "handelse", "exercise": "ovning"}.get(wider[given], "annat")
        return [{**empty, "kind": kind, "space": given}]
    if page.state.thing(given) is not None:
        return [{**empty, "kind": "sjalvskattning", "space": page.space, "subject": given}]
    return [{**empty, "text": given[:500]}]
