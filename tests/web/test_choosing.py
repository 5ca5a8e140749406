"""Choices drawn in Python hold what Django's own widgets draw: same elements, attributes and words."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms

from gemensam.web.choosing import control

NAMES = [("nacka", "Nacka & co"), ("vaxholm", "<Vaxholm>"), ("", "–")]


class Parts(HTMLParser):
    """Elements with their attributes in any order, and words without the space around them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


class Several(forms.Form):
    one = forms.ChoiceField(choices=NAMES, help_text="help")
    optional = forms.ChoiceField(choices=[("", "–"), *NAMES[:2]], required=False)
    required = forms.ChoiceField(choices=[("", "–"), *NAMES[:2]])
    grouped = forms.ChoiceField(choices=[("", "–"), ("Nacka", NAMES[:1]), ("Övriga", NAMES[1:2])], required=False)
    number = forms.TypedChoiceField(choices=[(1, "ett"), (2, "två")], coerce=int)
    many = forms.MultipleChoiceField(choices=NAMES[:2], widget=forms.CheckboxSelectMultiple)
    text = forms.CharField()


def _same(form: forms.Form, name: str, attributes: dict[str, Any]) -> None:
    bound = form[name]
    assert Parts(control(bound, attributes)).found == Parts(bound.as_widget(attrs=dict(attributes))).found


@pytest.mark.parametrize("name", list(Several.base_fields))
def test_a_fresh_form_is_drawn_as_django_draws_it(name: str) -> None:
    initial = {"one": "vaxholm", "grouped": "nacka", "number": 2, "many": ["nacka"], "text": "hej"}
    _same(Several(), name, {"class": "form-select"})
    _same(Several(initial=initial), name, {"aria-describedby": 'a "b"'})


@pytest.mark.parametrize("name", list(Several.base_fields))
def test_what_was_sent_is_drawn_as_django_draws_it(name: str) -> None:
    sent = {"one": "nacka", "optional": "", "grouped": "vaxholm", "number": "1", "many": ["nacka", "vaxholm"]}
    _same(Several(sent, prefix=""), name, {})
    _same(Several({}), name, {"aria-invalid": "true"})


def test_a_choice_that_was_escaped_stays_text() -> None:
    drawn = control(Several()["one"], {})
    assert "&lt;Vaxholm&gt;" in drawn
    assert "<Vaxholm>" not in drawn
