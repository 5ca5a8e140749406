"""The start page's to-do list: each capability registers what its reader's organisation is expected to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemensam.ledger.reading import Lens


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: `Lägesrapport begärd av Länsstyrelsen`, `Svara`, its address and when it is due.

    `due_at` in ms UTC, None when there is no time. `space` is shown as where it belongs. `says_when`: the text itself
    says when, so that the time only sorts.
    """

    text: str
    act: str
    url: str
    space: str = ""
    due_at: int | None = None
    detail: str = ""
    says_when: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth knowing at the top of the start page; `kind` is `info`, `warning` or `danger`."""

    text: str
    kind: str = "info"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A press that stands at the top of the start page, e.g. the green button; `kind` names its look."""

    text: str
    url: str
    kind: str = ""


ACT_PROVIDERS: list[Callable[["Lens"], Iterable[Act]]] = []
TODO_PROVIDERS: list[Callable[["Lens"], Iterable[Todo]]] = []
NOTICE_PROVIDERS: list[Callable[["Lens"], Iterable[Notice]]] = []


def list_todos(lens: "Lens") -> list[Todo]:
    """All that is to do for the reader's organisation and function, soonest due first, undated last."""
    found = [todo for provider in TODO_PROVIDERS for todo in provider(lens)]
    return sorted(found, key=lambda todo: (todo.due_at is None, todo.due_at or 0, todo.text, todo.url))


def list_acts(lens: "Lens") -> list[Act]:
    """What can be begun from the start page, in the order of the providers."""
    return [act for provider in ACT_PROVIDERS for act in provider(lens)]


def list_notices(lens: "Lens") -> list[Notice]:
    """Notices in the order of their providers."""
    return [notice for provider in NOTICE_PROVIDERS for notice in provider(lens)]
