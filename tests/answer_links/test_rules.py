"""How long a link holds, what is said of it, and whom it can be for (R85)."""

import pytest

from gemensam.answer_links.domain import LinkTimes, checked_label
from gemensam.core.refusal import Refused
from tests.picture.test_reporting_pages import HOUR


def test_a_link_holds_until_the_deadline_and_its_margin_whatever_has_been_done_with_it() -> None:
    link = LinkTimes(made_at=0, margin_ms=HOUR, opened_at=1, answered_at=2)
    assert link.holds(deadline_at=10, now=HOUR + 9) and not link.holds(deadline_at=10, now=HOUR + 10)
    assert link.holds(deadline_at=HOUR, now=HOUR + 10)  # a deadline that is moved takes the link with it
    assert not LinkTimes(made_at=0, margin_ms=HOUR, revoked_at=3).holds(deadline_at=10, now=4)


@pytest.mark.parametrize(
    ("known", "now", "state"),
    [
        ({}, 5, "made"),
        ({}, 11, "expired"),
        ({"opened_at": 2}, 5, "opened"),
        ({"opened_at": 2}, 11, "expired"),
        ({"opened_at": 2, "answered_at": 3}, 11, "answered"),
        ({"opened_at": 2, "answered_at": 3, "revoked_at": 4}, 5, "revoked"),
    ],
)
def test_what_has_happened_last_is_its_state(known: dict[str, int], now: int, state: str) -> None:
    assert LinkTimes(made_at=1, margin_ms=1, **known).state(deadline_at=10, now=now) == state


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  ", "link_label_missing"),
        ("anna@example.org", "link_label_personal"),
        ("Jour 070-123 45 67", "link_label_personal"),
        ("811218-9876", "link_label_personal"),
        ("x" * 81, "text_too_long"),
    ],
)
def test_a_link_is_for_a_function_and_nobody_else(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_label(text)
    assert refused.value.code == code


def test_a_function_may_have_a_number_in_its_name() -> None:
    assert checked_label(" Ledning \n 112 ") == "Ledning 112"
