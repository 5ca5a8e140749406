"""The space of a målbild's years: who opens it, its page, and that it holds no reports."""

import pytest
from django.test import Client

from gemensam.core.refusal import Refused
from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from gemensam.governance.queries import list_periods_for
from tests.network import Network

STRATEGIST = "kansliet-strateg"


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


@pytest.mark.database
def test_the_joint_office_opens_a_period_and_all_read_it(network: Network) -> None:
    answer = client(network, STRATEGIST).post("/governance/periods/new/", {"first_year": 2027, "last_year": 2030})
    assert answer.status_code == 302
    (period,) = list_periods_for(network.lens("nacka-tib"))
    assert (period.years.first_year, period.years.last_year) == (2027, 2030)
    page = client(network, "nacka-tib").get(f"/spaces/{period.id}/", follow=True)
    assert page.status_code == 200
    assert "Perioden 2027–2030" in page.content.decode()
    assert client(network, "nacka-tib").get(f"/spaces/{period.id}/picture/").status_code == 404


@pytest.mark.database
def test_who_does_not_govern_opens_no_period(network: Network) -> None:
    answer = client(network, "lansstyrelsen-tib").post(
        "/governance/periods/new/", {"first_year": 2027, "last_year": 2030}
    )
    assert answer.status_code == 403
    with pytest.raises(Refused, match="not_permitted"):
        open_period(network.lens("lansstyrelsen-tib"), PeriodData(2027, 2030))
    assert not list_periods_for(network.lens(STRATEGIST))


@pytest.mark.database
@pytest.mark.parametrize(("first", "last"), [(2030, 2027), (2027, 2040), (27, 30), ("", 2030), ("x", "y")])
def test_years_that_are_none_are_refused_with_a_reason(network: Network, first: object, last: object) -> None:
    answer = client(network, STRATEGIST).post("/governance/periods/new/", {"first_year": first, "last_year": last})
    assert answer.status_code == 422
    assert not list_periods_for(network.lens(STRATEGIST))


@pytest.mark.database
def test_a_period_says_what_changes_while_heightened_alert_is_recorded(network: Network) -> None:
    space = open_period(network.lens(STRATEGIST), PeriodData(2027, 2030)).space
    reader, path = client(network, "nacka-lasare"), f"/spaces/{space}/period/"
    assert "Höjd beredskap" not in reader.get(path).content.decode()
    assessor = client(network, "lansstyrelsen-tib")
    decision = {"level": "skärpt beredskap", "decided_by": "Regeringen", "on": "2026-11-29", "source": "Beslut"}
    assert assessor.post("/modes/heightened/", decision).status_code == 302
    page = reader.get(path).content.decode()
    assert "Vad som ändras för nätverkets styrning" in page
    assert "Säkerhetsskyddslagen (2018:585)" in page
    assert "höjd beredskap: detta ändras" in reader.get(f"/spaces/{space}/log/").content.decode()
