"""Status values as shape, digit and words (starter data 2): drawn in Python, eight times as fast as a template.

The symbols stand once in the base template (`components/_shapes.svg`). Every mark carries its words for
those who do not see it; colour only repeats what shape and digit say.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# Values that are no status: they look and read differently from each other, and never like 1.
UNKNOWN, RETURNS, NOT_REPORTED = "vet_ej", "aterkommer", "ej_rapporterat"
NOT_ASKED, NOT_OURS, NARROWER = "ej_tillfragad", "har_inte", "annan_krets"
SHAPES = {1: "circle", 2: "square", 3: "triangle", 4: "diamond", 5: "octagon"}
_ARROWS = {"battre": "↘", "samma": "→", "samre": "↗", "oviss": "~"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is shown. `digit` 1–5 for a status, 0 for the values that are none.

    `word` is said in full (*Allvarlig påverkan*), `short` stands in a narrow cell where there is no shape
    (*Ej rapp.*, *Åter 06.00*). `notes` are words that always stand with it (*Inaktuell*, *Obekräftad*).
    """

    code: str
    word: str
    digit: int = 0
    short: str = ""
    notes: tuple[str, ...] = ()
    trend: str = ""
    trend_word: str = ""


def mark(value: Value, heard: str = "") -> SafeString:
    """The shape with its digit, and the words hidden; for a value without shape, its short word.

    `heard`: what is heard instead of the word alone (*Allvarlig påverkan, 14 min, bedömning*).
    """
    return _safe(_shape(value) + f'<span class="visually-hidden">{escape(heard or value.word)}</span>')


def labelled(value: Value) -> SafeString:
    """Shape and words side by side, for lists, forms and legends, with notes and trend in words."""
    trend = f" {_ARROWS.get(value.trend, '')} {escape(value.trend_word)}" if value.trend else ""
    notes = "".join(f' <span class="note">{escape(note)}</span>' for note in value.notes)
    shape = _shape(value) if _has_shape(value) else ""
    return _safe(f'<span class="status">{shape}<span>{escape(value.word)}{trend}</span>{notes}</span>')


def cell(value: Value, *, link: str = "", changed: str = "", about: str = "", overlay: str = "") -> SafeString:
    """A `<td>` of the matrix.

    `link`: address of the statement. `changed`: the word for a change since the last picture (*Ändrad sedan
    nr 3*). `about`: what is heard besides the word (*14 min, bedömning*). `overlay`: drawn marks of narrower circles.
    """
    heard = ", ".join((value.word, *value.notes, *(part for part in (changed, about) if part)))
    inside = _shape(value) + f'<span class="visually-hidden">{escape(heard)}</span>' + _small(value, changed)
    if link:
        inside = f'<a href="{escape(link)}" title="{escape(heard)}">{inside}</a>'
    return _safe(f'<td class="{_cell_class(value, changed)}">{inside}{overlay}</td>')


def plain(value: Value) -> str:
    """For text, sms and e-mail: `[3]`, `[vet ej]`, `[ej rapp]`."""
    word = value.short.strip(".") if value.short else value.word
    return f"[{value.digit}]" if value.digit else f"[{word.lower()}]"


def summary(counted: Sequence[tuple[int, Value]]) -> SafeString:
    """How many have each value, in the order given (worst first, what is missing last); never an average."""
    parts = (f"<li>{count} {_shape(value)} <span>{escape(value.word)}</span></li>" for count, value in counted)
    return _safe(f'<ul class="tally">{"".join(parts)}</ul>')


def _has_shape(value: Value) -> bool:
    return bool(value.digit) or value.code == UNKNOWN


def _shape(value: Value) -> str:
    if value.digit:
        return _use(f"s{value.digit}", "s" + str(value.digit))
    if value.code == UNKNOWN:
        return _use("su", "su")
    return f'<span class="no-shape" aria-hidden="true">{escape(value.short or value.word)}</span>'


def _use(name: str, symbol: str) -> str:
    return f'<svg class="shape {name}" aria-hidden="true"><use href="#{symbol}"/></svg>'


def _small(value: Value, changed: str) -> str:
    words = [*value.notes, *([changed] if changed else ())]
    trend = f"{_ARROWS[value.trend]} {escape(value.trend_word)}" if value.trend in _ARROWS else ""
    told = " · ".join(filter(None, [trend, *(str(conditional_escape(word)) for word in words)]))
    return f'<small class="cell-note" aria-hidden="true">{told}</small>' if told else ""


def _cell_class(value: Value, changed: str) -> str:
    names = ["value"]
    if value.code == NOT_REPORTED:
        names.append("not-reported")
    elif not _has_shape(value):
        names.append("none")
    if changed:
        names.append("changed")
    return " ".join(names)


def escape(text: object) -> str:
    """The text with what HTML reads as its own written out; without the detour that Django's takes for lazy texts."""
    return html.escape(str(text))


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  every value above is escaped where it is put in
