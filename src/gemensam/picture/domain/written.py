"""When and by whom a text was first written, where it came into the log later: by a queue, from paper, by radio.

The header holds two times: when it was written (`occurred_at`) and when it came in. What more is known stands here
(R68, R71): how it was written, by which function, and what the device's own clock showed where that clock was wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.clock import AHEAD_LIMIT_MS
from gemensam.core.refusal import Refused
from gemensam.core.writing import Decision
from gemensam.organisations.domain import pinned_vocabulary

WITHOUT_LINE = "utan_linje"  # a device kept it until it had contact again; set by the program alone
BY_MAX = 200


@dataclass(frozen=True)
class Written:
    """`at`: when it was written, by the server's clock as far as that is known (ms UTC). `medium`: a way of the list
    `via`, or `WITHOUT_LINE`. `by`: the function that wrote it, in words, never a name.

    `device_at`: what the device's clock showed, where that was another time. `doubtful`: the clock was set while the
    text waited, so that `at` is the best guess.
    """

    medium: str
    at: int
    by: str = ""
    device_at: int | None = None
    doubtful: bool = False


def check_written(decision: Decision) -> None:
    """Check the payload's `written`, if any.

    Raises `Refused`: `unknown_via`, `written_in_future`, `written_at_wrong`, `text_too_long`, `personal_number`.
    """
    written: Mapping[str, Any] | None = decision.draft.payload.get("written")
    if written is None:
        return
    if written["medium"] != WITHOUT_LINE:
        item = pinned_vocabulary(decision.directory, decision.state, "via").item(written["medium"])
        if item is None or item.get("set_by") == "program":
            raise Refused("unknown_via", value=written["medium"])
    if written["at"] > decision.now + AHEAD_LIMIT_MS:
        raise Refused("written_in_future", written_at=written["at"])
    if written["at"] <= 0:
        raise Refused("written_at_wrong")
    if len(written["by"]) > BY_MAX:
        raise Refused("text_too_long", field="by", limit=BY_MAX, length=len(written["by"]))
