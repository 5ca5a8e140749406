"""Population tables as a joint office might have them: the region's municipalities with invented figures."""

from collections.abc import Callable, Sequence

from gemensam.cli.costs import municipalities_of
from gemensam.regions import load_region

MUNICIPALITIES = municipalities_of(load_region("stockholm"))
COLUMN = "folkmangd_2025_12_31"
Row = list[str]


def rows() -> list[Row]:
    """A row for each municipality: kommunkod, name, inhabitants."""
    return [
        [code, name, str(10_000 + 977 * place)] for place, (code, name) in enumerate(sorted(MUNICIPALITIES.items()))
    ]


def table(lines: Sequence[Row], *, head: str = f"kommunkod,kommunnamn,{COLUMN}", sign: str = ",") -> bytes:
    return "\n".join([head.replace(",", sign), *(sign.join(line) for line in lines), ""]).encode()


def changed(change: Callable[[list[Row]], object]) -> bytes:
    """The table after a change to its rows."""
    found = rows()
    change(found)
    return table(found)
