"""What changes for governance when höjd beredskap is recorded (G14); the texts are a list of the directory."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from gemensam.activation.heightened import heightened_now
from gemensam.activation.words import Speech
from gemensam.core.policy import STANDING
from gemensam.organisations.names import in_language
from gemensam.web.page import SpacePage
from gemensam.web.spaces import Headline

CHANGES = "heightened_governance"


def what_changes(page: SpacePage) -> dict[str, Any] | None:
    """Return the recorded decision and what it changes here; None where none holds, or at a past moment."""
    if page.historical:
        return None
    speech = Speech(page.lens.directory, page.lens.state(STANDING))
    found = heightened_now(page.lens, speech)
    if found is None:
        return None
    changes = [(in_language(item), in_language(item, "text"), item.get("law", "")) for item in speech.items(CHANGES)]
    return {**found, "changes": changes}


def headlines(page: SpacePage) -> Iterator[Headline]:
    """Yield for the header of every page of a period that governance is changed now, and where it says how."""
    if page.info.kind == "period" and what_changes(page) is not None:
        yield Headline(_("heightened alert: what changes"), f"/spaces/{page.space}/period/#heightened", strong=True)
