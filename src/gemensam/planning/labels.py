"""Words for codes, refusals and entries of planning, in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gemensam.web.labels import Refusal, Text

KIND_WORDS: Mapping[str, Text] = {
    "known_event.entered": _("Known event entered"),
    "known_event.changed": _("Known event changed"),
    "known_event.cancelled": _("Known event cancelled"),
    "known_event.planned": _("Planning for a known event"),
    "known_event.note_withdrawn": _("Planning note withdrawn"),
    "known_event.clash_accepted": _("Clash accepted"),
    "known_event.clash_reopened": _("Clash taken up again"),
}
GROUP_WORDS: Mapping[str, Text] = {
    "known_event": _("Known events"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "unknown_event_kind": _("The list of kinds of known events has no %(value)s."),
    "unknown_resource": _("The list of strained resources has no %(value)s."),
    "event_times": _("A known event ends after it begins, and lasts at most a year."),
    "years_wrong": _("An event that comes each year does so up to a year between %(first)s and %(last)s."),
    "bad_month": _("Write the month as 2026-11."),
    "too_many_files": _("At most %(limit)s files at a time."),
    "no_such_note": Refusal(_("Only an own planning note that stands can be withdrawn."), 409),
    "clash_gone": Refusal(_("There is no such clash any longer: one of the events has been changed."), 409),
    "clash_not_yours": Refusal(
        _("A clash is accepted by those responsible for its events, the municipality, or the joint office."), 403
    ),
    "clash_not_accepted": Refusal(_("Your organisation does not accept that clash."), 409),
}
