"""What the compiler writes beside the chosen sentences: fields under a heading, and courses of events. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.writing import Decision
from gemensam.organisations.domain import pinned_vocabulary

Item = Mapping[str, Any]
SCENARIOS = "scenarios"  # the `content` of a heading
LIKELIHOOD = "likelihood"
FIELD_MAX, SCENARIOS_MAX = 4_000, 6
SCENARIO_TEXTS = ("title", "text", "consequences", "watch")


def items_of_list(decision: Decision, code: str) -> tuple[Item, ...]:
    """Return the items of a list as the space has pinned it; none where the network has no such list."""
    try:
        return tuple(pinned_vocabulary(decision.directory, decision.state, code).items)
    except Refused:
        return ()


def completed_fields(decision: Decision, heading: Item, given: Sequence[Item]) -> list[Mapping[str, Any]]:
    """Return the fields that say something, in the order of the heading's list, with its words.

    Raises `Refused`: `unknown_own_field`, `picture_too_long`, `personal_number`.
    """
    known = {item["code"]: item for item in items_of_list(decision, str(heading.get("fields") or ""))}
    texts = {field["code"]: field["text"] for field in given if field["text"].strip()}
    if unknown := texts.keys() - known.keys():
        raise Refused("unknown_own_field", value=min(unknown))
    _check(texts.values())
    return [
        {"code": code, "text": texts[code], "title": item["name"], "title_en": item.get("name_en", "")}
        for code, item in sorted(known.items(), key=lambda one: int(one[1].get("order", 0)))
        if code in texts
    ]


def completed_scenarios(decision: Decision, heading: Item, given: Sequence[Item]) -> list[Mapping[str, Any]]:
    """Return the courses of events with the words of their likelihood, in the author's order.

    Raises `Refused`: `scenario_not_here`, `too_many_scenarios`, `scenario_without_title`, `unknown_likelihood`,
    `picture_too_long`, `personal_number`.
    """
    if not given:
        return []
    if heading.get("content") != SCENARIOS:
        raise Refused("scenario_not_here")
    if len(given) > SCENARIOS_MAX:
        raise Refused("too_many_scenarios", limit=SCENARIOS_MAX)
    scale = {item["code"]: item for item in items_of_list(decision, LIKELIHOOD)}
    return list(_scenarios(given, scale))


def _scenarios(given: Sequence[Item], scale: Mapping[str, Item]) -> Iterator[Mapping[str, Any]]:
    for one in given:
        if not one["title"].strip():
            raise Refused("scenario_without_title")
        if one["likelihood"] and one["likelihood"] not in scale:
            raise Refused("unknown_likelihood", value=one["likelihood"])
        _check([one[name] for name in SCENARIO_TEXTS])
        step = scale.get(one["likelihood"], {})
        names = {"likelihood_name": step.get("name", ""), "likelihood_name_en": step.get("name_en", "")}
        yield {**one, **names}


def _check(texts: Any) -> None:
    if any(len(text) > FIELD_MAX for text in texts):
        raise Refused("picture_too_long", limit=FIELD_MAX)


def own_words(section: Item) -> list[str]:
    """Return every text that the compiler has written under a heading of a picture."""
    fields = [field["text"] for field in section.get("fields", ())]
    scenarios = [one[name] for one in section.get("scenarios", ()) for name in SCENARIO_TEXTS]
    return [text for text in (section["text"], *fields, *scenarios) if text.strip()]
