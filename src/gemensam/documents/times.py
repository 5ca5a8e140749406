"""Times in words: local time in Europe/Stockholm, 24 hours, with the day wherever it matters."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000

MONTHS = {
    "sv": ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
SEASONS = {"sv": ("normaltid", "sommartid"), "en": ("standard time", "summer time")}
DAYS = {"sv": ("dygn", "dygn"), "en": ("day", "days")}


def local(at: int) -> datetime:
    """Return the local time of an instant in milliseconds since the epoch."""
    return datetime.fromtimestamp(at // 1000, UTC).astimezone(ZONE)


def clock(at: int, language: str) -> str:
    """Return 15.08 (sv) or 15:08 (en); the hour that comes twice in October says which one it is."""
    then = local(at)
    text = then.strftime("%H.%M" if language == "sv" else "%H:%M")
    if then.utcoffset() == then.replace(fold=1 - then.fold).utcoffset():
        return text
    return f"{text} ({SEASONS[language][bool(then.dst())]})"


def date(at: int, language: str) -> str:
    """Return 20 nov 2026."""
    then = local(at)
    return f"{then.day} {MONTHS[language][then.month - 1]} {then.year}"


def full(at: int, language: str) -> str:
    """Return 20 nov 2026 kl. 15.08."""
    return f"{date(at, language)} {'kl. ' if language == 'sv' else ''}{clock(at, language)}"


def brief(at: int, language: str, reference: int) -> str:
    """Return the clock alone on the reference's day, with day and month on other days, with the year in other years."""
    then, day = local(at), local(reference)
    if then.date() == day.date():
        return clock(at, language)
    year = "" if then.year == day.year else f" {then.year}"
    return f"{then.day} {MONTHS[language][then.month - 1]}{year} {clock(at, language)}"


def age(at: int, reference: int, language: str) -> str:
    """Return how old something was at the reference: 14 min, 2 h 10 min, 3 dygn."""
    passed = max(0, reference - at)
    if passed < HOUR:
        return f"{passed // MINUTE} min"
    if passed < 2 * DAY:
        minutes = passed % HOUR // MINUTE
        return f"{passed // HOUR} h" + (f" {minutes} min" if minutes else "")
    return f"{passed // DAY} {DAYS[language][passed >= 2 * DAY]}"
