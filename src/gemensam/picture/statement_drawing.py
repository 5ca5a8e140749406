"""A picture's sentences drawn in Python: the workbench offers some three hundred, the page of a version has a hundred.

Every text is escaped where it is put in; what the functions give is safe.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from gemensam.picture.picture_shown import ShownStatement
from gemensam.web import times
from gemensam.web.shapes import escape, labelled

if TYPE_CHECKING:
    from gemensam.picture.compile_shown import Offered


def draw_statement(one: ShownStatement, space: str, at: int) -> SafeString:
    """Draw what is said, and by whom and when. `space`: where its source is; `at`: the picture's own time, ms UTC."""
    dot = "" if one.value or one.lead.endswith("?") else "."
    lead = f"<strong>{escape(one.lead)}{dot}</strong> " if one.lead else ""
    value = f"{labelled(one.value)}{'. ' if one.text else ''}" if one.value else ""
    said = f'<p class="said">{lead}{value}{escape(one.text)}</p>'
    return _safe(f'{said}<p class="said-by muted">{" · ".join(_source(one, space, at))}{_standing(one)}</p>')


def _source(one: ShownStatement, space: str, at: int) -> list[str]:
    who = escape(one.organisation)
    linked = f'<a href="/spaces/{escape(space)}/{escape(one.link)}">{who}</a>' if one.link else who
    told = [linked, times.clock_html(one.copy["stated_at"], at), escape(one.type.lower()), escape(one.source)]
    told.append(escape(one.kept[:1].lower() + one.kept[1:]))
    return [part for part in told if part]


def _standing(one: ShownStatement) -> str:
    notes = "".join(f' <span class="note">{escape(note)}</span>' for note in one.notes)
    return notes + (f' <strong class="since">{escape(one.since)}</strong>' if one.since else "")


def draw_offers(offers: "Sequence[Offered]", latest: str, space: str, at: int) -> SafeString:
    """Draw sentences to choose from, each with its button; `latest`: the label of the newest picture, or ""."""
    new = _("new since no. %(number)s") % {"number": latest} if latest else ""
    return _safe("".join(_offer(one, new, space, at) for one in offers))


def _offer(offer: "Offered", new: str, space: str, at: int) -> str:
    copy = offer.shown.copy
    key = f"{escape(copy['entry'])} {escape(copy['part'])}"
    picked = ' class="is-picked"' if offer.is_chosen else ""
    since = f'<span class="badge-word accent">{escape(new)}</span> ' if offer.is_new and new else ""
    stale = f'<span class="badge-word warning">{escape(_("stale"))}</span>' if offer.is_stale else ""
    return (
        f'<li data-key="{key}"{picked}><div>{draw_statement(offer.shown, space, at)}{since}{stale}</div>'
        f"{_chosen() if offer.is_chosen else _button(offer)}</li>"
    )


def _chosen() -> str:
    return f'<span class="badge-word success">{escape(_("chosen"))}</span>'


def _button(offer: "Offered") -> str:
    shown, copy = offer.shown, offer.shown.copy
    spoken = _("Choose: %(name)s, %(lead)s") % {"name": shown.organisation, "lead": shown.lead}
    return (
        f'<button class="btn btn-sm btn-outline-primary" name="add" value="{escape(offer.button)}" '
        f'id="add-{escape(copy["entry"][:12])}-{slugify(copy["part"])}" data-act aria-label="{escape(spoken)}">'
        f"{escape(_('Choose'))}</button>"
    )


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  every text is escaped where it is put in
