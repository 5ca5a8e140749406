"""Drawn parts of pages, kept in the process: drawn once for all readers that are to see the same bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Lock, local

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

from gemensam.ledger.log import LOG

# Characters, not entries: a matrix is 500,000 and a cell 50. About 50 MB when full.
MAX_CHARACTERS = 12_000_000
LARGE = 4_000  # characters from which a fragment is worth compressing apart
_request = local()


class Fragment:
    """A drawn text, and what is made of it once for all its readers: its bytes, and those bytes compressed."""

    def __init__(self, text: SafeString) -> None:
        self.text = text
        self._deflated: bytes | None = None
        self._lock = Lock()

    @cached_property
    def encoded(self) -> bytes:
        """The text in UTF-8, made when it is first sent."""
        return self.text.encode()

    def deflated(self, deflate: Callable[[bytes], bytes]) -> bytes:
        """Its bytes as `deflate` compresses them; a second reader waits for the first."""
        with self._lock:
            if self._deflated is None:
                self._deflated = deflate(self.encoded)
            return self._deflated


class Joined(HttpResponse):
    """A page that is some fragments after each other: their bytes are joined, and need not be looked for in it."""

    def __init__(self, *fragments: Fragment) -> None:
        super().__init__(b"".join([fragment.encoded for fragment in fragments]))
        self.fragments = fragments


@contextmanager
def noted() -> Iterator[list[Fragment]]:
    """Give the list of the large fragments that this thread uses within the block, in their order."""
    used: list[Fragment] = []
    _request.used = used
    try:
        yield used
    finally:
        _request.used = None


class Fragments:
    """A bounded cache, least recently used first out; two readers of one key wait for one drawing."""

    def __init__(self, max_characters: int) -> None:
        self._max = max_characters
        self._size = 0
        self._kept: OrderedDict[Hashable, Fragment] = OrderedDict()
        self._drawing: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, draw: Callable[[], str]) -> SafeString:
        """The kept text of `key`, or what `draw` gives now; an error in `draw` is raised and nothing kept."""
        found = self.fragment(key, draw)
        used: list[Fragment] | None = getattr(_request, "used", None)
        if used is not None and len(found.text) >= LARGE:
            used.append(found)
        return found.text

    def fragment(self, key: Hashable, draw: Callable[[], str]) -> Fragment:
        """The same with its bytes, for what is joined, or what is never sent by itself: it is not looked for."""
        return self._find(key) or self._drawn(key, draw)

    def clear(self) -> None:
        """Forget everything, e.g. what held a disposed text."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _find(self, key: Hashable) -> Fragment | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _drawn(self, key: Hashable, draw: Callable[[], str]) -> Fragment:
        with self._lock:
            turn = self._drawing.setdefault(key, Lock())
        with turn:
            return self._find(key) or self._draw(key, draw)

    def _draw(self, key: Hashable, draw: Callable[[], str]) -> Fragment:
        try:
            fragment = Fragment(mark_safe(draw()))  # noqa: S308  drawn by our own templates and functions, which escape
            self._keep(key, fragment)
            return fragment
        finally:
            with self._lock:
                self._drawing.pop(key, None)

    def _keep(self, key: Hashable, fragment: Fragment) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(fragment.text) - (len(before.text) if before is not None else 0)
            self._kept[key] = fragment
            while self._size > self._max and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped.text)


FRAGMENTS = Fragments(MAX_CHARACTERS)


def cached_fragment(key: Hashable, draw: Callable[[], str]) -> SafeString:
    """The drawn text of `key`; `key` must hold everything that the text depends on (see `SpacePage.key`).

    What was drawn before a disposal, on whatever process it was decided, is not shown again (design 3.7).
    """
    return FRAGMENTS.get((LOG.generation, key), draw)


def kept_fragment(key: Hashable, draw: Callable[[], str]) -> Fragment:
    """As `cached_fragment`, for the parts of a `Joined` page and for what a larger fragment is drawn from."""
    return FRAGMENTS.fragment((LOG.generation, key), draw)
