"""What several kinds of this room check under the append lock. Raises `Refused`; pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Decision
from gemensam.organisations.domain import functions

HERE = frozenset({ROSTERS})
ADMINISTER_OWN = "administer_own"
LABEL_MAX, TEXT_MAX = 80, 500


def check_line(field: str, text: str, *, limit: int = LABEL_MAX) -> str:
    """Return a single line without space around it; raises `Refused`: `line_missing`, `text_too_long`."""
    plain = text.strip()
    if not plain or any(ord(sign) < 32 or sign in "\u2028\u2029" for sign in plain):
        raise Refused("line_missing", field=field)
    if len(plain) > limit:
        raise Refused("text_too_long", field=field, limit=limit, length=len(plain))
    return plain


def check_text(field: str, text: str, *, limit: int = TEXT_MAX) -> None:
    """Raise `Refused("text_too_long")`."""
    if len(text) > limit:
        raise Refused("text_too_long", field=field, limit=limit, length=len(text))


def check_own_functions(decision: Decision, given: Iterable[str]) -> None:
    """Raise `Refused("functions_not_own")` for functions that are not in use at the writing organisation."""
    own = {each.id for each in functions(decision.directory, decision.organisation)}
    if wrong := sorted(set(given) - own):
        raise Refused("functions_not_own", unknown=", ".join(wrong))


def own_thing(decision: Decision, subject: str, type_: str, refusal: str) -> Thing:
    """Return a thing of the space that belongs to the writing organisation; raises `Refused(refusal)`."""
    thing = decision.state.thing(subject)
    if thing is None or thing.type != type_ or thing.organisation != decision.organisation:
        raise Refused(refusal)
    return thing


def kept(data: Any, _header: Any, _digest: str, _payload: Mapping[str, Any] | None) -> Any:
    """Change nothing but the status."""
    return data
