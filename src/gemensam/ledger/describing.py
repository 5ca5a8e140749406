"""One line of words for every entry: capabilities register what their kinds say (R32).

A describer gets an entry whose text is there; what is disposed of, of an unknown kind, or marked is described by the
words of its kind alone, so that a list of entries shows no marked text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gemensam.core.entry import Header
from gemensam.core.state import UNKNOWN, SpaceState
from gemensam.ledger.noting import is_marked
from gemensam.ledger.reading import LogRow
from gemensam.web import times

Text = str | Promise
# Verbs of kinds that change or take back something said before.
CORRECTING = ("corrected", "withdrawn", "changed", "denied", "replaced")


@dataclass(frozen=True, slots=True)
class Line:
    """What an entry says, in the active language; `url` leads to the page of its thing, if it has one."""

    text: str
    url: str = ""


class Names:
    """Names of organisations and functions out of one state of the directory; an id stands for what it has not.

    `state` is the space's state at the page's moment, for describers that name the thing an entry is about.
    """

    def __init__(self, directory: SpaceState, state: SpaceState) -> None:
        self.directory, self.state = directory, state

    def organisation(self, organisation: str) -> str:
        """The short name by which an organisation is called."""
        data = self._data(organisation)
        return str(getattr(data, "short", "") or getattr(data, "name", "") or organisation)

    def function(self, function: str) -> str:
        """The function's own word, in the active language."""
        if function == "program":
            return _("the program")
        data = self._data(function)
        english = getattr(data, "name_en", "") if times.language() == "en" else ""
        return str(english or getattr(data, "name", "") or function)

    def title(self, subject: str) -> str:
        """The title or name of a thing of the space, or nothing."""
        thing = self.state.thing(subject)
        data = thing.data if thing is not None else None
        return str(getattr(data, "title", "") or getattr(data, "name", "") or "")

    def item(self, vocabulary: str, code: str, pins: str = "") -> str:
        """The word of a list's item, in the version that the space had chosen when an entry with `pins` was written.

        Empty where the list has no such item.
        """
        versions = getattr(self._data(vocabulary), "versions", ())
        chosen = self._pinned(pins).get(vocabulary, "")
        version = next((each for each in versions if each.digest == chosen), versions[-1] if versions else None)
        item = version.item(code) if version is not None else None
        if item is None:
            return ""
        english = item.get("name_en") if times.language() == "en" else ""
        return str(english or item.get("name") or "")

    def _pinned(self, pins: str) -> Mapping[str, str]:
        thing = self.state.thing(self.state.space)
        history = dict(getattr(thing.data, "pinned", ())) if thing is not None else {}
        return dict(history.get(pins) or ())

    def _data(self, subject: str) -> Any:
        thing = self.directory.thing(subject)
        return thing.data if thing is not None else None


Describer = Callable[[LogRow, Names], Line]
_describers: dict[str, Describer] = {}
_kind_words: dict[str, Text] = {}
_group_words: dict[str, Text] = {}


def register_describer(kind: str, describer: Describer) -> None:
    """Say how entries of a kind read in the log; `describer(row, names) -> Line`, called with a payload."""
    _describers[kind] = describer


def register_kind_words(words: Mapping[str, Text]) -> None:
    """Give kinds their words (`report.published`: "Situation report published")."""
    _kind_words.update(words)


def register_group_words(words: Mapping[str, Text]) -> None:
    """Give groups of kinds, the noun before the point, their words (`report`: "Situation reports")."""
    _group_words.update(words)


def kind_word(kind: str) -> str:
    """The words of a kind; its code where nobody has given it any."""
    return str(_kind_words.get(kind, kind))


def group_word(group: str) -> str:
    return str(_group_words.get(group, group))


def group_of(kind: str) -> str:
    """`report` for `report.published`."""
    return kind.partition(".")[0]


def describe(row: LogRow, names: Names) -> Line:
    """Return an entry in one line, for a list; never the text of a marked entry."""
    if row.verdict == UNKNOWN or row.payload is None or is_marked(row.header):
        return Line(kind_word(row.header.kind))
    return describe_openly(row, names)


def describe_openly(row: LogRow, names: Names) -> Line:
    """Return an entry in one line, for its own page: marked or not."""
    describer = _describers.get(row.header.kind)
    if describer is not None and row.payload is not None and row.verdict != UNKNOWN:
        return describer(row, names)
    word, told = kind_word(row.header.kind), _title(row, names)
    return Line(f"{word}: {told}" if told else word)


def _title(row: LogRow, names: Names) -> str:
    payload = row.payload or {}
    told = payload.get("title") or payload.get("name") or names.title(row.header.subject)
    return told if isinstance(told, str) else ""


def is_correction(header: Header) -> bool:
    """Whether an entry changes or takes back something said before."""
    verb = header.kind.rpartition(".")[2]
    return verb in CORRECTING or any(ref.rel == "corrects" for ref in header.refs)
