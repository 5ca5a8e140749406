"""The demonstration's accounts are functions of the region, never people, and are printed with how to sign in."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gemensam.regions import load_region

if TYPE_CHECKING:
    from tests.network import Network

# Words that begin with a capital although they name no person.
NAMES = {"Rakel", "Vaxholm", "TiB"}


def _welcome() -> list[str]:
    from gemensam.demo.logins import load_logins
    from gemensam.demo.show import welcome

    return list(welcome(load_logins(), 8765, Path("data")))


def _table() -> list[tuple[str, str, str]]:
    lines = _welcome()
    first = next(place for place, line in enumerate(lines) if "───" in line) + 1
    rows = []
    for line in lines[first : lines.index("", first)]:
        name, password, does = re.split(r" {2,}", line.strip(), maxsplit=2)
        rows.append((name, password, does))
    return rows


def test_they_are_the_functions_that_the_region_gives_a_login() -> None:
    assert {name for name, _, _ in _table()} == {item["id"] for item in load_region("stockholm").demo_functions}


def test_nobody_is_named() -> None:
    for _, _, does in _table():
        assert set(re.findall(r"\b[A-ZÅÄÖ]\w+", does)) <= NAMES, does


def test_the_columns_stand_under_each_other() -> None:
    lines = [line for line in _welcome() if "vinter-demo-2026" in line or line.startswith("  Användarnamn")]
    assert len({(line.find("vinter-demo-2026"), line.find("Lösenord")) for line in lines[1:]}) == 1
    assert lines[0].index("Lösenord") == lines[1].index("vinter-demo-2026")
    assert max(map(len, lines)) <= 120


def test_the_address_the_second_factor_and_how_to_stop_are_told() -> None:
    told = "\n".join(_welcome())
    for part in ("DEMONSTRATION", "http://localhost:8765/", "GEMENSAMDEMO2345", "make demo-reset", "Ctrl+C"):
        assert part in told


@pytest.mark.database
def test_every_account_can_sign_in_and_acts_in_its_one_function(network: "Network") -> None:
    from django.contrib.auth import authenticate
    from django.test import RequestFactory

    from gemensam.accounts.queries import appointments_of
    from gemensam.demo.logins import load_logins, make_accounts

    found = load_logins()
    make_accounts(found)
    request = RequestFactory().post("/accounts/login/")
    for name in ("nacka-tib", "kansliet-granskare"):
        user = authenticate(request, username=name, password=found.password)
        assert user is not None
        assert [appointment.function for appointment in appointments_of(user)] == [name]


@pytest.mark.database
def test_one_account_has_the_printed_secret_as_its_second_factor(network: "Network") -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
    from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters

    from gemensam.demo.logins import load_logins, make_accounts

    make_accounts(load_logins())
    with_totp = Authenticator.objects.filter(type="totp")
    assert [one.user.username for one in with_totp] == ["kansliet-granskare"]
    code = format_hotp_value(hotp_value("GEMENSAMDEMO2345", next(iter(counters()))))
    assert TOTP(with_totp[0]).validate_code(code)


@pytest.mark.database
def test_a_second_start_makes_no_account_and_changes_none(network: "Network") -> None:
    from django.contrib.auth.models import User

    from gemensam.demo.logins import load_logins, make_accounts

    make_accounts(load_logins())
    before = list(User.objects.order_by("pk").values())
    make_accounts(load_logins())
    assert list(User.objects.order_by("pk").values()) == before
