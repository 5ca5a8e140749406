"""What the items of a list look like, learnt from the items themselves: pure.

Other parts of the program read an item's fields by name, so that a new version must have the fields of the one before,
with values of the same kind. This drives the check of a new version, the form of an item and the columns of a table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

TEXT, NUMBER, YES_NO, NOTHING, LIST, OBJECT = "text", "number", "yes_no", "nothing", "list", "object"


@dataclass(frozen=True)
class Shape:
    """The kinds of values seen; for objects the fields and those that all have; for lists what is in them."""

    kinds: frozenset[str]
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    element: "Shape | None" = None

    @property
    def is_text(self) -> bool:
        return self.kinds <= {TEXT, NOTHING}

    @property
    def is_texts(self) -> bool:
        """Whether it is a list of texts, or one that has always been empty."""
        return self.kinds <= {LIST, NOTHING} and (self.element is None or self.element.is_text)


class Fault(NamedTuple):
    """Where an item differs from its shape: the place (`points.2.title`) and the problem.

    Problems: `missing`, `unknown_field`, `wrong_kind`.
    """

    place: str
    problem: str


# What any item may have, whatever the list: codes are never removed, only taken out of use.
ALWAYS: Mapping[str, Shape] = {
    "retired": Shape(frozenset({YES_NO})),
    "help": Shape(frozenset({TEXT})),
    "help_en": Shape(frozenset({TEXT})),
}
# Where a role may be held beside the organisations that hold it already: the joint office names them.
OF_LIST: Mapping[str, Mapping[str, Shape]] = {
    "roles": {"organisations": Shape(frozenset({LIST}), element=Shape(frozenset({TEXT})))},
}


def kind_of(value: object) -> str:
    """Return the kind of a JSON value."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return YES_NO
    if isinstance(value, int):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    return OBJECT if isinstance(value, Mapping) else LIST


def shape_of(values: Iterable[Any]) -> Shape:
    """Return the shape that all of the values have in common."""
    seen = list(values)
    objects = [value for value in seen if isinstance(value, Mapping)]
    lists = [value for value in seen if kind_of(value) == LIST]
    elements = [element for value in lists for element in value]
    return Shape(
        frozenset(map(kind_of, seen)),
        _fields(objects),
        frozenset.intersection(*(frozenset(value) for value in objects)) if objects else frozenset(),
        shape_of(elements) if elements else None,
    )


def _fields(objects: Sequence[Mapping[str, Any]]) -> dict[str, Shape]:
    names = dict.fromkeys(name for value in objects for name in value)
    return {name: shape_of([value[name] for value in objects if name in value]) for name in names}


def shape_of_list(code: str, items: Sequence[Mapping[str, Any]]) -> Shape:
    """Return the shape of the items of a list, with what any item may have."""
    found = shape_of(items)
    extra = {**ALWAYS, **OF_LIST.get(code, {})}
    fields = {**found.fields, **{name: shape for name, shape in extra.items() if name not in found.fields}}
    return Shape(found.kinds, fields, found.required - {"retired"}, found.element)


def faults(value: object, shape: Shape, place: str = "") -> Iterator[Fault]:
    """Yield what differs; an empty list, and nothing where nothing has been seen, always fit."""
    kind = kind_of(value)
    if not _fits(kind, shape):
        yield Fault(place, "wrong_kind")
    elif isinstance(value, Mapping):
        yield from _object_faults(value, shape, place)
    elif isinstance(value, (list, tuple)) and shape.element is not None:
        for number, element in enumerate(value, 1):
            yield from faults(element, shape.element, _join(place, str(number)))


def _fits(kind: str, shape: Shape) -> bool:
    if kind in shape.kinds:
        return True
    return shape.kinds == {NOTHING} and kind in (TEXT, NUMBER)


def _object_faults(value: Mapping[str, Any], shape: Shape, place: str) -> Iterator[Fault]:
    for name in sorted(shape.required - value.keys()):
        yield Fault(_join(place, name), "missing")
    for name, one in value.items():
        if name in shape.fields:
            yield from faults(one, shape.fields[name], _join(place, name))
        else:
            yield Fault(_join(place, name), "unknown_field")


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
