"""Compiling a combined picture: choose sentences, write, preview, publish (R25–R28, R30).

Every press posts the whole form, so that the page works without scripts and nothing written is lost; a script
(`compile.js`) does the same in place.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_reading
from gemensam.ledger.reading import lens_for
from gemensam.picture import queries
from gemensam.picture.compile_draft import (
    SENTENCE_FIELDS,
    Chosen,
    Compilation,
    load_compilation,
    read_chosen,
    read_compilation,
    read_opened,
    save_compilation,
)
from gemensam.picture.compile_items import standing_now
from gemensam.picture.compile_moved import differences, draft_words
from gemensam.picture.compile_shown import desk_context, from_latest, preview_context, start_compilation
from gemensam.picture.compiling import publish_picture
from gemensam.picture.domain.pictures import label_of
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may
from gemensam.web.page import SpacePage

Act = Callable[[SpacePage, Compilation, str], Compilation]


@may("compile")
@require_http_methods(["GET", "POST"])
def workbench(request: Request, space: str) -> HttpResponseBase:
    """The workbench; a press of one of its buttons changes the draft and shows it again."""
    page = _page(request, space)
    if request.method == "POST":
        return _press(request, page)
    found, saved = load_compilation(page.lens, space)
    compiled = found or start_compilation(page)
    context = desk_context(page, compiled, saved, request.GET)
    entries = (one.shown.copy["entry"] for _heading, offered in context["offered"] for one in offered)
    note_reading(page.lens.principal, space, page.lens.rows(space, entries))
    return pages.render(request, "picture/compile.html", context)


@may("compile")
@require_POST
def keep_draft(request: Request, space: str) -> HttpResponse:
    """Save what is written, as one writes."""
    page = _page(request, space)
    page.require_now()
    try:
        saved = save_compilation(page.lens, space, read_compilation(request.POST), read_opened(request.POST))
    except Refused as refused:
        if refused.code != "draft_moved":
            raise
        return _not_saved(page)
    return HttpResponse(status=204, headers={"X-Draft-Version": saved.version})


def _not_saved(page: SpacePage) -> HttpResponse:
    """What the page's script tells the writer, who then chooses: somebody else has saved something else."""
    _found, saved = load_compilation(page.lens, page.space)
    told = {"text": draft_words(page, saved), "version": saved.version if saved is not None else 0}
    return JsonResponse(told, status=409)


@may("compile")
@require_GET
def preview(request: Request, space: str) -> HttpResponseBase:
    """The picture as publishing now would make it, and who would read it."""
    page = _page(request, space)
    found, _saved = load_compilation(page.lens, space)
    if found is None:
        return HttpResponseRedirect(f"/spaces/{space}/compile/")
    try:
        context = preview_context(page, found)
    except Refused as refused:
        return _back(request, page, refused)
    return pages.render(request, "picture/preview.html", context)


@may("publish_picture")
@require_POST
def publish(request: Request, space: str) -> HttpResponseBase:
    """Publish the draft as it was previewed."""
    page = _page(request, space)
    page.require_now()
    found, saved = load_compilation(page.lens, space)
    if found is None:
        return HttpResponseRedirect(f"/spaces/{space}/pictures/")
    if str(saved.version if saved else "") != request.POST.get("version", ""):
        return _back(request, page, Refused("picture_draft_moved"))
    circle = request.POST.get("circle", "")
    try:
        done = publish_picture(
            page.lens, space, found, circle=int(circle) if circle.isdecimal() else None,
            key=request.POST.get("key", "")[:100],
        )  # fmt: skip
    except Refused as refused:
        return _back(request, page, refused)
    label = _label(page, done.receipt.subject)
    messages.success(request, _("Combined picture no. %(number)s has been published.") % {"number": label})
    return HttpResponseRedirect(f"/spaces/{space}/pictures/{label}/")


def _label(page: SpacePage, subject: str) -> str:
    """The number that a picture just got: read by a lens that is younger than it."""
    state = lens_for(page.lens.principal).state(page.space)
    thing = state.thing(subject)
    return label_of(state, thing) if thing is not None else ""


def _page(request: Request, space: str) -> SpacePage:
    return pages.space_page(request, space, queries.KINDS_WITH_PICTURE)


def _press(request: Request, page: SpacePage) -> HttpResponseBase:
    """Do what the pressed button says, keep the draft, and show the workbench again."""
    page.require_now()
    try:
        compiled = _acted(page, read_compilation(request.POST), request.POST)
        save_compilation(page.lens, page.space, compiled, read_opened(request.POST))
    except Refused as refused:
        return _back(request, page, refused)
    here = "preview/" if "preview" in request.POST else ""
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"/spaces/{page.space}/compile/{here}" + (f"?{query}" if query and not here else ""))


def _back(request: Request, page: SpacePage, refused: Refused) -> HttpResponse:
    """Show the workbench with what was refused, and everything that was written still in it."""
    found, saved = load_compilation(page.lens, page.space)
    if request.method == "POST" and "stated_at" in request.POST:
        found = _readable(request.POST) or found
    context = desk_context(page, found or start_compilation(page), saved, request.GET)
    context["error"] = labels.words(refused)
    opened = read_opened(request.POST)
    if refused.code == "draft_moved":
        # The next press keeps one's own: what stands in the draft has been seen.
        context["moved"] = {"text": draft_words(page, saved), "differences": differences(page, saved, found)}
        context["writer"] = opened.writer
    elif request.method == "POST" and "stated_at" in request.POST:
        context |= {"draft_version": opened.version, "writer": opened.writer}
    return pages.render(request, "picture/compile.html", context, status=labels.status_of(refused.code))


def _readable(post: QueryDict) -> Compilation | None:
    try:
        return read_compilation(post)
    except Refused:
        return None


def _acted(page: SpacePage, compiled: Compilation, post: QueryDict) -> Compilation:
    for name, act in ACTS.items():
        if name in post:
            return act(page, compiled, post.get(name, ""))
    return compiled


def _add(page: SpacePage, compiled: Compilation, value: str) -> Compilation:
    return compiled.add(read_chosen(value))


def _add_sentence(page: SpacePage, compiled: Compilation, value: str) -> Compilation:
    """Put the sentence that is being written under its heading; it is saved as a statement when published."""
    sentence = {name: compiled.sentence.get(name, "") for name in SENTENCE_FIELDS}
    if not sentence["text"].strip():
        raise Refused("text_missing")
    heading = compiled.sentence.get("heading", "")
    return replace(compiled.add(Chosen(heading, sentence=sentence)), sentence={})


def _at_place(act: Callable[[Compilation, int], Compilation]) -> Act:
    def acted(_page_found: SpacePage, compiled: Compilation, value: str) -> Compilation:
        if not value.isdecimal() or int(value) >= len(compiled.chosen):
            raise Refused("bad_request")
        return act(compiled, int(value))

    return acted


def _renew(page: SpacePage, compiled: Compilation, value: str) -> Compilation:
    """Take a chosen sentence as its entry says it now; one that was taken back goes out."""
    place = int(value) if value.isdecimal() else -1
    if not 0 <= place < len(compiled.chosen):
        raise Refused("bad_request")
    one = compiled.chosen[place]
    now = standing_now(page.lens, page.space, one.subject, one.part)
    return compiled.put(place, replace(one, entry=now.entry)) if now is not None else compiled.remove(place)


def _start_from_latest(page: SpacePage, compiled: Compilation, value: str) -> Compilation:
    return from_latest(page, compiled)


def _clear(page: SpacePage, compiled: Compilation, value: str) -> Compilation:
    return start_compilation(page)


ACTS: Mapping[str, Act] = {
    "add": _add,
    "add_sentence": _add_sentence,
    "remove": _at_place(lambda compiled, place: compiled.remove(place)),
    "up": _at_place(lambda compiled, place: compiled.move(place, -1)),
    "down": _at_place(lambda compiled, place: compiled.move(place, 1)),
    "renew": _renew,
    "from_latest": _start_from_latest,
    "clear": _clear,
}
