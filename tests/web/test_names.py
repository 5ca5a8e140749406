"""Every page that one can walk to says what it is: one heading, a title of its own, the language it is in."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client

from gemensam.ledger.append import now_ms
from tests.coordination.actions import agree, opened
from tests.network import Network
from tests.picture.scene import cell, publish, publish_picture, report, section

IDENTITY = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}")
NO_PAGES = re.compile(r"\.(csv|pdf)$|/export/file/|^/(static|api)/")
# One kind of page is enough: they are many, and alike.
MANY = re.compile(r"^(/directory/|/vocabularies/|/spaces/[^/]+/members/)[^/]+/")


class Named(HTMLParser):
    """The parts of a page that name it, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language, self.title, self.headings = "", "", list[str]()
        self.links: list[str] = []
        self._within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "a" and (given.get("href") or "").startswith("/"):
            self.links.append(str(given["href"]).partition("#")[0])
        if tag == "h1":
            self.headings.append("")
        if tag in ("h1", "title"):
            self._within = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "title":
            self.title += data
        elif self._within == "h1":
            self.headings[-1] += data


def walk(client: Client) -> Iterator[tuple[str, Named]]:
    """Every kind of page that links lead to from the start page, with its address."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = Named(answer.content.decode())
        yield str(answer.request["PATH_INFO"]), page
        for link in page.links:
            kind = MANY.sub(r"\1…/", IDENTITY.sub("…", link.partition("?")[0]))
            if kind not in seen and not NO_PAGES.search(kind) and "_at=" not in link and "_by=" not in link:
                seen.add(kind)
                waiting.append(link)


@pytest.fixture
def filled(network: Network) -> Network:
    """A network in which something is of each kind."""
    space = network.open_incident()
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig", "Strömavbrott")))
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    agree(network, space, opened(network, space), "nacka")
    return network


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("function", ["lansstyrelsen-tib", "nacka-aktorsadministrator", "kansliet-systemforvaltare"])
def test_every_page_is_named_once_in_its_language(filled: Network, function: str, language: str) -> None:
    pages = list(walk(filled.client(function, HTTP_ACCEPT_LANGUAGE=language)))
    assert len(pages) > 25
    assert [(address, page.headings) for address, page in pages if len(page.headings) != 1] == []
    assert [address for address, page in pages if not page.headings[0].strip()] == []
    assert [address for address, page in pages if page.language != language] == []
    assert [address for address, page in pages if page.title.strip().startswith("·")] == []


def test_no_two_kinds_of_pages_share_a_title(filled: Network) -> None:
    titles: dict[str, str] = {}
    shared = []
    for address, page in walk(filled.client("kansliet-systemforvaltare", HTTP_ACCEPT_LANGUAGE="sv")):
        title = " ".join(page.title.split())
        if titles.setdefault(title, address) != address and not address.startswith("/accounts/"):
            shared.append((title, titles[title], address))
    assert shared == []
