"""The demonstration's accounts: functions, never people, with one printed password that is for demonstrations only."""

import json
from dataclasses import dataclass
from importlib.resources import files

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from gemensam.accounts.provision import create_user


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the demonstration: its function's id is its user name."""

    function: str
    does: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Logins:
    """All of them, and the password that they share."""

    password: str
    logins: tuple[Login, ...]


def load_logins() -> Logins:
    """Return the demonstration's accounts from `logins.json`."""
    data = json.loads((files("gemensam.demo") / "logins.json").read_text(encoding="utf-8"))
    second = data["second_factor"]
    secrets = {second["function"]: second["secret"]}
    found = tuple(Login(one["function"], one["does"], secrets.get(one["function"], "")) for one in data["logins"])
    return Logins(data["password"], found)


def make_accounts(found: Logins) -> None:
    """Make the accounts that are not there. The password is hashed once for all, since hashing takes long by design."""
    names = {login.function for login in found.logins}
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    missing = [login for login in found.logins if login.function not in there]
    encoded = make_password(found.password) if missing else ""
    for login in missing:
        create_user(login.function, "", [login.function], totp_secret=login.secret or None, encoded_password=encoded)
