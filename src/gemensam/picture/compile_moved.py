"""Two who compile at once: who saved the draft of the picture last, and what differs (R59, design 5.5)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gemensam.ledger.drafts import SavedDraft
from gemensam.organisations.domain import function
from gemensam.picture.compile_draft import Compilation
from gemensam.picture.drafting import Difference
from gemensam.picture.lists import Lists, told
from gemensam.web import times
from gemensam.web.page import SpacePage

TIMES = ("stated_at", "valid_until", "next_at")


def draft_words(page: SpacePage, saved: SavedDraft | None) -> str:
    """Return who saved the draft while somebody else was compiling, and when; a function, never a person."""
    found = function(page.lens.directory, saved.saved_by) if saved is not None else None
    when = times.clock(saved.saved_at, page.lens.now) if saved is not None else ""
    facts = {"who": found.name if found is not None else "", "time": when}
    return _("%(who)s saved the draft %(time)s, after you had opened it.") % facts


def differences(page: SpacePage, saved: SavedDraft | None, mine: Compilation | None) -> list[Difference]:
    """Return what differs between the saved draft and a form, heading by heading."""
    if saved is None or mine is None:
        return []
    body, lists = mine.as_body(), Lists(page.lens.directory, page.state)
    found = [_difference(label, saved.body.get(name), body[name], page.lens.now) for name, label in _times().items()]
    for heading in lists.items("picture_headings"):
        code = str(heading["code"])
        theirs, ours = (_under(code, one) for one in (saved.body, body))
        found.append(Difference(told(heading), theirs, ours))
    return [one for one in found if one.theirs != one.mine]


def _times() -> Mapping[str, str]:
    names = (_("Situation at"), _("Valid until"), _("Next picture"))
    return dict(zip(TIMES, names, strict=True))


def _difference(label: str, theirs: Any, mine: Any, reference: int) -> Difference:
    return Difference(label, *(times.clock(at, reference) if at else "" for at in (theirs, mine)))


def _under(code: str, body: Mapping[str, Any]) -> str:
    """What stands under a heading of a draft: its texts, and how many sentences are chosen."""
    fields = [text for name, text in body.get("fields", {}).items() if name.partition(":")[0] == code]
    scenarios = [one["title"] for one in body.get("scenarios", ()) if one.get("heading") == code]
    texts = [body.get("texts", {}).get(code, ""), *fields, *scenarios]
    count = sum(chosen.startswith(f'["{code}"') for chosen in body.get("chosen", ()))
    chosen = [_("%(n)s statements chosen") % {"n": count}] if count else []
    return "\n".join(text for text in (*texts, *chosen) if text)
