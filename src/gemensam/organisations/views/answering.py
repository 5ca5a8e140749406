"""What the forms of this room share: written and gone on from, or drawn again; what the writer saw, and the key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect

from gemensam.core.refusal import Refused
from gemensam.web.access import Request
from gemensam.web.answering import SAVED, answered, go_on


@dataclass(frozen=True)
class Act:
    """A form, what writes it when it is valid, and where one comes then."""

    form: forms.Form
    write: Callable[[], None]
    done: str
    template: str


def answer(request: Request, act: Act, context: Mapping[str, Any]) -> HttpResponse:
    """Write and redirect, or draw the form with what is wrong; raises as `answered`."""

    def write() -> HttpResponse:
        act.write()
        return go_on(request, SAVED, HttpResponseRedirect(act.done))

    return answered(request, act.template, {"form": act.form, **context}, write)


def seen(request: Request) -> str:
    """The entry that the writer saw; a form without it is not one of ours."""
    found = request.POST.get("seen", "")
    if not found:
        raise Refused("bad_request")
    return found[:64]


def key_of(request: Request) -> str:
    """The form's idempotency key."""
    return request.POST.get("key", "")[:100]
