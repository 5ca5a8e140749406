"""Opening a space with its readers shown before; a page about each space; closing, taking readers out, lists."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.core.feed import FeedName
from gemensam.core.policy import DIRECTORY, STANDING, SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger.domain import NodeData, SealData, SpaceData
from gemensam.ledger.ids import uuid7
from gemensam.ledger.labels import SPACE_KINDS
from gemensam.ledger.reading import Lens
from gemensam.organisations import domain, queries
from gemensam.organisations.commands import spaces as commands
from gemensam.organisations.commands.spaces import ALWAYS_THERE, Reader, SpaceGiven
from gemensam.organisations.forms.directory import ReasonForm
from gemensam.organisations.forms.spaces import SpaceForm
from gemensam.organisations.names import function_name, in_language, organisation_choices, organisation_name
from gemensam.organisations.views.answering import Act, answer, seen
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.spaces import beats, title_of

_NEW_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@may("open_space")
@require_http_methods(["GET", "POST"])
def open_space(request: Request) -> HttpResponse:
    """Say what it is for and who reads; see the exact list; open."""
    lens = request.lens
    parent = _parent(lens, request.POST.get("parent") or request.GET.get("parent", ""))
    form = SpaceForm(request.POST or None, within=parent is not None)
    readers = _readers(request)
    context: dict[str, Any] = {
        "form": form,
        "parent": parent,
        "parent_title": title_of(lens, parent) if parent else "",
        "choices": _choices(lens, parent, readers) if parent else [],
        "seen": lens.readers(STANDING).version,
        "space": request.POST.get("space") or uuid7(),
    }
    if request.method != "POST" or not form.is_valid():
        return pages.render(request, "organisations/new_space.html", context, status=422 if form.errors else 200)
    given = SpaceGiven(
        form.cleaned_data["kind"], form.cleaned_data["title"], parent.id if parent else "",
        form.cleaned_data["purpose"], readers,
    )  # fmt: skip
    return _review_or_open(request, given, context)


def _review_or_open(request: Request, given: SpaceGiven, context: dict[str, Any]) -> HttpResponse:
    lens = request.lens
    try:
        if request.POST.get("step") == "open":
            _check_new(request)
            commands.open_space(lens, given, space=request.POST.get("space", ""))
            messages.success(request, _("The space is open."))
            return HttpResponseRedirect(f"/spaces/{request.POST.get('space', '')}/about/")
        commands.check_space(lens, given)
    except Refused as refused:
        context["refusal"] = labels.words(refused)
        return pages.render(request, "organisations/new_space.html", context, status=labels.status_of(refused.code))
    context |= {"given": given, "kind": SPACE_KINDS[given.kind], "readers": _readers_of(lens, given)}
    return pages.render(request, "organisations/review_space.html", context)


def _check_new(request: Request) -> None:
    """The identity is one that our page gave; who belongs to the network may have changed since the list was shown."""
    if not _NEW_ID.fullmatch(request.POST.get("space", "")):
        raise Refused("bad_request")
    current = request.lens.readers(STANDING).version
    if request.POST.get("seen") != str(current):
        raise Refused("readers_changed", seen=request.POST.get("seen", ""), current=current)


def _readers_of(lens: Lens, given: SpaceGiven) -> list[queries.ShownReader]:
    """Who will read the space, exactly: for a narrower one those named, else everybody in the network, and guests."""
    if given.kind == "sub":
        return queries.show_readers(lens.directory, given.readers)
    network = [(organisation, "*") for organisation in lens.readers(STANDING).organisations]
    return queries.show_readers(lens.directory, [*network, *given.readers])


def _choices(lens: Lens, parent: SpaceInfo, chosen: Sequence[Reader]) -> list[dict[str, Any]]:
    """The organisations that may be chosen, each with its functions; in Swedish order."""
    reading = set(lens.readers(parent.id).organisations)
    everyone = {each.id for each in domain.organisations(lens.directory)}
    return [
        {
            "id": organisation,
            "name": name,
            "reads_parent": organisation in reading,
            "all": (organisation, "*") in chosen,
            "functions": [
                {"id": each.id, "name": function_name(each), "chosen": (organisation, each.id) in chosen}
                for each in domain.functions(lens.directory, organisation)
            ],
            "open": any(reader[0] == organisation for reader in chosen),
        }
        for organisation, name in organisation_choices(lens.directory)
        if organisation in reading | everyone
    ]


def _readers(request: Request) -> tuple[Reader, ...]:
    """Read `reader=nacka/*` and `reader=nacka/nacka-tib`; all functions make single ones needless."""
    pairs = {tuple(each.split("/", 1)) for each in request.POST.getlist("reader") if each.count("/") == 1}
    whole = {pair[0] for pair in pairs if pair[1] == "*"}
    return tuple(sorted((pair[0], pair[1]) for pair in pairs if pair[1] == "*" or pair[0] not in whole))


def _parent(lens: Lens, parent: str) -> SpaceInfo | None:
    if not parent:
        return None
    info = lens.space(parent)
    if info.kind in (DIRECTORY, "rosters") or info.closed:
        raise Refused("space_kind_wrong")
    return info


@signed_in
@require_GET
def about(request: Request, space: str) -> HttpResponse:
    """Who reads, by which version; which versions of lists; node, feeds and seals; what has been done with it."""
    page = pages.space_page(request, space)
    thing = page.state.thing(space)
    readers = page.lens.readers(space)
    circle = readers.circle if page.info.kind == "sub" else [(each, "*") for each in readers.organisations]
    context = {
        "data": thing.data if thing else None,
        "opened_by": _opened_by(page),
        "purpose": _purpose(page),
        "kind": SPACE_KINDS.get(page.info.kind, page.info.kind),
        "readers": queries.show_readers(page.lens.directory, circle),
        "organisations": len(readers.organisations),
        "circle_version": readers.version,
        "network": len(page.lens.readers(DIRECTORY).organisations),
        "pins": _pins(page),
        "feeds": _feeds(page),
        "disposals": page.state.size("disposals"),
        "within": _within(page),
        "parent": _parent_of(page),
        "beats": beats(page),
        "may_open": page.may("open_space") and space not in (DIRECTORY, "rosters"),
        "may_keep": _keeps(page),
        "permanent": space in ALWAYS_THERE,
    }
    return pages.render(request, "organisations/about_space.html", context)


def _keeps(page: pages.SpacePage) -> bool:
    return page.may("open_space") and page.info.opened_by == page.lens.principal.organisation


def _opened_by(page: pages.SpacePage) -> str:
    found = domain.organisation(page.lens.directory, page.info.opened_by)
    return organisation_name(found) if found else page.info.opened_by


def _purpose(page: pages.SpacePage) -> str:
    thing = page.state.thing(page.space)
    payload = page.lens.payloads(page.space, [thing.created]).get(thing.created) if thing else None
    return str((payload or {}).get("purpose", ""))


def _parent_of(page: pages.SpacePage) -> tuple[str, str] | None:
    """The space that this one lies within, where the reader may read it: a guest reads the outer space alone."""
    parent = next((info for info in page.lens.spaces() if info.id == page.info.parent), None)
    return (parent.id, title_of(page.lens, parent)) if parent is not None else None


def _within(page: pages.SpacePage) -> list[tuple[str, str, str]]:
    """The narrower and outer spaces of this one that this reader may read."""
    found = [
        (info.id, title_of(page.lens, info), str(SPACE_KINDS[info.kind]))
        for info in page.lens.spaces()
        if info.parent == page.space
    ]
    return sorted(found, key=lambda each: sort_key(each[1]))


def _pins(page: pages.SpacePage) -> list[dict[str, Any]]:
    """The lists whose versions the space keeps, with the newest there is."""
    thing = page.state.thing(page.space)
    pinned = dict(thing.data.pins) if thing is not None and isinstance(thing.data, SpaceData) else {}
    found = []
    for code, digest in pinned.items():
        versions = queries.versions_of(page.lens.directory, code)
        used = next((version for version in versions if version.digest == digest), None)
        if used is not None:
            name = in_language({"name": used.name, "name_en": used.name_en})
            newest = versions[-1].version
            found.append({"code": code, "name": name, "version": used.version, "newest": newest, "status": used.status})
    return sorted(found, key=lambda each: sort_key(each["name"]))


def _feeds(page: pages.SpacePage) -> list[dict[str, Any]]:
    """The heads of the feeds, the nodes' keys, and up to where arrivals are sealed."""
    found = []
    for feed, head in sorted(page.state.heads.items()):
        node = page.lens.directory.thing(feed.node)
        data = node.data if node is not None and isinstance(node.data, NodeData) else None
        found.append(
            {"node": feed.node, "incarnation": feed.incarnation, "number": head.number, "digest": head.digest,
             "keys": data.public_keys if data else (), "sealed": _sealed(page, feed)}
        )  # fmt: skip
    return found


def _sealed(page: pages.SpacePage, feed: FeedName) -> int:
    thing = page.state.thing(f"seal-{feed.node}-{feed.incarnation}")
    return thing.data.last if thing is not None and isinstance(thing.data, SealData) else 0


@may("open_space")
@require_http_methods(["GET", "POST"])
def close_space(request: Request, space: str) -> HttpResponse:
    """Close a space with a reason."""
    page, last = _kept(request, space)
    form = ReasonForm(request.POST or None)

    def write() -> None:
        commands.close_space(page.lens, space, form.cleaned_data["reason"], based_on=seen(request))

    act = Act(form, write, f"/spaces/{space}/about/", "organisations/close_space.html")
    return answer(request, act, {"last": last})


@may("open_space")
@require_http_methods(["GET", "POST"])
def reduce_circle(request: Request, space: str) -> HttpResponse:
    """Take readers out of a narrower space."""
    page, last = _kept(request, space)
    form = ReasonForm(request.POST or None)
    readers = _readers(request)

    def write() -> None:
        commands.reduce_circle(page.lens, space, readers, form.cleaned_data["reason"], based_on=seen(request))

    act = Act(form, write, f"/spaces/{space}/about/", "organisations/reduce_circle.html")
    return answer(request, act, {"last": last, "circle": _circle(page, readers)})


def _circle(page: pages.SpacePage, chosen: Sequence[Reader]) -> list[tuple[str, str, bool]]:
    """The readers one by one as (value, words, chosen)."""
    found = []
    for organisation, function in page.info.circle:
        shown = queries.show_readers(page.lens.directory, [(organisation, function)])[0]
        words = f"{shown.name} – {', '.join(shown.functions) or _('all functions')}"
        found.append((f"{organisation}/{function}", words, (organisation, function) in chosen))
    return sorted(found, key=lambda each: sort_key(each[1]))


@may("open_space")
@require_http_methods(["GET", "POST"])
def pin_lists(request: Request, space: str) -> HttpResponse:
    """Use newer versions of lists in a space: a decision of its own."""
    page, last = _kept(request, space)
    form = ReasonForm(request.POST or None)

    def write() -> None:
        codes = [code for code in request.POST.getlist("list") if code in offered]
        commands.pin_lists(page.lens, space, codes, form.cleaned_data["reason"], based_on=seen(request))

    pins = [each for each in _pins(page) if each["newest"] > each["version"]]
    offered = {each["code"] for each in pins}
    act = Act(form, write, f"/spaces/{space}/about/", "organisations/pin_lists.html")
    return answer(request, act, {"last": last, "pins": pins})


def _kept(request: Request, space: str) -> tuple[pages.SpacePage, str]:
    """The page of a space that the reader's organisation keeps, and the space's last entry."""
    page = pages.space_page(request, space)
    page.require_now()
    thing = page.state.thing(space)
    if thing is None or thing.organisation != page.lens.principal.organisation:
        raise Refused("not_owner", owner=thing.organisation if thing else "")
    return page, thing.last
