"""The joint office's own pages of answer links: making one, which is shown once, and revoking it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gemensam.consultation import link_commands
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.link_forms import DAY_MS, LinkForm
from gemensam.consultation.link_queries import asked_of, times_of
from gemensam.consultation.queries import get_remiss
from gemensam.consultation.view_parts import Speech, at, draw_again, pressed, writable
from gemensam.consultation.views import about
from gemensam.core.refusal import Refused
from gemensam.picture.domain.links import LinkFor
from gemensam.web import page as pages
from gemensam.web.access import Request, may


@may(GOVERN)
@require_POST
def make_link(request: Request, space: str, subject: str) -> HttpResponse:
    """Make a link. It is shown once, here; it is kept nowhere."""
    page = writable(request, space)
    remiss, speech = get_remiss(page.lens, space, subject, page.moment), Speech(page)
    form = LinkForm(request.POST, asked=asked_of(remiss, speech))
    context = {**about(page, remiss, speech), "link_form": form}
    if not form.is_valid():
        return pages.render(request, "consultation/link_new.html", context, status=422)
    given = form.cleaned_data
    try:
        wanted = LinkFor(given["organisation"], given["label"], given["days"] * DAY_MS)
        made = link_commands.make_link(page.lens, space, remiss.thing, wanted)
    except Refused as refused:
        return draw_again(request, "consultation/link_new.html", context, refused)
    shown = {
        "address": request.build_absolute_uri(reverse("remiss-answer", args=[made.raw])), "link": made.link,
        "organisation": speech.organisation(made.link.organisation),
        "expires_at": times_of(made.link).expires_at(remiss.data.deadline_at),
    }  # fmt: skip
    response = pages.render(request, "consultation/link_made.html", {**context, **shown})
    response["Cache-Control"] = "no-store"
    return response


@may(GOVERN)
@require_POST
def revoke_link(request: Request, space: str, subject: str, link: int) -> HttpResponse:
    """Make a link worthless."""
    page = writable(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    where = at(space, subject, "answers/#links")
    return pressed(request, lambda: link_commands.revoke_link(page.lens, space, remiss.thing, link),
                   _("The link is revoked. It can no longer be used."), where)  # fmt: skip
