"""Words for what this room writes and refuses, and how its entries read in the log."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gemensam.ledger.describing import Line, Names, register_describer, register_group_words, register_kind_words
from gemensam.ledger.reading import LogRow
from gemensam.web import times
from gemensam.web.labels import Refusal, Text

KINDS: dict[str, Text] = {
    "call_list.set": _("Call list set"),
    "call_list.confirmed": _("Call list gone through"),
    "duty_contact.set": _("Duty contact set"),
    "duty_contact.withdrawn": _("Duty contact taken out of use"),
    "shift.planned": _("Shift planned"),
    "shift.changed": _("Shift changed"),
    "shift.cancelled": _("Shift cancelled"),
    "shift.handed_over": _("Shift handed over"),
    "cover.asked": _("Cover asked for"),
    "cover.ended": _("Cover ended"),
    "cover.accepted": _("Cover accepted"),
    "cover.declined": _("Cover declined"),
}
GROUPS: dict[str, Text] = {
    "call_list": _("Call lists"),
    "duty_contact": _("Duty contacts"),
    "shift": _("Shifts"),
    "cover": _("Covers"),
}
COVER_ANSWERS: dict[str, Text] = {
    "": pgettext_lazy("cover", "Not answered"),
    "accepted": pgettext_lazy("cover", "Accepted"),
    "declined": pgettext_lazy("cover", "Declined"),
}
FOUND: dict[str, Text] = {
    "new": pgettext_lazy("calendar", "Will be planned"),
    "known": pgettext_lazy("calendar", "Is planned already"),
    "past": pgettext_lazy("calendar", "Is over: left out"),
    "nameless": pgettext_lazy("calendar", "No contact has this name: left out"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "functions_not_own": _("Choose among your organisation's own functions in use, not %(unknown)s."),
    "steps_missing": _("A call list has at least one function."),
    "too_many_steps": _("A call list has at most %(limit)s functions."),
    "step_twice": _("A function stands only once in a call list."),
    "reserve_wrong": _("The reserve path leads through another organisation of the directory."),
    "line_missing": _("Write what you call it, on one line."),
    "addresses_missing": _("Give at least one number or address."),
    "too_many_addresses": _("A contact has at most %(limit)s numbers and addresses."),
    "address_twice": _("The same number or address stands twice for the same channel."),
    "number_wrong": _("%(given)s is no telephone number. Write it as 070-174 06 05 or +46 70 174 06 05."),
    "sms_needs_mobile": _("%(given)s is no mobile number: text messages would not arrive."),
    "mail_wrong": _("%(given)s is no mail address."),
    "push_without_address": _("Push goes to the devices of those who have the function, and takes no address."),
    "contact_not_own": _("Choose one of your organisation's own contacts in use."),
    "shift_times": _("A shift ends after it begins."),
    "shift_too_long": _("A shift lasts at most %(days)s days."),
    "shift_too_far": _("A shift begins at most %(back)s days back and %(ahead)s days ahead."),
    "shift_not_now": Refusal(_("Only a shift that is going on can be handed over."), 409),
    "shift_over": Refusal(_("The shift is over or cancelled."), 409),
    "same_shift": _("Choose another shift to exchange with."),
    "swap_changes_nothing": _("Both shifts have the same contact."),
    "cover_by_wrong": _("Choose another organisation of the network."),
    "cover_times": _("A cover ends after it begins, in time to come, and lasts at most %(days)s days."),
    "not_asked_to_cover": Refusal(_("Your organisation is not asked to cover here."), 403),
    "cover_over": Refusal(_("The cover is over."), 409),
    "series_days": _("No shift begins on these days. Look at the first day, the last day and the days of the week."),
    "series_hours": _("The shift's hours cannot be used."),
    "series_contacts": _("Choose at least one contact."),
    "series_turn": _("Contacts take turns with each shift, each day or each week."),
    "series_too_long": _("That is more than %(limit)s shifts. Plan a shorter time."),
    "calendar_too_large": Refusal(_("The calendar is larger than %(limit)s kB."), 413),
    "calendar_not_text": _("That is no calendar file: it is not text in UTF-8."),
    "calendar_unreadable": _("The calendar file is damaged or cut off at line %(line)s."),
    "calendar_zone": _("The calendar has a time zone that is not known: %(zone)s."),
    "calendar_times": _("%(title)s: the event's times cannot be read."),
    "calendar_too_long": _("%(title)s: the event lasts more than %(days)s days."),
    "calendar_too_old": _("%(title)s: the event has been repeated for more than ten years."),
    "calendar_repeat": _("%(title)s: only what is repeated by days or weeks is read. Take the events out one by one."),
    "calendar_too_many": _("The calendar has more events than can be planned at once: at most %(limit)s shifts."),
    "calendar_empty": _("The calendar has no events to come."),
    "calendar_nothing_new": Refusal(_("There is nothing new to plan in the calendar."), 409),
    "too_many_links": Refusal(_("There are %(limit)s addresses already. Revoke one that is not used."), 409),
    "calendar_link_unknown": Refusal(_("The calendar's address does not hold."), 404),
}


def register() -> None:
    """Give the kinds of this room their words in the log."""
    register_kind_words(KINDS)
    register_group_words(GROUPS)
    for kind, describer in DESCRIBERS.items():
        register_describer(kind, describer)


def _list_set(row: LogRow, names: Names) -> Line:
    steps = ", ".join(names.function(step) for step in _payload(row)["steps"])
    return _line(row, gettext("Call list: %(steps)s") % {"steps": steps})


def _list_confirmed(row: LogRow, names: Names) -> Line:
    is_tested = _payload(row)["tested"]
    return _line(row, gettext("Call list tested") if is_tested else gettext("Call list gone through"))


def _contact(row: LogRow, names: Names) -> Line:
    return _line(row, gettext("Duty contact %(label)s") % {"label": _payload(row)["label"]})


def _shift(row: LogRow, names: Names) -> Line:
    payload = _payload(row)
    values = {
        "who": names.function(payload["function"]), "label": _label(payload["contact"], names),
        "from": _at(payload["from_at"], row), "until": _at(payload["until_at"], row),
    }  # fmt: skip
    return Line(gettext("%(who)s: %(label)s %(from)s – %(until)s") % values, f"/rosters/shifts/{row.header.subject}/")


def _handed(row: LogRow, names: Names) -> Line:
    told = gettext("Shift handed over to %(label)s") % {"label": _label(_payload(row)["contact"], names)}
    return Line(told, f"/rosters/shifts/{row.header.subject}/")


def _cover(row: LogRow, names: Names) -> Line:
    payload = _payload(row)
    values = {
        "who": names.organisation(payload["by"]), "from": _at(payload["from_at"], row),
        "until": _at(payload["until_at"], row),
    }  # fmt: skip
    return _line(row, gettext("Asked to cover: %(who)s %(from)s – %(until)s") % values)


def _payload(row: LogRow) -> Any:
    return row.payload or {}


def _line(row: LogRow, text: str) -> Line:
    return Line(text, f"/rosters/members/{row.header.organisation}/")


def _label(contact: str, names: Names) -> str:
    thing = names.state.thing(contact)
    return str(getattr(thing.data, "label", "") if thing is not None else "") or "–"


def _at(at: int, row: LogRow) -> str:
    return times.clock(at, row.header.occurred_at)


DESCRIBERS = {
    "call_list.set": _list_set,
    "call_list.confirmed": _list_confirmed,
    "duty_contact.set": _contact,
    "shift.planned": _shift,
    "shift.changed": _shift,
    "shift.handed_over": _handed,
    "cover.asked": _cover,
}
