"""Memory of the server when every member has read every page and two hundred viewers listen."""

from bench import limits
from bench.audience import Audience
from bench.figures import Figure, Limit, Missing, Outcome
from bench.houses import Account, House, Server, empty_server, get
from bench.site import INCIDENT, Site

ROW = "memory"
BAR_MB = 300.0
VIEWERS = 200
EVERYWHERE = ("/", "/spaces/", "/directory/", "/people/", "/vocabularies/rows/", "/search/?q=avbrott")
IN_SPACE = ("picture/", "picture/_matrix/", "picture.csv", "own/", "report/", "requests/", "conferences/", "log/",
            "search/?q=avbrott", "members/nacka/", "members/stockholm/", "compile/")  # fmt: skip


def measure(site: Site, database: str) -> list[Outcome]:
    """Seat the viewers, read all pages as every member, and look at the process; beside an empty server's."""
    house = site.small(database)
    with house.serving() as server, Audience() as audience:
        begun, _ = server.memory_mb()
        members = house.members
        viewers = [{"Cookie": members[number % len(members)].cookie} for number in range(VIEWERS)]
        audience.open(server.port, viewers)
        readers = members if site.sizes.small >= 10_000 else members[:5]
        read, absent = _read_all(house, server, readers)
        now, highest = server.memory_mb()
    note = f"{read} pages read by {len(readers)} members, {len(viewers)} viewers; {begun:.0f} MB when started"
    figure = Figure(
        ROW, f"{len(house.pairs)} members, {len(viewers)} viewers, {site.sizes.small:,} entries, highest", database,
        highest, "MB", BAR_MB, limit=_empty(), note=f"{note}; now {now:.0f} MB",
    )  # fmt: skip
    missing: list[Outcome] = (
        [Missing(ROW, database, f"these pages, not there yet: {', '.join(absent)}")] if absent else []
    )
    return [figure, *missing]


def _read_all(house: House, server: Server, readers: list[Account]) -> tuple[int, list[str]]:
    """Read every page as each reader; returns how many there were and the paths that are not there."""
    space = house.spaces[INCIDENT]
    paths = [*EVERYWHERE, *(f"/spaces/{space}/{path}" for path in IN_SPACE)]
    absent, read = set(), 0
    for reader in readers:
        for path in paths:
            status, _, _ = get(server.port, path, reader.browsing())
            read += status == 200
            if status == 404 or status >= 500:
                absent.add(f"{path.replace(space, '…')} ({status})")
    return read, sorted(absent)


def _empty() -> Limit:
    with empty_server() as server, Audience() as audience:
        audience.open(server.port, [{}] * VIEWERS)
        return Limit(limits.rss_mb(server.pid), f"empty ASGI server with {VIEWERS} streams")
