"""Lists of choices drawn in Python: who calls a conference is offered some 1,400, which take a template 40 ms."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.forms import BoundField, CheckboxSelectMultiple, Select
from django.utils.safestring import SafeString, mark_safe

from gemensam.web.shapes import escape

Options = tuple[tuple[str, str], ...]


def control(bound: BoundField, attributes: Mapping[str, Any]) -> SafeString:
    """A field's control as its widget draws it; selects and lists of boxes are drawn here, to the same elements."""
    widget = bound.field.widget
    draw = _DRAWN.get(type(widget))
    if draw is None:
        return bound.as_widget(attrs=dict(attributes))
    own = widget.build_attrs(widget.attrs, bound.build_widget_attrs(dict(attributes), widget))
    return mark_safe(draw(bound, {"id": bound.auto_id, **own}))  # noqa: S308  every value is escaped where it is put in


def _select(bound: BoundField, attributes: Mapping[str, Any]) -> str:
    chosen = _chosen(bound.value())
    inside = []
    for label, options in _groups(bound):
        drawn = "".join(
            f"{start}{' selected' if value in chosen else ''}{end}" for value, start, end in _drawn(options)
        )
        inside.append(f'<optgroup label="{escape(label)}">{drawn}</optgroup>' if label else drawn)
    return f'<select name="{escape(bound.html_name)}"{_attributes(attributes)}>{"".join(inside)}</select>'


def _boxes(bound: BoundField, attributes: Mapping[str, Any]) -> str:
    chosen, own = _chosen(bound.value()), dict(attributes)
    start = own.pop("id", "")
    shared = f'<input type="checkbox" name="{escape(bound.html_name)}"{_attributes(own)}'
    flat = [option for _label, options in _groups(bound) for option in options]
    drawn = (
        f'<div><label for="{start}_{place}">{shared} value="{escape(value)}" id="{start}_{place}"'
        f"{' checked' if value in chosen else ''}> {escape(label)}</label></div>"
        for place, (value, label) in enumerate(flat)
    )
    look = _attributes({"class": own["class"]}) if "class" in own else ""
    return f'<div id="{start}"{look}>{"".join(drawn)}</div>'


_DRAWN = {Select: _select, CheckboxSelectMultiple: _boxes}


def _chosen(value: Any) -> frozenset[str]:
    values = value if isinstance(value, list | tuple | set) else [value]
    return frozenset("" if one is None else str(one) for one in values)


def _groups(bound: BoundField) -> Iterable[tuple[str, Options]]:
    """The choices in their groups; those that stand in none have no label and come where they come."""
    for value, label in bound.field.widget.choices:
        if isinstance(label, list | tuple):
            yield str(value), _texts(label)
        else:
            yield "", _texts([(value, label)])


def _texts(options: Sequence[tuple[Any, Any]]) -> Options:
    return tuple(("" if value is None else str(value), str(label)) for value, label in options)


@lru_cache(maxsize=1024)
def _drawn(options: Options) -> tuple[tuple[str, str, str], ...]:
    """Each option as its value and what stands before and after the word that it is selected."""
    return tuple((value, f'<option value="{escape(value)}"', f">{escape(label)}</option>") for value, label in options)


def _attributes(attributes: Mapping[str, Any]) -> str:
    given = ((name, value) for name, value in attributes.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in given)
