"""From a document's data to what its template prints: times in words, printable text, sums and the form of each row.

The templates only place things on paper; whatever counts or decides is here, where it can be tested without a compiler.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from gemensam.documents import times
from gemensam.documents.plain import COVERED, plain
from gemensam.documents.words import LOUD_MARKS, WORDS

View = dict[str, Any]


def layout(template: str, data: Mapping[str, Any], *, covered: frozenset[int] = COVERED) -> View:
    """Return what the template reads: the data with times as words, the document's own words under `w`, and sums.

    Raises ValueError for data that contradicts itself and KeyError for a value outside the scale.
    """
    frame = data["frame"]
    complete = {**data, **_ADDITIONS[template](data)}
    view: View = _printable(complete, frame["language"], _reference(data), covered)
    return {**view, "w": dict(WORDS[frame["language"]]), "about": _about(frame, covered)}


def _reference(data: Mapping[str, Any]) -> int:
    """Return the instant whose day need not be named: that of the picture or the meeting, else of the print."""
    return int(data.get("stated_at") or data.get("started_at") or data["frame"]["printed_at"])


def _printable(value: Any, language: str, reference: int, covered: frozenset[int]) -> Any:
    """Return strings that the fonts cover, and for each time (a whole number named `…at`) its two forms in words."""
    if isinstance(value, str):
        return plain(value, covered)
    if isinstance(value, Mapping):
        return {
            name: _time(part, language, reference)
            if _is_time(name, part)
            else _printable(part, language, reference, covered)
            for name, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_printable(part, language, reference, covered) for part in value]
    return value


def _is_time(name: str, value: object) -> bool:
    return (name == "at" or name.endswith("_at")) and isinstance(value, int)


def _time(at: int, language: str, reference: int) -> View:
    return {"full": times.full(at, language), "brief": times.brief(at, language, reference)}


def _about(frame: Mapping[str, Any], covered: frozenset[int]) -> View:
    """Return title, marks and short heads for the frame of the page and the properties of the file."""
    words = WORDS[frame["language"]]
    loud = [words[mark] for mark in frame["marks"] if mark in LOUD_MARKS]
    quiet = [plain(words.get(mark, mark), covered) for mark in frame["marks"] if mark not in LOUD_MARKS]
    title = plain(frame["title"], covered).replace("\n", " ")
    return {
        "title": " – ".join([*loud, title]),
        # What runs along the top of every page has room for one line each.
        "running": [plain(_shortened(frame[name], 80), covered) for name in ("title", "space", "moment")],
        "loud": loud,
        "quiet": quiet,
        "heads": [plain(_head(head), covered) for head in frame["heads"]],
    }


def _shortened(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _head(head: Mapping[str, Any]) -> str:
    return f"{head['node']}/{head['incarnation']} #{head['number']} {head['digest'][:16]}"


def _picture(data: Mapping[str, Any]) -> View:
    matrix = data["matrix"]
    scale = {value["code"]: value for value in matrix["scale"]}
    members = [_member(member, data, scale) for member in matrix["members"]]
    return {
        "scale": scale,
        "members_rows": members,
        "groups": [[name, len(list(part))] for name, part in groupby(matrix["activities"], lambda one: one["group"])],
        "totals": _totals(matrix, scale),
    }


def _member(member: Mapping[str, Any], data: Mapping[str, Any], scale: Mapping[str, Any]) -> View:
    cells, expected = member["cells"], len(data["matrix"]["activities"])
    if len(cells) != expected:
        raise ValueError(f"{member['name']} has {len(cells)} cells for {expected} activities")
    for cell in cells:
        scale[cell["value"]]
    oldest = member["oldest_at"]
    aged = "" if oldest is None else times.age(oldest, data["stated_at"], data["frame"]["language"])
    return {**member, "age": aged, "silence": _silence(cells, scale)}


def _silence(cells: Sequence[Mapping[str, Any]], scale: Mapping[str, Any]) -> str:
    """Return the value of a row that says one thing only, outside the scale: it is printed as one wide cell."""
    said = {(cell["value"], cell["detail"], tuple(cell["marks"])) for cell in cells}
    if len(said) != 1:
        return ""
    value, detail, marks = said.pop()
    return "" if scale[value]["digit"] or detail or marks else value


def _totals(matrix: Mapping[str, Any], scale: Mapping[str, Any]) -> View:
    """Count values per activity, worst first and what is missing last; never an average (starter data 2)."""
    found = {cell["value"] for member in matrix["members"] for cell in member["cells"]}
    order = sorted(scale.values(), key=lambda value: -int(value["digit"] or 0))
    codes = [value["code"] for value in order if value["digit"] or value["code"] in found]
    rows = []
    for place, activity in enumerate(matrix["activities"]):
        counts = Counter(member["cells"][place]["value"] for member in matrix["members"])
        rows.append({"name": activity["name"], "counts": [counts[code] for code in codes]})
    return {"codes": codes, "rows": rows}


def _minutes(data: Mapping[str, Any]) -> View:
    language, attendance = data["frame"]["language"], data["attendance"]
    ended = "" if data["ended_at"] is None else times.clock(data["ended_at"], language)
    return {
        "held": times.full(data["started_at"], language) + (f"–{ended}" if ended else ""),
        "present": [one for one in attendance if one["present"]],
        "absent": [one for one in attendance if not one["present"]],
        # A column that says nothing is left out.
        "represented": any(one["represents"] for one in attendance),
        "statuses": len({one["status"] for one in attendance if one["present"]}) > 1,
    }


def _table(data: Mapping[str, Any]) -> View:
    width = len(data["columns"])
    if not width or any(len(row) != width for row in data["rows"]):
        raise ValueError(f"every row needs {width or 'some'} cells")
    return {}


def _excerpt(data: Mapping[str, Any]) -> View:
    scale = {value["code"]: value for value in data["scale"]}
    for section in data["sections"]:
        for one in section["statements"]:
            if one["value"]:
                scale[one["value"]]
    return {"scale": scale}


def _log(_data: Mapping[str, Any]) -> View:
    return {}


def _binder(data: Mapping[str, Any]) -> View:
    """Nothing is added: the sheets are printed as they stand."""
    return {}


def _letter(data: Mapping[str, Any]) -> View:
    """Facts in rows of two; raises ValueError for a table whose rows are not as wide as its head."""
    for passage in data["passages"]:
        rows = [*passage["rows"], *([passage["total"]] if passage["total"] else [])]
        if any(len(row) != len(passage["columns"]) for row in rows):
            raise ValueError(f"every row of {passage['heading']!r} needs {len(passage['columns'])} cells")
    facts = [[fact["name"], fact["value"]] for fact in data["facts"] if fact["value"]]
    return {"fact_rows": [facts[place : place + 2] for place in range(0, len(facts), 2)]}


def _text(data: Mapping[str, Any]) -> View:
    for section in data["sections"]:
        if any(len(row) != len(section["columns"]) for row in section["rows"]):
            raise ValueError(f"every row of {section['heading']} needs {len(section['columns'])} cells")
    return {}


_ADDITIONS: Mapping[str, Callable[[Mapping[str, Any]], View]] = {
    "picture": _picture,
    "excerpt": _excerpt,
    "minutes": _minutes,
    "table": _table,
    "log": _log,
    "binder": _binder,
    "one_sheet": _binder,
    "letter": _letter,
    "text": _text,
}
