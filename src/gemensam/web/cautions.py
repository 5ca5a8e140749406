"""The page between a press and what it would write: something is asked first, and one more press goes on (R96, R49).

One place for every form: where the ledger has asked about something that was sent and not answered (`ledger.cautions`),
the reader gets this page instead of the form's own. All that was sent stands in it, what it is about to be changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from gemensam.core.personal_numbers import find_personal_numbers
from gemensam.ledger.cautions import PERSONAL_NUMBER, Caution, heeding
from gemensam.web.access import is_fragment

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HEEDED = "heeded"  # the field that carries the answers, as tokens with spaces between
NOT_KEPT = frozenset({HEEDED, "csrfmiddlewaretoken"})
MOST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class Field:
    """Something that was sent; `numbers`: the personal numbers that its text seems to hold, to be changed here."""

    name: str
    value: str
    numbers: tuple[str, ...] = ()


def asked_first(get_response: GetResponse) -> GetResponse:
    """Ask about what a form would write, and go on when it is sent once more with the answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or request.path.startswith("/api/"):
            return get_response(request)
        answered = request.POST.get(HEEDED, "").split()[:MOST_ANSWERS]
        with heeding(answered) as held:
            response = get_response(request)
        if not held.asked or is_fragment(request):
            return response
        return _question(request, answered, held.asked)

    return middleware


def _question(request: HttpRequest, answered: Iterable[str], asked: list[Caution]) -> HttpResponse:
    from gemensam.web.page import render

    list(get_messages(request))  # what the form would have said of its refusal
    first = asked[0].code
    asked = [one for one in asked if one.code == first]
    fields = [
        Field(name, value, find_personal_numbers([value]) if first == PERSONAL_NUMBER else ())
        for name, values in request.POST.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    context = {
        "asked": asked,
        "fields": fields,
        "answered": " ".join(answered),
        "heeded": " ".join([*answered, *(one.token for one in asked)]),
        "action": request.get_full_path(),
        "has_draft": "draft_version" in request.POST,
        "has_texts": any(one.numbers for one in fields),
        "has_files": bool(request.FILES),
    }
    return render(request, f"web/caution_{first}.html", context, status=422)
