"""Kept fragments: one drawing for all who wait, bounded, and nothing kept of a drawing that failed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from gemensam.web.fragments import Fragments


def test_forty_readers_at_once_share_one_drawing() -> None:
    fragments, drawn, everyone = Fragments(1000), [], Barrier(40)

    def draw() -> str:
        drawn.append(1)
        return "text"

    def read(_number: int) -> str:
        everyone.wait()
        return fragments.get("matrix", draw)

    with ThreadPoolExecutor(40) as pool:
        assert set(pool.map(read, range(40))) == {"text"}
    assert len(drawn) == 1


def test_a_slow_drawing_holds_up_nobody_who_wants_another_key() -> None:
    fragments, begun, release = Fragments(1000), Event(), Event()

    def slow() -> str:
        begun.set()
        assert release.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(fragments.get, "slow", slow)
        assert begun.wait(10)
        assert fragments.get("quick", lambda: "quick") == "quick"
        release.set()
        assert waiting.result(10) == "slow"


def test_what_was_read_longest_ago_goes_first() -> None:
    fragments = Fragments(max_characters=10)
    for key in ("a", "b"):
        fragments.get(key, _text("12345"))
    fragments.get("a", _never)
    fragments.get("c", _text("12345"))
    fragments.get("a", _never)
    with pytest.raises(AssertionError):
        fragments.get("b", _never)


def test_a_drawing_that_fails_is_tried_anew() -> None:
    fragments = Fragments(1000)
    with pytest.raises(AssertionError):
        fragments.get("key", _never)
    assert fragments.get("key", _text("well")) == "well"


def test_nothing_is_left_after_clearing() -> None:
    fragments = Fragments(1000)
    fragments.get("key", _text("disposed"))
    fragments.clear()
    assert fragments.get("key", _text("new")) == "new"


def _text(text: str) -> Callable[[], str]:
    return lambda: text


def _never() -> str:
    raise AssertionError("drawn again")
