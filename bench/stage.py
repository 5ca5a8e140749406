"""Accounts and spaces for a run, made inside the program for one data folder; speaks JSON on stdin and stdout.

Sessions are rows made here: signing in by password takes long by design, and is not what is measured.
"""

import json
import secrets
import sys
from typing import Any


def main() -> None:
    """Read what is wanted and print what was made."""
    import django

    django.setup()
    wanted = json.load(sys.stdin)
    spaces = {title: _open_space(wanted["opener"], title) for title in wanted["spaces"]}
    members = _reporting_members()
    accounts = [_account(one["name"], one["function"]) for one in _everybody(wanted, members)]
    screens = [_screen(members[number % len(members)]) for number in range(wanted["screens"])]
    told = {"spaces": spaces, "members": members, "accounts": accounts, "screens": screens, "rows": _rows()}
    print(json.dumps(told))


def _everybody(wanted: dict[str, Any], members: list[list[str]]) -> list[dict[str, str]]:
    own = [{"name": f"bench-{organisation}", "function": function} for organisation, function in members]
    alike = [{"name": f"bench-reader-{number}", "function": wanted["reader"]} for number in range(wanted["alike"])]
    return [*own, *alike, {"name": "bench-registrar", "function": wanted["registrar"]}]


def _open_space(function: str, title: str) -> str:
    from gemensam.core.writing import Draft
    from gemensam.ledger.append import append
    from gemensam.ledger.checking import loader
    from gemensam.ledger.ids import uuid7
    from gemensam.organisations.founding import pins

    space = uuid7()
    append(
        loader(function),
        [Draft("space.opened", space, space, {"space_kind": "incident", "title": title, "pins": pins()})],
    )
    return space


def _reporting_members() -> list[list[str]]:
    """Return (organisation, function) of every member's first function that may report, the asking one last."""
    from gemensam.core.policy import DIRECTORY
    from gemensam.ledger.log import LOG
    from gemensam.organisations import domain

    directory = LOG.catch_up(DIRECTORY)
    found = []
    for member in domain.members(directory):
        able = (one.id for one in domain.functions(directory, member.id) if _may_report(directory, one.id))
        if function := next(able, ""):
            found.append([member.id, function])
    found.sort(key=lambda pair: pair[0] == "lansstyrelsen")
    return found


def _may_report(directory: Any, function: str) -> bool:
    from gemensam.organisations import domain

    return "report" in domain.permissions_of(directory, function)


def _rows() -> list[str]:
    from gemensam.core.policy import DIRECTORY
    from gemensam.ledger.log import LOG
    from gemensam.organisations import domain

    return list(domain.vocabulary(LOG.catch_up(DIRECTORY), "rows").codes())


def _account(name: str, function: str) -> dict[str, str]:
    """Make an account with a second factor, a token and a session."""
    from django.conf import settings

    from gemensam.accounts.provision import create_token, create_user

    user = create_user(name, "", [function], totp_secret="JBSWY3DPEHPK3PXP", encoded_password="!")
    token = create_token(name, function, label="bench")
    csrf = secrets.token_hex(16)
    cookie = f"{_signed_in(user, function)}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return {"name": name, "function": function, "token": token, "cookie": cookie, "csrf": csrf}


def _screen(member: list[str]) -> str:
    """Sign a member's account in on one more screen; returns its cookie."""
    from django.contrib.auth.models import User

    organisation, function = member
    return _signed_in(User.objects.get(username=f"bench-{organisation}"), function)


def _signed_in(user: Any, function: str) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from gemensam.accounts.principals import CHOSEN_FUNCTION, SECOND_FACTOR_USED
    from gemensam.accounts.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[CHOSEN_FUNCTION], session[SECOND_FACTOR_USED] = function, True
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    main()
