"""When a post that waited in a device was written: by a clock that is right, wrong, or was set while it waited."""

from hypothesis import given
from hypothesis import strategies as some

from gemensam.web.waited import SAME_CLOCK_MS, Told, Waited, judge, read

NOW = 1_795_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR
FAR = some.integers(-10 * DAY, 10 * DAY)
LONG = some.integers(0, 5 * DAY)


def test_a_clock_that_is_right_is_believed() -> None:
    assert judge(Told(NOW - 2 * DAY, NOW, 0, NOW - 3 * DAY), NOW) == Waited(NOW - 2 * DAY)


@given(ahead=FAR, age=LONG)
def test_a_wrong_clock_is_corrected_and_what_it_showed_is_kept(ahead: int, age: int) -> None:
    written_at = NOW - age
    found = judge(Told(written_at + ahead, NOW + ahead, ahead, written_at - HOUR), NOW)
    assert (found.at, found.doubtful) == (written_at, False)
    assert found.device_at == (written_at + ahead if abs(ahead) >= 60_000 else None)


@given(ahead=FAR, age=LONG)
def test_a_clock_that_was_never_compared_is_judged_by_its_error_now(ahead: int, age: int) -> None:
    found = judge(Told(NOW - age + ahead, NOW + ahead), NOW)
    assert (found.at, found.doubtful) == (NOW - age, False)


@given(ahead=FAR.filter(lambda ms: abs(ms) > SAME_CLOCK_MS), age=some.integers(HOUR, 5 * DAY))
def test_a_clock_that_was_set_while_it_waited_is_told_as_doubtful(ahead: int, age: int) -> None:
    """It was wrong when last compared and when it was written, and is right now that it sends."""
    found = judge(Told(NOW - age + ahead, NOW, ahead, NOW - age - HOUR), NOW)
    assert found == Waited(NOW - age, NOW - age + ahead, doubtful=True)


@given(
    written_at=some.integers(0, 2 * NOW),
    sent_at=some.integers(0, 2 * NOW),
    ahead=FAR,
    seen_at=some.integers(0, 2 * NOW),
)
def test_whatever_it_tells_the_time_is_one_that_can_be(written_at: int, sent_at: int, ahead: int, seen_at: int) -> None:
    found = judge(Told(written_at, sent_at, ahead, seen_at), NOW)
    assert min(seen_at, NOW) <= found.at <= NOW


def test_an_empty_battery_gives_the_time_of_the_last_contact() -> None:
    """The clock began anew in 1970 after the last contact, and was set again before it sent."""
    found = judge(Told(HOUR, NOW, 0, NOW - DAY), NOW)
    assert found == Waited(NOW - DAY, HOUR, doubtful=True)


def test_what_cannot_be_read_says_nothing() -> None:
    assert read({}, NOW) is None
    assert read({"waited_written_at": "i går", "waited_sent_at": str(NOW)}, NOW) is None
    assert read({"waited_written_at": "9" * 40, "waited_sent_at": str(NOW)}, NOW) is None
    told = {
        "waited_written_at": str(NOW - HOUR),
        "waited_sent_at": str(NOW),
        "waited_ahead": "-5",
        "waited_seen_at": "",
    }
    assert read(told, NOW) == Waited(NOW - HOUR + 5)
