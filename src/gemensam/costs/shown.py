"""Amounts, shares and years as pages, tables and documents show them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gemensam.costs.domain.budgets import Budget, Computed
from gemensam.costs.domain.shares import ORE
from gemensam.costs.queries import Line
from gemensam.web import times

SPACE = "\u00a0"


def whole(number: int) -> str:
    """A whole number with its thousands apart: 49 262, or 49,262 in English."""
    return f"{number:,}" if times.language() == "en" else f"{number:,}".replace(",", SPACE)


def kronor(ore: int | None) -> str:
    """An amount in kronor with two decimals, as the reader's language writes it; a dash for none."""
    if ore is None:
        return "–"
    point = "." if times.language() == "en" else ","
    sign = "−" if ore < 0 else ""
    return f"{sign}{whole(abs(ore) // ORE)}{point}{abs(ore) % ORE:02}"


def change(ore: int | None) -> str:
    """A difference with its sign: +12,50, −3,00, or 0,00 for none."""
    return kronor(ore) if ore is None or ore <= 0 else f"+{kronor(ore)}"


def plain_kronor(ore: int | None) -> str:
    """An amount as a spreadsheet takes it: 12345,67 (or 12345.67 in English), nothing for none."""
    if ore is None:
        return ""
    point = "." if times.language() == "en" else ","
    return f"{'-' if ore < 0 else ''}{abs(ore) // ORE}{point}{abs(ore) % ORE:02}"


def per_cent(part: int, total: int) -> str:
    """A share in per cent with three decimals, rounded half up, as it is read and never as it is computed with."""
    thousandths = (part * 200_000 + total) // (2 * total) if total else 0
    point = "." if times.language() == "en" else ","
    return f"{thousandths // 1000}{point}{thousandths % 1000:03}{SPACE}%"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A member's line in words."""

    line: Line
    inhabitants: str
    share: str
    estimated: str
    settled: str
    difference: str
    own: bool


def show_line(line: Line, computed: Computed | None, own: str) -> ShownLine:
    """Return a line in words; `own` is the reader's organisation."""
    total = sum(each.inhabitants for each in computed.basis.figures) if computed else 0
    return ShownLine(
        line, whole(line.inhabitants) if line.inhabitants is not None else "–",
        per_cent(line.inhabitants, total) if line.inhabitants is not None else "–",
        kronor(line.estimated), kronor(line.settled), change(line.difference), line.organisation == own,
    )  # fmt: skip


def stage_word(budget: Budget) -> str:
    """How far a year has come, in a word or two."""
    if budget.settled is not None:
        return _("Final")
    return _("Preliminary") if budget.estimated is not None else _("Decided, not shared yet")


def rule_words() -> str:
    """The rounding rule, as statements and pages say it."""
    return _(
        "Each half is shared by the largest remainder: everybody first pays the whole öre of its share, and the öre "
        "that are left go one each to the largest fractions, of equal ones to the lowest code first. "
        "The sum is exact."
    )


def key_words(computed: Computed) -> str:
    """Which key the other half was shared by, or that it is not distributed."""
    if not computed.basis.parts:
        return _("The other half is not distributed: the network has set no key.")
    told = {"version": computed.key_version, "name": computed.key_name, "source": computed.key_source}
    return _("Key version %(version)s: %(name)s (%(source)s)") % told
