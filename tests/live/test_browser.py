"""Live pages in a real browser: changes in place, one stream for all tabs, and words when the line is cut."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from tests.live.site import Site

SILENT_STREAM = """
delete globalThis.SharedWorker;
globalThis.opened = 0;
globalThis.EventSource = class extends EventTarget {
  readyState = 1;
  constructor(address) {
    super();
    globalThis.lastAddress = address;
    globalThis.opened += 1;
    if (opened > 1) return;
    const beat = Object.assign(new Event("beat"), {data: "{}", lastEventId: "standing:0"});
    queueMicrotask(() => this.dispatchEvent(beat));
  }
  close() { this.readyState = 2; }
};
"""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(rows={"nacka": "Nacka: gul", "taby": "Täby: grön", "salem": "Salem: grön"})
    with site.served():
        yield site


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="sv-SE", timezone_id="Asia/Tokyo", reduced_motion="reduce")
    context.add_cookies([{"name": "who", "value": "taby", "url": site.address}])
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert [text for text in complaints if not text.startswith("Failed to load resource")] == []


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    return opened(context, site)


def opened(context: BrowserContext, site: Site, path: str = "/") -> Page:
    page = context.new_page()
    page.goto(site.address + path)
    expect(page.locator("html")).to_have_attribute("data-line", "open")
    return page


def test_what_has_changed_is_shown_in_place_and_marked_and_what_has_not_is_left_alone(page: Page, site: Site) -> None:
    page.evaluate("() => { document.querySelector('[data-key=taby]').mine = true; }")
    site.publish(nacka="Nacka: röd", ekero="Ekerö: grön")
    expect(page.locator("li[data-key=nacka] b")).to_have_text("Nacka: röd")
    expect(page.locator("li[data-key=nacka]")).to_have_class("is-changed")
    expect(page.locator("li[data-key=nacka]")).to_have_attribute("data-live-mark", "ändrad")
    expect(page.locator("li[data-key=ekero]")).to_have_class("is-new")
    expect(page.locator("li[data-key=taby]")).not_to_have_class("is-changed")
    assert page.evaluate("() => document.querySelector('[data-key=taby]').mine") is True
    expect(page.locator("[data-live-announce]")).to_have_text("2 uppgifter har ändrats.")


def test_marks_go_after_a_minute(context: BrowserContext, site: Site) -> None:
    context.clock.install()
    page = opened(context, site)
    site.publish(nacka="Nacka: röd")
    page.clock.run_for(1_000)
    expect(page.locator("li[data-key=nacka]")).to_have_class("is-changed")
    page.clock.run_for(60_000)
    expect(page.locator("li[data-key=nacka]")).not_to_have_class("is-changed")
    expect(page.locator("li[data-key=nacka]")).not_to_have_attribute("data-live-mark", "ändrad")


def test_an_age_that_grows_is_not_a_change(page: Page, site: Site) -> None:
    site.age = "1 min"
    site.publish()
    expect(page.locator("li[data-key=nacka] time")).to_have_text("1 min")
    expect(page.locator(".is-changed")).to_have_count(0)


def test_typed_text_focus_and_opened_details_are_never_taken(page: Page, site: Site) -> None:
    page.locator("li[data-key=taby] summary").click()
    field = page.locator("input[name=taby]")
    field.type("Vi kommer")
    page.evaluate("() => document.activeElement.setSelectionRange(2, 5)")
    site.rows = {"ekero": "Ekerö: grön", "taby": "Täby: gul", "nacka": "Nacka: röd"}  # new first, other order, one gone
    site.publish()
    expect(page.locator("li[data-key=taby] b")).to_have_text("Täby: gul")
    expect(field).to_be_focused()
    expect(field).to_have_value("Vi kommer")
    assert page.evaluate("() => [document.activeElement.selectionStart, document.activeElement.selectionEnd]") == [2, 5]
    expect(page.locator("li[data-key=taby] details")).to_have_attribute("open", "")
    assert page.locator("li").evaluate_all("rows => rows.map(row => row.dataset.key)") == ["ekero", "taby", "nacka"]


def test_a_row_that_is_being_written_in_stays_when_the_server_no_longer_has_it(page: Page, site: Site) -> None:
    page.locator("input[name=salem]").type("Halvskrivet")
    del site.rows["salem"]
    site.publish(nacka="Nacka: röd")
    expect(page.locator("li[data-key=nacka] b")).to_have_text("Nacka: röd")
    expect(page.locator("input[name=salem]")).to_have_value("Halvskrivet")
    expect(page.locator("li[data-key=salem]")).to_have_class("is-gone")


def test_a_reader_who_has_scrolled_stays_where_they_read(context: BrowserContext, site: Site) -> None:
    site.rows = {f"k{n}": f"Rad {n}" for n in range(200)}
    page = opened(context, site)
    page.locator("li[data-key=k150]").evaluate("row => row.scrollIntoView({block: 'start'})")
    before = page.locator("li[data-key=k150]").bounding_box()
    site.rows = {**{f"ny{n}": f"Ny {n}" for n in range(20)}, **site.rows}
    site.publish()
    expect(page.locator("li[data-key=ny0]")).to_have_class("is-new")
    after = page.locator("li[data-key=k150]").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


def test_only_the_kinds_that_concern_a_part_are_fetched_and_an_unchanged_part_costs_an_empty_answer(
    page: Page, site: Site
) -> None:
    site.publish()
    page.wait_for_function("() => performance.getEntriesByName(location.origin + '/part').length === 1")
    site.publish("vocabulary.confirmed")
    site.publish("need.stated")
    page.wait_for_function("() => performance.getEntriesByName(location.origin + '/part').length === 2")
    assert site.fetched == [200, 304]


def test_what_came_between_the_drawing_of_the_page_and_the_opening_of_the_stream_is_shown(
    context: BrowserContext, site: Site
) -> None:
    def late(route: Route) -> None:
        site.publish(nacka="Nacka: röd")
        route.continue_()

    context.route("**/live.js", late)
    page = opened(context, site)
    expect(page.locator("li[data-key=nacka] b")).to_have_text("Nacka: röd")


def test_two_tabs_share_one_stream(context: BrowserContext, site: Site) -> None:
    tabs = [opened(context, site) for _ in range(7)]
    assert site.hub is not None
    assert site.hub.viewers == 1
    site.publish(nacka="Nacka: röd")
    for tab in tabs:
        tab.bring_to_front()
        expect(tab.locator("li[data-key=nacka] b")).to_have_text("Nacka: röd")
    assert site.streams_opened == 1


def test_a_cut_line_is_told_in_words_and_its_return_brings_what_was_missed(browser: Browser) -> None:
    site = Site(rows={"nacka": "Nacka: gul"})
    with site.served():
        context = browser.new_context(locale="sv-SE", timezone_id="Asia/Tokyo")
        context.add_cookies([{"name": "who", "value": "taby", "url": site.address}])
        page = opened(context, site)
        age = page.locator("[data-live-age]")
        expect(age).to_be_hidden()
    expect(age).to_have_text(re.compile(r"^Ingen kontakt med servern\. Sidan visar läget för \d+ sekunder sedan \("))
    expect(page.locator("[data-live-announce]")).to_contain_text("Ingen kontakt med servern.")
    site.publish(nacka="Nacka: röd")
    with site.served():
        expect(age).to_contain_text("Kontakten är tillbaka. Sidan uppdaterades", timeout=15_000)
        expect(page.locator("li[data-key=nacka] b")).to_have_text("Nacka: röd")
        expect(page.locator("html")).to_have_attribute("data-line", "open")
        context.close()


def test_silence_without_an_error_is_told_after_twenty_seconds_and_the_age_grows(
    context: BrowserContext, site: Site
) -> None:
    context.clock.install(time=datetime(2026, 11, 20, 14, 8, tzinfo=UTC))
    page = context.new_page()
    # The line that falls silent: the page's stream says one beat, and then nothing more.
    context.add_init_script(SILENT_STREAM)
    page.goto(site.address)
    age = page.locator("[data-live-age]")
    expect(page.locator("html")).to_have_attribute("data-line", "open")
    page.clock.run_for(19_000)
    expect(age).to_be_hidden()
    page.clock.run_for(3_000)
    expect(age).to_have_text("Ingen kontakt med servern. Sidan visar läget för 20 sekunder sedan (15.08).")
    page.clock.run_for(5 * 60_000)
    expect(age).to_have_text("Ingen kontakt med servern. Sidan visar läget för 5 minuter sedan (15.08).")
    assert page.evaluate("() => opened") > 3  # it was tried again, from the cursor
    assert page.evaluate("() => lastAddress") == "/signals?after=standing%3A0"


def test_a_page_of_the_past_follows_nothing(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(site.address + "/past")
    assert (
        page.evaluate("async () => { const live = await import('/static/js/live.js'); live.follow(); return 1; }") == 1
    )
    assert page.locator("html").get_attribute("data-line") is None
    assert site.streams_opened == 0


def test_when_the_sign_in_has_ended_the_page_says_so_and_asks_no_more(page: Page, site: Site) -> None:
    site.people.readable.clear()
    assert site.hub is not None
    site.hub.rights_changed()
    expect(page.locator("[data-live-age]")).to_contain_text("Du är inte längre inloggad.")
    expect(page.locator("html")).to_have_attribute("data-line", "ended")


def test_what_is_no_longer_shared_is_taken_off_the_screen(page: Page, site: Site) -> None:
    site.part_status = 404
    site.publish()
    expect(page.locator("#part")).to_have_text("Det här delas inte längre med dig.")


def test_without_shared_workers_each_page_has_a_stream_while_it_is_seen(context: BrowserContext, site: Site) -> None:
    context.add_init_script("delete globalThis.SharedWorker")
    pages = [opened(context, site) for _ in range(2)]
    assert site.hub is not None
    assert site.hub.viewers == 2
    pages[0].evaluate(
        "() => { Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    pages[1].bring_to_front()
    site.publish(nacka="Nacka: röd")
    expect(pages[1].locator("li[data-key=nacka] b")).to_have_text("Nacka: röd")
    assert site.hub.viewers == 1
    expect(pages[0].locator("li[data-key=nacka] b")).to_have_text("Nacka: gul")
    pages[0].evaluate("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }")
    expect(pages[0].locator("li[data-key=nacka] b")).to_have_text("Nacka: röd")
