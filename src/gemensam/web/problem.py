"""Problem documents (RFC 9457) for the API: what was refused, as data."""

import json
from typing import Any

from django.http import HttpResponse

from gemensam.core.refusal import Refused
from gemensam.web import labels

MEDIA_TYPE = "application/problem+json"


def document(refused: Refused) -> dict[str, Any]:
    """`type` is an address that explains the code; `title` in the active language; the facts as members."""
    facts = {name: _plain(value) for name, value in refused.facts.items() if name not in _RESERVED}
    return {
        "type": f"/problems/{refused.code}/",
        "title": labels.words(refused),
        "status": labels.status_of(refused.code),
        "code": refused.code,
        **facts,
    }


def response(refused: Refused) -> HttpResponse:
    """The problem document as an answer with its status; 401 says how to authenticate."""
    told = document(refused)
    body = json.dumps(told, ensure_ascii=False, sort_keys=True)
    answer = HttpResponse(body, content_type=MEDIA_TYPE, status=told["status"])
    if told["status"] == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


_RESERVED = frozenset({"type", "title", "status", "code", "detail", "instance"})


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(str(one) for one in value)
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return str(value)
