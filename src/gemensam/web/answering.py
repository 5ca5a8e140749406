"""How a page answers what was sent to it: a button that was pressed, a form that was filled in, where one goes then.

What the reader can mend where it was refused is told there, and what was typed stays. Any other refusal is raised, and
gets the page of `web.errors`. `also` names the codes that a room tells in its forms beside those of all rooms.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from gemensam.core.refusal import Refused
from gemensam.web import labels
from gemensam.web import page as pages

# It stands otherwise by now, it is too large, it is of a type that is not taken, it does not hold. Not the reader's to
# mend in a form: rights (403), what is not there (404, 410), what no form of ours sends (400), our own faults (5xx).
MENDABLE = frozenset({409, 413, 415, 422})
SAVED = _("Saved.")


class Told(NamedTuple):
    """A refusal as a form tells it: its words, and the status of the page that has them."""

    words: str
    status: int


def told_in_form(refused: Refused, *, also: Collection[str] = ()) -> Told:
    """Return what a form tells of a refusal that the reader can mend in it; any other is raised again."""
    status = labels.status_of(refused.code)
    if status not in MENDABLE and refused.code not in also:
        raise refused
    return Told(labels.words(refused), status)


def there(space: str, path: str, anchor: str = "") -> HttpResponseRedirect:
    """Send the reader on to a page of a space."""
    return HttpResponseRedirect(f"/spaces/{space}/{path}{f'#{anchor}' if anchor else ''}")


def go_on(request: HttpRequest, done: labels.Text, where: HttpResponseRedirect) -> HttpResponseRedirect:
    """Tell on the page that comes that it is done."""
    messages.success(request, str(done))
    return where


def pressed(
    request: HttpRequest, act: Callable[[], object], done: labels.Text, where: HttpResponseRedirect, *,
    also: Collection[str] = (),
) -> HttpResponseRedirect:  # fmt: skip
    """Do what a button asks and go on; a refusal that the reader can mend is told on the page that comes.

    Raises the `Refused` of `act` where it cannot be mended.
    """
    try:
        act()
    except Refused as refused:
        messages.error(request, told_in_form(refused, also=also).words)
        return where
    return go_on(request, done, where)


def is_ready(form: forms.Form) -> bool:
    """Whether a form has been sent and holds."""
    return form.is_bound and form.is_valid()


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Draw a page with its `form`; 422 where what was sent in it does not hold.

    `seen`, what the writer had seen of what the form is about, stays as it was sent: nothing is written over that
    nobody has looked at.
    """
    drawn = {**context, **_seen(request)}
    return pages.render(request, template, drawn, status=422 if context["form"].is_bound else 200)


def _seen(request: HttpRequest) -> dict[str, str]:
    return {"seen": seen_again(request)} if "seen" in request.POST else {}


def seen_again(request: HttpRequest, refused: Refused | None = None) -> str:
    """Return what the writer had seen, for a form that is drawn again; "" where the refusal tells what stands now."""
    return "" if refused is not None and refused.code == "moved" else request.POST.get("seen", "")[:64]


def refused_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], refused: Refused, *, also: Collection[str] = ()
) -> HttpResponse:
    """Draw a form again with what was typed and the words of its `refusal`; what cannot be mended in it is raised.

    Where another has changed meanwhile what the form is about, `moved` is set, so that the page can show what stands;
    `seen` is then that, and whoever has been told may send the form once more over it.
    """
    words, status = told_in_form(refused, also=also)
    moved = {"moved": True, "seen": refused.facts.get("last", "")} if refused.code == "moved" else {}
    drawn = {**context, **_seen(request), **moved, "refusal": words}
    return pages.render(request, template, drawn, status=status)


def answered(
    request: HttpRequest, template: str, context: Mapping[str, Any], write: Callable[[], HttpResponse], *,
    also: Collection[str] = (),
) -> HttpResponse:  # fmt: skip
    """Write what the page's `form` says, and go where `write` leads; or draw it again, as `refused_page` does.

    Raises the `Refused` of `write` where it cannot be mended in the form.
    """
    if not is_ready(context["form"]):
        return form_page(request, template, context)
    try:
        return write()
    except Refused as refused:
        return refused_page(request, template, context, refused, also=also)
