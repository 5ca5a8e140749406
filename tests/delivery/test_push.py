"""Notifications: subscribed for a function, encrypted to one browser, answered by buttons, gone with the function."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client, override_settings

from gemensam.accounts.models import Appointment
from gemensam.delivery.channels.push import is_known_service, public_push_key
from gemensam.delivery.configuration import PUSH_SERVICES
from gemensam.delivery.models import AttemptRow, Subscription
from gemensam.ledger.append import now_ms
from tests.delivery.house import House, Running
from tests.delivery.outside import Elks, closed_port, settings_for
from tests.delivery.push_service import Browser, Service, decoded, decrypted, service_running
from tests.network import Network

NACKA, TABY = "nacka-tib", "taby-tib"


@pytest.fixture
def service(network: Network, provider: Elks) -> Iterator[Service]:
    with service_running() as found:
        chosen = settings_for(provider, push_services=(found.origin,))
        with override_settings(GEMENSAM_CHANNELS=chosen):
            found.server_key = public_push_key(Path(settings.GEMENSAM_DATA))
            yield found


def subscribe(client: Client, service: Service, browser: Browser, **more: str) -> int:
    told = {"endpoint": service.endpoint(browser), **browser.keys, **more}
    return client.post("/notifications/subscribe/", json.dumps(told), content_type="application/json").status_code


def push(house: House, function: str = NACKA, name: str = "larm", **more: str) -> None:
    text = {"text": "Snöoväder. Konferens 15.40.", "subject": "SSR LARM 15.08", "link": "https://x.test/k/a/"}
    house.item(name, channel="push", address=function, message={**text, **more})
    running = Running()
    running.run()
    running.dispatcher.close()


def test_decryption_holds_for_the_standards_own_example() -> None:
    """RFC 8291, appendix A."""
    private = ec.derive_private_key(
        int.from_bytes(decoded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big"), ec.SECP256R1()
    )
    body = decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert decrypted(body, private, decoded("BTBZMqHH6r4Tts7J_aSIgg")) == b"When I grow up, I want to be a watermelon"


def test_a_push_reaches_every_browser_of_the_function_and_no_other(house: House, service: Service) -> None:
    first, second, theirs = (service.browser(name) for name in ("a", "b", "c"))
    client = house.network.client(NACKA)
    assert [subscribe(client, service, one) for one in (first, second)] == [200, 200]
    assert subscribe(house.network.client(TABY), service, theirs) == 200
    push(house)
    assert service.faults == [] and house.states() == ["sent"]
    assert len(first.shown) == len(second.shown) == 1 and theirs.shown == []
    shown = first.shown[0]
    assert (shown["title"], shown["body"]) == ("SSR LARM 15.08", "Snöoväder. Konferens 15.40.")
    assert [one["title"] for one in shown["actions"]] == ["Deltar", "Kan inte"]
    assert shown["link"] == "https://x.test/k/a/" and shown["answer"].startswith("/callbacks/push/")


def test_a_message_that_nobody_is_to_answer_has_no_buttons(house: House, service: Service) -> None:
    browser = service.browser("a")
    subscribe(house.network.client(NACKA), service, browser)
    house.item("note", channel="push", address=NACKA, reply_to="")
    Running().run()
    assert browser.shown[0]["actions"] == []


def test_the_mark_stands_first_on_the_screen(house: House, service: Service) -> None:
    browser = service.browser("a")
    subscribe(house.network.client(NACKA), service, browser)
    push(house, mark="PROV")
    assert browser.shown[0]["title"] == "PROV SSR LARM 15.08"


def test_who_loses_the_function_gets_nothing_more(house: House, service: Service) -> None:
    browser = service.browser("a")
    subscribe(house.network.client(NACKA), service, browser)
    Appointment.objects.filter(function=NACKA).update(until=now_ms() - 1)
    push(house)
    assert browser.shown == [] and house.attempts()[0].reason == "no browser has subscribed"


@pytest.mark.parametrize(
    ("status", "state", "again", "left"),
    [(404, "failed", False, 0), (410, "failed", False, 0), (413, "failed", False, 1), (429, "failed", True, 1),
     (500, "failed", True, 1)],
)  # fmt: skip
def test_what_the_service_answers(
    house: House, service: Service, status: int, state: str, again: bool, left: int
) -> None:
    subscribe(house.network.client(NACKA), service, service.browser("a"))
    service.status = status
    push(house)
    (attempt,) = house.attempts()
    assert (attempt.state, attempt.again, Subscription.objects.count()) == (state, again, left)


def test_one_browser_that_is_gone_does_not_stop_the_other(house: House, service: Service) -> None:
    gone, here = service.browser("a"), service.browser("b")
    client = house.network.client(NACKA)
    subscribe(client, service, gone)
    subscribe(client, service, here)
    del service.browsers["a"]
    push(house)
    assert house.states() == ["sent"] and len(here.shown) == 1
    assert [one.endpoint for one in Subscription.objects.all()] == [service.endpoint(here)]


def test_a_service_that_is_away_is_tried_again(house: House, service: Service, provider: Elks) -> None:
    origin = f"http://localhost:{closed_port()}"
    with override_settings(GEMENSAM_CHANNELS=settings_for(provider, push_services=(origin,))):
        browser = service.browser("a")
        assert subscribe(house.network.client(NACKA), service, browser, endpoint=f"{origin}/push/a") == 200
        push(house)
    assert [(one.state, one.again) for one in house.attempts()] == [("failed", True)]


def test_keys_that_are_none_are_forgotten(house: House, service: Service) -> None:
    subscribe(house.network.client(NACKA), service, service.browser("a"), p256dh="BBBB")
    push(house)
    assert house.states() == ["failed"] and Subscription.objects.count() == 0


# Answers by the buttons -----------------------------------------------------------------------------------------


def press(path: str, word: str) -> int:
    return Client(enforce_csrf_checks=True).post(path, {"word": word}).status_code


def test_a_button_answers_without_a_session(house: House, service: Service) -> None:
    browser = service.browser("a")
    subscribe(house.network.client(NACKA), service, browser)
    push(house)
    path = browser.shown[0]["answer"]
    assert [press(path, "1"), press(path, "1")] == [204, 204]
    (answer,) = house.answers
    assert (answer.item, answer.word, answer.via) == ("larm", "1", "push")
    assert house.states() == ["delivered"]


def test_forged_buttons_change_nothing(house: House, service: Service) -> None:
    browser = service.browser("a")
    subscribe(house.network.client(NACKA), service, browser)
    push(house)
    path = browser.shown[0]["answer"]
    assert press("/callbacks/push/guess/", "1") == 404
    assert press(path, "9") == press(path, "") == 400
    sms = AttemptRow.objects.get()
    AttemptRow.objects.filter(pk=sms.pk).update(channel="sms")
    assert press(path, "1") == 404  # the secret of another channel's attempt
    assert house.answers == []


# Subscribing ----------------------------------------------------------------------------------------------------


def test_a_browser_subscribes_and_unsubscribes(network: Network, service: Service) -> None:
    client, browser = network.client(NACKA), service.browser("a")
    assert client.get("/notifications/").status_code == 200
    subscribe(client, service, browser)
    assert "1 webbläsare visar" in client.get("/notifications/").content.decode()
    told = json.dumps({"endpoint": service.endpoint(browser)})
    stranger = network.client(TABY)
    stranger.post("/notifications/unsubscribe/", told, content_type="application/json")
    assert Subscription.objects.count() == 1
    client.post("/notifications/unsubscribe/", told, content_type="application/json")
    assert Subscription.objects.count() == 0


def test_a_browser_that_changes_hands_shows_the_new_function_alone(network: Network, service: Service) -> None:
    browser = service.browser("a")
    subscribe(network.client(NACKA), service, browser)
    subscribe(network.client(TABY), service, browser)
    assert [one.function for one in Subscription.objects.all()] == [TABY]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://169.254.169.254/latest/", "https://localhost/push/a", "file:///etc/passwd", "https://evil.example/x",
        "https://fcm.googleapis.com.evil.example/", "https://user@fcm.googleapis.com/", "", "x" * 1001,
        "http://fcm.googleapis.com/", "https://fcm.googleapis.com:8443/",
    ],
)  # fmt: skip
def test_the_program_posts_to_known_push_services_alone(network: Network, service: Service, endpoint: str) -> None:
    assert subscribe(network.client(NACKA), service, service.browser("a"), endpoint=endpoint) == 400
    assert not is_known_service(endpoint, PUSH_SERVICES)


@pytest.mark.parametrize(
    "endpoint",
    ["https://fcm.googleapis.com/fcm/send/x", "https://updates.push.services.mozilla.com/wpush/v2/x",
     "https://db5p.notify.windows.com/w/?token=x", "https://web.push.apple.com/x"],
)  # fmt: skip
def test_the_browsers_push_services_are_known(endpoint: str) -> None:
    assert is_known_service(endpoint, PUSH_SERVICES)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"endpoint": 1, "p256dh": "a", "auth": "b"}', b"\xff"])
def test_what_is_no_subscription_is_refused(network: Network, service: Service, body: bytes) -> None:
    client = network.client(NACKA)
    answer = client.post("/notifications/subscribe/", body, content_type="application/json")
    assert answer.status_code == 400 and Subscription.objects.count() == 0


def test_the_page_says_where_notifications_are_not_set_up(network: Network, provider: Elks) -> None:
    with override_settings(GEMENSAM_CHANNELS=settings_for(provider, push_contact="")):
        page = network.client(NACKA).get("/notifications/").content.decode()
    assert "data-push=" not in page


def test_the_private_key_is_the_owners_alone(network: Network, service: Service) -> None:
    for name in ("push.key", "callback.secret"):
        path = Path(settings.GEMENSAM_DATA) / name
        assert not path.exists() or path.stat().st_mode & 0o077 == 0
    assert (Path(settings.GEMENSAM_DATA) / "push.key").exists()
    assert urlsplit(service.origin).port == service.port
