"""Commands about accounts: user add, token add."""

import argparse
import secrets
import sys

from gemensam.cli.setting_up import migrate, open_data


def add_user(chosen: argparse.Namespace) -> None:
    """Make an account; prints a password when none was given."""
    open_data()
    migrate()
    from gemensam.accounts.provision import create_user

    given = sys.stdin.readline().rstrip("\n") if chosen.password_stdin else ""
    password = given or secrets.token_urlsafe(15)
    create_user(chosen.name, password, chosen.function)
    print(f"Account {chosen.name} may act as {', '.join(chosen.function)}.")
    if not given:
        print(f"Password: {password}")


def add_token(chosen: argparse.Namespace) -> None:
    """Make an API token and print it alone on its line, so that a script can take it."""
    open_data()
    migrate()
    from gemensam.accounts.provision import create_token

    print(create_token(chosen.user, chosen.function, label=chosen.label))
