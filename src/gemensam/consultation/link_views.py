"""The joint office's own pages of answer links: making one, which is shown once, and revoking it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gemensam.answer_links.pages import made_page
from gemensam.consultation import link_commands
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.link_parts import form_for
from gemensam.consultation.link_queries import of_remiss
from gemensam.consultation.queries import get_remiss
from gemensam.consultation.view_parts import Speech, at, to_remiss, writable
from gemensam.consultation.views import about
from gemensam.web.access import Request, may
from gemensam.web.answering import answered, pressed


@may(GOVERN)
@require_POST
def make_link(request: Request, space: str, subject: str) -> HttpResponse:
    """Make a link. It is shown once, here; it is kept nowhere."""
    page = writable(request, space)
    remiss, speech = get_remiss(page.lens, space, subject, page.moment), Speech(page)
    form = form_for(remiss, speech, request.POST)
    context = {
        **about(page, remiss, speech), "form": form, "link_form": form, "links_at": at(space, subject, "links/")
    }  # fmt: skip

    def make() -> HttpResponse:
        made = link_commands.make_link(page.lens, of_remiss(page, remiss), form.wanted())
        told = {**context, "organisation": speech.organisation(made.link.organisation)}
        return made_page(request, "consultation/link_made.html", told, made, "remiss-answer")

    return answered(request, "consultation/link_new.html", context, make)


@may(GOVERN)
@require_POST
def revoke_link(request: Request, space: str, subject: str, link: int) -> HttpResponse:
    """Make a link worthless."""
    page = writable(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    where = to_remiss(space, subject, "answers/", "links")
    return pressed(request, lambda: link_commands.revoke_link(page.lens, of_remiss(page, remiss), link),
                   _("The link is revoked. It can no longer be used."), where)  # fmt: skip
