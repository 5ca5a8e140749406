"""What the pages of the directory show, read from one state of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.policy import ANY_FUNCTION, DIRECTORY, SpaceInfo
from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.ledger.domain import SpaceData
from gemensam.ledger.reading import Lens, LogRow
from gemensam.organisations import domain
from gemensam.organisations.domain.shapes import shape_of_list
from gemensam.organisations.forms.directory import modes_of, representatives_of
from gemensam.organisations.forms.lists import field_word, in_form_order
from gemensam.organisations.names import (
    Lists,
    function_long_name,
    function_name,
    in_language,
    organisation_name,
)
from gemensam.web.spaces import title_of

FOUND = ("found", "own")


@dataclass(frozen=True, slots=True)
class Entered:
    """An organisation as a line of the directory."""

    id: str
    name: str
    short: str
    kind: str
    group: str
    functions: int
    levels: tuple[tuple[str, str], ...]
    is_member: bool
    insider: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a common heading."""

    title: str
    lines: tuple[Entered, ...]
    proposal: bool = False


def list_sections(directory: SpaceState, by: str, mode: str, text: str) -> list[Section]:
    """Return the members by `kind` or `group` (else all together), then the joint office, then guests."""
    lists = Lists(directory)
    lines = [_entered(directory, lists, each, mode) for each in domain.organisations(directory)]
    found = [line for line in lines if _matches(directory, line, text)]
    members = _grouped([line for line in found if line.is_member], by, lists)
    office = tuple(line for line in found if line.insider and not line.is_member)
    guests = tuple(line for line in found if not line.insider)
    rest = [Section(_("The joint office"), office), Section(_("Guests"), guests)]
    return [*members, *(section for section in rest if section.lines)]


def _grouped(lines: Sequence[Entered], by: str, lists: Lists) -> list[Section]:
    if by not in ("kind", "group"):
        return [Section(_("Members"), tuple(lines))] if lines else []
    vocabulary = "kinds_of_member" if by == "kind" else "municipal_groups"
    headings = [in_language(item, "plural") or in_language(item) for item in lists.items(vocabulary)]
    words = {in_language(item): heading for item, heading in zip(lists.items(vocabulary), headings, strict=True)}
    sections = [
        Section(heading, tuple(line for line in lines if getattr(line, by) == word), by == "group")
        for word, heading in words.items()
    ]
    others = tuple(line for line in lines if getattr(line, by) not in words)
    return [section for section in [*sections, Section(_("Group not stated"), others)] if section.lines]


def _entered(directory: SpaceState, lists: Lists, each: domain.Organisation, mode: str) -> Entered:
    told = representatives_of(each)
    levels = tuple(
        (word, _function_word(directory, told.get(code, {}).get(mode, ""))) for code, word in lists.choices("levels")
    )
    return Entered(
        each.id, organisation_name(each), each.short, lists.word("kinds_of_member", each.kind),
        lists.word("municipal_groups", each.group) if each.group else "",
        len(domain.functions(directory, each.id)), levels, each.member, each.insider,
    )  # fmt: skip


def _matches(directory: SpaceState, line: Entered, text: str) -> bool:
    wanted = text.casefold().split()
    found = domain.organisation(directory, line.id)
    said = " ".join([line.name, line.short, line.kind, line.group, found.kommunkod if found else ""]).casefold()
    return all(word in said for word in wanted)


def _function_word(directory: SpaceState, function: str) -> str:
    found = domain.function(directory, function)
    return function_name(found) if found else ""


@dataclass(frozen=True, slots=True)
class ShownFunction:
    """A function with its roles and permissions in words."""

    id: str
    name: str
    long_name: str
    roles: tuple[tuple[str, str], ...]
    permissions: tuple[str, ...]
    levels: tuple[str, ...]
    proposal: bool
    order: int


def list_functions(directory: SpaceState, organisation: str) -> list[ShownFunction]:
    """Return an organisation's functions in use, in the order of its call list, then by name."""
    lists = Lists(directory)
    shown = [show_function(directory, lists, each) for each in domain.functions(directory, organisation)]
    return sorted(shown, key=lambda each: (each.order, sort_key(each.name)))


def show_function(directory: SpaceState, lists: Lists, each: domain.Function) -> ShownFunction:
    given = domain.permissions_of(directory, each.id)
    permissions = [code for code, _word in lists.choices("permissions", also=given) if code in given]
    order = each.about.get("call_order")
    return ShownFunction(
        each.id, function_name(each), function_long_name(each),
        tuple((lists.word("roles", role), in_language(lists.item("roles", role), "help")) for role in each.roles),
        tuple(lists.words("permissions", permissions)), tuple(lists.words("levels", each.levels)),
        each.about.get("evidence") not in FOUND, order if isinstance(order, int) else 99,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownOrganisation:
    """An organisation's own page. `stated`: it has said rows, representatives and reserve path itself."""

    organisation: domain.Organisation
    name: str
    kind: str
    group: str
    rows: tuple[str, ...]
    modes: tuple[str, ...]
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    reserve: str
    reserve_through: str
    rescue: str
    rescue_sure: bool
    stated: bool
    left: bool
    last: str


def show_organisation(directory: SpaceState, organisation: domain.Organisation) -> ShownOrganisation:
    """Return an organisation in words; tolerant of whatever facts the directory may hold."""
    lists = Lists(directory)
    thing = directory.thing(organisation.id)
    told, modes = representatives_of(organisation), modes_of(lists, organisation)
    reserve, rescue = _facts(organisation, "reserve_path"), _facts(organisation, "rescue")
    levels = tuple(
        (word, tuple(_function_word(directory, told.get(code, {}).get(mode, "")) for mode, _word in modes))
        for code, word in lists.choices("levels", also=told)
    )
    return ShownOrganisation(
        organisation=organisation,
        name=organisation_name(organisation),
        kind=lists.word("kinds_of_member", organisation.kind),
        group=lists.word("municipal_groups", organisation.group) if organisation.group else "",
        rows=tuple(lists.words("rows", organisation.rows)),
        modes=tuple(word for _code, word in modes),
        levels=levels if told else (),
        reserve=in_language(reserve, "text"),
        reserve_through=_organisation_word(directory, reserve.get("organisation")),
        rescue=_organisation_word(directory, rescue.get("organisation")),
        rescue_sure=rescue.get("evidence") in FOUND,
        stated=bool(organisation.own),
        left=thing is None or thing.status == "left",
        last=thing.last if thing is not None else "",
    )


def _facts(organisation: domain.Organisation, name: str) -> Mapping[str, Any]:
    found = organisation.about.get(name)
    return found if isinstance(found, Mapping) else {}


def _organisation_word(directory: SpaceState, organisation: object) -> str:
    found = domain.organisation(directory, organisation) if isinstance(organisation, str) else None
    return organisation_name(found) if found else ""


def spaces_read_by(lens: Lens, organisation: str) -> list[tuple[SpaceInfo, str]]:
    """Return those of the viewer's spaces that an organisation reads, with titles, in Swedish order."""
    found = [
        (info, title_of(lens, info)) for info in lens.spaces() if organisation in lens.readers(info.id).organisations
    ]
    return sorted(found, key=lambda each: (each[0].kind, sort_key(each[1])))


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of an item in two versions; texts as they are drawn."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """An item that is new or differs, with the fields that differ."""

    code: str
    name: str
    is_new: bool
    differences: tuple[Difference, ...]


def compare(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> list[Change]:
    """Return what is new or differs in the items of `after`."""
    known = {item["code"]: item for item in before}
    changes = []
    for item in after:
        old = known.get(item["code"])
        if old == item:
            continue
        names = list(dict.fromkeys([*item, *(old or {})]))
        differing = [name for name in names if name != "code" and (old or {}).get(name) != item.get(name)]
        told = tuple(
            Difference(field_word(name), cell((old or {}).get(name)), cell(item.get(name))) for name in differing
        )
        changes.append(Change(item["code"], in_language(item), old is None, told))
    return changes


def cell(value: Any) -> str:
    """Return a field's value as it is drawn in one line."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return str(value) if isinstance(value, (str, int)) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of a list, with its further fields in words and who confirmed it."""

    code: str
    name: str
    name_en: str
    facts: tuple[tuple[str, str], ...]
    confirmed: bool
    confirmed_by: str
    confirmed_at: int | None
    retired: bool
    changed: bool = False


def show_items(
    lens: Lens,
    version: domain.VocabularyVersion,
    items: Iterable[Mapping[str, Any]],
    *,
    changed: set[str] | None = None,
) -> list[ShownItem]:
    """Return items as a page shows them; `changed` are the codes that a working copy differs in."""
    confirmations = _confirmations(lens, version)
    names = in_form_order(shape_of_list(version.code, version.items))
    return [_shown_item(item, names, version, confirmations, changed or set()) for item in items]


def _shown_item(
    item: Mapping[str, Any], names: Sequence[str], version: domain.VocabularyVersion,
    confirmations: Mapping[str, tuple[str, int]], changed: set[str],
) -> ShownItem:  # fmt: skip
    code = item["code"]
    by, at = confirmations.get(code, ("", None))
    hidden = ("code", "name", "name_en", "retired")
    facts = [(field_word(name), cell(item[name])) for name in names if name in item and name not in hidden]
    return ShownItem(
        code, str(item.get("name", "")), str(item.get("name_en", "")), tuple(fact for fact in facts if fact[1]),
        code in version.confirmed and code not in changed, by, at, bool(item.get("retired")), code in changed,
    )  # fmt: skip


def _confirmations(lens: Lens, version: domain.VocabularyVersion) -> dict[str, tuple[str, int]]:
    """Return who last confirmed each confirmed item, and when (ms UTC), from the list's own entries."""
    found: dict[str, tuple[str, int]] = {}
    for row in lens.history(DIRECTORY, version.code):
        if row.header.kind != "vocabulary.confirmed" or row.verdict != "in_force" or row.payload is None:
            continue
        codes = row.payload["items"] or version.codes()
        found.update(dict.fromkeys(codes, (_writer(lens, row), row.header.occurred_at)))
    return {code: told for code, told in found.items() if code in version.confirmed}


def _writer(lens: Lens, row: LogRow) -> str:
    function = domain.function(lens.directory, row.header.function)
    organisation = domain.organisation(lens.directory, row.header.organisation)
    words = (
        organisation.short if organisation else row.header.organisation,
        function_name(function) if function else "",
    )
    return " – ".join(word for word in words if word)


def versions_of(directory: SpaceState, code: str) -> tuple[domain.VocabularyVersion, ...]:
    """Return all versions of a list, oldest first."""
    thing = directory.thing(code)
    return thing.data.versions if thing is not None and isinstance(thing.data, domain.Vocabulary) else ()


def used_in(lens: Lens, code: str) -> list[tuple[SpaceInfo, str, int]]:
    """Return the viewer's spaces that have pinned a version of a list, with titles and the version's number."""
    numbers = {version.digest: version.version for version in versions_of(lens.directory, code)}
    found = []
    for info in lens.spaces():
        thing = lens.state(info.id).thing(info.id)
        pinned = dict(thing.data.pins).get(code) if thing is not None and isinstance(thing.data, SpaceData) else None
        if pinned in numbers:
            found.append((info, title_of(lens, info), numbers[pinned]))
    return sorted(found, key=lambda each: sort_key(each[1]))


@dataclass(frozen=True, slots=True)
class ShownReader:
    """An organisation that reads a space; `functions` names those that do, or none where all of them do."""

    organisation: str
    name: str
    functions: tuple[str, ...]


def show_readers(directory: SpaceState, circle: Iterable[tuple[str, str]]) -> list[ShownReader]:
    """Return pairs of organisation and function in words, in Swedish order."""
    named: dict[str, set[str]] = {}
    for organisation, function in circle:
        named.setdefault(organisation, set()).add(function)
    shown = []
    for organisation, functions in named.items():
        words = () if ANY_FUNCTION in functions else tuple(sorted(_named(directory, each) for each in functions))
        shown.append(ShownReader(organisation, _organisation_word(directory, organisation) or organisation, words))
    return sorted(shown, key=lambda each: sort_key(each.name))


def _named(directory: SpaceState, function: str) -> str:
    return _function_word(directory, function) or function
