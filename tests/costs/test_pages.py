"""The network's account in the program: who enters, what is computed, who reads, and what is refused."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.costs import commands
from gemensam.costs.domain import bases
from gemensam.costs.domain.budgets import budgets
from gemensam.costs.domain.shares import Figure, Part
from gemensam.costs.queries import get_budget_for, lines_of, own_share
from tests.costs.making import MUNICIPALITIES, changed, rows, table
from tests.network import Network

pytestmark = pytest.mark.database
STRATEGIST, ROOT = "kansliet-strateg", "/spaces/standing/costs/"
BUDGET = {"year": 2026, "amount": 700_000_000, "decided_by": "Regionala chefsgruppen"}


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def figures(grown: int = 0) -> tuple[Figure, ...]:
    return tuple(Figure(code, name, int(count) + grown * place) for place, (code, name, count) in enumerate(rows()))


def enter(network: Network, day: str, grown: int = 0) -> None:
    commands.enter_population(network.lens(STRATEGIST), {"day": day, "source": "SCB"}, figures(grown))


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("folkmangd.csv", data, "text/csv")


def test_a_year_goes_from_budget_to_preliminary_to_final_with_the_difference_per_member(network: Network) -> None:
    enter(network, "2024-12-31")
    office = client(network, STRATEGIST)
    form = {"year": 2026, "amount": "7 000 000", "decided_by": "Regionala chefsgruppen", "decided_on": "2025-10-01"}
    answer = office.post(f"{ROOT}budget/new/", form)
    assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}2026/")
    page = office.get(f"{ROOT}2026/").content.decode()
    assert "Preliminär" in page and "2024-12-31" in page and "inte fördelad" in page
    refused = office.post(f"{ROOT}2026/compute/", {"stage": "final"}, follow=True)
    assert "Folkmängden 2025-12-31 är ännu inte införd" in refused.content.decode()
    enter(network, "2025-12-31", grown=500)
    assert office.post(f"{ROOT}2026/compute/", {"stage": "final"}).status_code == 302
    budget = get_budget_for(network.lens("nacka-tib"), 2026)
    lines = lines_of(network.lens("nacka-tib").directory, budget)
    assert len(lines) == 26
    assert sum(line.amount or 0 for line in lines) == sum(line.estimated or 0 for line in lines) == 350_000_000
    assert sum(line.difference or 0 for line in lines) == 0
    assert any(line.difference for line in lines)
    own = own_share(network.lens("nacka-tib"), "nacka", 2026)
    assert own is not None and own.final
    assert "slutlig" in client(network, "nacka-tib").get("/").content.decode()


def test_the_basis_stays_in_the_entry_when_figures_and_key_change_later(network: Network) -> None:
    enter(network, "2025-12-31")
    lens = network.lens(STRATEGIST)
    commands.set_key(lens, "Nyckel 2026", "beslut", (Part("polisen", "", 1), Part("region-stockholm", "", 2)))
    commands.decide_budget(lens, BUDGET)
    commands.compute_shares(lens, 2026, final=True)
    before = get_budget_for(network.lens(STRATEGIST), 2026).settled
    assert before is not None and before.shares.other == {"polisen": 116_666_667, "region-stockholm": 233_333_333}
    enter(network, "2025-12-31", grown=900)
    commands.withdraw_key(lens, "upphävd")
    after = get_budget_for(network.lens(STRATEGIST), 2026).settled
    assert after == before
    assert before.holds()
    commands.compute_shares(lens, 2026, final=True)
    anew = get_budget_for(network.lens(STRATEGIST), 2026).settled
    assert anew is not None
    assert anew.basis.parts == ()
    assert anew.shares.municipal != before.shares.municipal
    assert len(network.lens(STRATEGIST).history(STANDING, f"budget-2026-{STANDING}")) == 4


@pytest.mark.parametrize(
    "path",
    ["", "2026/", "2026/nacka/", "population/2025-12-31/", "key/", "2026/shares.csv",
     "population/2025-12-31/table.csv", "what-if/?budget=5000000&day=2025-12-31"],
)  # fmt: skip
def test_the_whole_network_reads_and_nobody_but_those_who_govern_writes(network: Network, path: str) -> None:
    enter(network, "2025-12-31")
    commands.decide_budget(network.lens(STRATEGIST), BUDGET)
    reader = client(network, "nacka-lasare")
    assert reader.get(ROOT + path).status_code == 200
    assert "compute/" not in (reader.get(ROOT + "2026/").content.decode())
    for url in ("budget/new/", "population/new/", "key/new/", "key/withdraw/", "2026/compute/", "2026/change/"):
        assert reader.post(ROOT + url, {"stage": "final"}).status_code == 403
    with pytest.raises(Refused, match="not_permitted"):
        commands.decide_budget(network.lens("nacka-tib"), {**BUDGET, "year": 2027})
    assert [each.year for each in budgets(network.lens(STRATEGIST).state(STANDING))] == [2026]


@pytest.mark.parametrize("path", ["2031/", "2026/vaxholm/", "population/2020-12-31/", "2031/shares.csv"])
def test_what_is_not_there_is_not_found(network: Network, path: str) -> None:
    commands.decide_budget(network.lens(STRATEGIST), BUDGET)
    assert client(network, "nacka-tib").get(ROOT + path).status_code == 404
    incident = network.open_incident()
    assert client(network, "nacka-tib").get(f"/spaces/{incident}/costs/").status_code == 404


def test_figures_come_from_a_file_and_a_wrong_row_is_named_and_nothing_written(network: Network) -> None:
    office = client(network, STRATEGIST)
    wrong = upload(changed(lambda found: found[3].__setitem__(2, "-4")))
    about = {"day": "2025-12-31", "source": "SCB"}
    answer = office.post(f"{ROOT}population/new/", {**about, "file": wrong})
    assert answer.status_code == 422
    assert "Rad 5 (Värmdö): folkmängden -4 är negativ" in answer.content.decode()
    assert not bases.populations(network.lens(STRATEGIST).state(STANDING))
    answer = office.post(f"{ROOT}population/new/", {**about, "file": upload(table(rows()))})
    assert answer.status_code == 302
    (found,) = bases.populations(network.lens(STRATEGIST).state(STANDING))
    assert found.figures == figures()


def test_figures_can_be_written_row_by_row_and_what_was_typed_stays_when_one_is_wrong(network: Network) -> None:
    office = client(network, STRATEGIST)
    typed: dict[str, Any] = {f"row_{code}": count for code, _name, count in rows()}
    form = {"day": "2025-12-31", "source": "SCB", **typed}
    answer = office.post(f"{ROOT}population/new/", {**form, "row_0182": "många"})
    assert answer.status_code == 422
    assert 'value="många"' in answer.content.decode() and f'value="{typed["row_0114"]}"' in answer.content.decode()
    assert office.post(f"{ROOT}population/new/", {**form, "day": "2025-06-30"}).status_code == 422
    assert office.post(f"{ROOT}population/new/", form).status_code == 302
    again = office.post(f"{ROOT}population/new/", {**form, "seen": ""})
    assert again.status_code == 409 and "Nu gäller" in again.content.decode()


@pytest.mark.parametrize(
    "change",
    [{"amount": "0"}, {"amount": "-7"}, {"amount": "7,50"}, {"amount": "2000000000"}, {"amount": "sju"},
     {"year": "1800"}, {"year": "x"}, {"decided_by": ""}, {"decided_on": "i går"}, {"note": "x" * 1001}],
)  # fmt: skip
def test_a_budget_that_is_none_is_refused_and_what_was_typed_stays(network: Network, change: dict[str, str]) -> None:
    form = {"year": "2026", "amount": "7000000", "decided_by": "chefsgruppen", "reference": "SSR 12", **change}
    answer = client(network, STRATEGIST).post(f"{ROOT}budget/new/", form)
    assert answer.status_code == 422
    assert 'value="SSR 12"' in answer.content.decode()
    assert not budgets(network.lens(STRATEGIST).state(STANDING))


def test_a_second_budget_for_a_year_is_no_accident(network: Network) -> None:
    commands.decide_budget(network.lens(STRATEGIST), BUDGET)
    form = {"year": "2026", "amount": "8000000", "decided_by": "chefsgruppen", "seen": ""}
    answer = client(network, STRATEGIST).post(f"{ROOT}budget/new/", form)
    assert answer.status_code == 409
    assert get_budget_for(network.lens(STRATEGIST), 2026).amount == 700_000_000


def test_a_key_is_set_row_by_row_and_a_member_that_is_none_is_refused(network: Network) -> None:
    office = client(network, STRATEGIST)
    form = {"name": "Nyckel", "source": "beslut", "row_polisen": "1", "row_region-stockholm": "2"}
    assert office.post(f"{ROOT}key/new/", {**form, "row_polisen": "-1"}).status_code == 422
    assert office.post(f"{ROOT}key/new/", {"name": "Nyckel", "source": "beslut"}).status_code == 422
    assert office.post(f"{ROOT}key/new/", form).status_code == 302
    key = bases.key_now(network.lens(STRATEGIST).state(STANDING))
    assert key is not None and (key.version, [part.parts for part in key.parts]) == (1, [1, 2])
    assert "Nyckel" in client(network, "nacka-tib").get(f"{ROOT}key/").content.decode()
    unknown = (Part("tullverket", "", 1),)
    with pytest.raises(Refused, match="cost_figures"):
        commands.set_key(network.lens(STRATEGIST), "x", "y", unknown)


def test_what_if_writes_nothing(network: Network) -> None:
    enter(network, "2025-12-31")
    commands.decide_budget(network.lens(STRATEGIST), BUDGET)
    before = network.lens(STRATEGIST).state(STANDING).position
    reader = client(network, "nacka-tib")
    page = reader.get(f"{ROOT}what-if/?budget=14000000&day=2025-12-31")
    assert "7\u00a0000\u00a0000,00" in page.content.decode()
    assert reader.get(f"{ROOT}what-if/?budget=0&day=2025-12-31").status_code == 422
    assert reader.get(f"{ROOT}what-if/?budget=100&day=1999-12-31").status_code == 422
    assert network.lens(STRATEGIST).state(STANDING).position == before


def test_the_table_and_the_statement_say_what_the_page_says(network: Network) -> None:
    enter(network, "2025-12-31")
    commands.decide_budget(network.lens(STRATEGIST), BUDGET)
    reader = client(network, "nacka-tib")
    told: Any = reader.get(f"{ROOT}2026/shares.csv")
    lines = list(csv.reader(io.StringIO(b"".join(told.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 2 + 26
    assert {line[1] for line in lines[2:]} == set(MUNICIPALITIES)
    assert sum(round(float(line[8].replace(",", ".")) * 100) for line in lines[2:]) == 350_000_000
    own = own_share(network.lens("nacka-tib"), "nacka", 2026)
    assert own is not None and own.line.amount is not None
    answer = reader.get(f"{ROOT}2026/nacka/statement.pdf")
    assert answer["Content-Type"] == "application/pdf"
    from tests.documents.reading import squeezed, whole

    text = whole(answer.content)
    amount = f"{own.line.amount // 100:,}".replace(",", "") + f",{own.line.amount % 100:02}kr"
    assert amount in text.replace("\u00a0", "")
    assert squeezed("Källa: SCB") in text and squeezed("största resten") in text


def test_an_old_moment_shows_what_was_known_then_and_offers_no_buttons(network: Network) -> None:
    enter(network, "2025-12-31")
    commands.decide_budget(network.lens(STRATEGIST), BUDGET)
    office = client(network, STRATEGIST)
    page = office.get(f"{ROOT}?knew_at=2020-01-01 12.00").content.decode()
    assert "Ingen budget är införd" in page and "budget/new/" not in page
