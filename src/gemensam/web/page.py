"""A page of a space: which space, at which moment, for whom; and how it is answered without being drawn."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.shortcuts import render as draw_template
from django.utils.http import parse_etags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.ledger.log import disposals
from gemensam.web import times, waited
from gemensam.web.fragments import Fragment, Joined, cached_fragment, kept_fragment
from gemensam.web.reader import STAND_IN, Reader, cut, named, reader_of
from gemensam.web.spaces import kind_of_root, title_of
from gemensam.web.warnings import page_warnings

if TYPE_CHECKING:
    from gemensam.core.policy import SpaceInfo
    from gemensam.ledger.reading import Lens

__all__ = [
    "SpacePage",
    "around",
    "cached_fragment",
    "conditional",
    "hashed",
    "page_now",
    "parse_moment",
    "render",
    "space_page",
    "tagged",
    "writable_page",
]  # fmt: skip

_PLACE = mark_safe("<!-- the shared part -->")  # where it goes in what is drawn around it


@dataclass(frozen=True, slots=True)
class SpacePage:
    """What every page of a space is drawn from: present rights, and the state at the chosen moment."""

    lens: "Lens"
    info: "SpaceInfo"
    state: SpaceState
    moment: Moment
    path: str
    waited: "waited.Waited | None" = None

    @property
    def space(self) -> str:
        return self.info.id

    @property
    def title(self) -> str:
        return title_of(self.lens, self.info)

    @property
    def written_at(self) -> int:
        """When what is posted was written (ms UTC): now, or before, where it waited in a device without line."""
        return self.waited.at if self.waited is not None else self.lens.now

    @property
    def historical(self) -> bool:
        return self.moment.historical

    @property
    def readonly(self) -> bool:
        """No buttons: a moment in the past, or a closed space."""
        return self.moment.historical or self.info.closed

    @property
    def exercise(self) -> bool:
        """An exercise, or a narrower space within one."""
        return kind_of_root(self.lens, self.info) == "exercise"

    @property
    def query(self) -> str:
        """The chosen moment for a link to another page of the space: `?knew_at=…`, or empty for now."""
        if self.moment.knew_at is not None:
            return "?" + urlencode({"knew_at": times.iso_moment(self.moment.knew_at)})
        if self.moment.happened_by is not None:
            return "?" + urlencode({"happened_by": times.iso_moment(self.moment.happened_by)})
        return ""

    def require_now(self) -> None:
        """Raise `Refused("historical")` where a page of the past is asked to write."""
        if self.moment.historical:
            raise Refused("historical")

    def require_open(self) -> None:
        """Raise `Refused` where nothing can be written: `historical` in the past, `space_closed` in a closed space."""
        self.require_now()
        if self.info.closed:
            raise Refused("space_closed")

    def may(self, permission: str) -> bool:
        """Whether to offer an act here: the function holds the permission and the page can write."""
        return not self.readonly and permission in self.lens.principal.permissions

    def key(self, name: str, *extra: object) -> tuple[object, ...]:
        """A fragment's key: everything that two readers must share to be shown the same bytes."""
        return self.shared_key(name, self.lens.version, *extra)

    def shared_key(self, name: str, *extra: object) -> tuple[object, ...]:
        """The same for what holds nothing of the reader but its rights."""
        return self.circle_key(name, self.lens.rights, *extra)

    def circle_key(self, name: str, *extra: object) -> tuple[object, ...]:
        """The same for what all who read the space are shown alike, whatever else they may."""
        directory = self.lens.directory.position
        at = self.query or self.moment.now // times.MINUTE
        # Disposal is judged now, whatever moment is looked at: the state of the past does not move with it.
        gone = disposals(self.lens.state(self.space))
        return (name, self.space, self.state.position, gone, directory, get_language(), at, *extra)


def space_page(request: HttpRequest, space: str, kinds: frozenset[str] | None = None) -> SpacePage:
    """The page's space at the moment that the address names.

    Raises `Refused("not_found")` when it is not readable, or of another kind than those that have the page.
    """
    lens = request.lens  # type: ignore[attr-defined]
    moment = parse_moment(request.GET, lens.now)
    state = lens.state(space, moment) if moment.historical else lens.state(space)
    info = lens.space(space)
    # The base template's header and the menu of the space are drawn from it.
    page = SpacePage(lens=lens, info=info, state=state, moment=moment, path=request.path, waited=waited.of(request))
    request.space_page = page  # type: ignore[attr-defined]
    if kinds is not None and info.kind not in kinds:
        raise Refused("not_found")
    return page


def writable_page(request: HttpRequest, space: str, kinds: frozenset[str] | None = None) -> SpacePage:
    """As `space_page`, for a view that writes; raises `Refused` as `SpacePage.require_open` besides."""
    page = space_page(request, space, kinds)
    page.require_open()
    return page


def page_now(lens: "Lens", info: "SpaceInfo") -> SpacePage:
    """A space as it is now, for what another page says of it."""
    return SpacePage(lens=lens, info=info, state=lens.state(info.id), moment=Moment(lens.now), path="")


def parse_moment(query: Mapping[str, str], now: int) -> Moment:
    """The moment named by `knew_at` or `happened_by` (local time, or ISO with offset); now when neither is.

    Raises `Refused`: `bad_moment` for both at once or what is no time, `moment_in_future` for later than now.
    """
    knew_at, happened_by = (_chosen(query.get(name, ""), now) for name in ("knew_at", "happened_by"))
    if knew_at is not None and happened_by is not None:
        raise Refused("bad_moment")
    return replace(Moment(now), knew_at=knew_at, happened_by=happened_by)


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Draw a template for this reader; `page` (a `SpacePage`) is there when the view made one."""
    page = getattr(request, "space_page", None)
    return draw_template(request, template, {"page": page, **(context or {})}, status=status)


def conditional(request: HttpRequest, parts: object, draw: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer 304 without drawing when `parts` (any repr-stable value, e.g. `page.key(…)`) are what the browser has.

    The reader's own name and choices stand on a whole page, so function, theme and density count too.
    """
    if request.COOKIES.get("messages"):
        return draw()  # a message is shown once, and is in no key
    return tagged(request, _tag(request, parts), draw)


def tagged(request: HttpRequest, tag: str, draw: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer 304 without drawing when the browser has what `tag` names; with the tag in any case."""
    # Compared weakly (RFC 9110, 13.1.2): a compressed answer carried the tag as a weak one.
    if tag in {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = draw()
    response["ETag"] = tag
    return response


def around(
    request: HttpRequest,
    page: SpacePage,
    *,
    parts: tuple[Any, ...],
    part: Callable[[], Fragment],
    draw: Callable[[SafeString], HttpResponse],
) -> HttpResponseBase:
    """As `conditional`, for a page around a `part` that a whole circle shares; `draw(part)` gives the page.

    What stands around it is drawn once for all readers with the same rights, language and look, and each one's names
    are put in: nothing there may be the account's, the function's or the organisation's own but what `Reader` holds.
    `parts`: the page's name, and what it depends on beside the space, the moment and the rights.
    """

    def answer() -> HttpResponse:
        if request.COOKIES.get("messages"):
            return draw(part().text)
        before, after = _around(request, page.shared_key(*parts), draw)
        return Joined(*before, part(), *after)

    return conditional(request, page.key(*parts), answer)


def _around(
    request: HttpRequest, parts: tuple[object, ...], draw: Callable[[SafeString], HttpResponse]
) -> tuple[list[Fragment], list[Fragment]]:
    by_session = getattr(request, "sign_in", None) is not None
    key = ("around", parts, request.get_full_path(), _looks(request), by_session)
    reader = reader_of(request) or STAND_IN
    before, _place, after = kept_fragment(key, lambda: _drawn_for_all(request, draw)).text.partition(_PLACE)
    return _for_reader((key, "before"), before, reader), _for_reader((key, "after"), after, reader)


def _for_reader(key: tuple[object, ...], text: str, reader: Reader) -> list[Fragment]:
    """Cut a text so that what all share is compressed once, and for each reader only the piece with the names."""
    first, names, rest = cut(text)
    return [
        kept_fragment((key, "first"), lambda: first),
        kept_fragment((key, reader), lambda: named(names, reader)),
        kept_fragment((key, "rest"), lambda: rest),
    ]


def _drawn_for_all(request: HttpRequest, draw: Callable[[SafeString], HttpResponse]) -> str:
    request.stand_in = STAND_IN  # type: ignore[attr-defined]
    try:
        return draw(_PLACE).content.decode()
    finally:
        del request.stand_in  # type: ignore[attr-defined]


def _looks(request: HttpRequest) -> tuple[str, ...]:
    """What else a whole page shows: the reader's choices, and what the program warns of; found once for a request."""
    found: tuple[str, ...] | None = getattr(request, "looks", None)
    if found is None:
        chosen = (request.COOKIES.get(name, "") for name in ("theme", "density"))
        found = request.looks = (*chosen, *page_warnings(times.now()))  # type: ignore[attr-defined]
    return found


def _tag(request: HttpRequest, parts: object) -> str:
    principal = getattr(request, "principal", None)
    reader = (principal.organisation, principal.function, principal.account) if principal else ()
    return hashed((parts, reader, _looks(request), get_language(), "HX-Request" in request.headers))


def hashed(seen: object) -> str:
    """Return the tag of what is named by a value whose repr is stable."""
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'


def _chosen(text: str, now: int) -> int | None:
    if not text:
        return None
    at = times.parse(text, now)
    if at > now:
        raise Refused("moment_in_future")
    return at
