"""Tags and filters that every template has, without `{% load %}`."""

from typing import Any

from django import template
from django.forms import BoundField, Widget
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gemensam.web import shapes, times
from gemensam.web.choosing import control

register = template.Library()


def _reference(context: template.Context, at: int | None) -> int:
    if at is not None:
        return int(at)
    page = context.get("page")
    return int(page.moment.at) if page else int(context.get("now") or times.now())


@register.simple_tag(takes_context=True)
def age(context: template.Context, at: int | None, reference: int | None = None) -> SafeString:
    """`{% age thing.stated_at %}`: how old at the page's moment, with the exact time behind."""
    return SafeString("") if at is None else times.age_html(int(at), _reference(context, reference))


@register.simple_tag(takes_context=True)
def until(context: template.Context, at: int | None, reference: int | None = None) -> SafeString:
    """`{% until thing.next_at %}`: how long it is until then at the page's moment, or how late it is."""
    return SafeString("") if at is None else times.until_html(int(at), _reference(context, reference))


@register.simple_tag(takes_context=True)
def clock(context: template.Context, at: int | None, reference: int | None = None) -> SafeString:
    """`{% clock thing.created_at %}`: local time, with the day when it is not the page's."""
    return SafeString("") if at is None else times.clock_html(int(at), _reference(context, reference))


@register.filter
def exact(at: int) -> str:
    return times.exact(int(at))


@register.filter
def spoken(at: int) -> str:
    return times.spoken(int(at))


@register.filter
def isotime(at: int) -> str:
    return times.iso(int(at))


@register.filter
def isomoment(at: int) -> str:
    """A moment that a form or a link carries on, exact to the millisecond."""
    return times.iso_moment(int(at))


@register.filter
def fieldtime(at: int | None) -> str:
    return "" if at is None else times.field(int(at))


@register.filter
def duration(span: int) -> str:
    """A length of time in ms as words: `2 h 10 min`."""
    return times.duration(int(span))


@register.filter
def mark(value: shapes.Value) -> SafeString:
    return shapes.mark(value)


@register.filter
def labelled(value: shapes.Value) -> SafeString:
    return shapes.labelled(value)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside a word, never instead of one."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """`{% field form.title %}`: label, help, control and errors, tied together for screen readers."""
    kind = _kind(bound.field.widget)
    return {"field": bound, "control": _described(bound, kind), "kind": kind, **options}


def _kind(widget: Widget) -> str:
    name = widget.__class__.__name__.lower()  # many boxes call themselves `checkbox` too, and are drawn otherwise
    return name if name == "checkboxselectmultiple" else getattr(widget, "input_type", name)


def _described(bound: BoundField, kind: str) -> SafeString:
    look = {"checkbox": "form-check-input", "select": "form-select"}.get(kind, "form-control")
    attrs: dict[str, str | bool] = {} if kind in ("radio", "checkboxselectmultiple") else {"class": look}
    parts = (("help", bound.help_text), ("error", bound.errors))
    described = [f"{bound.auto_id}-{part}" for part, there in parts if there]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs |= {"aria-invalid": "true", "class": f"{attrs.get('class', '')} is-invalid".strip()}
    return control(bound, attrs)
