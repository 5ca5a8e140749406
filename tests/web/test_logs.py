"""What no log line may hold."""

import logging

import pytest

from gemensam.web.logs import HideSecrets, hide_secrets


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("GET /invitation/abc-123/ failed", "GET /invitation/… failed"),
        ("GET /answer/abc-123_x/ failed", "GET /answer/… failed"),
        ("Not Found: /accounts/password/reset/key/4-secret/", "Not Found: /accounts/password/reset/key/…"),
        ("/spaces/1/search/?q=personnamn&x=1 took long", "/spaces/1/search/?… took long"),
        ("Is it well?", "Is it well?"),
    ],
)
def test_personal_links_and_queries_are_cut_out(line: str, written: str) -> None:
    assert hide_secrets(line) == written


def test_arguments_of_a_record_are_cut_as_well() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "at %s", ("/invitation/secret",), None)
    assert HideSecrets().filter(record)
    assert record.getMessage() == "at /invitation/…"
