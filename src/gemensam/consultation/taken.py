"""Where the text of a remiss may be taken from: the published versions of the period's målbild."""

from typing import Any

from django.utils.translation import gettext as _

from gemensam.objectives.queries import VersionShown, get_version_for, list_versions_for
from gemensam.organisations.names import Lists
from gemensam.web.page import SpacePage


def choices_of(page: SpacePage) -> list[tuple[str, str]]:
    """Return (what `?from=` names, its words) of the texts that can be taken, the newest first."""
    return [(each.subject, _words(page, each)) for each in list_versions_for(page.lens, page.space) if each.holds]


def taken_from(page: SpacePage, named: str) -> dict[str, Any]:
    """Return what a form begins with: `title`, `text` and `source`; nothing where nothing is named.

    Sections and paragraphs get the numbers under which the version is read. Raises `Refused("not_found")`.
    """
    if not named:
        return {}
    version = get_version_for(page.lens, page.space, named)
    parts = []
    for section in version.sections:
        parts += [f"# {section.heading}", *(paragraph.text for paragraph in section.paragraphs)]
    return {"title": version.title, "text": "\n\n".join(parts), "source": _words(page, version)}


def _words(page: SpacePage, version: VersionShown) -> str:
    kind = Lists(page.lens.directory).word("vision_versions", version.kind)
    return _("%(title)s, %(kind)s, version %(number)s") % {
        "title": version.title,
        "kind": kind.lower(),
        "number": version.number,
    }
