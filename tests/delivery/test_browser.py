"""The service worker's own handlers, driven through the browser's debugging protocol.

A browser without internet cannot subscribe to its maker's push service. So the subscription is made with keys of the
test's, the message goes the whole way to a push service on this machine, which decrypts it, and exactly what it
decrypted is delivered to the real service worker. The press of a button is dispatched in the worker, since no protocol
presses one.
"""

import contextlib
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Worker, expect, sync_playwright

from tests.axe import violations
from tests.delivery.outside import await_that
from tests.delivery.push_service import Service, service_running
from tests.web.site import GEMENSAM, PASSWORD, Site, environment, served

pytestmark = pytest.mark.browser
SUBSCRIBE = """async (told) => {
  const token = document.cookie.match(/gemensam_csrf=([^;]+)/)[1];
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch("/notifications/subscribe/", { method: "POST", headers, body: JSON.stringify(told) });
  return answer.status;
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, body, tag, actions, requireInteraction }) =>
    ({ title, body, tag, requireInteraction, actions: actions.map((one) => one.title) }));
}"""
PRESS = """async (action) => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
}"""


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with service_running() as found:
        yield found


@pytest.fixture(scope="module")
def data(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose settings lead to the push service of this test."""
    folder = tmp_path_factory.mktemp("push") / "data"
    folder.mkdir()
    chosen = f'push_contact = "mailto:ssr@localhost"\npush_services = ["{service.origin}"]\n'
    (folder / "channels.toml").write_text(chosen)
    return folder


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[Site]:
    with served(data) as found:
        yield found


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
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site.address, locale="sv-SE", timezone_id="Europe/Stockholm")
    made.grant_permissions(["notifications"], origin=site.address)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    """Signed in, on the page of notifications, with the service worker active."""
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", site.username)
    page.fill("input[name=password]", site.password or PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(f"{site.address}/")
    page.goto("/notifications/")
    page.evaluate(
        "async () => { await navigator.serviceWorker.register('/sw.js'); await navigator.serviceWorker.ready; }"
    )
    return page


Deliver = Callable[[str], None]
TRIES, TRY_S = 8, 3.0
ACTIVATED = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  const changed = () => new Promise((done) => active.addEventListener("statechange", done, { once: true }));
  while (active.state !== "activated") await changed();
}"""


@pytest.fixture
def deliver(context: BrowserContext, page: Page, site: Site) -> Deliver:
    """`deliver(data)` gives the service worker a push message, as the browser's push service would."""
    protocol = context.new_cdp_session(page)
    known: list[dict[str, Any]] = []
    protocol.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    protocol.send("ServiceWorker.enable")
    page.evaluate(ACTIVATED)  # a message to a worker that is still being activated may be lost
    await_that(lambda: living(page, known), "the service worker was not registered")

    def delivered(data: str) -> None:
        given = {"origin": site.address, "registrationId": living(page, known)[-1]["registrationId"], "data": data}
        before = shown(page)
        for _ in range(TRIES):  # the browser drops what comes while its worker is being started
            protocol.send("ServiceWorker.deliverPushMessage", given)
            with contextlib.suppress(AssertionError):
                return await_that(lambda: shown(page) != before, within_s=TRY_S)
        raise AssertionError("the browser took no message")

    return delivered


def living(page: Page, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The registrations that have not been taken back, once what the browser has told is taken in."""
    page.evaluate("() => 0")
    gone = {one["registrationId"] for one in known if one["isDeleted"]}
    return [one for one in known if one["registrationId"] not in gone]


def shown(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(SHOWN)
    return found


def worker_of(context: BrowserContext) -> Worker:
    return context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")


def test_the_page_says_how_it_stands_and_can_be_used_by_all(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Aviseringar")
    expect(page.locator("[data-push-state]")).to_have_text("Den här webbläsaren visar inga larm.")
    expect(page.get_by_role("button", name="Visa larm på den här enheten")).to_be_visible()
    assert violations(page) == []


def test_a_push_goes_the_whole_way_and_its_button_answers(
    context: BrowserContext, page: Page, data: Path, service: Service, deliver: Deliver
) -> None:
    device = service.browser("device")
    service.server_key = page.locator("[data-push]").get_attribute("data-push") or ""
    assert page.evaluate(SUBSCRIBE, {"endpoint": service.endpoint(device), **device.keys}) == 200
    command = [str(GEMENSAM), "channel", "test", "push", "nacka-tib", "--wait", "30", "--data", str(data)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as testing:
        await_that(lambda: device.shown or service.faults, "nothing was pushed", within_s=30)
        assert service.faults == []
        deliver(json.dumps(device.shown[0]))
        await_that(lambda: shown(page), "nothing was shown")
        (seen,) = shown(page)
        assert seen["title"] == "PROV Gemensam" and seen["body"].startswith("PROV PROV.") and seen["requireInteraction"]
        worker_of(context).evaluate(PRESS, "1")
        told, _ = testing.communicate(timeout=60)
    assert testing.returncode == 0 and "The provider reports: delivered" in told
    await_that(
        lambda: [one["body"] for one in shown(page)] == ["Ditt svar är mottaget."], "the answer was not confirmed"
    )


def test_buttons_are_shown_as_they_were_sent(page: Page, deliver: Deliver) -> None:
    actions = [{"action": "1", "title": "Deltar"}, {"action": "3", "title": "Kan inte"}]
    deliver(json.dumps({"title": "SSR LARM 15.08", "body": "Snöoväder.", "tag": "a", "actions": actions}))
    await_that(lambda: shown(page), "nothing was shown")
    assert shown(page)[0]["actions"] == ["Deltar", "Kan inte"]


def test_the_same_message_twice_is_one_notification(page: Page, deliver: Deliver) -> None:
    for body in ("en gång", "två gånger"):
        deliver(json.dumps({"title": "SSR LARM 15.08", "body": body, "tag": "same"}))
    await_that(lambda: [one["body"] for one in shown(page)] == ["två gånger"], "it was shown twice")


@pytest.mark.parametrize("pushed", ["", "not json", "[]", "null", '"text"', '{"title": 1, "actions": 7}'])
def test_what_cannot_be_read_is_shown_as_something(page: Page, deliver: Deliver, pushed: str) -> None:
    deliver(pushed)
    await_that(lambda: shown(page), "the browser would take the subscription back")
    assert shown(page)[0]["title"] == "Du har ett meddelande i programmet."


def test_an_answer_that_does_not_arrive_is_said(context: BrowserContext, page: Page, deliver: Deliver) -> None:
    told = {"title": "SSR LARM 15.08", "tag": "a", "answer": "/callbacks/push/no-such-secret/"}
    deliver(json.dumps(told))
    await_that(lambda: shown(page), "nothing was shown")
    worker_of(context).evaluate(PRESS, "1")
    said = "Ditt svar kom inte fram. Öppna programmet eller svara med sms."
    await_that(lambda: [one["body"] for one in shown(page)] == [said], "it was not said")


def test_a_button_posts_to_no_other_address(context: BrowserContext, page: Page, deliver: Deliver) -> None:
    deliver(json.dumps({"title": "x", "tag": "a", "answer": "https://evil.example/", "link": "https://evil.example/"}))
    await_that(lambda: shown(page), "nothing was shown")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    worker_of(context).evaluate(PRESS, "1")
    await_that(lambda: [one for one in shown(page) if one["body"].startswith("Ditt svar kom inte")], "it was not said")
    assert [url for url in asked if "evil" in url] == []
