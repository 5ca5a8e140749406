"""Where the text of a remiss may be taken from: nothing but what is pasted, until another room offers more."""

from typing import Any

from gemensam.web.page import SpacePage


def choices_of(page: SpacePage) -> list[tuple[str, str]]:
    """Return (what `?from=` names, its words) of the texts that can be taken."""
    return []


def taken_from(page: SpacePage, named: str) -> dict[str, Any]:
    """Return what a form begins with: `title`, `text` and `source`; nothing where nothing is named."""
    return {}
