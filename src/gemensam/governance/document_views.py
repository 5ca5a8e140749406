"""Pages of the steering documents: what was in force on a day and for whom, one document, and what is said of it."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
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
    chosen,
    form_page,
    history,
    is_ready,
    kept_files,
    lists_of,
    member_choices,
    page_of,
    pressed,
    saved,
    sent_of,
    shared_key,
    store_upload,
    writable,
)
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.fragments import kept_fragment
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

STANDING = "standing"


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
    if not is_ready(form):
        return form_page(request, "governance/document_form.html", context)
    space, done = form.cleaned_data["space"], list[str]()

    def enter() -> None:
        stored = store_upload(request.lens, space, form.cleaned_data["upload"], permission="govern")
        given = form.given(kept_files(request, (), stored))
        done.append(commands.enter_document(request.lens, space, given, key=sent_of(request).key).subject)

    if refused := saved(request, form, enter, _("The document is entered.")):
        return form_page(request, "governance/document_form.html", context, refused)
    return HttpResponseRedirect(f"/spaces/{space}/documents/{done[0]}/")


@may("govern")
@require_http_methods(["GET", "POST"])
def revise_document(request: Request, space: str, subject: str) -> HttpResponse:
    """Say another version of what is said of a document; one that was ended holds again."""
    page = writable(request, space)
    document = get_document_for(page.lens, space, subject)
    before = document_words(page.lens, document)
    form = _document_form(request, document)
    seen = request.POST.get("seen") or document.data.content
    context = {"form": form, "document": document, "files": before.get("files", ()), "seen": seen}
    if not is_ready(form):
        return form_page(request, "governance/document_form.html", context)

    def revise() -> None:
        stored = store_upload(page.lens, space, form.cleaned_data["upload"], permission="govern")
        given = form.given(kept_files(request, before.get("files", ()), stored))
        commands.revise_document(page.lens, space, subject, given, sent=sent_of(request))

    if refused := saved(request, form, revise, _("The new version is saved.")):
        context["seen"] = document.data.content  # the person has been told, and sees what stands now
        return form_page(request, "governance/document_form.html", {**context, "stands": document}, refused)
    return HttpResponseRedirect(_address(document))


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
    lists = lists_of(page.lens, page.space)
    context = {
        "document": document,
        "shown": document_shown(page, document, lists),
        "trace": history(page, document.subject),
        "may_govern": page.may("govern"),
        "may_register": page.may("register_decision") and not document.is_withdrawn,
        "send_form": SendForm(members=member_choices(page.lens)),
        "adopt_form": AdoptForm(lists=lists),
        "rule_form": RuleForm(lists=lists, initial=_ruled(document)),
        "end_form": EndForm(),
        "reason_form": ReasonForm(),
        "four_eyes": is_four_eyed(document, Rules(page.lens)),
        **more,
    }
    return pages.render(request, "governance/document.html", context, status=status)


def _ruled(document: DocumentShown) -> dict[str, str]:
    eyes = {True: "1", False: "0", None: ""}[document.data.four_eyes]
    return {"four_eyes": eyes, **{f"counts_{outcome}": counts for outcome, counts in document.data.counts}}


@may("govern")
@require_POST
def send_document(request: Request, space: str, subject: str) -> HttpResponse:
    """Record that the document went out to members."""
    page = writable(request, space)
    document = get_document_for(page.lens, space, subject)
    form = SendForm(request.POST, members=member_choices(page.lens))
    if not form.is_valid():
        return _draw(request, page, document, status=422, send_form=form, opened="send")
    key = sent_of(request).key
    return pressed(
        request, lambda: commands.send_document(page.lens, space, subject, form.sent(), key=key),
        _("It is recorded to whom the document went out."), _address(document),
    )  # fmt: skip


@may("govern")
@require_POST
def adopt_document(request: Request, space: str, subject: str) -> HttpResponse:
    """Record that a body of the network adopted the document."""
    page = writable(request, space)
    document = get_document_for(page.lens, space, subject)
    form = AdoptForm(request.POST, lists=lists_of(page.lens, space))
    if not form.is_valid():
        return _draw(request, page, document, status=422, adopt_form=form, opened="adopt")
    key = sent_of(request).key
    return pressed(
        request, lambda: commands.adopt_document(page.lens, space, subject, form.adopted(), key=key),
        _("The network's own step is recorded. It binds no member."), _address(document),
    )  # fmt: skip


@may("govern")
@require_POST
def rule_adoption(request: Request, space: str, subject: str) -> HttpResponse:
    """Set what counts as adopted for the document."""
    page = writable(request, space)
    document = get_document_for(page.lens, space, subject)
    form = RuleForm(request.POST, lists=lists_of(page.lens, space))
    if not form.is_valid():
        return _draw(request, page, document, status=422, rule_form=form, opened="rule")
    key = sent_of(request).key
    return pressed(
        request, lambda: commands.rule_adoption(page.lens, space, subject, form.ruled(), key=key),
        _("What counts as adopted is set. The matrix shows it now."), _address(document),
    )  # fmt: skip


@may("govern")
@require_POST
def withdraw_document(request: Request, space: str, subject: str) -> HttpResponse:
    """Say that the document no longer holds."""
    page = writable(request, space)
    document = get_document_for(page.lens, space, subject)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, document, status=422, end_form=form, opened="end")
    key = sent_of(request).key
    return pressed(
        request, lambda: commands.withdraw_document(page.lens, space, subject, form.ended(), key=key),
        _("The document is ended. Revise it to let it hold again."), _address(document),
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
        _("The step is taken back; it stays in the history."), _address(document),
    )  # fmt: skip


def _address(document: DocumentShown) -> str:
    return f"/spaces/{document.space}/documents/{document.subject}/"
