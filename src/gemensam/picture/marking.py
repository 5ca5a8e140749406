"""Marks of what people write: TLP 2.0 and secrecy, each chosen for itself (R48, R50).

A mark stands in the entry's header; who marked it and when is the entry's own organisation and time. Which circle it
allows is judged under the append lock (`core.policy.check_marks`), whatever the form offered. Copies carry the
strictest TLP mark of what they hold, and every mark of secrecy.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gemensam.ledger import cautions
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import secrecy_mark, secrecy_marks
from gemensam.picture.lists import Lists, told

LIST, SECRECY = "tlp", "secrecy_grounds"


def mark_choices(lists: Lists) -> list[tuple[str, str]]:
    """Return the marks to choose from, with what each means; first none."""
    found = [(str(item["name"]), f"{item['name']}: {told(item, 'help')}") for item in lists.items(LIST)]
    return [("", _("No mark")), *found]


def is_mark(lists: Lists, mark: str) -> bool:
    """Whether it is a mark of the list, or none."""
    return mark == "" or any(item["name"] == mark for item in lists.items(LIST))


def is_secrecy(lists: Lists, mark: str) -> bool:
    """Whether it is a mark of secrecy of the list, or none."""
    return mark in {known for known, _word in secrecy_choices(lists)}


def marks_by_entry(lens: Lens, space: str, digests: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the marks of those entries of a space that have any, by digest."""
    return {row.digest: row.header.marks for row in lens.rows(space, digests) if row.header.marks}


def marks_of(lens: Lens, space: str, digest: str) -> tuple[str, ...]:
    """Return the marks of one entry."""
    return marks_by_entry(lens, space, [digest]).get(digest, ())


def mark_of_all(lens: Lens, space: str, digests: Iterable[str], chosen: str = "") -> tuple[str, ...]:
    """Return the mark of what holds copies of entries: the strictest of theirs, and of one that was chosen."""
    found = [mark for marks in marks_by_entry(lens, space, digests).values() for mark in marks]
    return strictest(Lists(lens.directory, lens.state(space)), [chosen, *found])


def strictest(lists: Lists, marks: Iterable[str]) -> tuple[str, ...]:
    """Return the one mark that binds what holds several of them; others than the list's are all kept."""
    given = set(marks)
    listed = [str(item["name"]) for item in sorted(lists.items(LIST), key=lambda item: int(item.get("order", 0)))]
    binding = [mark for mark in listed if mark in given][:1]
    return (*binding, *sorted(given.difference(listed, {""})))


def secrecy_choices(lists: Lists) -> list[tuple[str, str]]:
    """Return the marks of secrecy to choose from, with what they are about; first none."""
    found = [(secrecy_mark(item), told(item)) for item in lists.items(SECRECY)]
    return [("", _("No mark of secrecy")), *found]


def secrecy_of(lists: Lists, marks: Iterable[str]) -> tuple[str, ...]:
    """Return those of some marks that are marks of secrecy."""
    known = {mark for mark, _word in secrecy_choices(lists) if mark}
    return tuple(mark for mark in marks if mark in known)


def stopping(lists: Lists) -> frozenset[str]:
    """Return the marks that ask whether it belongs here at all, before anything is stored (R49)."""
    return frozenset(mark for mark, stops in secrecy_marks(lists.directory).items() if stops)


def marks_sent(fields: Mapping[str, str], name: str = "mark") -> tuple[str, ...]:
    """Return the marks that a form's fields carry: TLP, then secrecy."""
    return tuple(mark for part in (name, f"{name}_secrecy") if (mark := fields.get(part, "")[:60]))


def mark_fields(lists: Lists, marks: Iterable[str]) -> dict[str, str]:
    """Return the fields of a form that marks fill, as `marks_sent` reads them."""
    given = list(marks)
    secrecy = secrecy_of(lists, given)
    tlp = [mark for mark in given if mark not in secrecy]
    return {name: found[0] for name, found in (("mark", tlp), ("mark_secrecy", secrecy)) if found}


def ask_first(fields: Mapping[str, str], lists: Lists) -> None:
    """Ask about the marks of a form's fields before a draft of it is stored; raises `Refused("stop_question")`."""
    for name in ("mark_secrecy", "narrow-mark_secrecy"):
        if fields.get(name) in stopping(lists):
            cautions.ask_stop(fields[name])


class MarkWidget(forms.MultiWidget):
    """Two lists: the TLP mark under the field's own name, and the mark of secrecy beside it with a label of its own."""

    def __init__(self) -> None:
        look = {"class": "form-select"}
        super().__init__({"": forms.Select(look), "secrecy": forms.Select(look)})

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_

    def decompress(self, value: Any) -> list[str]:
        marks = [value] if isinstance(value, str) else list(value or ())
        return [next((mark for mark in marks if mark in _codes(one)), "") for one in self.widgets]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        tlp, secrecy = value if isinstance(value, list) else self.decompress(value)
        own = dict(attrs or {})
        beside = {**own, "id": f"{own.get('id', name)}_secrecy"}
        return format_html(
            '{}<label class="second-label" for="{}">{} <span class="optional">{}</span></label>{}',
            self.widgets[0].render(name, tlp, {**own, **self.widgets[0].attrs}, renderer),
            beside["id"],
            _("Mark of secrecy"),
            _("optional"),
            self.widgets[1].render(f"{name}_secrecy", secrecy, {**beside, **self.widgets[1].attrs}, renderer),
        )


def _codes(widget: forms.Widget) -> set[str]:
    return {str(code) for code, _word in widget.choices if code}  # type: ignore[attr-defined]


class MarkField(forms.MultiValueField):
    """The choice of a TLP mark and a mark of secrecy; cleaned to the marks as a header has them."""

    def __init__(self, **options: Any) -> None:
        label = gettext_lazy("Mark (TLP)")
        hint = gettext_lazy("How far it may be passed on. Stands on the page, in the log and in documents.")
        parts = (forms.ChoiceField(required=False), forms.ChoiceField(required=False))
        super().__init__(
            parts, widget=MarkWidget(), label=label, help_text=hint, required=False, require_all_fields=False, **options
        )

    def compress(self, data_list: Any) -> tuple[str, ...]:
        return tuple(mark for mark in data_list or () if mark)

    def offer(self, lists: Lists) -> None:
        """Fill both lists as a space has them."""
        for place, choices in enumerate((mark_choices(lists), secrecy_choices(lists))):
            self.fields[place].choices = choices  # type: ignore[attr-defined]
            self.widget.widgets[place].choices = choices


def offer_marks(form: forms.Form, lists: Lists) -> None:
    """Fill the marks of a form that has the field `mark`."""
    field = form.fields["mark"]
    assert isinstance(field, MarkField)
    field.offer(lists)
