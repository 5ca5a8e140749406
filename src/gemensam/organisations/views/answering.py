"""How a page with a form is answered: written and gone on from, or drawn again with what was refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request


@dataclass(frozen=True)
class Act:
    """A form, what writes it when it is valid, and where one comes then."""

    form: forms.Form
    write: Callable[[], None]
    done: str
    template: str


def answer(request: Request, act: Act, context: Mapping[str, Any]) -> HttpResponse:
    """Write and redirect, or draw the form (422 with what is wrong)."""
    refusal = ""
    if request.method == "POST" and act.form.is_valid():
        try:
            act.write()
        except Refused as refused:
            refusal = labels.words(refused)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(act.done)
    status = 422 if act.form.errors or refusal else 200
    return pages.render(request, act.template, {"form": act.form, "refusal": refusal, **context}, status=status)


def seen(request: Request) -> str:
    """The entry that the writer saw (`based_on`); a form without it is not one of ours."""
    found = request.POST.get("based_on", "")
    if not found:
        raise Refused("bad_request")
    return found[:64]


def key_of(request: Request) -> str:
    """The form's idempotency key."""
    return request.POST.get("key", "")[:100]
