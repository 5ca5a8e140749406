"""The lägesrapport: what an organisation says of its own situation (R15, R19–R23, R29, R71).

A report belongs to the organisation that it is about. One that another organisation typed (*inlagd åt
aktören*) is unconfirmed until the owner confirms, denies or corrects it; whoever typed it wrongly types a
new one, for only the owner changes what is the owner's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any, NamedTuple

from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import FOR_OTHERS, GroupKey, Kind, SortKey, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.picture.domain import report_rules as rules
from gemensam.picture.domain.links import BY_LINK
from gemensam.picture.domain.places import Place
from gemensam.picture.domain.report_cells import Cells, CellState, extract_cells, read_cells
from gemensam.picture.domain.written import Written

HERE = frozenset({"standing", "incident", "exercise", "sub", "outer"})
# Relations of a report's references: requests answered, the report confirmed as unchanged, the one seen as latest.
# `part_of`: the report in a wider space that a narrower part belongs to.
# `sanitised_as`: the report in a wider space in which its owner has told some of this one, edited.
ANSWERS, CONFIRMS, FOLLOWS, PART_OF = "answers", "confirms", "follows", "part_of"
SANITISED_AS = "sanitised_as"
IN_FORCE = frozenset({"published", "unconfirmed"})
UNCHANGED, NO_IMPACT, NOTHING = "unchanged", "no_impact", "nothing_to_report"


@dataclass(frozen=True)
class FieldText:
    """The text of one field of the template, by the field's code."""

    code: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A key figure: decimal number as text (or ms UTC for a figure that is a time), unit, time and source.

    An empty `unit` becomes the list's; another unit is refused, for units are never mixed.
    """

    code: str
    value: str
    unit: str = ""
    at: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Cell:
    """Status and text of one verksamhet.

    `stated_at`: when it was true (ms UTC), None = the report's. `until_at` goes with *återkommer*. `label`
    names the row `annat`. `unconfirmed` None = as the source's default. Empty type, certainty and source
    become the lists' defaults. `area` says where in words, `where` by kommun or point; without it the cell is
    about the organisation's own kommun, where it is one.
    """

    row: str
    status: str
    text: str = ""
    type: str = ""
    certainty: str = ""
    source: str = ""
    source_text: str = ""
    stated_at: int | None = None
    trend: str = ""
    unconfirmed: bool | None = None
    figures: tuple[Figure, ...] = ()
    until_at: int | None = None
    area: str = ""
    label: str = ""
    where: Place | None = None


@dataclass(frozen=True)
class Planned:
    """A planned measure: what, when and by whom, in words."""

    what: str
    when: str = ""
    who: str = ""


@dataclass(frozen=True)
class Forecast:
    """Likely and reasonable worst development within 6, 24 or 72 hours of `stated_at` (None: the report's)."""

    hours: int
    text: str
    worst: str = ""
    stated_at: int | None = None


@dataclass(frozen=True)
class NeedLine:
    """Support that the organisation needs. `urgency` from the list."""

    what: str
    amount: str = ""
    place: str = ""
    when: str = ""
    urgency: str = ""


@dataclass(frozen=True)
class OfferLine:
    """What the organisation can contribute, from when and for how long, in words."""

    what: str
    amount: str = ""
    place: str = ""
    when: str = ""
    how_long: str = ""


@dataclass(frozen=True)
class AttachmentRef:
    """A file stored in the same space."""

    digest: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Reply:
    """The answer to a further question of a request; the question is copied, so that it reads alone."""

    request: str
    question: str
    text: str


@dataclass(frozen=True)
class ReportPayload:
    """The whole content of a report; a correction carries the whole new content.

    `stated_at`: *läget gäller kl.* (ms UTC). `quick`: "", `unchanged`, `no_impact` or `nothing_to_report`, whose
    content the program fills in. `confirms`: for `unchanged`, the digest of the entry whose content is
    confirmed; `kept_at`: when that content was first true; `repeats`: how many confirmations in a row. `written`: where
    it was written before it could be entered.
    """

    template: str
    stated_at: int
    summary: str = ""
    texts: tuple[FieldText, ...] = ()
    cells: tuple[Cell, ...] = ()
    done: tuple[str, ...] = ()
    planned: tuple[Planned, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    needs: tuple[NeedLine, ...] = ()
    offers: tuple[OfferLine, ...] = ()
    confirms: str = ""
    quick: str = ""
    next_at: int | None = None
    attachments: tuple[AttachmentRef, ...] = ()
    kept_at: int | None = None
    repeats: int = 0
    replies: tuple[Reply, ...] = ()
    written: Written | None = None


@dataclass(frozen=True)
class RelayedReport(ReportPayload):
    """A report typed for a member that phoned or radioed; `received_by` is the function that took it, never a name.

    The header says how (`via`) and when it was received (`occurred_at`). `link_for`: for a report that came by an
    answer link (R85), the function that the link was made for; never a name.
    """

    received_by: str = ""
    link_for: str = ""


@dataclass(frozen=True)
class ReportConfirmed:
    """The owner confirms what was typed on its behalf."""

    note: str = ""


@dataclass(frozen=True)
class ReportDenied:
    """The owner says that what was typed on its behalf is not its report."""

    reason: str


@dataclass(frozen=True)
class ReportWithdrawn:
    """The owner takes the report back; it stays readable as withdrawn."""

    reason: str


@dataclass(frozen=True)
class ReportSanitised:
    """The owner has told some of this report in a wider circle, as a *sanerad version* of its own words (R52).

    The header's reference (rel `sanitised_as`) names the report there; nothing there names this one.
    """

    note: str = ""


class ReportData(NamedTuple):
    """A report in the state; times in ms UTC.

    `kept_at`: the time of the content, older than `stated_at` where *oförändrat* confirmed it. `content`: digest
    of the entry that holds the content in force. `answers`: the requests answered. `by_organisation` and
    `relayed_via` say who typed the content and how it came, where that was another organisation. `part_of`: the report
    in a wider space that this is the narrower part of.
    """

    stated_at: int
    kept_at: int
    occurred_at: int
    clock: Clock
    content: str
    template: str = ""
    cells: Cells = Cells()
    quick: str = ""
    confirms: str = ""
    repeats: int = 0
    answers: tuple[str, ...] = ()
    needs: int = 0
    offers: int = 0
    next_at: int = 0
    relayed_via: str = ""
    by_organisation: str = ""
    corrections: int = 0
    part_of: str = ""

    def unsaid(self) -> tuple[str, ...]:
        """Return which later fields say nothing (`core.state.plain`)."""
        return () if self.part_of else ("part_of",)

    def cell(self, row: str) -> CellState | None:
        return next((cell for cell in self.cells if cell.row == row), None)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    data: ReportData = thing.data
    key = (data.stated_at, data.clock, thing.subject)
    if thing.status not in IN_FORCE:
        yield ("report_traces", thing.organisation), key
        return
    yield ("reports", thing.organisation), key
    if thing.status == "unconfirmed":
        yield ("reports_unconfirmed", thing.organisation), key
    for request in data.answers:
        yield ("answers", request), key
    if data.part_of:
        yield ("parts", data.part_of), key


REPORT = SubjectType(
    "report",
    owner=Machine(
        {
            ("", "report.published"): "published",
            ("", "report.relayed"): "unconfirmed",
            ("unconfirmed", "report.confirmed"): "published",
            ("unconfirmed", "report.denied"): "denied",
            ("unconfirmed", "report.corrected"): "published",
            ("published", "report.corrected"): "published",
            ("published", "report.sanitised"): "published",
            ("published", "report.withdrawn"): "withdrawn",
        }
    ),
    index=_index,
)


def _extract(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return codes, times and how many there are of what: a tenth of a report, the rest is text."""
    stated_at = payload["stated_at"]
    found = {name: payload.get(name) for name in ("kept_at", "template", "quick", "confirms", "repeats", "next_at")}
    found |= {name: len(payload.get(name, ())) for name in ("needs", "offers")}
    found["cells"] = extract_cells(payload.get("cells", ()), stated_at)
    return {"stated_at": stated_at, **{name: value for name, value in found.items() if value}}


def _content(data: Any, header: Header, digest: str, extract: Mapping[str, Any] | None) -> ReportData:
    """Return the state of new content; without an extract (disposed of) its cells are unknown."""
    before = data if isinstance(data, ReportData) else None
    given = extract or {}
    stated_at = given.get("stated_at", header.occurred_at)
    return ReportData(
        stated_at=stated_at,
        kept_at=given.get("kept_at", stated_at),
        occurred_at=header.occurred_at,
        clock=header.clock,
        content=digest,
        template=intern(given.get("template", "")),
        cells=read_cells(given.get("cells", ()), stated_at),
        quick=intern(given.get("quick", "")),
        confirms=given.get("confirms", ""),
        repeats=given.get("repeats", 0),
        answers=_answers(before, header),
        needs=given.get("needs", 0),
        offers=given.get("offers", 0),
        next_at=given.get("next_at", 0),
        relayed_via=intern(header.via) if header.on_behalf else "",
        by_organisation=intern(header.by_organisation),
        corrections=before.corrections + 1 if before else 0,
        part_of=_part_of(before, header),
    )


def _answers(before: ReportData | None, header: Header) -> tuple[str, ...]:
    known = before.answers if before else ()
    if not header.refs:
        return known
    return tuple(sorted({*known, *(ref.subject for ref in header.refs if ref.rel == ANSWERS)}))


def _part_of(before: ReportData | None, header: Header) -> str:
    named = next((ref.subject for ref in header.refs if ref.rel == PART_OF), "") if header.refs else ""
    return named or (before.part_of if before else "")


def _kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def report_text(payload: Mapping[str, Any]) -> str:
    """Return what the full-text search finds in a report."""
    return "\n".join(part for part in _texts(payload) if part)


def _texts(payload: Mapping[str, Any]) -> Iterator[str]:
    yield payload["summary"]
    yield from (field["text"] for field in payload["texts"])
    for cell in payload["cells"]:
        yield from (cell["label"], cell["text"], cell["area"], cell["source_text"])
    yield from payload["done"]
    yield from _values(payload["planned"], "what", "when", "who")
    yield from _values(payload["forecasts"], "text", "worst")
    yield from _values(payload["needs"], "what", "amount", "place", "when")
    yield from _values(payload["offers"], "what", "amount", "place", "when")
    yield from _values(payload["replies"], "question", "text")


def _values(lines: Iterable[Mapping[str, Any]], *names: str) -> Iterator[str]:
    for line in lines:
        yield from (line[name] for name in names)


def _reason(payload: Mapping[str, Any]) -> str:
    return str(payload["reason"])


KINDS = (
    Kind("report.published", 1, REPORT, ReportPayload, "report", _content,
         spaces=HERE, decide=rules.decide_published, text=report_text, extract=_extract),
    Kind("report.relayed", 1, REPORT, RelayedReport, "report_for_others", _content,
         spaces=HERE, decide=rules.decide_relayed, text=report_text, extract=_extract, on_behalf=FOR_OTHERS | BY_LINK),
    Kind("report.corrected", 1, REPORT, ReportPayload, "report", _content,
         spaces=HERE, decide=rules.decide_corrected, text=report_text, extract=_extract),
    Kind("report.sanitised", 1, REPORT, ReportSanitised, "report", _kept,
         spaces=frozenset({"sub"}), decide=rules.decide_sanitised, text=lambda payload: payload["note"],
         folds_payload=False),
    Kind("report.confirmed", 1, REPORT, ReportConfirmed, "confirm", _kept,
         spaces=HERE, text=lambda payload: payload["note"], folds_payload=False),
    Kind("report.denied", 1, REPORT, ReportDenied, "confirm", _kept,
         spaces=HERE, decide=rules.decide_reason, text=_reason, folds_payload=False),
    Kind("report.withdrawn", 1, REPORT, ReportWithdrawn, "report", _kept,
         spaces=HERE, decide=rules.decide_reason, text=_reason, folds_payload=False),
)  # fmt: skip
TYPES = (REPORT,)
