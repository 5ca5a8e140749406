"""Pages of accounts: our people, invitations, choosing a function, my account."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.accounts import commands, queries
from gemensam.accounts.domain import SignIn, administers, require_administering
from gemensam.accounts.forms import AcceptForm, AppointForm, InviteForm
from gemensam.accounts.mail import send_invitation
from gemensam.accounts.names import Names
from gemensam.accounts.rights import directory
from gemensam.core.refusal import Refused
from gemensam.web import labels, page, times
from gemensam.web.access import Request, open_to_all, principal_of, signed_in

PEOPLE_PER_PAGE = 50


@signed_in
@require_GET
def people(request: Request) -> HttpResponse:
    """Accounts of an organisation, invitations that wait, and what can be done about both."""
    return _draw_people(request, _organisation(request))


@signed_in
@require_http_methods(["GET", "POST"])
@never_cache
def invite(request: Request) -> HttpResponse:
    """Invite to a function. The link is shown once, here; it is kept nowhere."""
    organisation = _organisation(request)
    names = Names(request.lens.directory)
    form = InviteForm(request.POST or None, functions=names.choices(organisation))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        invited = commands.invite(
            principal_of(request), email=given["email"], function=given["function"], now=times.now()
        )
        return _draw_invited(request, invited, names)
    context = {"form": form, "organisation": names.organisation(organisation), "of": organisation}
    return page.render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def appoint(request: Request) -> HttpResponse:
    """Give an account of the organisation one more function."""
    organisation = _organisation(request)
    names = Names(request.lens.directory)
    form = AppointForm(request.POST, functions=names.choices(organisation))
    if not form.is_valid():
        return _draw_people(request, organisation, form)
    given = form.cleaned_data
    try:
        commands.appoint(
            principal_of(request),
            username=given["username"],
            function=given["function"],
            until=form.until(),
            now=times.now(),
        )
    except Refused as refused:
        form.add_error(None, labels.words(refused))
        return _draw_people(request, organisation, form)
    messages.success(request, _("The function was given."))
    return _to_people(organisation)


@signed_in
@require_POST
def end_appointment(request: Request, appointment: int) -> HttpResponseRedirect:
    """End an appointment now."""
    ended = commands.end_appointment(principal_of(request), appointment, now=times.now())
    messages.success(request, _("The function was ended."))
    return _to_people(ended.organisation)


@signed_in
@require_POST
def withdraw_invitation(request: Request, invitation: int) -> HttpResponseRedirect:
    """Make an invitation's link worthless."""
    commands.withdraw_invitation(principal_of(request), invitation, now=times.now())
    messages.success(request, _("The invitation was withdrawn."))
    return _back(request)


@signed_in
@require_POST
def remove_second_factor(request: Request, account: str) -> HttpResponseRedirect:
    """Take away the second factor of someone who has lost it."""
    commands.remove_second_factor(principal_of(request), account)
    messages.success(request, _("The second factor was removed. A new one is asked for at the next sign-in."))
    return _back(request)


@signed_in
@require_POST
def allow_again(request: Request, account: str) -> HttpResponseRedirect:
    """Let in an account that was shut out for not having been used."""
    commands.allow_again(principal_of(request), account, now=times.now())
    messages.success(request, _("The account may sign in again."))
    return _back(request)


@signed_in
@require_POST
def revoke_token(request: Request, token: int) -> HttpResponseRedirect:
    """Make an API token worthless."""
    commands.revoke_token(principal_of(request), token, now=times.now())
    messages.success(request, _("The token was revoked."))
    return _back(request)


@open_to_all
@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password", "again")
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose login name and password. Looking at the page does not use the link up: mail programs look too."""
    invitation = commands.find_invitation(token, now=times.now())
    names = Names(directory())
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _accepted(token, form):
        messages.success(request, _("The account is ready. Sign in, and then set up your second factor."))
        return redirect(settings.LOGIN_URL)
    context = {
        "form": form,
        "invitation": invitation,
        "function": names.function(invitation.function),
        "organisation": names.organisation(invitation.organisation),
    }
    return page.render(request, "accounts/accept.html", context, status=422 if form.errors else 200)


@open_to_all
@require_http_methods(["GET", "POST"])
def choose_function(request: HttpRequest) -> HttpResponse:
    """Choose as what one acts in this session; also says so where there is nothing to choose."""
    sign_in: SignIn | None = request.sign_in  # type: ignore[attr-defined]
    if sign_in is None:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        commands.choose_function(request.session, sign_in, request.POST.get("function", ""))
        return HttpResponseRedirect(_next(request))
    names = Names(directory())
    posts = [(post, names.organisation(post.organisation), names.function(post.function)) for post in sign_in.posts]
    chosen = sign_in.post.function if sign_in.post else ""
    context = {"posts": posts, "chosen": chosen, "next": _next(request), "username": sign_in.username}
    return page.render(request, "accounts/choose_function.html", context)


@signed_in
@require_GET
def my_account(request: Request) -> HttpResponse:
    """One's own functions, last sign-in, second factor and tokens."""
    user = User.objects.get(pk=principal_of(request).account)
    names = Names(request.lens.directory)
    context = {
        "account": user,
        "appointments": [(held, *names.of(held)) for held in queries.appointments_of(user)],
        "tokens": [(token, names.function(token.function)) for token in queries.tokens_of(user)],
        "last_sign_in_at": times.instant(user.last_login) if user.last_login else None,
        "second_factor": queries.has_second_factor(user),
    }
    return page.render(request, "accounts/my_account.html", context)


def _draw_people(request: Request, organisation: str, form: AppointForm | None = None) -> HttpResponse:
    names = Names(request.lens.directory)
    at = times.now()
    found = Paginator(queries.accounts_of(organisation, at), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form or AppointForm(functions=names.choices(organisation)),
        "of": organisation,
        "organisation": names.organisation(organisation),
        "organisations": names.organisations() if "administer" in principal_of(request).permissions else [],
        "paged": found,
        "people": [
            (person, [(held, names.function(held.function)) for held in person.appointments])
            for person in queries.list_people(found.object_list, organisation, at)
        ],
        "invitations": [
            (invitation, names.function(invitation.function))
            for invitation in queries.open_invitations(organisation, at)
        ],
        "unused_days": settings.GEMENSAM_UNUSED_DAYS,
        "may_review": "review" in principal_of(request).permissions,
    }
    return page.render(request, "accounts/people.html", context, status=422 if form else 200)


def _draw_invited(request: Request, invited: commands.Invited, names: Names) -> HttpResponse:
    invitation = invited.invitation
    link = request.build_absolute_uri(reverse("invitation", args=[invited.raw]))
    function, organisation = names.function(invitation.function), names.organisation(invitation.organisation)
    sent = send_invitation(invitation, link=link, function=function, organisation=organisation)
    context = {
        "invitation": invitation,
        "link": link,
        "sent": sent,
        "function": function,
        "organisation": organisation,
        "of": invitation.organisation,
    }
    response = page.render(request, "accounts/invited.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _accepted(token: str, form: AcceptForm) -> bool:
    given = form.cleaned_data
    try:
        commands.accept_invitation(token, username=given["username"], password=given["password"], now=times.now())
    except Refused as refused:
        if refused.code.startswith("invitation_"):
            raise
        form.add_error("password" if refused.code == "password_weak" else "username", labels.words(refused))
        return False
    return True


def _organisation(request: Request) -> str:
    """The organisation that the page is about: one's own, or for the joint office any; 403 for other people's."""
    principal = principal_of(request)
    given = request.POST.get("organisation") or request.GET.get("organisation") or principal.organisation
    require_administering(principal, given if administers(principal, given) else "")
    return given


def _to_people(organisation: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('people')}?organisation={organisation}")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(_next(request, reverse("my_account")))


def _next(request: HttpRequest, otherwise: str = "/") -> str:
    given = request.POST.get("next") or request.GET.get("next") or otherwise
    allowed = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if allowed else otherwise
