"""The report form drawn in Python: its three hundred boxes and two hundred choices take a template three times as long.

Every text is escaped where it is put in; what the functions give is safe.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gemensam.web import times
from gemensam.web.shapes import escape, labelled, mark

if TYPE_CHECKING:
    from gemensam.picture.report_boxes import Box, Choice, Row


def draw_box(box: "Box", *, with_help: bool = True) -> SafeString:
    """Draw label, help, control and error of a field, tied together for those who do not see it."""
    name, told_help = escape(box.name), box.help if with_help else ""
    described = [f"f-{name}-{part}" for part, there in (("help", told_help), ("error", box.error)) if there]
    attributes = f' id="f-{name}" name="{name}"'
    if described:
        attributes += f' aria-describedby="{" ".join(described)}"'
    if box.error:
        attributes += ' aria-invalid="true"'
    careful = f' <span class="badge-word warning">{escape(_("Careful"))}</span>' if box.is_careful else ""
    return _safe(
        f'<div class="field{_wrong(box.error)}"><label for="f-{name}">{escape(box.label)}{careful}</label>'
        + (f'<p class="help" id="f-{name}-help">{escape(told_help)}</p>' if told_help else "")
        + _control(box, attributes)
        + (f'<p class="error" id="f-{name}-error">{escape(box.error)}</p>' if box.error else "")
        + "</div>"
    )


def _control(box: "Box", attributes: str) -> str:
    look = "form-select" if box.kind == "select" else "form-control"
    start = f'class="{look}{" is-invalid" if box.error else ""}"'
    longest = f' maxlength="{box.longest}"' if box.longest else ""
    if box.kind == "select":
        return f"<select {start}{attributes}>{_options(box.choices)}</select>"
    if box.kind == "area":
        return f'<textarea {start} rows="3"{attributes}{longest}>\n{escape(box.value)}</textarea>'
    keys = ' inputmode="decimal"' if box.kind == "number" else ""
    value = escape(box.value)
    return f'<input {start} type="text" value="{value}" autocomplete="off"{attributes}{longest}{keys}>'


@lru_cache(maxsize=512)  # every row offers the same ones
def _options(choices: tuple[tuple[str, str, bool], ...]) -> str:
    return "".join(
        f'<option value="{escape(code)}"{" selected" if chosen else ""}>{escape(word)}</option>'
        for code, word, chosen in choices
    )


def draw_rows(rows: Iterable["Row"], careful: str, reference: int) -> SafeString:
    """Draw verksamheter to fill in. `careful`: the warning of those that need care; `reference`: for ages, ms UTC."""
    return _safe("".join(_row(row, careful, reference) for row in rows))


def _row(row: "Row", careful: str, reference: int) -> str:
    main = "".join(draw_box(box, with_help=False) for box in row.main)
    more = "".join(draw_box(box) for box in row.more)
    return (
        f'<fieldset class="report-row{_wrong(row.error)}" id="f-cell-{escape(row.code)}-status" tabindex="-1">'
        f"<legend>{escape(row.name)}{_badges(row)}</legend>{_before(row, reference)}"
        + (f'<p class="error">{escape(row.error)}</p>' if row.error else "")
        + f'<div class="choice-row">{"".join(_step(row, choice) for choice in row.choices)}</div>{_others(row)}'
        f'<div class="report-row-text"><div class="report-row-main">{main}</div>'
        + (f'<p class="help careful">{escape(careful)}</p>' if row.is_careful else "")
        + f"<details{_open(row.has_more)}><summary>{escape(_('More about the statement'))}</summary>"
        f'<div class="report-row-more">{more}</div></details></div></fieldset>'
    )


def _badges(row: "Row") -> str:
    asked = f' <span class="badge-word accent">{escape(_("Asked about"))}</span>' if row.is_asked else ""
    careful = f' <span class="badge-word warning">{escape(_("Careful"))}</span>' if row.is_careful else ""
    return asked + careful


def _before(row: "Row", reference: int) -> str:
    if row.before is None:
        return ""
    said = f" · {escape(row.before.text)}" if row.before.text else ""
    age = times.age_html(row.before.stated_at, reference)
    value = labelled(row.before.value)
    return f'<p class="before">{escape(_("Before:"))} {value} <span class="muted">{age}</span>{said}</p>'


def _step(row: "Row", choice: "Choice") -> str:
    short = escape(choice.value.short)
    return f'<label>{_radio(row, choice)}{mark(choice.value)}<span aria-hidden="true">{short}</span></label>'


def _others(row: "Row") -> str:
    """The answers that are no step of the scale, with the row's help, folded until one of them is chosen."""
    chosen = any(choice.is_chosen for choice in row.other_choices)
    drawn = "".join(f"<label>{_radio(row, choice)}{escape(choice.value.word)}</label>" for choice in row.other_choices)
    empty = (
        f'<label><input type="radio" name="cell-{escape(row.code)}-status" value="">{escape(_("Leave empty"))}</label>'
    )
    told_help = f'<p class="help">{escape(row.help)}</p>' if row.help else ""
    return (
        f'<details class="other-answers"{_open(chosen)}><summary>{escape(_("Other answers and help"))}</summary>'
        f'{told_help}<div class="choice-row">{drawn}{empty}</div></details>'
    )


def _radio(row: "Row", choice: "Choice") -> str:
    checked = " checked" if choice.is_chosen else ""
    return f'<input type="radio" name="cell-{escape(row.code)}-status" value="{escape(choice.code)}"{checked}>'


def _wrong(error: str) -> str:
    return " wrong" if error else ""


def _open(is_open: bool) -> str:
    return " open" if is_open else ""


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  every text is escaped where it is put in
