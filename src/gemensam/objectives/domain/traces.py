"""What a goal or milestone comes from: händelser, övningar, utvärderingar, workshops (G4).

A trace is a reference to a space or thing of a wider or equal circle, or words with a date and a source.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.writing import Decision
from gemensam.objectives.domain import rules

FROM = "from"  # the relation of a reference to what it comes from
KINDS_OF_TRACE = "trace_kinds"  # list
TRACES_MAX = 20
Source = tuple[str, str]  # space and subject; a space itself stands as its own subject


@dataclass(frozen=True)
class Trace:
    """One source. `kind` from the list; `on` a day (ISO) or ""; `space` and `subject` where it is one that is here."""

    kind: str
    text: str = ""
    on: str = ""
    source: str = ""
    space: str = ""
    subject: str = ""


def refs_of(traces: Iterable[Mapping[str, Any]]) -> tuple[Ref, ...]:
    """Return the references that a header must carry for its traces."""
    found = {(each["space"], each.get("subject") or each["space"]) for each in traces if each.get("space")}
    return tuple(Ref(FROM, space, subject) for space, subject in sorted(found))


def traced(refs: Iterable[Ref]) -> tuple[Source, ...]:
    """Return what an entry comes from; from the header, so that disposal does not change it."""
    return tuple(sorted((ref.space, ref.subject) for ref in refs if ref.rel == FROM))


def check_traces(decision: Decision, traces: Sequence[Mapping[str, Any]]) -> None:
    """Raise `Refused`: `too_many_traces`, `unknown_trace`, `trace_empty`, `objective_day_wrong`, `trace_refs`."""
    if len(traces) > TRACES_MAX:
        raise Refused("too_many_traces", limit=TRACES_MAX)
    for each in traces:
        rules.check_codes(decision, KINDS_OF_TRACE, each["kind"], "unknown_trace")
        rules.check_words(text=each["text"], source=each["source"])
        rules.check_day("on", each["on"], needed=False)
        if not each["space"] and not each["text"].strip():
            raise Refused("trace_empty")
    if traced(refs_of(traces)) != traced(decision.draft.refs):
        raise Refused("trace_refs")
