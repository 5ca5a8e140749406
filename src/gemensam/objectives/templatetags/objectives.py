"""Filters of the målbild's templates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(rows: Mapping[str, Sequence[Any]], code: str) -> Sequence[Any]:
    """Return the comments that stand at a paragraph."""
    return rows.get(code, ())
