"""Texts of the package, filled in: what is known goes into its place, what is not stays as a marked gap (G8). Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_FIELD = re.compile(r"\{(\w+)(\?)?\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text, and the fields of it that are not known, each once, in their order."""

    text: str
    missing: tuple[str, ...] = ()


def fill(text: str, values: Mapping[str, str], words: Mapping[str, str]) -> Filled:
    """Fill `{field}` in; one that is not known becomes `[word]` and is told as missing. `{field?}` may be nothing."""
    missing: list[str] = []

    def put(found: re.Match[str]) -> str:
        name, optional = found[1], bool(found[2])
        value = values.get(name, "")
        if value or optional:
            return value
        missing.append(name)
        return f"[{words.get(name, name)}]"

    filled = re.sub(r"[ ]{2,}|[ ]+(?=\n|$)", lambda gap: " " if gap.end() < len(gap.string) else "",
                    _FIELD.sub(put, text))  # fmt: skip
    return Filled(filled.strip(), tuple(dict.fromkeys(missing)))


def proposals(items: Iterable[Mapping[str, Any]], steps: Iterable[str], kind: str) -> list[Mapping[str, Any]]:
    """Return the proposals of a route's steps in their order: those for the kind of member before those for all."""
    known = list(items)
    found = []
    for step in steps:
        of_step = [item for item in known if item["step"] == step]
        own = [item for item in of_step if kind in item["kinds"]]
        found += (own or [item for item in of_step if not item["kinds"]])[:1]
    return found
