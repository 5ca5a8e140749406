"""A conference in its series: what is open since the one before, and the report that is asked before each."""

import pytest

from gemensam.coordination import commands
from gemensam.coordination.domain.series import asked_before, conference_before
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.picture.compiling import Takt, set_cadence
from tests.coordination.actions import HOUR, LEADER, agree, call, opened, thing_of
from tests.coordination.test_pages import client, place, text_of
from tests.ids import new_id
from tests.network import Network

ASKED = ("nacka", "taby")


def ask(network: Network, space: str, deadline_at: int, series: str = "akut") -> str:
    request = new_id()
    payload = {
        "purpose": "aktiverat", "template": "full", "deadline_at": deadline_at, "asked": list(ASKED), "series": series,
    }  # fmt: skip
    network.write(LEADER, Draft("request.made", space, request, payload))
    return request


def held(network: Network, space: str) -> str:
    """A conference that is over, with an agreement and a need that are open."""
    before = opened(network, space, starts_at=now_ms() - 60_000)
    agree(network, space, before, "nacka")
    commands.raise_need(network.lens("taby-tib"), space, {"text": "Två elverk"}, conference=before)
    commands.close_conference(network.lens(LEADER), space, before)
    return before


def test_what_is_open_since_the_last_conference_stands_first(network: Network) -> None:
    space = network.open_incident()
    before = held(network, space)
    following = call(network, space, agenda="aktiverat_foljande", starts_at=now_ms() + HOUR)
    page = client(network, "nacka-tib").get(place(space, following)).content.decode()
    since = page[page.index('id="follow-up"') : page.index('id="speakers"')]
    assert "Två elverk" in since
    assert "Vi plogar väg 76" in since
    assert "Två elverk" not in page[page.index('id="needs"') :]
    found = conference_before(network.lens(LEADER).state(space), thing_of(network, space, following))
    assert found is not None
    assert found.subject == before


def test_a_first_conference_has_nothing_behind_it(network: Network) -> None:
    space = network.open_incident()
    commands.raise_need(network.lens("taby-tib"), space, {"text": "Två elverk"})
    page = client(network, "nacka-tib").get(place(space, call(network, space))).content.decode()
    assert 'id="follow-up"' not in page
    assert "Två elverk" in page[page.index('id="needs"') :]


def test_a_cancelled_conference_is_nobodys_last(network: Network) -> None:
    space = network.open_incident()
    first = call(network, space)
    commands.cancel_conference(network.lens(LEADER), space, first, "Inget nytt")
    following = call(network, space, starts_at=now_ms() + HOUR)
    assert conference_before(network.lens(LEADER).state(space), thing_of(network, space, following)) is None


def test_a_request_belongs_to_the_series_and_to_the_conference_that_it_is_due_before(network: Network) -> None:
    space = network.open_incident()
    first = call(network, space, series="akut", starts_at=now_ms() + 2 * HOUR)
    second = call(network, space, series="akut", starts_at=now_ms() + 4 * HOUR)
    of_first, of_second = ask(network, space, now_ms() + HOUR), ask(network, space, now_ms() + 3 * HOUR)
    ask(network, space, now_ms() + HOUR, series="")
    state = network.lens(LEADER).state(space)
    found = [asked_before(state, thing_of(network, space, each)) for each in (first, second)]
    assert [each.subject for each in found if each is not None] == [of_first, of_second]
    page = text_of(client(network, "nacka-tib").get(place(space, second)))
    assert "Lägesrapport inför konferensen : 0 av 2 har svarat" in page


def test_who_may_ask_is_offered_the_request_at_the_takts_time_and_as_it_was_last_asked(network: Network) -> None:
    space = network.open_incident()
    starts_at = (now_ms() // HOUR + 3) * HOUR
    set_cadence(network.lens(LEADER), space, Takt("akut", "Första timmarna", starts_at))
    ask(network, space, now_ms() + HOUR)
    call(network, space, series="akut", starts_at=starts_at)
    conference = call(network, space, series="akut", starts_at=starts_at + 2 * HOUR)
    leader, nacka = client(network, LEADER), client(network, "nacka-lasare")
    by = starts_at + 2 * HOUR - HOUR // 2
    link = f"/spaces/{space}/requests/new/?series=akut&amp;by={by}"
    assert link in leader.get(place(space, conference)).content.decode()
    assert link not in nacka.get(place(space, conference)).content.decode()
    form = leader.get(link.replace("&amp;", "&")).content.decode()
    assert '<option value="akut" selected>' in form
    ticked = [line for line in form.split("<input") if "checked" in line and 'name="asked"' in line]
    assert len(ticked) == len(ASKED)


def test_a_request_of_a_series_that_is_in_no_list_is_refused(network: Network) -> None:
    with pytest.raises(Refused, match="no_such_cadence"):
        ask(network, network.open_incident(), now_ms() + HOUR, series="varannan_tisdag")


@pytest.mark.parametrize("by", ["", "0", "-5", "1" * 30, "x"])
def test_a_time_that_no_request_can_have_gives_the_usual_one(network: Network, by: str) -> None:
    assert client(network, LEADER).get(f"/spaces/standing/requests/new/?series=vecka&by={by}").status_code == 200
