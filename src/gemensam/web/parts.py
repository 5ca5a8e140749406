"""Parts of pages that follow a space by themselves: every screen that shows one asks for it anew at each signal.

A view of a part finds what it depends on and how it is drawn; it is judged for each who asks, and drawn once for all to
whom it is the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from gemensam.web.fragments import Fragment, Joined, kept_fragment
from gemensam.web.page import hashed, tagged


@dataclass(frozen=True, slots=True)
class Part:
    """What a part shows. `key`: all that it depends on, the language too, and of the reader what is shown of it.

    `draw` draws it, once for all who have the same key.
    """

    key: tuple[object, ...]
    draw: Callable[[], str]

    def fragment(self) -> Fragment:
        """The drawn part."""
        return kept_fragment(self.key, self.draw)

    def response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the part, or that the screen has it (304).

        The tag holds nothing but the key: a number of this process, which spaces that are hidden move too, would tell
        of them.
        """
        return tagged(request, hashed(self.key), lambda: Joined(self.fragment()))


def live_part(find: Callable[..., Part]) -> Callable[..., Any]:
    """Make the view of a part of what finds it; the innermost decorator, so that who may is asked before.

    It writes nothing and notes no reading. A request that is answered together with others is given the part itself.
    """

    @wraps(find)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase | Part:
        part = find(request, *args, **kwargs)
        return part if is_asked_together(request) else part.response(request)

    view.is_part = True  # type: ignore[attr-defined]
    return view


def is_asked_together(request: HttpRequest) -> bool:
    """Whether many are answered at once, of whom this is one."""
    return getattr(request, "asked_together", False)
