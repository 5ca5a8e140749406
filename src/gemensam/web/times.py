"""Times in words: milliseconds since 1970 UTC to what a person reads in Stockholm, and back.

Pure but for `now`. Texts exist in Swedish and English here, not in the catalogue: word order and
punctuation differ, and a matrix asks for hundreds of them.
"""

import html
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gemensam.core.refusal import Refused

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_MONTHS = {
    "sv": ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_LONG_MONTHS = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_DAYS = {"sv": {-1: "i går", 0: "", 1: "i morgon"}, "en": {-1: "yesterday", 0: "", 1: "tomorrow"}}
# Before an instant, after it, and at it; `#` is the length of time.
_UNTIL = {"sv": ("om #", "försenad #", "nu"), "en": ("in #", "# late", "now")}
_JUST_NOW = {"sv": "nyss", "en": "just now"}
# The hour that comes twice when summer time ends: without a word its times mean nothing.
_TWICE = {"sv": ("sommartid", "normaltid"), "en": ("summer time", "standard time")}


def now() -> int:
    """This instant, in milliseconds."""
    return time.time_ns() // 1_000_000


@lru_cache(maxsize=4096)  # a page shows one instant several times, and the next page most of them again
def local(at: int) -> datetime:
    """The instant as a local date and time, exact to the millisecond."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(STOCKHOLM)


def instant(moment: datetime) -> int:
    """Milliseconds of a date and time; one without a zone is local, and in a doubled hour the first."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)
    return (aware - _EPOCH) // timedelta(milliseconds=1)


def parse(text: str, reference: int | None = None) -> int:
    """Read a time that a person or a link gives; raises `Refused("bad_moment")`.

    `2026-11-20 15.08`, `2026-11-20T15:08:30+01:00`, `20/11 15.08`, `i går 15.08`, `15.08`, `1508`: what is left out
    is taken from `reference` (default now). A local time in the hour that is skipped in spring is read as the
    same distance after the skip; one in the doubled hour as the first.
    """
    text = text.strip()
    try:
        if len(text) > 10 and text[10] in "T ":
            return instant(datetime.fromisoformat(_iso_form(text)))
        return _spoken_time(text.lower(), local(now() if reference is None else reference))
    except (ValueError, OverflowError) as fault:
        raise Refused("bad_moment", given=text[:40]) from fault


def _iso_form(text: str) -> str:
    date, clock_time = text[:10], text[11:]
    if ":" not in clock_time[:6]:  # else a point stands before parts of a second
        clock_time = clock_time.replace(".", ":", 2 if clock_time.count(".") > 1 else 1)
    # A plus sign that came unescaped in an address is a space by now.
    return f"{date}T{clock_time.replace(' ', '+')}"


def _spoken_time(text: str, here: datetime) -> int:
    day_text, _space, clock_text = text.rpartition(" ")
    digits = clock_text.translate(_SEPARATORS)
    hour, minute = (digits[:-2], digits[-2:]) if digits.isdigit() else digits.split(":")
    at = here.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0, fold=0)
    return instant(_spoken_day(day_text.strip(), at))


def _spoken_day(text: str, at: datetime) -> datetime:
    if text in _RELATIVE_DAYS:
        return at + timedelta(days=_RELATIVE_DAYS[text])
    day_number, month = text.split("/")
    return at.replace(day=int(day_number), month=int(month))


_SEPARATORS = str.maketrans(".,", "::")
_RELATIVE_DAYS = {"": 0, "i dag": 0, "idag": 0, "today": 0, "i går": -1, "igår": -1, "yesterday": -1}
_RELATIVE_DAYS |= {"i morgon": 1, "imorgon": 1, "tomorrow": 1}


def language() -> str:
    """The active language among those that have words here."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def clock(at: int, reference: int, lang: str = "") -> str:
    """`16.20`, with the day when it is not that of `reference`: `i går 16.20`, `4 jan 22.40`, `4 jan 2019 22.40`."""
    lang = lang or language()
    there, here = local(at), local(reference)
    return _join(_day(there, here, lang), _hours(there, lang))


def day(at: int, reference: int, lang: str = "") -> str:
    """The day alone: `i dag`, `i går`, `4 jan`, `4 jan 2019`."""
    lang = lang or language()
    return _day(local(at), local(reference), lang) or {"sv": "i dag", "en": "today"}[lang]


def age(at: int, reference: int, lang: str = "") -> str:
    """How old: `nyss`, `14 min`, `2 h 10 min`; beyond half a day, or in the future, the time as `clock` says it."""
    lang = lang or language()
    passed = reference - at
    if not -MINUTE < passed < 12 * HOUR:  # a page is drawn for a whole minute, and may hold what came within it
        return clock(at, reference, lang)
    return duration(passed, lang) if passed >= MINUTE else _JUST_NOW[lang]


def duration(length: int, lang: str = "") -> str:
    """A length of time: `45 s`, `14 min`, `2 h 10 min`, `3 dygn 4 h`."""
    lang = lang or language()
    if length < MINUTE:
        return f"{length // 1000} s"
    if length < HOUR:
        return f"{length // MINUTE} min"
    if length < DAY:
        return _pair(length // HOUR, "h", length % HOUR // MINUTE, "min")
    days = length // DAY
    unit = "dygn" if lang == "sv" else ("day" if days == 1 else "days")
    return _pair(days, unit, length % DAY // HOUR, "h")


def until(at: int, reference: int, lang: str = "") -> str:
    """How long it is until an instant: `om 42 min`, `nu`; after it how late it is: `försenad 12 min`."""
    lang = lang or language()
    length = abs(at - reference)
    coming, late, here = _UNTIL[lang]
    if length < MINUTE:
        return here
    return (coming if at > reference else late).replace("#", duration(length, lang))


def weekday(number: int, lang: str = "") -> str:
    """The name of a day of the week, 1 is Monday: `torsdag`."""
    return _WEEKDAYS[lang or language()][number - 1]


def exact(at: int, lang: str = "") -> str:
    """The whole time: `fredag 20 nov 2026 15.08.32 (UTC+01:00)`."""
    lang = lang or language()
    there = local(at)
    offset = there.strftime("%z")
    clock_time = f"{there:%H.%M.%S}" if lang == "sv" else f"{there:%H:%M:%S}"
    return (
        f"{_WEEKDAYS[lang][there.weekday()]} {there.day} {_MONTHS[lang][there.month - 1]} {there.year} "
        f"{clock_time} (UTC{offset[:3]}:{offset[3:]})"
    )


def spoken(at: int, lang: str = "") -> str:
    """A time within a sentence: `kl. 15.08.00 den 7 april 2017`."""
    lang = lang or language()
    there = local(at)
    if lang == "sv":
        return f"kl. {there:%H.%M.%S} den {there.day} {_LONG_MONTHS[lang][there.month - 1]} {there.year}"
    return f"{there:%H:%M:%S} on {there.day} {_LONG_MONTHS[lang][there.month - 1]} {there.year}"


def iso(at: int) -> str:
    """Local time with offset, for `<time datetime>` and links: `2026-11-20T15:08:32+01:00`."""
    return local(at).isoformat(timespec="seconds")


def iso_moment(at: int) -> str:
    """As `iso`, exact to the millisecond where the instant is no whole second: a moment that links carry on."""
    return local(at).isoformat(timespec="milliseconds" if at % 1000 else "seconds")


def field(at: int, lang: str = "") -> str:
    """Local time as it stands in a field where it can be changed, and as `parse` reads it: `2026-11-20 15.08`."""
    there = local(at)
    if _comes_twice(there):
        return iso(at)
    return f"{there:%Y-%m-%d} {there:%H}{'.' if (lang or language()) == 'sv' else ':'}{there:%M}"


def clock_html(at: int, reference: int) -> SafeString:
    """`clock` with the exact time behind it."""
    return time_html(at, clock(at, reference))


def age_html(at: int, reference: int) -> SafeString:
    """`age` with the exact time behind it; a page's own script keeps it counting."""
    return mark_safe(f"<time {_behind(at, language())} data-age>{html.escape(age(at, reference))}</time>")  # noqa: S308


def until_html(at: int, reference: int) -> SafeString:
    """`until` with the exact time behind it; a page's own script keeps it counting."""
    lang = language()
    coming, late, here = _UNTIL[lang]
    state = " class=warned" if at <= reference - MINUTE else ""
    words = f'data-until="{coming}" data-late="{late}" data-here="{here}"'
    text = html.escape(until(at, reference, lang))
    return mark_safe(f"<time {_behind(at, lang)} {words}{state}>{text}</time>")  # noqa: S308


def time_html(at: int, text: str) -> SafeString:
    """Any words about an instant, with the exact time at hover and for machines."""
    return mark_safe(f"<time {_behind(at, language())}>{html.escape(text)}</time>")  # noqa: S308


@lru_cache(maxsize=4096)
def _behind(at: int, lang: str) -> str:
    return f'datetime="{iso(at)}" title="{exact(at, lang)}"'


def _day(there: datetime, here: datetime, lang: str) -> str:
    distance = (there.date() - here.date()).days
    if distance in _DAYS[lang]:
        return _DAYS[lang][distance]
    year = "" if there.year == here.year else f" {there.year}"
    return f"{there.day} {_MONTHS[lang][there.month - 1]}{year}"


def _hours(there: datetime, lang: str) -> str:
    shown = f"{there.hour:02}{'.' if lang == 'sv' else ':'}{there.minute:02}"
    return f"{shown} {_TWICE[lang][there.fold]}" if _comes_twice(there) else shown


def _comes_twice(there: datetime) -> bool:
    if there.hour != 2 or there.month != 10:  # the only hour and month with a doubled hour in Sweden; saves the rest
        return False
    other = there.replace(fold=1 - there.fold)
    return other.utcoffset() != there.utcoffset()


def _pair(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"


def _join(first: str, second: str) -> str:
    return f"{first} {second}" if first else second
