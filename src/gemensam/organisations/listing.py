"""A list as a table and back: a column a field, a line an item, with every fault told by its line."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core import canonical
from gemensam.core.refusal import Refused
from gemensam.ledger.tables import read_table
from gemensam.organisations.domain import VocabularyVersion
from gemensam.organisations.domain.shapes import NOTHING, NUMBER, YES_NO, Shape, faults, shape_of_list
from gemensam.organisations.forms.lists import fault_words, in_form_order
from gemensam.web import labels

SEPARATOR = " | "
YES, NO = ("true", "ja", "yes", "1", "x", "sant"), ("false", "nej", "no", "0", "falskt")


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line of the table; line 0 is the whole table."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a table says: items, and faults; with any fault it cannot become a version."""

    items: tuple[Mapping[str, Any], ...]
    faults: tuple[LineFault, ...]


def columns_of(version: VocabularyVersion) -> list[str]:
    """Return the fields of a list's items, code and names first."""
    return in_form_order(shape_of_list(version.code, version.items))


def rows_of(version: VocabularyVersion, columns: Sequence[str]) -> Iterable[list[object]]:
    """Yield an item's cells: texts and numbers as they are, lists of texts with |, what has parts as JSON."""
    shape = shape_of_list(version.code, version.items)
    for item in version.items:
        yield [_cell(item[name], shape.fields[name]) if name in item else "" for name in columns]


def _cell(value: Any, shape: Shape) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int)):
        return value
    if shape.is_texts and not any(SEPARATOR.strip() in str(each) for each in value):
        return SEPARATOR.join(map(str, value))
    return json.dumps(value, ensure_ascii=False)


def read_list(version: VocabularyVersion, data: bytes) -> ReadList:
    """Read a table against the newest version of its list. Raises what `read_table` raises."""
    reader = _Reader(version)
    for line, cells in read_table(data, "code"):
        reader.read(line, cells)
    return reader.result()


class _Reader:
    def __init__(self, version: VocabularyVersion) -> None:
        self._version = version
        self._shape = shape_of_list(version.code, version.items)
        self._items: dict[str, Mapping[str, Any]] = {}
        self._faults: list[LineFault] = []

    def read(self, line: int, cells: Mapping[str, str]) -> None:
        code = cells["code"].strip()
        if not code or code in self._items:
            self._fault(line, _("The code stands on another line already.") if code else _("The code is missing."))
            return
        if unknown := sorted(set(cells) - self._shape.fields.keys()):
            self._fault(line, _("The list has no column %(names)s.") % {"names": ", ".join(unknown)})
            return
        item = self._item(line, code, cells)
        self._items[code] = item
        for fault in faults(item, self._shape):
            self._fault(line, f"{code}: {fault_words(fault)}")
        if not str(item.get("name") or "").strip():
            self._fault(line, f"{code}: {_('the name is missing')}")

    def _item(self, line: int, code: str, cells: Mapping[str, str]) -> dict[str, Any]:
        before = dict(self._version.item(code) or {})
        item: dict[str, Any] = {**before, "code": code}
        for name, cell in cells.items():
            if name == "code":
                continue
            try:
                value = _value(cell, self._shape.fields[name])
            except (ValueError, Refused) as error:
                told = labels.words(error) if isinstance(error, Refused) else _("cannot be read: %s") % cell[:40]
                self._fault(line, f"{code}: {name}: {told}")
                continue
            if cell.strip() or name in before or name in self._shape.required:
                item[name] = value
        return item

    def _fault(self, line: int, text: str) -> None:
        self._faults.append(LineFault(line, text))

    def result(self) -> ReadList:
        gone = [code for code in self._version.codes() if code not in self._items]
        if gone:
            told = _("These codes are missing. Items are never removed, only taken out of use: %(codes)s")
            self._fault(0, told % {"codes": ", ".join(gone)})
        return ReadList(tuple(self._items.values()), tuple(self._faults[:100]))


def _value(cell: str, shape: Shape) -> Any:
    text = cell.strip()
    if not text:
        return _empty(shape)
    if YES_NO in shape.kinds <= {YES_NO, NOTHING}:
        return _yes_no(text)
    if NUMBER in shape.kinds <= {NUMBER, NOTHING}:
        return int(text)
    if shape.is_text:
        return cell.replace("\r\n", "\n")
    if shape.is_texts and not text.startswith("["):
        return [part.strip() for part in text.split("|") if part.strip()]
    return canonical.parse(text.encode())


def _empty(shape: Shape) -> Any:
    if NOTHING in shape.kinds:
        return None
    if shape.is_text:
        return ""
    if shape.kinds <= {YES_NO}:
        return False
    return [] if shape.is_texts else None


def _yes_no(text: str) -> bool:
    if text.lower() not in YES + NO:
        raise ValueError(text)
    return text.lower() in YES
