"""From the raw bytes of a request to a draft: strict JSON, known fields, times with a zone (design 5.2)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gemensam.core import canonical
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft

MAX_BODY = 1024 * 1024
_ID = re.compile(r"[A-Za-z0-9._:-]{8,100}")
_TEXTS = ("kind", "subject")
_OPTIONAL = (
    "id",
    "version",
    "occurred_at",
    "refs",
    "marks",
    "payload",
    "organisation",
    "via",
    "circle",
    "based_on",
    "heeded",
)
_REF = ("rel", "space", "subject", "digest")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_object(body: bytes) -> Mapping[str, Any]:
    """Read a request's JSON object strictly.

    Raises `Refused`: `body_too_large`, `not_json`, `duplicate_key`, `float_not_allowed`, `not_unicode`, …
    """
    if len(body) > MAX_BODY:
        raise Refused("body_too_large", limit=MAX_BODY, size=len(body))
    value = canonical.parse(body)
    if not isinstance(value, dict):
        raise Refused("not_json")
    return value


def draft_from(space: str, value: Mapping[str, Any]) -> tuple[Draft, str]:
    """Return the draft and the client's idempotency key of an API entry.

    Raises `Refused("malformed_entry", field=…)` for a missing, unknown or wrongly typed field, `bad_id`,
    `bad_time`.
    """
    _check_fields(value)
    draft = Draft(
        kind=_text(value, "kind"),
        space=space,
        subject=_text(value, "subject"),
        payload=_typed(value, "payload", dict, {}),
        occurred_at=_time(value.get("occurred_at")),
        refs=tuple(_ref(ref) for ref in _typed(value, "refs", list, [])),
        marks=tuple(_mark(mark) for mark in _typed(value, "marks", list, [])),
        organisation=_typed(value, "organisation", str, ""),
        via=_typed(value, "via", str, ""),
        version=_typed(value, "version", int, 1),
        circle_seen=_typed(value, "circle", int, None),
        based_on=_typed(value, "based_on", str, None),
    )
    return draft, key_from(value)


def key_from(value: Mapping[str, Any]) -> str:
    """Return the idempotency key: absent, or 8 to 100 plain characters (a UUIDv7 is meant)."""
    key = _typed(value, "id", str, "")
    if key and not _ID.fullmatch(key):
        raise Refused("bad_id")
    return str(key)


def heeded_from(value: Mapping[str, Any]) -> list[str]:
    """Return the codes of the cautions that the program answers for, e.g. `personal_number` (R96)."""
    found = _typed(value, "heeded", list, [])
    if not all(isinstance(code, str) for code in found):
        raise Refused("malformed_entry", field="heeded")
    return list(found)


def _check_fields(value: Mapping[str, Any]) -> None:
    unknown = sorted(set(value) - set(_TEXTS) - set(_OPTIONAL))
    if unknown:
        raise Refused("malformed_entry", field=unknown[0])


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not found:
        raise Refused("malformed_entry", field=name)
    return found


def _typed(value: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    found = value.get(name)
    if found is None:
        return default
    if type(found) is not kind:
        raise Refused("malformed_entry", field=name)
    return found


def _ref(value: Any) -> Ref:
    fits = isinstance(value, dict) and set(value) <= set(_REF) and all(isinstance(part, str) for part in value.values())
    if not fits or not {"rel", "space", "subject"} <= set(value):
        raise Refused("malformed_entry", field="refs")
    return Ref(value["rel"], value["space"], value["subject"], value.get("digest", ""))


def _mark(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise Refused("malformed_entry", field="marks")
    return value


def _time(value: Any) -> int | None:
    """Return ms UTC from an RFC 3339 time with its zone."""
    if value is None:
        return None
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Refused("bad_time", field="occurred_at") from error
    if read.tzinfo is None:
        raise Refused("bad_time", field="occurred_at")
    return (read - _EPOCH) // (datetime.resolution * 1000)


def rfc3339(ms: int) -> str:
    """Return an instant as RFC 3339 in UTC with milliseconds."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
