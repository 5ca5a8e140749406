"""The command `cost-shares`: what each member pays of a budget (docs/costs.md)."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from gemensam.cli.reasons import reason
from gemensam.core.refusal import Refused
from gemensam.costs.domain.shares import Basis, Shares, compute, kronor, reference_day
from gemensam.costs.domain.tables import LARGEST_FILE, Member, column_of, parse_budget, read_key, read_population
from gemensam.regions import Region, load_region, region_names

TIES = "lowest_code_first"
Read = TypeVar("Read")


def cost_shares(chosen: argparse.Namespace) -> None:
    """Print the shares, or refuse with the row that is wrong; then nothing is computed."""
    if chosen.region not in region_names():
        raise Refused("no_such_region", region=chosen.region, regions=", ".join(region_names()))
    region = load_region(chosen.region)
    budget, at = parse_budget(chosen.budget), _day(chosen.at)
    day = reference_day(at)
    here = municipalities_of(region)
    figures = _of_file(chosen.population, lambda data: read_population(data, day, here))
    parts = _of_file(chosen.key, lambda data: read_key(data, members_of(region))) if chosen.key else ()
    basis = Basis(budget, figures, parts)
    told = _told(basis, compute(basis), region, at, day)
    print(json.dumps(told, ensure_ascii=False, indent=1) if chosen.json else "\n".join(_lines(told)))


def municipalities_of(region: Region) -> dict[str, str]:
    """Return kommunkod → short name of the members that pay by population."""
    return {item["kommunkod"]: item["short"] for item in region.organisations if item["member"] and item["kommunkod"]}


def members_of(region: Region) -> tuple[Member, ...]:
    """Return the members that a key may name."""
    return tuple(Member(item["id"], item["name"], item["short"]) for item in region.organisations if item["member"])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-01") else date.fromisoformat("")
    except ValueError:
        raise Refused("cost_day_wrong", given=text[:80]) from None


def _of_file(path: str, read: Callable[[bytes], Read]) -> Read:
    with Path(path).open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    try:
        return read(data)
    except Refused as refused:
        raise Refused("file_refused", file=path, why=reason(refused)) from refused


def _told(basis: Basis, shares: Shares, region: Region, at: date, day: date) -> Mapping[str, Any]:
    ids = {item["kommunkod"]: item["id"] for item in region.organisations if item["kommunkod"]}
    municipal = [
        {
            "kommunkod": each.kommunkod, "kommunnamn": each.name, "folkmangd": each.inhabitants,
            **_amount(shares.municipal[each.kommunkod]),
        }
        for each in basis.figures
    ]  # fmt: skip
    other = shares.other
    by_key = [
        {"medlem": each.organisation, "namn": each.name, "andel": each.parts, **_amount(other[each.organisation])}
        for each in basis.parts
        if other is not None
    ]
    codes = {organisation: code for code, organisation in ids.items()}
    totals = {
        item["id"]: {"medlem": item["id"], "namn": item["short"],
                     **_amount(shares.of(item["id"], codes.get(item["id"], "")))}
        for item in region.organisations if item["member"]
    }  # fmt: skip
    return {
        "budget_kronor": basis.budget // 100, "budget_ore": basis.budget, "at": at.isoformat(),
        "budget_year": day.year + 1, "population_date": day.isoformat(), "population_column": column_of(day),
        "population_total": sum(each.inhabitants for each in basis.figures), "rounding": basis.rule, "ties": TIES,
        "municipal_half": {**_amount(shares.half), "sum_ore": sum(shares.municipal.values()), "shares": municipal},
        "other_half": {
            **_amount(shares.half), "distributed": other is not None, "sum_ore": sum((other or {}).values()),
            "shares": by_key,
        },
        "members": [total for _id, total in sorted(totals.items())],
    }  # fmt: skip


def _amount(ore: int) -> dict[str, Any]:
    return {"ore": ore, "kronor": kronor(ore)}


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    municipal, other = told["municipal_half"], told["other_half"]
    yield f"Budget {told['budget_kronor']} kr for {told['budget_year']} (--at {told['at']})"
    yield f"Population of {told['population_date']}, column {told['population_column']}"
    yield "Rounding: largest remainder, to the öre; of equal remainders the lowest code first"
    yield ""
    yield f"Municipal half, by population: {municipal['kronor']} kr"
    rows = [(each["kommunkod"], each["kommunnamn"], str(each["folkmangd"]), each["kronor"])
            for each in municipal["shares"]]  # fmt: skip
    yield from _table(("kommunkod", "kommunnamn", "folkmangd", "kronor"), rows)
    yield f"  sum {kronor(municipal['sum_ore'])} kr"
    yield ""
    yield f"Other half, by key: {other['kronor']} kr"
    if not other["distributed"]:
        yield "  not distributed: no key was given (--key FILE)"
        return
    rows = [(each["medlem"], each["namn"], str(each["andel"]), each["kronor"]) for each in other["shares"]]
    yield from _table(("medlem", "namn", "andel", "kronor"), rows)
    yield f"  sum {kronor(other['sum_ore'])} kr"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    for row in [heads, *rows]:
        left = "  ".join(f"{cell:<{width}}" for cell, width in zip(row[:2], widths[:2], strict=True))
        right = "  ".join(f"{cell:>{width}}" for cell, width in zip(row[2:], widths[2:], strict=True))
        yield f"  {left}  {right}"
