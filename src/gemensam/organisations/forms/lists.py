"""The form of an item of a list, made from what the list's items look like."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.core import canonical
from gemensam.core.refusal import Refused
from gemensam.organisations import labels
from gemensam.organisations.domain import VocabularyVersion
from gemensam.organisations.domain.shapes import NOTHING, NUMBER, YES_NO, Fault, Shape, faults, shape_of_list
from gemensam.web import labels as words_of

LONG_TEXT = 80
FIELD_WORDS = {
    "code": pgettext_lazy("field", "Code"),
    "name": pgettext_lazy("field", "Name in Swedish"),
    "name_en": pgettext_lazy("field", "Name in English"),
    "order": pgettext_lazy("field", "Place in the order"),
    "short": pgettext_lazy("field", "Short form in Swedish"),
    "short_en": pgettext_lazy("field", "Short form in English"),
    "help": pgettext_lazy("field", "Help text in Swedish"),
    "help_en": pgettext_lazy("field", "Help text in English"),
    "retired": pgettext_lazy("field", "Out of use"),
    "group": pgettext_lazy("field", "Group"),
    "text": pgettext_lazy("field", "Text in Swedish"),
    "text_en": pgettext_lazy("field", "Text in English"),
    "include": pgettext_lazy("field", "Count this, in Swedish"),
    "include_en": pgettext_lazy("field", "Count this, in English"),
    "exclude": pgettext_lazy("field", "Do not count this, in Swedish"),
    "exclude_en": pgettext_lazy("field", "Do not count this, in English"),
    "sectors": pgettext_lazy("field", "Sectors"),
    "careful": pgettext_lazy("field", "Show the warning text"),
    "permissions": pgettext_lazy("field", "Permissions"),
    "organisations": pgettext_lazy("field", "Organisations that may have it"),
    "digit": pgettext_lazy("field", "Digit"),
    "unit": pgettext_lazy("field", "Unit in Swedish"),
    "unit_en": pgettext_lazy("field", "Unit in English"),
    "points": pgettext_lazy("field", "Points of the agenda"),
    "fields": pgettext_lazy("field", "Fields of the template"),
    "minutes": pgettext_lazy("field", "Minutes"),
    "default": pgettext_lazy("field", "Chosen from the start"),
    "on": _("Is on"),
    "live": _("Goes out by the channels"),
    "organisation": _("Member"),
    "time": _("Time of day"),
    "weekday": _("Day of the week (1 = Monday)"),
    "week_of_month": _("Week of the month"),
}


def field_word(name: str) -> str:
    """What a field of an item is called; its own name where there is no word."""
    return str(FIELD_WORDS.get(name, name))


class TextsField(forms.Field):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class StructureField(forms.Field):
    """A value with parts of its own, as JSON; told where it differs from the other items of the list."""

    widget = forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "structure"})

    def __init__(self, *, shape: Shape, **options: Any) -> None:
        super().__init__(**options)
        self.shape = shape

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False, indent=2)

    def to_python(self, value: Any) -> Any:
        if not str(value or "").strip():
            return None
        try:
            found = canonical.parse(str(value).encode())
        except Refused as refused:
            raise ValidationError([_not_json(str(value)) or words_of.words(refused)]) from refused
        wrong = [fault_words(fault) for fault in faults(found, self.shape)]
        if wrong:
            raise ValidationError(wrong[:10])
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial != data)


def _not_json(text: str) -> str:
    try:
        json.loads(text)
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError):
            told = _("This is not JSON: line %(line)s, sign %(column)s.")
            return str(told) % {"line": error.lineno, "column": error.colno}
    except RecursionError:
        pass
    return ""


def fault_words(fault: Fault) -> str:
    """Say where an item differs from the others: `points.2.title is missing`."""
    return f"{fault.place} {labels.PROBLEMS[fault.problem]}".strip()


class ItemForm(forms.Form):
    """An item of a list; `item` is None for a new one, whose code is then given."""

    def __init__(
        self, *args: Any, version: VocabularyVersion, items: Any, item: Mapping[str, Any] | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.item = item
        self.taken = {each["code"] for each in items}
        self.shape = shape_of_list(version.code, version.items)
        for name in in_form_order(self.shape):
            values = [each.get(name) for each in version.items]
            self.fields[name] = _form_field(name, self.shape.fields[name], values)
            self.initial[name] = (item or {}).get(name)
        if item is None:
            self.fields["code"].help_text = _("Letters a to z, digits and underscores. It is never changed.")
            if "order" in self.fields:
                self.initial["order"] = max((int(each.get("order") or 0) for each in items), default=0) + 1
        else:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        if code in self.taken:
            raise ValidationError(_("The list already has an item with this code."))
        return code

    def given(self) -> dict[str, Any]:
        """The item as it was given; a field that the item has not and that was left empty is not added."""
        before = dict(self.item or {})
        code = before.get("code") or self.cleaned_data["code"]
        told = {name: self._value(name) for name in self.fields if name != "code"}
        kept = {name: value for name, value in told.items() if self._belongs(name, value, before)}
        return {**before, "code": code, **kept}

    def _value(self, name: str) -> Any:
        value, shape = self.cleaned_data.get(name), self.shape.fields[name]
        if value in (None, "") and NOTHING in shape.kinds:
            return None
        return "" if value is None and shape.is_text else value

    def _belongs(self, name: str, value: Any, before: Mapping[str, Any]) -> bool:
        return name in before or name in self.shape.required or value not in ("", None, False, [])


def in_form_order(shape: Shape) -> list[str]:
    """Return a list's fields as people read them: code, names, what has words of its own here, the rest, out of use."""
    known = [name for name in FIELD_WORDS if name != "retired"]
    rest = sorted(name for name in shape.fields if name not in FIELD_WORDS)
    return [name for name in (*known, *rest, "retired") if name in shape.fields]


def _form_field(name: str, shape: Shape, values: list[Any]) -> forms.Field:
    required = name in ("code", "name", "name_en")
    label = field_word(name)
    if YES_NO in shape.kinds <= {YES_NO, NOTHING}:
        return forms.BooleanField(label=label, required=False, help_text=_HELP.get(name, ""))
    if NUMBER in shape.kinds <= {NUMBER, NOTHING}:
        return forms.IntegerField(
            label=label, required=NOTHING not in shape.kinds and all(v is not None for v in values)
        )
    if shape.is_text:
        long = any(isinstance(value, str) and len(value) > LONG_TEXT for value in values) or name.startswith("help")
        widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
        return forms.CharField(label=label, required=required, widget=widget, max_length=4_000, strip=True)
    if shape.is_texts:
        return TextsField(label=label, required=False, help_text=_("One on each line."))
    return StructureField(label=label, required=False, shape=shape, help_text=_("Parts within parts, as JSON."))


_HELP = {"retired": _("The item stays in the history, and is not offered any more.")}


class ImportForm(forms.Form):
    """A table that was taken out here and changed."""

    file = forms.FileField(label=_("Table (CSV)"), help_text=_("Take the table out first, change it, and bring it in."))


class PublishForm(forms.Form):
    """Why there is a new version."""

    reason = forms.CharField(
        label=_("Why is there a new version?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
