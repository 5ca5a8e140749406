"""The canonical bytes of JSON values (RFC 8785) and their strict reading (design 5.2).

Our values hold no floats and their keys are ASCII, so that the standard library's encoder gives
exactly RFC 8785; a test holds it against the `rfc8785` package.
"""

import json
import re
import unicodedata
from typing import Any

from gemensam.core.refusal import Refused

LARGEST = 2**53 - 1
DEEPEST = 64  # of values within values: far beyond any schema, far within what any reader's stack holds
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def encode(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of a JSON value without floats.

    Raises `Refused`: `float_not_allowed`, `integer_too_large`, `key_not_ascii`, `not_unicode`, `not_json`.
    """
    check(value)
    return encode_trusted(value)


def encode_trusted(value: Any) -> bytes:
    """Return the canonical bytes of a value that `check` has passed before."""
    try:
        return _encoder.encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("not_unicode") from error


def check(value: Any, depth: int = 0) -> None:
    """Raise `Refused` where a value cannot be written canonically."""
    if depth > DEEPEST:
        raise Refused("not_json")
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise Refused("integer_too_large")
    elif kind is dict:
        _check_object(value, depth + 1)
    elif kind is list or kind is tuple:
        for item in value:
            check(item, depth + 1)
    else:
        raise Refused("float_not_allowed" if kind is float else "not_json")


def _check_object(value: dict[Any, Any], depth: int) -> None:
    for key, item in value.items():
        if type(key) is not str or not key.isascii():
            raise Refused("key_not_ascii")
        check(item, depth)


def decode(data: bytes) -> Any:
    """Read canonical bytes; raise `Refused` if they are not their own canonical form.

    Raises `Refused`: `not_json`, `duplicate_key`, `float_not_allowed`, `integer_too_large`, `not_unicode`,
    `not_canonical`.
    """
    value = parse(data)
    if encode(value) != data:
        raise Refused("not_canonical")
    return value


def parse(data: bytes) -> Any:
    """Read JSON strictly: no duplicate keys, no floats, no lone surrogates; the order of keys is free."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float)
        check(value)
    except Refused:
        raise
    except UnicodeDecodeError as error:
        raise Refused("not_unicode") from error
    except (ValueError, RecursionError) as error:
        raise Refused("not_json") from error
    if _SURROGATE_ESCAPE.search(data):
        encode_trusted(value)
    return value


def read_trusted(data: bytes | str) -> Any:
    """Read bytes that this node has stored after checking them."""
    return json.loads(data)


def normalise(value: Any) -> Any:
    """Return the value with every string in Unicode NFC, as an author's node does before signing."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {normalise(key): normalise(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [normalise(item) for item in value]
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused("duplicate_key")
    return found


def _no_float(_text: str) -> Any:
    raise Refused("float_not_allowed")
