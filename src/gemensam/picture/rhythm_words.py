"""When a beat of the takt comes, as people say it: written out, and read from what somebody writes (starter data 9).

What is written can be read again: `torsdag 08.30`, `varje dag 06.30 och 14.30`, `var 2 h`, `30 min före konferens`.
Both languages are read, whichever the page is in.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from gemensam.core.refusal import Refused
from gemensam.picture.domain.cadences import BEATS
from gemensam.picture.domain.rhythm import Rhythm, is_sound
from gemensam.web import times

EVERY_DAY, WORKDAYS = (1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 4, 5)
LANGUAGES = ("sv", "en")
LONGEST_MINUTES = 31 * 24 * 60
_TIME = re.compile(r"\b(\d{1,2})[.:](\d{2})\b")
_LENGTH = re.compile(r"(\d{1,5})\s*(dygn|days?|dagar?|timm\w*|hours?|h|min\w*)\b")
_MINUTES = {"d": 24 * 60, "t": 60, "h": 60, "m": 1}


def beat_word(name: str) -> str:
    """Return what a beat is called."""
    words = {
        "report": pgettext("noun", "Report"), "picture": _("Picture"), "conference": pgettext("noun", "Conference"),
    }  # fmt: skip
    return words[name]


def rhythm_words(rhythm: Rhythm | None) -> str:
    """Return when a beat comes, as `torsdag 08.30`, `varje dag 06.30 och 14.30`, `30 min före konferens`."""
    if rhythm is None:
        return ""
    if rhythm.kind == "every":
        return _("every %(length)s") % {"length": times.duration(rhythm.minutes * times.MINUTE)}
    if rhythm.kind == "relative":
        return _relative(rhythm)
    clocks = [time.replace(":", "." if times.language() == "sv" else ":") for time in rhythm.times]
    return f"{_days(rhythm.days)} {_listed(clocks)}"


def _relative(rhythm: Rhythm) -> str:
    facts = {"length": times.duration(abs(rhythm.minutes) * times.MINUTE), "beat": beat_word(rhythm.to).lower()}
    return (_("%(length)s before %(beat)s") if rhythm.minutes < 0 else _("%(length)s after %(beat)s")) % facts


def _days(days: tuple[int, ...]) -> str:
    if days == EVERY_DAY:
        return _("every day")
    return _listed([times.weekday(day) for day in days])


def _listed(words: list[str]) -> str:
    *first, last = words
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def is_none(text: str) -> bool:
    """Whether somebody writes that a beat is left out, in either language."""
    said = text.strip().casefold()
    for language in LANGUAGES:
        with override(language):
            if said == pgettext("beat", "none").casefold():
                return True
    return False


def read_rhythm(text: str) -> Rhythm:
    """Read when a beat comes; raises `Refused("rhythm_unreadable", value=…)` with what was written."""
    said = " ".join(text.casefold().split())
    found = next(_readings(said), None)
    if found is None or not is_sound(found) or abs(found.minutes) > LONGEST_MINUTES:
        raise Refused("rhythm_unreadable", value=text.strip())
    return found


def _readings(said: str) -> Iterator[Rhythm]:
    """Yield what the words say, in either language."""
    for language in LANGUAGES:
        with override(language):
            found = _every(said) or _beside(said) or _on_days(said, language)
        if found is not None:
            yield found


def _every(said: str) -> Rhythm | None:
    length = _inside(said, _("every %(length)s") % {"length": "\0"})
    minutes = _minutes(length)
    return Rhythm("every", minutes=minutes) if minutes else None


def _beside(said: str) -> Rhythm | None:
    for sign, form in ((-1, _("%(length)s before %(beat)s")), (1, _("%(length)s after %(beat)s"))):
        for beat in BEATS:
            length = _inside(said, form % {"length": "\0", "beat": beat_word(beat).lower()})
            if minutes := _minutes(length):
                return Rhythm("relative", minutes=sign * minutes, to=beat)
    return None


def _inside(said: str, form: str) -> str:
    """Return what stands where a form has a blank, "" where the words are not of that form."""
    before, _gap, after = form.casefold().partition("\0")
    fits = said.startswith(before) and said.endswith(after) and len(said) > len(before) + len(after)
    return said[len(before) : len(said) - len(after)] if fits else ""


def _minutes(length: str) -> int:
    """Return a length in minutes, 0 where it is none: `2 h`, `1 h 30 min`, `8 dygn`."""
    if not length or _LENGTH.sub("", length).strip():
        return 0
    return sum(int(number) * _MINUTES[unit[0]] for number, unit in _LENGTH.findall(length))


def _on_days(said: str, language: str) -> Rhythm | None:
    clocks = tuple(sorted({f"{int(hour):02}:{minute}" for hour, minute in _TIME.findall(said)}))
    days = _days_in(_TIME.sub(" ", said), language)
    return Rhythm("at", days, clocks) if days and clocks else None


def _days_in(said: str, language: str) -> tuple[int, ...]:
    """Return the days that words name, () where a word is none of them."""
    joined = (_("%(first)s and %(last)s") % {"first": "", "last": ""}).strip().casefold()
    if said.replace(joined, " ").replace(",", " ").split() == _("every day").casefold().split():
        return EVERY_DAY
    days = {times.weekday(day, language).casefold(): (day,) for day in EVERY_DAY} | {_("weekdays").casefold(): WORKDAYS}
    named = [word for word in said.replace(",", " ").split() if word != joined]
    if not named or any(word not in days for word in named):
        return ()
    return tuple(sorted({day for word in named for day in days[word]}))
