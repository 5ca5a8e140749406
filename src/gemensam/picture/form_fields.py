"""Fields of forms that several rooms share: local times as people write them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from gemensam.core.refusal import Refused
from gemensam.picture.place_words import read_place
from gemensam.picture.report_fields import parse_time, unreadable_time
from gemensam.web import times
from gemensam.web.forms import Careful

__all__ = ["Careful", "LocalTime"]

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class LocalTime(forms.CharField):
    """A local time as people write it; cleaned to ms UTC. `now`: when it was written, where that was before."""

    now: int | None = None

    def __init__(self, *, coming: bool = True, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(widget=widget, max_length=40, **options)
        self._coming = coming

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_time(text, self.now or times.now(), coming=self._coming)
        except Refused as refused:
            raise forms.ValidationError(unreadable_time()) from refused


def kommuner_field(help_text: "StrOrPromise") -> Careful:
    """Return the field for kommuner by name; `help_text` says what an empty one means."""
    return Careful(label=gettext_lazy("Municipalities"), max_length=1_000, required=False, help_text=help_text)


def point_field() -> forms.CharField:
    """Return the field for a point."""
    help_text = gettext_lazy("Coordinates in WGS 84, SWEREF 99 TM or MGRS.")
    return forms.CharField(label=gettext_lazy("Point"), max_length=100, required=False, help_text=help_text)


def clean_place(form: forms.Form, given: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the place of the two fields as `domain.places.Place` wants it; what is wrong is told at the field."""
    place, errors = read_place(given.get("kommuner", ""), given.get("point", ""), names)
    for name, error in errors.items():
        form.add_error(name, error)
    return place
