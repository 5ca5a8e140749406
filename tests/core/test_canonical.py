"""Canonical bytes are RFC 8785, and nothing else is read (design 5.2, F22b)."""

import unicodedata
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core import canonical
from gemensam.core.refusal import Refused

texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=127))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_the_bytes_are_those_of_rfc_8785(value: Any) -> None:
    assert canonical.encode(value) == rfc8785.dumps(value)


@given(values)
def test_what_is_written_is_read_again(value: Any) -> None:
    assert canonical.decode(canonical.encode(value)) == value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"a":1.0}', "float_not_allowed"),
        (b'{"a":1e400}', "float_not_allowed"),
        (b'{"a":NaN}', "float_not_allowed"),
        (b'{"a":9007199254740993}', "integer_too_large"),
        (b'{"a":"\\ud800"}', "not_unicode"),
        (b'"\xff"', "not_unicode"),
        (b'{"b":1,"a":2}', "not_canonical"),
        (b'{"a": 1}', "not_canonical"),
        (b'{"a":"\\u00e5"}', "not_canonical"),
        ('{"å":1}'.encode(), "key_not_ascii"),
        (b"{", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"", "not_json"),
    ],
)
def test_other_bytes_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        canonical.decode(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("value", "code"),
    [(1.0, "float_not_allowed"), (2**53, "integer_too_large"), (b"", "not_json"), ({1: 2}, "key_not_ascii")],
)
def test_values_that_cannot_be_written_are_refused(value: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        canonical.encode(value)
    assert refused.value.code == code


def test_texts_become_one_form_of_unicode() -> None:
    decomposed = unicodedata.normalize("NFD", "Åkersberga")
    assert canonical.normalise({"place": [decomposed]}) == {"place": ["Åkersberga"]}
