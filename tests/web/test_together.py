"""Parts that many ask for at once are told the same as in the ordinary way; what is not for somebody is left to it."""

from collections.abc import Sequence
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from gemensam.accounts import principals
from gemensam.accounts.models import Appointment
from gemensam.audit import deliveries, log
from gemensam.audit.models import Delivery
from gemensam.ledger.append import now_ms
from gemensam.web import compression, keeping
from gemensam.web import page as pages
from gemensam.web.bridge import Message, Scope
from gemensam.web.together import LONGEST_PATH, MIDDLEWARE, Together, is_of_part
from tests.activation.test_larms import sent
from tests.ledger.reports import report
from tests.network import Network
from tests.test_routes import own_routes

pytestmark = pytest.mark.database

CSRF = {"gemensam_csrf": "a" * 32}
BROWSER = {"accept-language": "sv", "accept-encoding": "gzip", "accept": "text/html"}
READERS = ("nacka-tib", "taby-tib", "lansstyrelsen-tib", "kansliet-strateg")


def paths_of(space: str, subject: str) -> list[str]:
    """An address of every part."""
    return [
        f"/spaces/{space}/larm/{subject}/board/", "/larm/banner/", f"/spaces/{space}/picture/_matrix/",
        f"/spaces/{space}/picture/_matrix/?only=overdue", f"/spaces/{space}/places/_part/",
        f"/spaces/{space}/map/_list/?row=el",
    ]  # fmt: skip


@pytest.fixture
def paths(network: Network, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses in a network where the clock stands still: a board is drawn anew every five seconds."""
    space, subject = sent(network)
    network.write("taby-tib", report(space, "Elavbrott i norra delen."))
    now = now_ms()
    monkeypatch.setattr("gemensam.ledger.reading.now_ms", lambda: now)
    return paths_of(space, subject)


def browser(network: Network, function: str) -> Client:
    client = network.client(function, headers=BROWSER)
    client.cookies.update(SimpleCookie(CSRF))
    return client


def somebody() -> Client:
    """A browser with the cookie of a session, whether it is known or not."""
    client = Client()
    client.cookies.update(SimpleCookie({"sessionid": "a" * 32}))
    return client


def scope_of(client: Client, target: str, method: str = "GET", **more: str) -> Scope:
    """What the server would pass on when the client's browser asks."""
    path, _, query = target.partition("?")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = {"host": "testserver", "cookie": cookies, **BROWSER, **more}
    return {
        "type": "http", "method": method, "path": path, "query_string": query.encode(), "http_version": "1.1",
        "scheme": "http", "server": ("testserver", 80), "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip


def together(scopes: Sequence[Scope]) -> list[list[Message] | None]:
    return Together(principals.judge_together).answer(scopes)


def told(messages: list[Message] | None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer that was given together with others."""
    assert messages is not None
    start, body = messages
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]


def ordinary(client: Client, target: str, **more: str) -> tuple[int, dict[str, str], bytes]:
    answer = client.get(target, headers=more)
    assert not answer.cookies
    return answer.status_code, {name.lower(): value for name, value in answer.items()}, answer.content


def test_every_part_is_tried_here() -> None:
    tried = {resolve(path.partition("?")[0]).func for path in paths_of("standing", "some")}
    assert {view for _, view in own_routes() if getattr(view, "is_part", False)} == tried


def test_what_is_told_together_is_what_each_is_told_alone(network: Network, paths: list[str]) -> None:
    asked = [(browser(network, reader), path) for reader in READERS for path in paths]
    answers = [told(each) for each in together([scope_of(client, path) for client, path in asked])]
    assert answers == [ordinary(client, path) for client, path in asked]
    assert {status for status, _, _ in answers} == {200}
    banners = [body for (_, path), (_, _, body) in zip(asked, answers, strict=True) if path == "/larm/banner/"]
    assert len(set(banners)) > 1


def test_what_a_screen_has_is_not_sent_again(network: Network, paths: list[str]) -> None:
    client = browser(network, "nacka-tib")
    for path in paths:
        (first,) = together([scope_of(client, path)])
        tag = told(first)[1]["etag"]
        (again,) = together([scope_of(client, path, **{"if-none-match": tag})])
        assert told(again) == ordinary(client, path, **{"if-none-match": tag})
        assert (told(again)[0], told(again)[2]) == (304, b"")


def test_another_language_is_answered_in_its_own_words(network: Network, paths: list[str]) -> None:
    client = browser(network, "nacka-tib")
    scopes = [scope_of(client, paths[0], **{"accept-language": one, "accept-encoding": ""}) for one in ("sv", "en")]
    swedish, english = (told(each) for each in together(scopes))
    assert b"har kvitterat" in swedish[2]
    assert b"have acknowledged" in english[2]
    assert english[1]["content-language"] == "en"


def test_many_are_judged_in_one_statement(network: Network, paths: list[str]) -> None:
    scopes = [scope_of(browser(network, reader), paths[0]) for reader in READERS] * 12
    together(scopes)
    with CaptureQueriesContext(connection) as queries:
        assert len(together(scopes[: principals.MANY])) == 48
    assert len(queries) == 1


def test_what_is_the_same_for_many_is_packed_once_and_noted_for_each(
    network: Network, paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[bytes] = []

    def pack(page: HttpResponse) -> bytes:
        packed.append(page.content)
        return b"packed"

    monkeypatch.setattr(compression, "joined", pack)
    noted: list[str] = []
    monkeypatch.setattr("gemensam.web.together.note_sent", lambda page: noted.append(page.lens.principal.organisation))
    screens = [browser(network, function) for function in READERS]
    answers = together([scope_of(screen, paths[0]) for screen in screens] * 3)
    assert {told(each)[2] for each in answers} == {b"packed"}
    assert len(packed) == 1
    assert noted == ["nacka", "taby", "lansstyrelsen", "kansliet"] * 3
    together([scope_of(screens[0], paths[0], **{"user-agent": agent}) for agent in ("a", "b", "a")])
    assert len(packed) == 3  # not taken for the same where anything of the question differs


def test_a_device_that_keeps_pages_is_told_who_reads_whoever_asked_before_it(
    network: Network, paths: list[str]
) -> None:
    screens = [browser(network, function) for function in ("nacka-tib", "taby-tib")]
    for screen in screens:
        screen.cookies.update(SimpleCookie({keeping.COOKIE: "a" * 24}))
    answers = [told(each) for each in together([scope_of(screen, paths[0]) for screen in screens * 2])]
    assert answers == [ordinary(screen, paths[0]) for screen in screens * 2]
    assert len({headers["x-reader"] for _, headers, _ in answers}) == 2


def test_who_may_not_read_is_left_to_the_ordinary_way(network: Network) -> None:
    space, subject = sent(network)
    narrow = network.open_sub_space(space, "nacka-tib")
    inside, outside = browser(network, "nacka-tib"), browser(network, "taby-tib")
    path = f"/spaces/{narrow}/places/_part/"
    asked = [(inside, path), (outside, path), (outside, "/larm/banner/")]
    seen, hidden, other = together([scope_of(client, target) for client, target in asked])
    assert told(seen)[0] == told(other)[0] == 200
    assert hidden is None
    assert ordinary(outside, path)[0] == 404
    absent = f"/spaces/{space}/larm/{narrow}/board/"
    assert together([scope_of(inside, absent)]) == [None]
    assert together([scope_of(inside, f"/spaces/{space}/larm/{subject}/board/?happened_by=never")]) == [None]


def test_nobody_who_is_not_signed_in_to_a_function_is_answered(network: Network, paths: list[str]) -> None:
    stranger, nameless, unproven = Client(), browser(network, "nacka-tib"), browser(network, "nacka-tib")
    stranger.cookies.update(SimpleCookie({"sessionid": "a" * 32, **CSRF}))
    session = nameless.session
    session["function"] = "taby-tib"
    session.save()
    session = unproven.session
    del session["second_factor"]
    session.save()
    known = browser(network, "nacka-tib")
    answers = together([scope_of(client, paths[0]) for client in (stranger, nameless, unproven, known)])
    assert [each is not None for each in answers] == [False, False, False, True]


def test_rights_hold_from_one_question_to_the_next(network: Network, paths: list[str]) -> None:
    client = browser(network, "nacka-tib")
    assert together([scope_of(client, paths[0])]) != [None]
    Appointment.objects.filter(function="nacka-tib").update(until=1)
    assert together([scope_of(client, paths[0])]) == [None]


def test_a_part_that_is_sent_is_noted_for_each_organisation(network: Network, paths: list[str]) -> None:
    deliveries.forget_noted()
    together([scope_of(browser(network, reader), paths[0]) for reader in ("nacka-tib", "taby-tib")])
    log.flush()
    assert set(Delivery.objects.values_list("organisation", flat=True)) >= {"nacka", "taby"}


@pytest.mark.parametrize(
    ("method", "more", "taken"),
    [
        ("GET", {}, True),
        ("HEAD", {}, False),
        ("POST", {}, False),
        ("GET", {"authorization": "Bearer gmn_x"}, False),
        ("GET", {"content-length": "3"}, False),
        ("GET", {"transfer-encoding": "chunked"}, False),
    ],
)  # fmt: skip
def test_only_a_browsers_plain_question_is_taken(method: str, more: dict[str, str], taken: bool) -> None:
    client = somebody()
    assert is_of_part(scope_of(client, "/larm/banner/", method, **more)) is taken


def test_who_has_no_session_or_asks_of_the_past_is_not_taken() -> None:
    client = Client()
    assert not is_of_part(scope_of(client, "/larm/banner/"))
    client.cookies.update(SimpleCookie({"sessionid": "a" * 32}))
    assert is_of_part(scope_of(client, "/spaces/standing/map/_list/?row=el"))
    assert not is_of_part(scope_of(client, "/spaces/standing/map/_list/?row=el&knew_at=2026-01-01T00:00"))


@pytest.mark.parametrize("path", ["/", "/spaces/standing/log/", "/static/x.css", "/nowhere/", "/larm/banner", "/\0"])
def test_other_pages_are_asked_for_in_the_ordinary_way(path: str) -> None:
    client = somebody()
    assert not is_of_part(scope_of(client, path))


def test_a_long_address_is_not_looked_up_and_not_remembered() -> None:
    client = somebody()
    assert not is_of_part(scope_of(client, "/spaces/" + "a" * LONGEST_PATH + "/places/_part/"))


@pytest.mark.parametrize(
    "more",
    [
        {"host": "evil.example"},
        {"cookie": "sessionid=\0"},
        {"cookie": r'sessionid="aaaaaaaa\000"'},  # a null, as cookies may write one
        {"cookie": "sessionid=" + "a" * 5_000},
        {"content-type": "text/html; charset*=BOGUS''x%41"},  # no such encoding
    ],
)
def test_a_false_question_is_left_to_the_ordinary_way_and_spoils_nobodys_answer(
    network: Network, paths: list[str], more: dict[str, Any]
) -> None:
    client = browser(network, "nacka-tib")
    (false, true) = together([scope_of(client, paths[0], **more), scope_of(client, paths[0])])
    assert false is None
    assert told(true)[0] == 200


def test_a_fault_of_one_is_told_in_the_log_and_is_nobody_elses(
    network: Network, paths: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nacka, taby = browser(network, "nacka-tib"), browser(network, "taby-tib")
    real = pages.space_page

    def fails_for_nacka(request: Any, *rest: Any) -> Any:
        if request.principal.organisation == "nacka":
            raise AttributeError("no such thing")
        return real(request, *rest)

    monkeypatch.setattr(pages, "space_page", fails_for_nacka)
    fault, whole = together([scope_of(nacka, paths[0]), scope_of(taby, paths[0])])
    assert fault is None
    assert told(whole)[0] == 200
    assert "no such thing" in caplog.text


# For who signs in, what is written, and pages that are whole. A new one is put here, or into MIDDLEWARE.
OF_WHOLE_PAGES = {
    "whitenoise.middleware.WhiteNoiseMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
    "gemensam.web.middleware.csrf_cookie", "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "allauth.account.middleware.AccountMiddleware",
    "gemensam.accounts.middleware.PrincipalMiddleware", "gemensam.web.middleware.lens",
    "gemensam.web.cautions.asked_first", "gemensam.web.middleware.refusals", "gemensam.web.middleware.deliveries",
    "gemensam.web.waited.waited",
}  # fmt: skip


def test_for_each_piece_of_middleware_it_is_said_whether_parts_go_through_it() -> None:
    assert set(settings.MIDDLEWARE) == MIDDLEWARE | OF_WHOLE_PAGES
    assert not MIDDLEWARE & OF_WHOLE_PAGES


def test_no_part_is_kept_by_a_device() -> None:
    names = {resolve(path.partition("?")[0]).url_name for path in paths_of("standing", "some")}
    assert not names & keeping.KEPT
