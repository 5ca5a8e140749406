"""Pages of the steering documents: what was in force on a day and for whom, one document, and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.governance import document_commands as commands
from gemensam.governance.adoption_drawing import draw_board, legend
from gemensam.governance.adoption_queries import Rules, board_for, is_four_eyed
from gemensam.governance.document_forms import (
    AdoptForm,
    DocumentForm,
    EndForm,
    ReasonForm,
    RuleForm,
    SendForm,
    link_text,
)
from gemensam.governance.document_queries import (
    DocumentShown,
    document_words,
    get_document_for,
    list_documents_for,
    spaces_of,
)
from gemensam.governance.document_shown import document_rows, document_shown
from gemensam.governance.queries import list_periods_for
from gemensam.governance.view_parts import (
    OF_ANOTHER,
    chosen,
    history,
    kept_files,
    lists_of,
    member_choices,
    page_of,
    sent_of,
    shared_key,
    store_upload,
    writable,
)
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, go_on, pressed, there
from gemensam.web.fragments import kept_fragment
from gemensam.web.labels import Text
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

STANDING = "standing"
FORM = "governance/document_form.html"


@signed_in
@require_GET
def show_governance(request: Request) -> HttpResponseBase:
    """What was in force on a day, and for whom: the documents in their hierarchy, and members × documents."""
    choice = chosen(request)
    key = shared_key(request, choice, "governance")

    def draw_part() -> str:
        board = board_for(request.lens, choice.day, choice.moment)
        drawn = {"matrix": draw_board(board, choice.query) if board.documents else "", "legend": legend()}
        rows = document_rows(request.lens, board, choice)
        return render_to_string("governance/_documents.html", {"choice": choice, "rows": rows, **drawn})

    def draw() -> HttpResponse:
        context = {
            "choice": choice,
            "periods": list_periods_for(request.lens),
            "part": kept_fragment(key, draw_part).text,
            "may_govern": request.lens.may("govern") and not choice.moment.historical,
            "may_register": request.lens.may("register_decision") and not choice.moment.historical,
        }
        return pages.render(request, "governance/documents.html", context)

    return pages.conditional(request, (key, request.lens.version), draw)


@may("govern")
@require_http_methods(["GET", "POST"])
def new_document(request: Request) -> HttpResponse:
    """Enter a document in a period's space, or in the standing one."""
    form = _document_form(request, None)
    context: dict[str, Any] = {"form": form, "document": None, "files": ()}

    def enter() -> HttpResponse:
        space = form.cleaned_data["space"]
        stored = store_upload(request.lens, space, form.cleaned_data["upload"], permission="govern")
        given = form.given(kept_files(request, (), stored))
        receipt = commands.enter_document(request.lens, space, given, key=sent_of(request).key)
        return go_on(request, _("The document is entered."), there(space, f"documents/{receipt.subject}/"))

    return answered(request, FORM, context, enter, also=OF_ANOTHER)


@may("govern")
@require_http_methods(["GET", "POST"])
def revise_document(request: Request, space: str, subject: str) -> HttpResponse:
    """Say another version of what is said of a document; one that was ended holds again."""
    page = writable(request, space)
    document = get_document_for(page.lens, space, subject)
    files = document_words(page.lens, document).get("files", ())
    form = _document_form(request, document)
    seen = document.data.content
    context = {"form": form, "document": document, "files": files, "seen": seen, "stands": document}

    def revise() -> HttpResponse:
        stored = store_upload(page.lens, space, form.cleaned_data["upload"], permission="govern")
        given = form.given(kept_files(request, files, stored))
        commands.revise_document(page.lens, space, subject, given, sent=sent_of(request))
        return go_on(request, _("The new version is saved."), _to(document))

    return answered(request, FORM, context, revise, also=OF_ANOTHER)


def _document_form(request: Request, document: DocumentShown | None) -> DocumentForm:
    lens = request.lens
    spaces = [(info.id, title_of(lens, info)) for info in spaces_of(lens) if not info.closed]
    others = [each for each in list_documents_for(lens) if document is None or each.link != document.link]
    choices = [(link_text(each.link), each.data.code) for each in others]
    lists = lists_of(lens, document.space if document is not None else STANDING)
    posted = request.POST if request.method == "POST" else None
    first = _initial(request, document)
    form = DocumentForm(posted, request.FILES or None, lists=lists, spaces=spaces, documents=choices, initial=first)
    if document is not None:
        form.fields["space"].required = False  # a document stays where it was entered
        form.fields["space"].widget = forms.HiddenInput()
    return form


def _initial(request: Request, document: DocumentShown | None) -> dict[str, Any]:
    if document is None:
        return {"space": request.GET.get("space", STANDING), "type": "malbild"}
    told = document_words(request.lens, document)
    data = document.data
    named = ("type", "code", "title", "version", "dated", "valid_from", "valid_until", "note")
    links = {"part_of": link_text(data.part_of), "supersedes": [link_text(each) for each in data.supersedes]}
    parts = [part["title"] for part in told.get("parts", ())]
    return {**{name: told.get(name, "") for name in named}, **links, "parts": parts, "space": document.space}


@signed_in
@require_GET
def show_document(request: Request, space: str, subject: str) -> HttpResponse:
    """One document: what it says of itself, its place in the hierarchy, its files, its steps, its history."""
    page = page_of(request, space)
    return _draw(request, page, get_document_for(page.lens, space, subject, page.moment))


def _draw(
    request: Request, page: SpacePage, document: DocumentShown, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    context = {
        "document": document,
        "shown": document_shown(page, document, lists_of(page.lens, page.space)),
        "trace": history(page, document.subject),
        "may_govern": page.may("govern"),
        "may_register": page.may("register_decision") and not document.is_withdrawn,
        **{f"{name}_form": step.form(page, document, None) for name, step in STEPS.items()},
        "reason_form": ReasonForm(),
        "four_eyes": is_four_eyed(document, Rules(page.lens)),
        **more,
    }
    return pages.render(request, "governance/document.html", context, status=status)


def _ruled(document: DocumentShown) -> dict[str, str]:
    """Return what the form of the rule starts with."""
    eyes = {True: "1", False: "0", None: ""}[document.data.four_eyes]
    return {"four_eyes": eyes, **{f"counts_{outcome}": counts for outcome, counts in document.data.counts}}


@dataclass(frozen=True, slots=True)
class Step:
    """What can be said of a document on its page: the form, what is read of it, the command, and what is told then."""

    form: Callable[[SpacePage, DocumentShown, Any], forms.Form]
    told: Callable[[Any], Any]
    write: Callable[..., object]
    done: Text


STEPS = {
    # To which members the document went out.
    "send": Step(
        lambda page, _document, data: SendForm(data, members=member_choices(page.lens)),
        SendForm.sent, commands.send_document, _("It is recorded to whom the document went out."),
    ),
    # That a body of the network adopted it.
    "adopt": Step(
        lambda page, _document, data: AdoptForm(data, lists=lists_of(page.lens, page.space)),
        AdoptForm.adopted, commands.adopt_document, _("The network's own step is recorded. It binds no member."),
    ),
    # What counts as adopted.
    "rule": Step(
        lambda page, document, data: RuleForm(data, lists=lists_of(page.lens, page.space), initial=_ruled(document)),
        RuleForm.ruled, commands.rule_adoption, _("What counts as adopted is set. The matrix shows it now."),
    ),
    # That it no longer holds.
    "end": Step(
        lambda _page, _document, data: EndForm(data),
        EndForm.ended, commands.withdraw_document, _("The document is ended. Revise it to let it hold again."),
    ),
}  # fmt: skip


@may("govern")
@require_POST
def add_step(request: Request, space: str, subject: str, step: str) -> HttpResponse:
    """Say one of `STEPS` of a document, in its form on the document's page."""
    page, said = writable(request, space), STEPS[step]
    document = get_document_for(page.lens, space, subject)
    form = said.form(page, document, request.POST)
    if not form.is_valid():
        return _draw(request, page, document, status=422, opened=step, **{f"{step}_form": form})
    key = sent_of(request).key
    return pressed(
        request, lambda: said.write(page.lens, space, subject, said.told(form), key=key), said.done,
        _to(document), also=OF_ANOTHER,
    )  # fmt: skip


@may("govern")
@require_POST
def take_back_step(request: Request, space: str, subject: str) -> HttpResponse:
    """Take back a sending or an adoption that was entered wrongly."""
    page = writable(request, space)
    document = get_document_for(page.lens, space, subject)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, document, status=422, reason_form=form, opened="steps")
    step = (request.POST.get("step", "")[:64], form.cleaned_data["reason"])
    key = sent_of(request).key
    return pressed(
        request, lambda: commands.take_back_step(page.lens, space, subject, step, key=key),
        _("The step is taken back; it stays in the history."), _to(document), also=OF_ANOTHER,
    )  # fmt: skip


def _to(document: DocumentShown) -> HttpResponseRedirect:
    return there(document.space, f"documents/{document.subject}/")
