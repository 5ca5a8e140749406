"""Milestones and members' states as tables for other programs: words, codes and days."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.objectives.plan_queries import MilestoneShown, list_of, text_of, titles
from gemensam.objectives.shown import Words
from gemensam.web.page import SpacePage

Table = tuple[list[str], list[tuple[object, ...]]]


def milestone_table(found: Sequence[MilestoneShown], page: SpacePage, words: Words) -> Table:
    """Return head and lines: one line for each milestone, with how many stand at each state."""
    codes = list(words.scale)
    head = [
        _("Number"), pgettext("objectives", "Area"), pgettext("objectives", "Goal"), _("Title"), _("Text"),
        _("Level that owns it"), _("To be reached by"), _("What counts as evidence"), _("Concerns"),
        *(words.state(code) for code in codes), _("Overdue"), _("Entry"),
    ]  # fmt: skip
    areas, goals = (titles(list_of(page.state, group, page.moment)) for group in ("areas", "goals"))
    lines = []
    for each in found:
        data, text = each.data, text_of(page.lens, page.space, each.thing)
        counted = each.stands.counted()
        lines.append((
            data.label, areas.get(data.area, ""), goals.get(data.goal, ""), data.title, text.get("text", ""),
            words.lists.word("levels", data.level), data.due, text.get("evidence", ""),
            words.speech.organisations(data.concerns) if data.concerns else _("all members"),
            *(counted[code] for code in codes), _("Yes") if each.stands.overdue else "", data.content,
        ))  # fmt: skip
    return head, lines


def matrix_table(found: Iterable[MilestoneShown], page: SpacePage, words: Words) -> Table:
    """Return head and lines: one line for each member and milestone, others who spoke last."""
    head = [
        _("Organisation"), _("Number"), _("Milestone"), _("To be reached by"), pgettext("objectives", "State"),
        pgettext("objectives", "Code"), _("From which day"), _("What shows it"), _("Remark"), _("Remarks"), _("Entry"),
    ]  # fmt: skip
    lines: list[tuple[object, ...]] = []
    for each in found:
        parties = (*each.stands.parties, *each.stands.others)
        texts = page.lens.payloads(page.space, [one.word.digest for one in parties if one.word is not None])
        for party in parties:
            said = (texts.get(party.word.digest) if party.word is not None else None) or {}
            lines.append((
                words.lists.organisation_name(party.organisation), each.data.label, each.data.title, each.data.due,
                words.state(party.state), party.state, said.get("on", ""), said.get("evidence", ""),
                said.get("note", ""), "; ".join(words.remarks(party)), party.word.digest if party.word else "",
            ))  # fmt: skip
    return head, lines
