"""Writers of the network's bodies, for the joint office. All raise what `ledger.append` and the bodies' rules raise."""

from collections.abc import Mapping
from typing import Any

from gemensam.core.policy import DIRECTORY
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.reading import Lens
from gemensam.organisations.commands.directory import free_id

Content = Mapping[str, Any]


def establish_body(lens: Lens, given: Content, *, key: str = "") -> Receipt:
    """Make a body. `given`: see `BodySaid`."""
    subject = free_id(lens.directory, f"organ-{given['name']}")
    return append(lens.principal, [Draft("body.established", DIRECTORY, subject, given)], key=key)[0]


def change_body(lens: Lens, body: str, given: Content, *, based_on: str, key: str = "") -> Receipt:
    """Change a body, whole, with the reason; one that was dissolved is there again."""
    draft = Draft("body.changed", DIRECTORY, body, given, based_on=based_on)
    return append(lens.principal, [draft], key=key)[0]


def dissolve_body(lens: Lens, body: str, given: Content, *, based_on: str, key: str = "") -> Receipt:
    """Note that there is no such body any longer; who sat in it can still be asked. `given`: see `BodyDissolved`."""
    draft = Draft("body.dissolved", DIRECTORY, body, given, based_on=based_on)
    return append(lens.principal, [draft], key=key)[0]
