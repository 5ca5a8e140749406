"""The reader in words, as every page names it; and the stand-in for whom the shared parts of a page are drawn."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gemensam.core.refusal import Refused


@dataclass(frozen=True, slots=True)
class Reader:
    """Names of the reader's organisation and function, `Nacka` and `Nacka – TiB`, and the function's code."""

    organisation: str
    function: str
    code: str


# Comments of HTML: no text that somebody has written is drawn with a bare `<`, so that it cannot hold one of them.
STAND_IN = Reader(*(mark_safe(f"<!-- the reader's {one} -->") for one in ("organisation", "function", "code")))  # noqa: S308


def reader_of(request: HttpRequest) -> Reader | None:
    """Return who reads a page; the stand-in while a shared part is drawn, None when nobody is signed in."""
    stand_in: Reader | None = getattr(request, "stand_in", None)
    principal = getattr(request, "principal", None)
    if stand_in is not None or principal is None:
        return stand_in
    try:
        directory = request.lens.directory  # type: ignore[attr-defined]
    except Refused:
        return Reader(principal.organisation, principal.function, principal.function)
    # By the fields' names: the log's own pages stand below the directory's room, and use this module.
    organisation = getattr(directory.thing(principal.organisation), "data", None)
    function = getattr(directory.thing(principal.function), "data", None)
    return Reader(
        getattr(organisation, "short", principal.organisation),
        getattr(function, "name", principal.function),
        principal.function,
    )


def cut(text: str) -> tuple[str, str, str]:
    """Return what stands before the first stand-in of a name, what holds them all, and what stands after the last."""
    ends = [place for name in _names() for place in (text.find(name), text.rfind(name) + len(name)) if name in text]
    first, last = (min(ends), max(ends)) if ends else (len(text), len(text))
    return text[:first], text[first:last], text[last:]


def _names() -> tuple[str, ...]:
    return STAND_IN.organisation, STAND_IN.function, STAND_IN.code


def named(text: str, reader: Reader) -> SafeString:
    """Return what was drawn for the stand-in with a reader's own names in it."""
    for name in ("organisation", "function", "code"):
        text = text.replace(getattr(STAND_IN, name), escape(getattr(reader, name)))
    return mark_safe(text)  # noqa: S308  drawn by our own templates; the names are escaped
