"""What a browser fetches the first time it opens a page: the page and all its styles, scripts, fonts and images."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bench.figures import Figure, Missing, Outcome
from bench.houses import Account, Server, get
from bench.site import INCIDENT, Site

ROW = "compressed first visit"
BAR_KB = 100.0
PAGES = {"report form": "report/", "picture page": "picture/"}
_IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']""")
_CSS_URL = re.compile(r"""(?:@import\s+(?:url\()?|url\()\s*["']?(?!data:)([^"')]+)""")


def measure(site: Site, database: str) -> list[Outcome]:
    """Fetch the pages and everything that they name, as a browser with an empty cache that takes gzip."""
    house = site.small(database)
    found: list[Outcome] = []
    with house.serving() as server:
        for what, path in PAGES.items():
            fetched = fetch_all(server, house.alike[0], f"/spaces/{house.spaces[INCIDENT]}/{path}")
            if fetched:
                found.append(_figure(what, fetched))
            else:
                found.append(Missing(ROW, "", f"{what}: not there yet"))
    return found


def _figure(what: str, fetched: dict[str, int]) -> Figure:
    heaviest = sorted(fetched.items(), key=lambda pair: -pair[1])[:4]
    told = ", ".join(f"{path.rsplit('/', 1)[-1] or 'page'} {size / 1000:.1f}" for path, size in heaviest)
    note = f"{len(fetched)} files; heaviest (kB): {told}"
    return Figure(ROW, what, "", sum(fetched.values()) / 1000, "kB", BAR_KB, note=note)


def fetch_all(server: Server, reader: Account, path: str) -> dict[str, int]:
    """Return the compressed body bytes of a page and of all that it loads, by path; empty when there is no page."""
    sizes: dict[str, int] = {}
    pending = [path]
    while pending:
        one = pending.pop()
        if one in sizes:
            continue
        status, headers, body = get(server.port, one, reader.browsing())
        if status == 200:
            sizes[one] = len(body)
            pending += [urljoin(one, named) for named in _named(headers.get("content-type", ""), _plain(headers, body))]
        elif one == path:
            return {}
        else:
            raise RuntimeError(f"{one} is answered {status}")
    return sizes


def _plain(headers: dict[str, str], body: bytes) -> str:
    import gzip

    data = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    return data.decode("utf-8", "replace")


def _named(kind: str, text: str) -> list[str]:
    """Return what a file makes the browser fetch: of a script also what it may import later."""
    if kind.startswith("text/html"):
        reader = _Resources()
        reader.feed(text)
        named = reader.found
    elif "javascript" in kind:
        named = [one for one in _IMPORT.findall(text) if one.startswith((".", "/"))]
    elif kind.startswith("text/css"):
        named = [one for one in _CSS_URL.findall(text) if one.endswith(".css")]
    else:
        named = []
    return [one for one in named if not urlsplit(one).netloc]


class _Resources(HTMLParser):
    """Styles, scripts, icons and images of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        wanted = {"script": "src", "img": "src", "link": "href", "use": "href"}.get(tag, "")
        rel = given.get("rel") or ""
        if tag == "link" and rel not in ("stylesheet", "modulepreload", "icon", "manifest"):
            return
        if value := given.get(wanted):
            self.found.append(value.partition("#")[0])
