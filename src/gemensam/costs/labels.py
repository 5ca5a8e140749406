"""Words for what this room writes and refuses, and how its entries read in the log."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gemensam.costs.domain.bases import ENTERED, KEY_SET, KEY_WITHDRAWN
from gemensam.costs.domain.budgets import DECIDED, ESTIMATED, SETTLED
from gemensam.costs.shown import kronor
from gemensam.ledger.describing import Line, Names, register_describer, register_group_words, register_kind_words
from gemensam.ledger.reading import LogRow
from gemensam.web.labels import Refusal, Text

ROOT = "/spaces/standing/costs/"
KINDS: dict[str, Text] = {
    ENTERED: _("Population figures entered"),
    KEY_SET: _("Cost key set"),
    KEY_WITHDRAWN: _("Cost key taken out of use"),
    DECIDED: _("Budget entered"),
    ESTIMATED: _("Preliminary shares computed"),
    SETTLED: _("Final shares computed"),
}
GROUPS: dict[str, Text] = {
    "population": _("Population figures"),
    "cost_key": _("Cost keys"),
    "budget": _("Budgets and shares"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "budget_wrong": _("%(given)s is no budget. Write it in whole kronor, as 7 000 000."),
    "budget_with_ore": _("The budget %(given)s has öre. Write it in whole kronor."),
    "budget_not_positive": _("The budget must be at least 1 krona."),
    "budget_too_large": _("The budget is at most %(most)s kronor."),
    "budget_odd": _("Half of the budget would be half an öre. Write it in whole kronor."),
    "budget_year_wrong": _("The budget year must lie between %(first)s and %(last)s."),
    "budget_missing": Refusal(_("Enter the year's budget first."), 409),
    "cost_day_wrong": _("%(given)s cannot be used as a day. Figures are those of a 31 December: write 2025-12-31."),
    "cost_rule_unknown": _("The rounding rule %(rule)s is not known to this version of the program."),
    "cost_weights": _("There is nobody to share among."),
    "cost_text_missing": _("Something is missing: fill in every field that is not optional."),
    "cost_figures": _("The rows do not fit the members of the network. Open the form again and go through them."),
    "cost_file_empty": _("The file holds no rows."),
    "cost_file_too_large": Refusal(_("The file is too large: at most %(most)s bytes are read."), 413),
    "cost_file_not_utf8": _("Line %(line)s: the file is not text in UTF-8. Save it as CSV UTF-8."),
    "cost_file_no_table": _("Line %(line)s: the file cannot be read as a table. Look for a quotation mark without its "
                            "pair."),
    "cost_file_column_missing": _("The file has no column %(column)s."),
    "cost_file_column_twice": _("The column %(column)s stands twice."),
    "cost_file_row_long": _("Line %(line)s has more cells than the table has columns."),
    "population_column_missing": _("The file has no column %(column)s. It has: %(there)s."),
    "population_code_missing": _("Line %(line)s (%(name)s): the kommunkod is missing."),
    "population_code_wrong": _("Line %(line)s (%(name)s): %(kommunkod)s is no kommunkod. It has four digits, also "
                               "where the first is zero."),
    "population_code_unknown": _("Line %(line)s (%(name)s): kommunkod %(kommunkod)s is no municipality of the "
                                 "network."),
    "population_twice": _("Line %(line)s (%(name)s): the municipality stands on line %(first)s already."),
    "population_name_wrong": _("Line %(line)s: kommunkod %(kommunkod)s is %(known)s, but the row says %(name)s."),
    "population_none": _("Row %(line)s (%(name)s): the population is missing."),
    "population_negative": _("Row %(line)s (%(name)s): the population %(given)s is negative."),
    "population_not_whole": _("Row %(line)s (%(name)s): %(given)s is no whole number of inhabitants."),
    "population_zero": _("Row %(line)s (%(name)s): the population is 0."),
    "population_too_large": _("Row %(line)s (%(name)s): %(given)s inhabitants cannot be right."),
    "population_sum_wrong": _("Line %(line)s (%(name)s): the row says %(given)s, but the municipalities add up to "
                              "%(added)s."),
    "population_missing": _("Municipalities without figures: %(names)s."),
    "population_unknown": Refusal(_("No population figures for %(day)s or before it have been entered."), 409),
    "population_not_yet": Refusal(
        _("The figures of %(day)s have not been entered yet; the last known are those of %(known)s."), 409
    ),
    "key_member_unknown": _("Line %(line)s: %(name)s is no member of this network."),
    "key_twice": _("Line %(line)s (%(name)s): the member stands on line %(first)s already."),
    "key_parts_wrong": _("Row %(line)s (%(name)s): %(given)s is no whole number of parts, 0 or more."),
    "key_without_parts": _("Nobody pays any part by the key."),
}  # fmt: skip


def register() -> None:
    """Give the kinds of this room their words in the log."""
    register_kind_words(KINDS)
    register_group_words(GROUPS)
    for kind, describer in DESCRIBERS.items():
        register_describer(kind, describer)


def _payload(row: LogRow) -> Any:
    return row.payload or {}


def _entered(row: LogRow, names: Names) -> Line:
    payload = _payload(row)
    told = {"day": payload["day"], "source": payload["source"]}
    return Line(gettext("Population %(day)s entered (%(source)s)") % told, f"{ROOT}population/{payload['day']}/")


def _set(row: LogRow, names: Names) -> Line:
    payload = _payload(row)
    told = {"version": payload["version"], "name": payload["name"]}
    return Line(gettext("Cost key version %(version)s: %(name)s") % told, f"{ROOT}key/")


def _withdrawn(row: LogRow, names: Names) -> Line:
    return Line(gettext("Cost key taken out of use: %(reason)s") % {"reason": _payload(row)["reason"]}, f"{ROOT}key/")


def _decided(row: LogRow, names: Names) -> Line:
    payload = _payload(row)
    told = {"year": payload["year"], "amount": kronor(payload["amount"])}
    return Line(gettext("Budget %(year)s: %(amount)s kr") % told, f"{ROOT}{payload['year']}/")


def _computed(row: LogRow, names: Names) -> Line:
    thing = names.state.thing(row.header.subject)
    year = thing.data.year if thing is not None else ""
    told = {"year": year, "day": _payload(row)["day"], "amount": kronor(_payload(row)["budget"])}
    said = (
        gettext("Final shares %(year)s: %(amount)s kr by the population of %(day)s")
        if row.header.kind == SETTLED
        else gettext("Preliminary shares %(year)s: %(amount)s kr by the population of %(day)s")
    )
    return Line(said % told, f"{ROOT}{year}/" if year else ROOT)


DESCRIBERS = {
    ENTERED: _entered, KEY_SET: _set, KEY_WITHDRAWN: _withdrawn, DECIDED: _decided, ESTIMATED: _computed,
    SETTLED: _computed,
}  # fmt: skip
