"""The frame of every page in a real browser: by keyboard, by axe, on a phone, on paper, under the policy."""

import io
import re
import shutil
from collections.abc import Callable, Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, expect, sync_playwright

from tests.axe import violations
from tests.web.site import Site, served

EXPECTED = ("status of 404", "ERR_FAILED")  # pages that are missing and lines that are cut on purpose
PHONE = {"width": 360, "height": 740}
FORM = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Form</title>
<script type="module" src="{main}"></script>
<body data-who="nacka-tib"><div id="notices"></div>{words}
<form method="post" action="/sample/sent/" data-draft-url="/sample/draft/" data-idempotent>
<label>Text <textarea name="text"></textarea></label>
<label><input type="checkbox" name="tick" value="yes"> Kryss</label>
<button data-confirm="Publicera för 37 aktörer?">Publicera</button><p data-draft-state></p></form></body></html>"""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("site") / "data") as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, site: Site) -> dict[str, object]:
    """The cookies of somebody who has signed in, by keyboard alone."""
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    page.goto(f"{site.address}/accounts/login/")
    page.locator("input[name=login]").focus()
    page.keyboard.type(site.username)
    page.keyboard.press("Tab")
    while page.evaluate("() => document.activeElement.name") != "password":
        page.keyboard.press("Tab")
    page.keyboard.type(site.password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.address}/")
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def visit(browser: Browser, site: Site, signed_in: dict[str, object]) -> Iterator[Callable[..., Page]]:
    """`visit("/", color_scheme="dark")`: a page as somebody signed in sees it; faults in its console fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(known in message.text for known in EXPECTED):
            faults.append(message.text)

    def open_page(path: str, **options: object) -> Page:
        chosen = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", "reduced_motion": "reduce"} | options
        contexts.append(browser.new_context(storage_state=signed_in, base_url=site.address, **chosen))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


LOOKS = [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": PHONE}]


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "phone"])
@pytest.mark.parametrize("path", ["/", "/spaces/", "/nowhere/"])
def test_axe_finds_nothing(visit: Callable[..., Page], path: str, look: dict[str, object]) -> None:
    page = visit(path, **look)
    assert violations(page) == []
    page.locator(".who > summary").click()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/spaces/", "/nowhere/"])
def test_a_phone_shows_the_page_without_scrolling_sideways(visit: Callable[..., Page], path: str) -> None:
    page = visit(path, viewport=PHONE, is_mobile=True, has_touch=True)
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    bar = page.locator(".phone-nav > ul > li")
    sizes = [box for box in (each.bounding_box() for each in bar.all()) if box]
    assert len(sizes) >= 3 and all(box["height"] >= 44 and box["width"] >= 44 for box in sizes)


def test_the_first_tab_leads_past_the_menus(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menu_opens_and_closes_by_keyboard_and_gives_focus_back(visit: Callable[..., Page]) -> None:
    page = visit("/")
    summary = page.locator(".who > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Logga ut")).to_be_hidden()
    expect(summary).to_be_focused()


def test_dark_is_chosen_with_one_press_and_kept(visit: Callable[..., Page]) -> None:
    page = visit("/spaces/", color_scheme="light")
    light = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    page.locator(".who > summary").click()
    page.get_by_role("button", name="Mörkt").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") != light
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_question_mark_lists_the_shortcuts_and_two_keys_lead_to_start(visit: Callable[..., Page]) -> None:
    page = visit("/spaces/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile(r"/$"))


def test_what_is_chosen_by_keyboard_waits_for_enter(visit: Callable[..., Page]) -> None:
    page = visit("/directory/")
    chosen, button = page.get_by_label("Visa efter"), page.get_by_role("main").get_by_role("button", name="Visa")
    here = page.url
    chosen.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(button).to_have_class(re.compile("btn-primary"))
    assert page.url == here  # the arrows have chosen, and shown nothing yet
    value = chosen.input_value()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"by={value}"))
    expect(chosen).to_have_value(value)


def test_what_is_chosen_with_a_pointer_is_shown_at_once(visit: Callable[..., Page]) -> None:
    page = visit("/directory/")
    page.keyboard.press("Tab")
    page.get_by_role("heading", level=1).click()
    page.get_by_label("Visa efter").select_option("kind")
    expect(page).to_have_url(re.compile("by=kind"))


def test_every_printed_page_bears_mark_number_and_time(visit: Callable[..., Page]) -> None:
    page = visit("/spaces/", color_scheme="dark")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = paper.pages[0].extract_text()
    assert "DEMONSTRATION" in text and "1 (1)" in text
    assert re.search(r"Utskrivet \d{4}-\d\d-\d\d \d\d:\d\d", text)
    assert "Logga ut" not in text


def test_no_file_comes_from_elsewhere_and_the_first_visit_is_light(visit: Callable[..., Page], site: Site) -> None:
    page = visit("about:blank")
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108  Playwright wants a function
    page.goto(f"{site.address}/")
    page.wait_for_selector("html[data-line=open]")
    sizes = {request.url: request.sizes()["responseBodySize"] for request in finished}
    assert all(address.startswith(site.address) for address in sizes)
    assert 30_000 < sum(sizes.values()) < 100_000, sizes


# Forms: a page of our own, in the program's own frame


@pytest.fixture
def form(visit: Callable[..., Page]) -> Page:
    page = visit("/spaces/")
    main = page.locator('script[type="module"]').first.get_attribute("src") or ""
    words = page.evaluate(
        "() => document.querySelector('#words').outerHTML + document.querySelector('#confirm').outerHTML"
    )
    body = FORM.format(main=main, words=words)
    page.route("**/sample/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.route("**/sample/sent/", lambda route: route.fulfill(body="<title>Sent</title>", content_type="text/html"))
    return page


def test_a_draft_is_saved_while_one_writes_and_says_when(form: Page) -> None:
    saved: list[str] = []

    def take(route: Route) -> None:
        saved.append(route.request.post_data or "")
        assert route.request.headers["x-csrftoken"]
        route.fulfill(status=204)

    form.route("**/sample/draft/", take)
    form.goto("/sample/")
    form.locator("textarea").fill("Elavbrott på Ingarö")
    expect(form.locator("[data-draft-state]")).to_have_text(re.compile(r"^Utkast sparat \d\d\.\d\d$"))
    assert saved == ["text=Elavbrott+p%C3%A5+Ingar%C3%B6"]
    assert form.evaluate("() => Object.keys(localStorage).length") == 0


def test_what_never_reached_the_server_is_offered_again(form: Page) -> None:
    form.route("**/sample/draft/", lambda route: route.abort())
    form.goto("/sample/")
    form.locator("textarea").fill("Skrivet i en tunnel")
    form.get_by_role("checkbox").check()
    expect(form.locator("[data-draft-state]")).to_contain_text("ingen kontakt med servern")
    form.goto("/sample/")
    expect(form.locator("textarea")).to_have_value("")
    form.get_by_role("button", name="Använd det").click()
    expect(form.locator("textarea")).to_have_value("Skrivet i en tunnel")
    expect(form.get_by_role("checkbox")).to_be_checked()


def test_a_question_comes_before_the_form_is_sent_with_token_and_key(form: Page) -> None:
    sent: list[str] = []
    form.on("request", lambda request: sent.append(request.post_data or "") if "/sent/" in request.url else None)
    form.route("**/sample/draft/", lambda route: route.fulfill(status=204))
    form.goto("/sample/")
    form.get_by_role("button", name="Publicera").click()
    expect(form.get_by_role("dialog")).to_contain_text("Publicera för 37 aktörer?")
    form.keyboard.press("Escape")
    assert sent == []
    form.get_by_role("button", name="Publicera").focus()
    form.keyboard.press("Enter")
    form.get_by_role("dialog").get_by_role("button", name="Publicera").click()
    form.wait_for_url("**/sample/sent/")
    assert len(sent) == 1
    assert re.search(r"csrfmiddlewaretoken=\w{32,64}", sent[0])
    assert re.search(r"key=[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", sent[0])
