"""The rows of the table, each measured for a database: `measure(site, database)` gives figures."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bench.figures import Outcome
from bench.rows import (
    acknowledgements,
    adoptions,
    callouts,
    decisions,
    first_views,
    mapped,
    memory,
    pictures,
    posts,
    replaying,
    shaped,
    signals,
    starting,
    verifying,
    weight,
)
from bench.site import Site

Measure = Callable[[Site, str], list[Outcome]]

# In this order: what counts entries comes before what adds to them.
ROWS: Mapping[str, Measure] = MappingProxyType(
    {
        "memory": memory.measure,
        "picture": pictures.measure,
        "adoption": adoptions.measure,
        "replay": replaying.measure,
        "weight": weight.measure,
        "thin-line": shaped.measure,
        "map": mapped.measure,
        "signals": signals.measure,
        "posts": posts.measure,
        "call-out": callouts.measure,
        "acknowledgement": acknowledgements.measure,
        "first-view": first_views.measure,
        "verify": verifying.measure,
        "decisions": decisions.measure,
        "start": starting.measure,
    }
)
# What is the same whatever the database.
ONCE = frozenset({"weight", "thin-line", "map", "start", "decisions"})
