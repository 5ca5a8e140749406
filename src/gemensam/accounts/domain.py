"""Rules of accounts that need no database: who administers whom, login names, invitations, disuse (R63, R64, R67)."""

import re
from dataclasses import dataclass

from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused

DAY_MS = 24 * 60 * 60 * 1000
USERNAME_LENGTHS = range(3, 61)
_USERNAME = re.compile(r"[a-z0-9åäöéü]+(?:[._-][a-z0-9åäöéü]+)*")
_PERSONNUMMER = re.compile(r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+_.]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Post:
    """A function that an account may act in now, with its organisation."""

    function: str
    organisation: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who is signed in, before it is asked as what. `chosen` is the function picked in this session, or "".

    `second_factor`: this very session has used or set up one that the account has. A session from before the account
    had one (`enrolled`) must sign in anew: it may be a thief's who knows the password only.
    """

    account: str
    username: str
    second_factor: bool
    enrolled: bool
    posts: tuple[Post, ...]
    chosen: str = ""

    @property
    def post(self) -> Post | None:
        """The post acted in: the chosen one while it is held, else the only one there is, else None."""
        if not self.chosen and len(self.posts) == 1:
            return self.posts[0]
        return next((post for post in self.posts if post.function == self.chosen), None)


def administers(principal: Principal, organisation: str) -> bool:
    """Whether a principal may invite, appoint and end appointments for an organisation."""
    if "administer" in principal.permissions:
        return True
    return "administer_own" in principal.permissions and principal.organisation == organisation


def require_administering(principal: Principal, organisation: str) -> None:
    """Raise `Refused("not_permitted")` where the principal administers another organisation or none."""
    if not administers(principal, organisation):
        raise Refused("not_permitted", permission="administer_own")


def clean_username(username: str) -> str:
    """The login name in lower case; raises `Refused` for a wrong form or what looks like a personnummer (R63)."""
    name = username.strip().lower()
    if _PERSONNUMMER.search(name):
        raise Refused("username_is_personnummer")
    if len(name) not in USERNAME_LENGTHS or not _USERNAME.fullmatch(name):
        raise Refused("username_wrong")
    return name


def check_invitation(*, used: bool, withdrawn: bool, expires_at: int, now: int) -> None:
    """Raise `Refused` with `invitation_used`, `invitation_withdrawn` or `invitation_expired`; times in ms UTC."""
    if used:
        raise Refused("invitation_used")
    if withdrawn:
        raise Refused("invitation_withdrawn")
    if expires_at <= now:
        raise Refused("invitation_expired")


def is_unused(last_used_at: int, now: int, *, days: int) -> bool:
    """Whether an account has not been used for so many days (R67); 0 days means that the rule is off."""
    return days > 0 and now - last_used_at >= days * DAY_MS
