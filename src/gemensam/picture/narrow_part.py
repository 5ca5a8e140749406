"""The part of a report that only a narrower circle reads: chosen and written in the same form (design 3.4).

What is written for the circle never reaches the wide report; there stands *lämnat i mindre krets* on its rows, and
nothing at all where the writer would not have it seen. The circle is one that is already there, or a new one: the
functions of a level or a role as the directory has them now, or named members. Its readers are fixed when it opens.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.policy import ANY_FUNCTION, ROOT_KINDS, SpaceInfo
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import functions, members, organisation, organisations
from gemensam.picture.commands import Part
from gemensam.picture.domain.report_rules import ASSESSMENT, LINE_MAX, LINES_MAX, SUMMARY_MAX
from gemensam.picture.lists import Item, Lists, told
from gemensam.picture.marking import is_mark, is_secrecy, marks_sent
from gemensam.picture.queries import narrower_spaces
from gemensam.picture.readers import ReaderList, reader_list, readers_of_circle
from gemensam.picture.report_boxes import Box
from gemensam.picture.report_desk import OWN, Desk
from gemensam.picture.report_shown import Section, sections
from gemensam.web.shapes import NARROWER
from gemensam.web.spaces import title_of

Fields = Mapping[str, str]
Circle = tuple[tuple[str, str], ...]
LIST = "circles"
EXISTING, PRESET, NAMED = "space:", "preset:", "named"
ADD = "narrow"  # the button that opens the part, or gives it more lines
LINES_SHOWN, LINES_MORE = 3, 3
OPENERS = ("open_space", "open_circle")


@dataclass(frozen=True, slots=True)
class Option:
    """A circle to choose: its value in the form, its name, and who it is."""

    value: str
    name: str
    help: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The circle that was chosen: a space that is there, or the title and readers of one that is to be opened."""

    space: str
    title: str
    circle: Circle
    readers: ReaderList

    @property
    def is_new(self) -> bool:
        return not self.space


@dataclass
class NarrowPart:
    """What the form says of the part: its circle, its content as `ReportPayload` wants it, its mark, and the errors."""

    chosen: Chosen | None = None
    content: dict[str, Any] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        return not self.errors

    def part(self, desk: Desk, seen: int | None) -> Part:
        """Return what is to be published; `seen`: the version of the circle that the writer was shown."""
        assert self.chosen is not None
        thing = desk.page.state.thing(desk.page.space)
        kept = thing.data.pins if thing is not None else ()
        pins = tuple({"code": code, "digest": digest} for code, digest in kept)
        one = self.chosen
        version = None if one.is_new else seen
        return Part(one.space, one.title, one.circle, self.content, pins=pins, marks=self.marks, seen=version)


def may_have_part(desk: Desk) -> bool:
    """Whether a report written here can have a narrower part: one's own, in a space that the whole network reads."""
    return desk.mode == OWN and desk.page.info.kind in ROOT_KINDS


def is_begun(fields: Fields) -> bool:
    """Whether something is written or chosen for a narrower part."""
    return any(name.startswith("narrow-") for name in fields)


def with_hints(fields: Fields) -> dict[str, str]:
    """Return the fields of the wide report: rows told in the narrower part say so, unless they say something else.

    Not where the writer has asked that it be not seen.
    """
    hinted = dict(fields)
    if not fields.get("narrow-unseen"):
        for line in _lines(fields):
            if line["row"] and (line["status"] or line["text"]):
                hinted.setdefault(f"cell-{line['row']}-status", NARROWER)
    return hinted


def read_part(desk: Desk, fields: Fields, stated_at: int) -> NarrowPart | None:
    """Return the narrower part, or None where none is begun."""
    if not may_have_part(desk) or not is_begun(fields):
        return None
    part = NarrowPart(_chosen(desk, fields))
    if part.chosen is None:
        part.errors["narrow-circle"] = _("Choose who is to read the narrower part.")
    part.content = _content(desk, fields, stated_at, part.errors)
    for name, is_known in (("narrow-mark", is_mark), ("narrow-mark_secrecy", is_secrecy)):
        if not is_known(desk.lists, fields.get(name, "")):
            part.errors[name] = _("This mark is not in the list.")
    part.marks = marks_sent(fields, "narrow-mark")
    return part


def _content(desk: Desk, fields: Fields, stated_at: int, errors: dict[str, str]) -> dict[str, Any]:
    summary = _text(fields, "narrow-summary", SUMMARY_MAX, errors)
    if not summary:
        errors["narrow-summary"] = _("Write the most important thing for the circle.")
    cells = list(_cells(desk, fields, errors))
    return {"template": desk.template["code"], "stated_at": stated_at, "summary": summary, "cells": cells}


def _cells(desk: Desk, fields: Fields, errors: dict[str, str]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for place, line in enumerate(_lines(fields)):
        text = _text(fields, f"narrow-{place}-text", LINE_MAX, errors)
        if not any(line.values()):
            continue
        if desk.lists.item("rows", line["row"]) is None:
            errors[f"narrow-{place}-row"] = _("Choose the function of society.")
        elif line["row"] in seen:
            errors[f"narrow-{place}-row"] = _("This function of society stands twice.")
        elif line["status"] not in _statuses(desk.lists):
            errors[f"narrow-{place}-status"] = _("Choose a status.")
        else:
            seen.add(line["row"])
            yield {"row": line["row"], "status": line["status"], "text": text, **_qualified(desk.lists)}


def _qualified(lists: Lists) -> dict[str, str]:
    """Return type, certainty and source as the rules would fill them in, so that they are seen before (R20)."""
    return {"type": ASSESSMENT, "certainty": lists.default("certainty"), "source": lists.default("sources")}


def _statuses(lists: Lists) -> list[str]:
    return [*(item["code"] for item in lists.items("status")), "vet_ej"]


def _text(fields: Fields, name: str, longest: int, errors: dict[str, str]) -> str:
    text = fields.get(name, "")
    if len(text) > longest:
        facts = {"limit": longest, "length": len(text)}
        errors[name] = _("At most %(limit)s characters; this is %(length)s. Shorten it.") % facts
    return text


def _lines(fields: Fields) -> list[dict[str, str]]:
    names = ("row", "status", "text")
    return [{name: fields.get(f"narrow-{place}-{name}", "") for name in names} for place in range(_count(fields))]


def _count(fields: Fields) -> int:
    """Return how many lines the form holds."""
    held = [place for place in range(LINES_MAX) if any(f"narrow-{place}-{name}" in fields for name in ("row", "text"))]
    return max(held, default=-1) + 1


# The circle ------------------------------------------------------------------------------------------------------


def _chosen(desk: Desk, fields: Fields) -> Chosen | None:
    lens, given = desk.page.lens, fields.get("narrow-circle", "")
    if given.startswith(EXISTING):
        found = next((one for one in _existing(desk) if one.id == given.removeprefix(EXISTING)), None)
        return _there(lens, found) if found is not None else None
    circle, title = _wanted(desk, fields, given)
    if not circle or not any(lens.may(permission) for permission in OPENERS):
        return None
    # The same circle is used again: else each report would open one more.
    there = next((one for one in _existing(desk) if set(one.circle) == set(circle)), None)
    if there is not None:
        return _there(lens, there)
    return Chosen("", title, circle, readers_of_circle(lens, desk.page.space, circle))


def _there(lens: Lens, info: SpaceInfo) -> Chosen:
    return Chosen(info.id, title_of(lens, info), info.circle, reader_list(lens, info.id))


def _existing(desk: Desk) -> list[SpaceInfo]:
    return [info for info in narrower_spaces(desk.page.lens, desk.page.space) if not info.closed]


def _wanted(desk: Desk, fields: Fields, given: str) -> tuple[Circle, str]:
    """Return the readers and the title of a circle to be opened; no readers where nothing that holds was chosen."""
    if given == NAMED:
        own = desk.page.lens.principal.organisation
        named = [one.id for one in members(desk.page.lens.directory) if fields.get(f"narrow-org-{one.id}")]
        others = [one for one in named if one != own]
        if not others:
            return (), ""
        circle = tuple(sorted((one, ANY_FUNCTION) for one in {*named, own}))
        return circle, ", ".join(desk.lists.organisation(one) for one in (own, *others))[:200]
    item = desk.lists.item(LIST, given.removeprefix(PRESET)) if given.startswith(PRESET) else None
    if item is None:
        return (), ""
    own_name = desk.lists.organisation(desk.page.lens.principal.organisation)
    return circle_of(desk.page.lens, item), f"{own_name}: {item['name']}"


def circle_of(lens: Lens, item: Item) -> Circle:
    """Return the functions of a list's circle as the directory has them now, and the writer's own among them."""
    levels, roles = frozenset(item.get("levels", ())), frozenset(item.get("roles", ()))
    found = {
        (one.id, each.id)
        for one in organisations(lens.directory)
        if one.insider
        for each in functions(lens.directory, one.id)
        if not (levels.isdisjoint(each.levels) and roles.isdisjoint(each.roles))
    }
    if found:
        found.add((lens.principal.organisation, lens.principal.function))
    return tuple(sorted(found))


# What the pages are drawn from -----------------------------------------------------------------------------------


def form_of_part(desk: Desk, fields: Fields, errors: Mapping[str, str], extra: str) -> dict[str, Any]:
    """Return what the form's template needs of the part; only its button where it is not begun."""
    if not may_have_part(desk):
        return {}
    if not is_begun(fields) and extra != ADD:
        return {"narrow_offered": True}
    own = desk.page.lens.principal.organisation
    return {
        "narrow": {
            "options": _options(desk, fields.get("narrow-circle", "")),
            "members": [
                (one.id, one.short, bool(fields.get(f"narrow-org-{one.id}")))
                for one in members(desk.page.lens.directory)
                if one.id != own
            ],
            "is_named": fields.get("narrow-circle") == NAMED,
            "boxes": list(_boxes(desk, fields, errors, extra)),
            "summary": Box(
                "narrow-summary", _("The most important, for the circle"), fields.get("narrow-summary", ""), "area",
                error=errors.get("narrow-summary", ""), longest=SUMMARY_MAX,
            ),
            "unseen": bool(fields.get("narrow-unseen")),
            "error": errors.get("narrow-circle", ""),
            "mark": fields.get("narrow-mark", ""),
            "mark_error": errors.get("narrow-mark", ""),
            "secrecy": fields.get("narrow-mark_secrecy", ""),
            "secrecy_error": errors.get("narrow-mark_secrecy", ""),
        }
    }  # fmt: skip


def _options(desk: Desk, given: str) -> list[Option]:
    lens, lists = desk.page.lens, desk.lists
    found = [Option(f"{EXISTING}{one.id}", title_of(lens, one), _who(lens, one), False) for one in _existing(desk)]
    if any(lens.may(permission) for permission in OPENERS):
        found += [Option(f"{PRESET}{one['code']}", told(one), told(one, "help"), False) for one in lists.items(LIST)]
        found.append(Option(NAMED, _("Named members"), _("All functions of the members that you choose below."), False))
    return [Option(one.value, one.name, one.help, one.value == given) for one in found]


def _who(lens: Lens, info: SpaceInfo) -> str:
    names = [_short(lens, one) for one in lens.readers(info.id).organisations]
    shown = ", ".join(names[:5])
    more = len(names) - 5
    told_names = _("%(names)s and %(more)s more") % {"names": shown, "more": more} if more > 0 else shown
    return _("Already open: %(names)s") % {"names": told_names}


def _short(lens: Lens, organisation_id: str) -> str:
    found = organisation(lens.directory, organisation_id)
    return found.short if found is not None else organisation_id


def _boxes(desk: Desk, fields: Fields, errors: Mapping[str, str], extra: str) -> Iterator[tuple[Box, ...]]:
    if not desk.sets_status:
        return
    rows = (("", "–"), *((item["code"], told(item)) for item in desk.lists.items("rows")))
    steps = (("", "–"), *((code, _status_word(desk.lists, code)) for code in _statuses(desk.lists)))
    count = max(LINES_SHOWN, _count(fields) + 1) + (LINES_MORE if extra == ADD and is_begun(fields) else 0)
    for place in range(min(count, LINES_MAX)):
        yield (
            _select(fields, errors, f"narrow-{place}-row", _("Function of society"), rows),
            _select(fields, errors, f"narrow-{place}-status", _("Status"), steps),
            Box(
                f"narrow-{place}-text", _("What is affected and what you do"), fields.get(f"narrow-{place}-text", ""),
                error=errors.get(f"narrow-{place}-text", ""), longest=LINE_MAX,
            ),
        )  # fmt: skip


def _status_word(lists: Lists, code: str) -> str:
    return lists.word("status" if lists.item("status", code) else "values", code)


def _select(
    fields: Fields, errors: Mapping[str, str], name: str, label: str, choices: Sequence[tuple[str, str]]
) -> Box:
    given = fields.get(name, "")
    offered = tuple((code, word, code == given) for code, word in choices)
    return Box(name, label, given, "select", error=errors.get(name, ""), choices=offered)


def labels_of_part(part: NarrowPart) -> list[tuple[str, str, str]]:
    """Return (field, label, error) of each fault of the part, for the list at the top of the form."""
    return [(name, _("Part for a narrower circle"), error) for name, error in part.errors.items()]


def shown_part(part: NarrowPart, lists: Lists, reference: int) -> list[Section]:
    """Return the part's content as it is shown before it is published; `reference` for ages, ms UTC."""
    content = {**_EMPTY, **part.content, "cells": [{**_EMPTY_CELL, **cell} for cell in part.content["cells"]]}
    return sections(content, lists, reference)


_EMPTY: Mapping[str, Any] = {
    "texts": [], "done": [], "planned": [], "forecasts": [], "needs": [], "offers": [], "quick": "", "next_at": None,
    "attachments": [], "replies": [], "confirms": "", "kept_at": None, "repeats": 0,
}  # fmt: skip
_EMPTY_CELL: Mapping[str, Any] = {
    "type": "", "certainty": "", "source": "", "source_text": "", "stated_at": None, "trend": "", "unconfirmed": None,
    "figures": [], "until_at": None, "area": "", "label": "", "where": None,
}  # fmt: skip
