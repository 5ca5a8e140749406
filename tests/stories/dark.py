"""What stories of darkness share: a device that keeps, what waits on it, and everything that stands in its stores."""

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Locator, expect

from tests.stories.house import House
from tests.stories.visitor import Visitor

MINUTE, HOUR = 60_000, 3_600_000
PATIENCE_MS = 20_000
# All that stands in this browser's stores, as text: names, what is kept, and what is sealed as it is.
EVERYTHING = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(name, request.url, await (await cache.match(request)).text());
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => {
      indexedDB.open(name).onsuccess = (event) => done(event.target.result);
    });
    for (const store of database.objectStoreNames) {
      const all = await new Promise((done) => {
        database.transaction(store).objectStore(store).getAll().onsuccess = (event) => done(event.target.result);
      });
      for (const each of all) {
        const bytes = each?.data instanceof ArrayBuffer ? new TextDecoder().decode(each.data) : "";
        found.push(JSON.stringify(each), String(each), bytes);
      }
    }
    database.close();
  }
  return found.join("\\n");
}"""


def keeps(officer: Visitor) -> None:
    """Choose the device, as its user does: from the menu, with a promise that nobody else uses it."""
    officer.open("/")
    officer.press(officer.page.locator("details.who > summary"))
    officer.goes_to(officer.link("Utan kontakt"), "Utan kontakt")
    expect(officer.page.locator("[data-keeps]")).to_have_text("Den här enheten sparar inget.")
    officer.press(officer.page.locator("#own-device"))
    officer.press(officer.button("Spara på den här enheten"))
    expect(officer.page.locator("[data-keeps]")).to_contain_text("Den här enheten sparar sidor")
    expect(pages(officer).filter(has_text="Lägg in en uppgift").first).to_be_visible(timeout=PATIENCE_MS)
    officer.look()


def moment(ms: int) -> datetime:
    """An instant as the browser's clock is told it."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def pages(officer: Visitor) -> Locator:
    return officer.page.locator("[data-pages] li")


def waits(officer: Visitor) -> Locator:
    return officer.page.locator("[data-queue] li")


def state(officer: Visitor) -> Locator:
    return officer.page.locator("#offline-state")


def write_statement(officer: Visitor, space: str, text: str) -> None:
    """Write a line of the log and press; without contact it leads to what waits."""
    officer.page.goto(f"/spaces/{space}/statements/new/")
    officer.hand.write(officer.page.locator("#id_text"), text)
    officer.press(officer.button("Spara uppgiften"))


def told(house: House, space: str, kind: str = "statement.recorded") -> list[dict[str, Any]]:
    found = house.call("lansstyrelsen-tib", f"/api/v1/spaces/{space}/entries?limit=500")["entries"]
    return [each for each in found if each["kind"] == kind]


def at(entry: dict[str, Any], name: str = "occurred_at") -> int:
    return round(datetime.fromisoformat(entry[name]).timestamp() * 1000)


def comes_back(officer: Visitor) -> None:
    officer.context.set_offline(False)
    expect(officer.page.locator("[data-no-queue]")).to_have_text("Inget väntar.", timeout=PATIENCE_MS)
