"""`gemensam cost-shares` as the joint office meets it: shares, or one line that says what is wrong."""

import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from gemensam.cli.reasons import WORDS
from gemensam.costs.domain import bases, budgets, rules, shares, tables
from gemensam.costs.labels import REFUSALS
from tests.costs.making import changed, rows, table

REAL = Path(__file__).parents[3] / "shared" / "data" / "population" / "population_stockholm_2022_2025.csv"


def cost_shares(*given: object) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "gemensam", "cost-shares", *map(str, given)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def population(tmp_path: Path) -> Path:
    file = tmp_path / "folkmangd.csv"
    file.write_bytes(table(rows()))
    return file


def test_the_answer_is_whole_and_says_what_it_is_made_from(population: Path, tmp_path: Path) -> None:
    key = tmp_path / "nyckel.csv"
    key.write_text("medlem,andel\npolisen,1\nregion-stockholm,2\n")
    told = cost_shares("--budget", 7_000_001, "--population", population, "--at", "2026-01-01", "--key", key, "--json")
    assert (told.returncode, told.stderr) == (0, "")
    answer = json.loads(told.stdout)
    about = ("budget_ore", "budget_year", "population_date", "population_column", "rounding", "ties")
    assert [answer[name] for name in about] == [
        700_000_100, 2026, "2025-12-31", "folkmangd_2025_12_31", "largest_remainder", "lowest_code_first",
    ]  # fmt: skip
    halves = [answer["municipal_half"], answer["other_half"]]
    assert [sum(share["ore"] for share in half["shares"]) for half in halves] == [350_000_050, 350_000_050]
    assert len(answer["municipal_half"]["shares"]) == 26
    assert sum(each["ore"] for each in answer["members"]) == 700_000_100
    assert [each["kronor"] for each in answer["other_half"]["shares"]] == ["1166666.83", "2333333.67"]


def test_without_a_key_the_other_half_is_said_not_to_be_distributed(population: Path) -> None:
    told = cost_shares("--budget", 100, "--population", population, "--at", "2026-01-01")
    assert told.returncode == 0
    assert "not distributed: no key was given" in told.stdout
    answer = json.loads(cost_shares("--budget", 100, "--population", population, "--at", "2026-01-01", "--json").stdout)
    assert (answer["other_half"]["distributed"], answer["other_half"]["shares"]) == (False, [])
    assert sum(each["ore"] for each in answer["members"]) == answer["municipal_half"]["ore"] == 5000


def test_a_wrong_row_is_named_and_nothing_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "folkmangd.csv"
    file.write_bytes(changed(lambda found: found[3].__setitem__(2, "-4")))
    told = cost_shares("--budget", 100, "--population", file, "--at", "2026-01-01", "--json")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == f"gemensam: {file}: line 5 (Värmdö): the population -4 is negative\n"


@pytest.mark.parametrize(
    "given",
    [("--budget", "0"), ("--budget", "-1"), ("--budget", "1.50"), ("--budget", "2000000000"), ("--at", "2026-13-01"),
     ("--at", "20260101"), ("--at", "2020-01-01"), ("--population", "saknas.csv"), ("--region", "mars"),
     ("--key", "saknas.csv")],
)  # fmt: skip
def test_what_cannot_be_shared_is_refused_in_one_line(population: Path, given: tuple[str, str]) -> None:
    told = cost_shares("--budget", 100, "--population", population, "--at", "2026-01-01", *given)
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert cost_shares("--population", population).returncode == 2


def test_every_refusal_has_words_here_and_on_the_pages() -> None:
    def codes(*modules: ModuleType) -> set[str]:
        return {code for each in modules for code in re.findall(r'Refused\(\s*"(\w+)"', inspect.getsource(each))}

    assert codes(tables, shares) <= set(WORDS)
    assert codes(tables, shares, bases, budgets, rules) - {"text_too_long"} <= set(REFUSALS)


@pytest.mark.skipif(not REAL.exists(), reason="the published figures are not here")
def test_the_published_figures_as_they_are() -> None:
    for year in (2023, 2024, 2025, 2026):
        told = cost_shares("--budget", 7_000_000, "--population", REAL, "--at", f"{year}-01-01", "--json")
        assert told.returncode == 0, told.stderr
        answer = json.loads(told.stdout)
        assert sum(each["ore"] for each in answer["municipal_half"]["shares"]) == 350_000_000
        assert answer["population_column"] == f"folkmangd_{year - 1}_12_31"
