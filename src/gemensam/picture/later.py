"""*Återkommer kl.* and *avböjer*: what a page needs to offer them in one press, signed in or by link (R21, R85)."""

from typing import Any

from gemensam.organisations.domain import members
from gemensam.picture.lists import told
from gemensam.picture.quick_answers import deferral_ms
from gemensam.picture.report_desk import Desk


def later_parts(desk: Desk) -> dict[str, Any]:
    """Return when one comes back unless another time is chosen, and what *avböjer* needs.

    Each reason is (code, word, what it needs). `own_latest`: the own report that already answers, "" for none; whoever
    answers by link is told of none.
    """
    published = desk.base is not None and desk.base.status == "published"
    return {
        "default_until": desk.page.lens.now + deferral_ms(desk.lists),
        "decline_reasons": [(one["code"], told(one), str(one["needs"])) for one in desk.lists.items("decline_reasons")],
        "others": other_members(desk),
        "own_latest": desk.base.subject if desk.base is not None and published else "",
    }


def other_members(desk: Desk) -> list[tuple[str, str]]:
    """Return those who may answer instead."""
    return [(one.id, one.short) for one in members(desk.page.lens.directory) if one.id != desk.organisation]
