"""Höjd beredskap as it is recorded: read by every room that says what then changes (R12, G14)."""

from typing import Any

from gemensam.activation.domain.modes import HeightenedData
from gemensam.activation.domain.rules import data_of
from gemensam.activation.words import Speech
from gemensam.core.policy import STANDING
from gemensam.ledger.reading import Lens
from gemensam.organisations.names import in_language


def heightened_now(lens: Lens, speech: Speech) -> dict[str, Any] | None:
    """Return the recorded decision that holds, with the rules that then apply; None where there is none (R12)."""
    thing = lens.state(STANDING).latest("heightened_now")
    if thing is None:
        return None
    data = data_of(thing, HeightenedData)
    told = lens.payloads(STANDING, [data.content]).get(data.content) or {}
    rules = [in_language(item) for item in speech.items("heightened_rules")]
    mine = thing.organisation == lens.principal.organisation
    return {"subject": thing.subject, "at": data.at, "rules": rules, "is_mine": mine, **told}
