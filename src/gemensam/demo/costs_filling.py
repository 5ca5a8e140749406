"""The demonstration's costs: SCB's populations, an invented budget for each year, and no key, which nobody knows.

The inhabitants on 31 December of 2022 to 2025 are published by SCB (CC0); those of 2025 carry SCB's disclosure noise.
"""

from collections.abc import Callable

from gemensam.core.policy import Principal
from gemensam.costs import commands
from gemensam.costs.commands import Sent
from gemensam.costs.domain.rules import municipalities
from gemensam.costs.domain.shares import ORE, Figure
from gemensam.demo.stage import ACCOUNT
from gemensam.ledger.reading import Lens, lens_for
from gemensam.ledger.receipts import receipts_of

OFFICE, STRATEGIST = "kansliet", "kansliet-strateg"
SOURCE = "SCB, befolkningsstatistik (CC0)"
INVENTED = "Påhittad för demonstrationen"
YEARS = (2022, 2023, 2024, 2025)
INHABITANTS = {
    "0114": (49_262, 50_110, 50_323, 50_495),
    "0115": (34_851, 35_076, 35_119, 35_361),
    "0117": (49_138, 49_282, 49_787, 49_943),
    "0120": (46_457, 46_637, 46_635, 46_601),
    "0123": (85_460, 86_330, 88_950, 90_180),
    "0125": (29_123, 28_808, 28_910, 29_062),
    "0126": (114_504, 113_920, 114_304, 114_686),
    "0127": (95_383, 95_592, 95_905, 96_750),
    "0128": (17_352, 17_451, 17_507, 17_370),
    "0136": (97_683, 99_751, 100_895, 101_408),
    "0138": (49_214, 49_173, 49_179, 49_645),
    "0139": (31_853, 32_453, 32_868, 33_333),
    "0140": (11_664, 12_107, 12_342, 12_384),
    "0160": (75_137, 76_738, 77_744, 78_514),
    "0162": (32_692, 32_419, 32_425, 32_500),
    "0163": (76_237, 76_790, 77_624, 78_033),
    "0180": (984_748, 988_943, 995_574, 999_239),
    "0181": (102_426, 102_519, 102_911, 102_772),
    "0182": (109_486, 110_633, 112_112, 113_730),
    "0183": (54_070, 55_912, 56_274, 57_000),
    "0184": (85_450, 85_426, 85_789, 86_435),
    "0186": (48_432, 48_324, 48_377, 48_369),
    "0187": (11_899, 11_817, 11_822, 11_636),
    "0188": (65_587, 65_770, 66_585, 66_832),
    "0191": (51_876, 52_529, 52_767, 53_365),
    "0192": (30_043, 30_311, 30_579, 30_610),
}
# Year → budget in kronor. Invented: the network's budget is not known publicly.
BUDGETS = {2024: 6_800_000, 2025: 7_000_000, 2026: 7_200_000, 2027: 7_400_000}
# In the order in which it would have happened: the budget on the figures of the year before, then those of its start.
STEPS = (
    ("population", 2022), ("budget", 2024), ("population", 2023), ("final", 2024),
    ("budget", 2025), ("population", 2024), ("final", 2025),
    ("budget", 2026), ("population", 2025), ("final", 2026), ("budget", 2027),
)  # fmt: skip


def fill_costs(now: int) -> None:
    """Enter what is not there of figures, budgets and shares. `now` in ms UTC."""
    written = receipts_of(ACCOUNT)
    for what, year in STEPS:
        key = f"costs/{what}/{year}"
        if key not in written:
            lens = lens_for(Principal(ACCOUNT, OFFICE, STRATEGIST, frozenset()), now)
            ACTS[what](lens, year, Sent(key=key))


def _population(lens: Lens, year: int, sent: Sent) -> None:
    here = municipalities(lens.directory)
    place = YEARS.index(year)
    figures = tuple(Figure(code, here[code], counts[place]) for code, counts in INHABITANTS.items())
    commands.enter_population(lens, {"day": f"{year}-12-31", "source": SOURCE, "note": ""}, figures, sent)


def _budget(lens: Lens, year: int, sent: Sent) -> None:
    content = {
        "year": year, "amount": BUDGETS[year] * ORE, "decided_by": "Regionala chefsgruppen", "decided_on": "",
        "reference": INVENTED, "note": f"{INVENTED}: nätverkets budget är inte känd.",
    }  # fmt: skip
    commands.decide_budget(lens, content, sent)


def _final(lens: Lens, year: int, sent: Sent) -> None:
    commands.compute_shares(lens, year, sent, final=True)


ACTS: dict[str, Callable[[Lens, int, Sent], None]] = {"population": _population, "budget": _budget, "final": _final}
