"""Where a press leads back to: the page that it was made on, when the form names it and it is one of ours."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """Go to the address in the form's field `next`, or to `otherwise` where there is none or it leads elsewhere."""
    given = request.POST.get("next") or otherwise
    allowed = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(given if allowed else otherwise)
