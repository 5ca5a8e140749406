"""What the workbench of the combined picture shows: what can be chosen, what is chosen, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from gemensam.core.refusal import Refused
from gemensam.ledger.drafts import SavedDraft
from gemensam.ledger.ids import uuid7
from gemensam.picture import queries
from gemensam.picture.compile_draft import SCENARIO_FIELDS, Chosen, Compilation, load_compilation
from gemensam.picture.compile_items import Choosable, kept, list_choosable, newest_instead, standing_now
from gemensam.picture.compiling import picture_marks, preview_picture
from gemensam.picture.domain import items
from gemensam.picture.domain.own_fields import LIKELIHOOD, SCENARIOS, SCENARIOS_MAX
from gemensam.picture.domain.pictures import ChosenStatement, label_of, latest_picture
from gemensam.picture.lists import told
from gemensam.picture.matrix_drawing import Drawing, draw_cards, draw_table, group_choices, group_of_columns
from gemensam.picture.matrix_shown import gap_groups
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.picture_shown import ShownStatement, shown_picture, shown_statement
from gemensam.picture.queries import Live
from gemensam.picture.readers import reader_list
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A sentence that can be chosen: in words, with the value that its button posts."""

    shown: ShownStatement
    button: str
    is_new: bool
    is_stale: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """A choice in the draft. `state`: "", `moved` (its entry says otherwise now), `gone`, `newer` or `own`."""

    place: int
    field: str
    shown: ShownStatement | None
    state: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class PartField:
    """A further field under a heading of the workbench; `name` is that of the form's field."""

    name: str
    title: str
    help: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the workbench: what is offered under it and what is chosen.

    `fields_name`: what its further fields are together; `scenarios`: boxes for courses of events, the last ones empty.
    """

    code: str
    title: str
    help: str
    content: str
    text: str
    picked: tuple[Picked, ...]
    fields_name: str = ""
    fields: tuple[PartField, ...] = ()
    scenarios: tuple[Mapping[str, str], ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether something stands in its further fields."""
        return any(one.text for one in self.fields)


def start_compilation(page: SpacePage) -> Compilation:
    """Return an empty compilation with the times that the takt gives."""
    at = page.moment.now // times.MINUTE * times.MINUTE
    cadence = queries.cadence_of(page.lens, page.state, page.moment)
    following = cadence.beats.following("picture", at) if cadence else None
    return Compilation(stated_at=at, valid_until=following, next_at=following, follows=_latest_label(page))


def _latest_label(page: SpacePage) -> str:
    latest = latest_picture(page.state)
    return label_of(page.state, latest) if latest is not None else ""


def from_latest(page: SpacePage, compiled: Compilation) -> Compilation:
    """Return the compilation with the texts and still standing sentences of the latest picture put first."""
    latest = latest_picture(page.state)
    content = page.lens.payloads(page.space, [latest.data.content]).get(latest.data.content) if latest else None
    if content is None:
        raise Refused("no_earlier_picture")
    texts = {section["code"]: section["text"] for section in content["sections"] if section["text"]}
    fields = {
        f"{section['code']}:{field['code']}": field["text"]
        for section in content["sections"]
        for field in section.get("fields", ())
    }
    scenarios = tuple(
        {**{name: one[name] for name in SCENARIO_FIELDS}, "heading": section["code"]}
        for section in content["sections"]
        for one in section.get("scenarios", ())
    )
    found = replace(
        compiled, texts={**texts, **compiled.texts}, fields={**fields, **compiled.fields},
        scenarios=compiled.scenarios or scenarios, follows=_latest_label(page),
    )  # fmt: skip
    for section in content["sections"]:
        for one in section["statements"]:
            chosen = _as_it_stands(page, section["code"], one)
            found = found.add(chosen) if chosen is not None else found
    return found


def _as_it_stands(page: SpacePage, heading: str, one: Mapping[str, Any]) -> Chosen | None:
    """Return an earlier picture's choice as it stands now: a value from the member's newest report."""
    subject = one["subject"]
    if one["kind"] == items.CELL:
        newest = newest_instead(page.lens, page.space, one["organisation"], one["row"])
        subject = newest[0] if newest else subject
    now = standing_now(page.lens, page.space, subject, one["part"])
    return Chosen(heading, now.subject, now.entry, now.part) if now is not None else None


def desk_context(page: SpacePage, compiled: Compilation, saved: SavedDraft | None, chosen: QueryDict) -> dict[str, Any]:
    """Return everything that the workbench shows; `chosen` filters what is offered."""
    live = queries.get_live(page.lens, page.space, page.moment)
    words = MatrixWords(page.lens.directory, page.state, page.moment.at)
    choosable = list_choosable(page.lens, page.space, live)
    parts = _parts(page, compiled, words)
    return {
        "compiled": compiled,
        "saved": saved,
        "parts": parts,
        "headings": [(part.code, part.title) for part in parts if part.content == "statements"],
        "offered": _offered(choosable, compiled, words, chosen, parts),
        "offered_total": len(choosable),
        "narrower": _narrower(page, words),
        "gaps": gap_groups(live, words),
        "live": live,
        "next_at": queries.next_picture(page.lens, page.state, page.moment),
        "latest": _latest_label(page),
        "filter": chosen,
        "groups": group_choices(words),
        "readers": reader_list(page.lens, page.space),
        "marks": [(item["name"], told(item, "help")) for item in words.lists.items("tlp")],
        "lists": {name: words.lists.choices(name) for name in ("statement_types", "sources", "via", "rows")},
        "likelihoods": [(one["code"], f"{told(one)} – {told(one, 'help')}") for one in words.lists.items(LIKELIHOOD)],
        "organisations": [(row.organisation, words.name(row.organisation)) for row in live.matrix.rows],
        "query": chosen.urlencode(),
        "draft_version": saved.version if saved is not None else 0,
        "writer": "",
        "error": "",
    }


def _parts(page: SpacePage, compiled: Compilation, words: MatrixWords) -> list[Part]:
    headings = sorted(words.lists.items("picture_headings"), key=lambda item: int(item.get("order", 0)))
    return [
        Part(
            item["code"], told(item), told(item, "help"), str(item.get("content", "")),
            compiled.texts.get(item["code"], ""), _picked(page, compiled.under(item["code"]), words, compiled),
            **_further(item, words, compiled),
        )
        for item in headings
    ]  # fmt: skip


# As many boxes for courses of events stand open at least; one more than are written, up to the most there may be.
SCENARIO_BOXES = 3


def _further(item: Mapping[str, Any], words: MatrixWords, compiled: Compilation) -> dict[str, Any]:
    """Return what a heading has beside its text: the fields of its list, or boxes for courses of events."""
    if item.get("content") == SCENARIOS:
        written = [one for one in compiled.scenarios if one["heading"] == item["code"]]
        boxes = min(max(len(written) + 1, SCENARIO_BOXES), SCENARIOS_MAX)
        empty: dict[str, str] = dict.fromkeys(SCENARIO_FIELDS, "")
        return {"scenarios": (*written, *(empty for _ in range(boxes - len(written))))}
    listed = str(item.get("fields") or "")
    if not listed:
        return {}
    told_of, said = words.lists.items(listed), dict(compiled.fields_of(item["code"]))
    named = sorted(told_of, key=lambda one: int(one.get("order", 0)))
    fields = tuple(
        PartField(f"field:{item['code']}:{one['code']}", told(one), told(one, "help"), said.get(one["code"], ""))
        for one in named
    )
    return {"fields_name": words.lists.name(listed), "fields": fields}


def _picked(
    page: SpacePage, under: Sequence[tuple[int, Chosen]], words: MatrixWords, compiled: Compilation
) -> tuple[Picked, ...]:
    last = len(under) - 1
    found = []
    for order, (place, one) in enumerate(under):
        shown, state = _picked_as(page, one, words, compiled)
        found.append(Picked(place, one.as_text(), shown, state, order == 0, order == last))
    return tuple(found)


def _picked_as(
    page: SpacePage, one: Chosen, words: MatrixWords, compiled: Compilation
) -> tuple[ShownStatement | None, str]:
    if one.is_own:
        return shown_statement(own_sentence(page, one, compiled), words), "own"
    now = standing_now(page.lens, page.space, one.subject, one.part)
    if now is None:
        return None, "gone"
    shown = shown_statement(kept(now), words)
    if now.entry != one.entry:
        return shown, "moved"
    newest = newest_instead(page.lens, page.space, now.organisation, now.row) if now.kind == items.CELL else None
    return shown, "newer" if newest is not None and newest[0] != one.subject else ""


def own_sentence(page: SpacePage, one: Chosen, compiled: Compilation) -> dict[str, Any]:
    """Return a sentence of the compiler's own as a picture would keep it, before it is saved as a statement."""
    who = page.lens.principal.organisation
    stated_at = compiled.stated_at or page.moment.now
    empty = ChosenStatement("", items.STATEMENT, organisation=who, by_organisation=who, kind=items.STATEMENT)
    return {**kept(empty), **one.sentence, "stated_at": stated_at}


def _offered(
    choosable: Sequence[Choosable], compiled: Compilation, words: MatrixWords, chosen: QueryDict, parts: Sequence[Part]
) -> list[tuple[str, list[Offered]]]:
    """Return what is offered under each heading, after the filter."""
    refs = compiled.refs()
    groups = group_of_columns(words)
    wanted = [one for one in choosable if _is_wanted(one, refs, groups, chosen)]
    found = []
    for part in parts:
        here = [_offer(one, words, refs) for one in wanted if one.heading == part.code]
        if here:
            found.append((part.title, here))
    return found


def _offer(one: Choosable, words: MatrixWords, refs: frozenset[str]) -> Offered:
    copy = one.copy
    button = Chosen(one.heading, copy.subject, copy.entry, copy.part).as_text()
    return Offered(shown_statement(kept(copy), words), button, one.is_new, one.is_stale, one.ref in refs)


def _is_wanted(one: Choosable, refs: frozenset[str], groups: Mapping[str, str], chosen: QueryDict) -> bool:
    if chosen.get("new") == "1" and not one.is_new:
        return False
    if chosen.get("unchosen") == "1" and one.ref in refs:
        return False
    if (heading := chosen.get("heading")) and one.heading != heading:
        return False
    if (group := chosen.get("columns")) and groups.get(one.copy.row) != group:
        return False
    who = chosen.get("organisation")
    return not who or one.copy.organisation == who


def _narrower(page: SpacePage, words: MatrixWords) -> list[tuple[str, list[ShownStatement]]]:
    """What narrower circles say, with their names, to be seen and not chosen (F4)."""
    found = []
    for info in queries.narrower_spaces(page.lens, page.space):
        live: Live = queries.get_live(page.lens, info.id, page.moment)
        there = [shown_statement(kept(one.copy), words) for one in list_choosable(page.lens, info.id, live)]
        if there:
            found.append((title_of(page.lens, info), there))
    return found


def preview_context(page: SpacePage, compiled: Compilation) -> dict[str, Any]:
    """Return the picture as publishing now would make it; raises `Refused` as publishing would."""
    content = dict(preview_picture(page.lens, page.space, compiled))
    content["sections"] = [_with_own(page, section, compiled) for section in content["sections"]]
    shown = shown_picture(page.lens.directory, page.state, content)
    drawing = Drawing(shown.live, shown.words, f"/spaces/{page.space}/")
    _found, saved = load_compilation(page.lens, page.space)
    return {
        "shown": shown,
        "table": draw_table(drawing),
        "cards": draw_cards(drawing),
        "readers": reader_list(page.lens, page.space),
        "version": saved.version if saved else "",
        "key": uuid7(),
        "may_publish": page.may("publish_picture"),
        "marks": picture_marks(page.lens, page.space, compiled),
        "mark": compiled.mark,
        "own": sum(one.is_own for one in compiled.chosen),
    }


def _with_own(page: SpacePage, section: Mapping[str, Any], compiled: Compilation) -> Mapping[str, Any]:
    """Put the own sentences, which are saved only when published, in their places among the chosen ones."""
    copies = iter(section["statements"])
    chosen = [one for _place, one in compiled.under(section["code"])]
    statements = [own_sentence(page, one, compiled) if one.is_own else next(copies) for one in chosen]
    return {**section, "statements": statements}
