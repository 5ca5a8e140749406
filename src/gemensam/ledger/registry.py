"""The registry of kinds and the rights that later layers register, named in the settings."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string
from pydantic import ConfigDict, TypeAdapter

from gemensam.core.kinds import Kind, Registry
from gemensam.core.policy import Membership
from gemensam.core.state import SpaceState


class Rights(Protocol):
    """What the ledger asks of whoever interprets `directory`."""

    def membership(self, directory: SpaceState) -> Membership: ...

    def permissions(self, directory: SpaceState, function: str) -> frozenset[str]: ...

    def secrecy_marks(self, directory: SpaceState) -> Mapping[str, bool]: ...


@cache
def registry() -> Registry:
    """Return the composition's registry (setting `GEMENSAM_KINDS`)."""
    return cast(Registry, import_string(settings.GEMENSAM_KINDS))


@cache
def rights() -> Rights:
    """Return the module that interprets `directory` (setting `GEMENSAM_RIGHTS`)."""
    from importlib import import_module

    return cast(Rights, import_module(settings.GEMENSAM_RIGHTS))


def adapter(kind: Kind) -> TypeAdapter[Any]:
    """Return the validator of a kind's payload: strict, unknown fields refused."""
    return _adapter(kind.payload)


@cache
def _adapter(payload: type) -> TypeAdapter[Any]:
    return TypeAdapter(_strict(payload))


@cache
def _strict(payload: type) -> type:
    payload.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[attr-defined]
    for nested in _nested(payload):
        _strict(nested)
    return payload


def _nested(payload: type) -> list[type]:
    from dataclasses import is_dataclass
    from typing import get_args, get_type_hints

    found: list[type] = []
    pending = list(get_type_hints(payload).values())
    while pending:
        hint = pending.pop()
        pending.extend(get_args(hint))
        if isinstance(hint, type) and is_dataclass(hint):
            found.append(hint)
    return found
