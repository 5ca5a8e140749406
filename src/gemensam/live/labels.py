"""Words for the refusals of a stream, in the language of whoever asks."""

from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_from_request, gettext, override


def gettext_noop(message: str) -> str:
    """Mark a text for translation; Django's own wants settings, which the hub does without."""
    return message


REFUSALS = {
    "not_signed_in": gettext_noop("Sign in first."),
    "not_found": gettext_noop("There is nothing here, or it is not shared with you."),
    "method_not_allowed": gettext_noop("This address cannot be used in that way."),
    "cursor_not_understood": gettext_noop("The place to continue from could not be read."),
    "too_many_streams": gettext_noop(
        "This account already follows in too many places. Close one, or try again in a minute."
    ),
    "closing": gettext_noop("The server is restarting. Try again in a moment."),
}


def words(code: str, scope: Mapping[str, Any]) -> str:
    """What the person is told; in English where Django is not configured (the hub stands without it)."""
    if not settings.configured:
        return REFUSALS[code]
    with override(_language(scope)):
        return gettext(REFUSALS[code])


def _language(scope: Mapping[str, Any]) -> str:
    from django.http import HttpRequest

    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    request = HttpRequest()
    request.COOKIES = {name: morsel.value for name, morsel in SimpleCookie(headers.get(b"cookie", "")).items()}
    request.META["HTTP_ACCEPT_LANGUAGE"] = headers.get(b"accept-language", "")
    return get_language_from_request(request)
