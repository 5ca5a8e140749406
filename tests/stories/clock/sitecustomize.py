"""A server whose clock has gone on by `CLOCK_AHEAD_MS`: Python runs this file first when its folder is on the path."""

import os
import time

_ns, _s = time.time_ns, time.time
_ahead_ms = int(os.environ.get("CLOCK_AHEAD_MS", "0"))
time.time_ns = lambda: _ns() + _ahead_ms * 1_000_000
time.time = lambda: _s() + _ahead_ms / 1000
