"""What must hold for a region's data; each fault is a ValueError that names file and key."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

Item = Mapping[str, Any]

# fmt: off
REQUIRED_VOCABULARIES = frozenset({
    "additions", "agendas", "cadences", "certainty", "conference_roles", "contact", "decline_reasons",
    "figures", "incident_types", "kinds_of_member", "levels", "modes", "picture_headings", "quick_answers",
    "report_templates", "request_purposes", "roles_network", "row_groups", "rows", "rows_answered", "sectors",
    "sources", "statement_types", "status", "trend", "urgency", "values", "via", "warnings",
})
# Texts that are shown and therefore stand in both languages: Swedish under the key, English under key + "_en".
SHOWN = (
    "name", "name_long", "short", "help", "text", "label", "title", "include", "exclude", "own", "supply",
    "unit", "used", "criteria", "leader_line", "written", "plural", "task", "note",
)
# fmt: on
SAME_IN_BOTH = {"organisations.json": {"short"}, "region.json": {"short"}}
MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY


class Loaded(Protocol):
    """The parts of a region that are checked against each other."""

    @property
    def id(self) -> str: ...
    @property
    def about(self) -> Item: ...
    @property
    def organisations(self) -> tuple[Item, ...]: ...
    @property
    def functions(self) -> tuple[Item, ...]: ...
    @property
    def roles(self) -> tuple[Item, ...]: ...
    @property
    def permissions(self) -> tuple[Item, ...]: ...
    @property
    def vocabularies(self) -> Mapping[str, Item]: ...
    @property
    def bodies(self) -> tuple[Item, ...]: ...


def check_region(region: Loaded) -> None:
    """Refuse a region with doubled codes, dangling references or a text in one language only."""
    _check_vocabulary_heads(region.vocabularies)
    _check_unique(region)
    _check_both_languages(region)
    _check_about(region)
    _check_roles(region)
    _check_functions(region)
    for organisation in region.organisations:
        _check_organisation(region, organisation)
    for body in region.bodies:
        _check_body(region, body)
    _check_lists(region)
    for cadence in _items(region, "cadences"):
        _check_cadence(cadence)
    for heading in _items(region, "picture_headings"):
        if heading.get("fields"):
            _in("vocabularies/picture_headings.json", f"{heading['code']}.fields", heading["fields"], _lists(region))
    for excerpt in region.vocabularies.get("excerpts", {}).get("items", ()):
        _check_excerpt(region, excerpt)


def longest_gap_minutes(cadence: Item) -> int:
    """The longest time between two reports that a cadence asks for, in minutes."""
    rule = cadence["report"]
    if rule["kind"] == "relative":
        rule = cadence[rule["to"]]
    if rule["kind"] == "every":
        return int(rule["minutes"])
    points: list[int] = sorted(
        (day - 1) * MINUTES_PER_DAY + _minute(time) for day in rule["days"] for time in rule["times"]
    )
    following = [*points[1:], points[0] + MINUTES_PER_WEEK]
    return max(later - earlier for earlier, later in zip(points, following, strict=True))


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _fail(file: str, key: str, why: str) -> None:
    raise ValueError(f"{file}: {key}: {why}")


def _items(region: Loaded, vocabulary: str) -> tuple[Item, ...]:
    return tuple(region.vocabularies[vocabulary]["items"])


def _lists(region: Loaded) -> frozenset[str]:
    return frozenset(region.vocabularies)


def _codes(items: Iterable[Item], key: str = "code") -> frozenset[str]:
    return frozenset(item[key] for item in items)


def _in(file: str, key: str, value: str, allowed: frozenset[str]) -> None:
    if value not in allowed:
        _fail(file, key, f"unknown: {value}")


def _check_vocabulary_heads(vocabularies: Mapping[str, Item]) -> None:
    for missing in sorted(REQUIRED_VOCABULARIES - vocabularies.keys()):
        _fail(f"vocabularies/{missing}.json", "code", "the list is missing")
    for name, vocabulary in sorted(vocabularies.items()):
        file = f"vocabularies/{name}.json"
        if vocabulary.get("code") != name:
            _fail(file, "code", "should be the name of the file")
        if vocabulary.get("status") not in ("förslag", "bekräftad"):
            _fail(file, "status", "should be förslag or bekräftad")
        if not isinstance(vocabulary.get("items"), tuple):
            _fail(file, "items", "should be a list")


def _files(region: Loaded) -> Iterable[tuple[str, str, tuple[Item, ...]]]:
    """Every list of the region as (file, name of its identifying key, items)."""
    yield "organisations.json", "id", region.organisations
    yield "functions.json", "id", region.functions
    yield "bodies.json", "id", region.bodies
    yield "roles.json", "code", region.roles
    yield "roles.json", "code", region.permissions
    for name, vocabulary in sorted(region.vocabularies.items()):
        yield f"vocabularies/{name}.json", "code", vocabulary["items"]


def _check_unique(region: Loaded) -> None:
    for file, key, items in _files(region):
        seen: set[str] = set()
        for item in items:
            if item.get(key) in seen or not item.get(key):
                _fail(file, key, f"missing or twice: {item.get(key)}")
            seen.add(item[key])


def _check_both_languages(region: Loaded) -> None:
    _check_texts("region.json", region.about)
    for file, _, items in _files(region):
        for item in items:
            _check_texts(file, item)
    for name, vocabulary in sorted(region.vocabularies.items()):
        _check_texts(f"vocabularies/{name}.json", vocabulary)


def _check_texts(file: str, item: Item) -> None:
    alike = SAME_IN_BOTH.get(file, set())
    for key in SHOWN:
        shown = isinstance(item.get(key), str) and key not in alike
        if shown and bool(item[key]) != bool(item.get(f"{key}_en")):
            _fail(file, f"{item.get('code') or item.get('id')}.{key}", "should stand in both languages")
    for value in item.values():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Mapping):
                _check_texts(file, part)


def _check_about(region: Loaded) -> None:
    about, organisations = region.about, _codes(region.organisations, "id")
    if about.get("id") != region.id:
        _fail("region.json", "id", "should be the name of the folder")
    for key in ("name", "name_en", "short", "time_zone"):
        if not about.get(key):
            _fail("region.json", key, "is missing")
    for key in ("keeper_of_standing", "joint_office"):
        _in("region.json", key, about.get(key, ""), organisations)


def _check_roles(region: Loaded) -> None:
    permissions, roles = _codes(region.permissions), _codes(region.roles)
    for role in region.roles:
        for permission in role["permissions"]:
            _in("roles.json", f"{role['code']}.permissions", permission, permissions)
        for other in role.get("not_same_person_as", ()):
            _in("roles.json", f"{role['code']}.not_same_person_as", other, roles)


def _check_functions(region: Loaded) -> None:
    organisations, roles = _codes(region.organisations, "id"), _codes(region.roles)
    levels = _codes(_items(region, "levels"))
    for function in region.functions:
        own = function["id"]
        _in("functions.json", f"{own}.organisation", function["organisation"], organisations)
        if not own.startswith(f"{function['organisation']}-"):
            _fail("functions.json", own, "should begin with its organisation")
        for role in function["roles"]:
            _in("functions.json", f"{own}.roles", role, roles)
        for level in function["levels"]:
            _in("functions.json", f"{own}.levels", level, levels)


def _check_organisation(region: Loaded, organisation: Item) -> None:
    file, own = "organisations.json", organisation["id"]
    organisations = _codes(region.organisations, "id")
    _in(file, f"{own}.kind", organisation["kind"], _codes(_items(region, "kinds_of_member")))
    for row in organisation["rows"]:
        _in(file, f"{own}.rows", row, _codes(_items(region, "rows")))
    for key in ("rescue", "reserve_path"):
        helper = (organisation[key] or {}).get("organisation")
        if helper is not None:
            _in(file, f"{own}.{key}", helper, organisations)
    _check_representatives(region, organisation)


def _check_representatives(region: Loaded, organisation: Item) -> None:
    levels = _codes(_items(region, "levels"))
    of_own = frozenset(item["id"] for item in region.functions if item["organisation"] == organisation["id"])
    for level, by_mode in organisation["representatives"].items():
        key = f"{organisation['id']}.representatives"
        _in("organisations.json", key, level, levels)
        for function in by_mode.values():
            _in("organisations.json", f"{key}.{level}", function, of_own)


def _check_body(region: Loaded, body: Item) -> None:
    """A body's level, and of each seat the organisation, its function and what it stands for; null is not known."""
    file, own = "bodies.json", body["id"]
    if body["level"] is not None:
        _in(file, f"{own}.level", body["level"], _codes(_items(region, "levels")))
    for seat in filter(None, (body["chair"], body["secretary"], *body["seats"])):
        held = seat.get("organisation") or ""
        functions = frozenset(item["id"] for item in region.functions if item["organisation"] == held)
        for key, allowed in (
            ("organisation", _codes(region.organisations, "id")),
            ("function", functions),
            ("stands_for", _codes(_items(region, "municipal_groups"))),
        ):
            if seat.get(key) is not None:
                _in(file, f"{own}.{key}", seat[key], allowed)


def _check_lists(region: Loaded) -> None:
    """Codes in one vocabulary that point into another, and functions or roles named by a vocabulary."""
    for vocabulary, key, target in (
        ("rows", "group", "row_groups"),
        ("rows", "sectors", "sectors"),
        ("rows_answered", "rows", "rows"),
        ("figures", "row", "rows"),
        ("cadences", "report_template", "report_templates"),
        ("cadences", "agenda", "agendas"),
        ("agendas", "level", "levels"),
        ("report_templates", "top_warnings", "warnings"),
    ):
        _check_pointers(region, vocabulary, key, target)
    functions = _codes(region.functions, "id")
    for vocabulary in ("roles_network", "conference_roles"):
        for item in _items(region, vocabulary):
            key, usual = f"{item['code']}.usual_function", item["usual_function"]
            if usual is not None:
                _in(
                    f"vocabularies/{vocabulary}.json",
                    f"{item['code']}.usual_function",
                    item["usual_function"],
                    functions,
                )


def _check_pointers(region: Loaded, vocabulary: str, key: str, target: str) -> None:
    allowed = _codes(_items(region, target))
    for item in (*_items(region, vocabulary), region.vocabularies[vocabulary]):
        value = item.get(key, ())
        for code in (value,) if isinstance(value, str) else value:
            _in(f"vocabularies/{vocabulary}.json", f"{item['code']}.{key}", code, allowed)


def _check_cadence(cadence: Item) -> None:
    """A limit shorter than an ordinary night would make the whole picture stale every morning (R24)."""
    if cadence["stale_after_minutes"] <= longest_gap_minutes(cadence):
        key = f"{cadence['code']}.stale_after_minutes"
        _fail("vocabularies/cadences.json", key, "should be longer than the longest gap between reports")


def _check_excerpt(region: Loaded, excerpt: Item) -> None:
    """What goes to the public takes nothing but what is marked for it, whatever a list would say (R44)."""
    file = "vocabularies/excerpts.json"
    known = frozenset(item["widest"] for item in region.vocabularies.get("tlp", {}).get("items", ()))
    for widest in excerpt["takes"]:
        _in(file, f"{excerpt['code']}.takes", widest, known)
    headings = _codes(_items(region, "picture_headings"))
    for heading in excerpt["headings"]:
        _in(file, f"{excerpt['code']}.headings", heading, headings)
    if excerpt["is_public"] and (excerpt["unmarked"] or set(excerpt["takes"]) != {"public"}):
        _fail(file, f"{excerpt['code']}.takes", "a public excerpt takes only what is marked for the public")
