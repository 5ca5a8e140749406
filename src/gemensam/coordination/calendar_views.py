"""The calendar file of one conference, and of those to come in a space with what the takt has next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from gemensam.coordination.calendar import CANCELLED, CONFIRMED, CONTENT_TYPE, TENTATIVE, Meeting, calendar_file
from gemensam.coordination.conference_queries import Conference, get_conference, list_conferences
from gemensam.coordination.domain.conferences import CANCELLED as IS_CANCELLED
from gemensam.coordination.domain.weeks import unclaimed_between
from gemensam.coordination.shown import Speech, told
from gemensam.coordination.view_parts import page_of, speech_of
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import file_name
from gemensam.picture.queries import cadence_of
from gemensam.web import times
from gemensam.web.access import Request, principal_of, signed_in
from gemensam.web.page import SpacePage

AHEAD_MS = 28 * times.DAY
AHEAD_MAX = 60
USUAL_LENGTH_MIN = 30


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the conferences of a page's space as meetings of a calendar."""

    request: Request
    page: SpacePage
    speech: Speech

    def meeting(self, shown: Conference) -> Meeting:
        """Return a conference as a meeting, cancelled ones too."""
        data, terms, cancelled = shown.data, shown.terms, shown.status == IS_CANCELLED
        uid, place = self._uid(shown)
        row = next(iter(self.page.lens.rows(self.page.space, [data.cancelled if cancelled else data.terms])), None)
        return Meeting(
            uid, data.starts_at, data.length_min, self._title(told(data), cancelled=cancelled),
            row.header.occurred_at if row is not None else data.starts_at, CANCELLED if cancelled else CONFIRMED,
            100 * place + data.changes + cancelled, terms.get("dial_in", {}).get("primary", ""),
            self._text(shown), self._address(f"conferences/{shown.thing.subject}/"), self.page.info.kind == "sub",
        )  # fmt: skip

    def coming(self) -> Iterator[Meeting]:
        """Yield the conferences of the takt that nobody has called yet, as tentative."""
        cadence = cadence_of(self.page.lens, self.page.state, self.page.moment)
        if cadence is None:
            return
        at = self.page.moment.at
        for starts_at in unclaimed_between(self.page.state, cadence.beats, at, at + AHEAD_MS)[:AHEAD_MAX]:
            title = self._title(_("Collaboration conference by the cadence"), cancelled=False)
            text = _("Not called yet: the time is the cadence's.")
            yield Meeting(
                _series_uid(self.page.space, cadence.code, starts_at), starts_at, USUAL_LENGTH_MIN, title,
                cadence.set_at or starts_at, TENTATIVE, 0, "", text, self._address("conferences/"),
                self.page.info.kind == "sub",
            )  # fmt: skip

    def _uid(self, shown: Conference) -> tuple[str, int]:
        """Return the conference's own mark, and how many before it had the same.

        What the takt had next and what is then called for that time is one meeting in a calendar.
        """
        series, at = shown.data.series, shown.call.get("starts_at", shown.data.starts_at)
        if not series:
            return f"{shown.thing.subject}@gemensam", 0
        before = [thing for thing in self.page.state.group("conferences") if thing.data.series == series]
        calls = self.page.lens.payloads(self.page.space, [thing.data.call for thing in before])
        alike = [thing for thing in before if (calls.get(thing.data.call) or {}).get("starts_at") == at]
        alike.sort(key=lambda thing: (thing.created_clock, thing.subject))
        place = next((place for place, thing in enumerate(alike) if thing.subject == shown.thing.subject), 0)
        return _series_uid(self.page.space, series, at), place

    def _title(self, title: str, *, cancelled: bool) -> str:
        marks = ((_("DEMONSTRATION"), settings.GEMENSAM_DEMO), (_("EXERCISE"), self.page.exercise),
                 (_("CANCELLED"), cancelled))  # fmt: skip
        return " · ".join([*(mark for mark, holds in marks if holds), title])

    def _text(self, shown: Conference) -> str:
        dial_in = shown.terms.get("dial_in", {})
        parts = [
            _("%(space)s, led by %(who)s") % {
                "space": self.page.title, "who": self.speech.organisation(shown.thing.organisation)
            },
            shown.terms.get("text", ""),
            _("The code stands on the conference's page.") if dial_in.get("code") else "",
            _("If the line fails: %(reserve)s") % dial_in if dial_in.get("reserve") else "",
            shown.terms.get("reason", ""),
            shown.end.get("reason", ""),
        ]  # fmt: skip
        return "\n".join(part for part in parts if part)

    def _address(self, path: str) -> str:
        return self.request.build_absolute_uri(f"/spaces/{self.page.space}/{path}")


def _series_uid(space: str, series: str, starts_at: int) -> str:
    return f"{space}-{series}-{starts_at}@gemensam"


@signed_in
@require_GET
def conference_calendar(request: Request, space: str, subject: str) -> HttpResponse:
    """One conference as a calendar file."""
    page = page_of(request, space)
    shown = get_conference(page.lens, space, subject, page.moment)
    meeting = Teller(request, page, speech_of(page)).meeting(shown)
    return _file(request, page, shown.data.label, [meeting])


@signed_in
@require_GET
def series_calendar(request: Request, space: str) -> HttpResponse:
    """The conferences to come, the cancelled ones among them, and what the takt has within four weeks."""
    page = page_of(request, space)
    teller, found = Teller(request, page, speech_of(page)), list_conferences(page.lens, space, page.moment)
    after = page.moment.at - times.DAY
    kept = [each for each in (*found.coming, *found.past) if each.data.starts_at > after]
    told_of = [teller.meeting(get_conference(page.lens, space, each.thing.subject, page.moment)) for each in kept]
    latest: dict[str, Meeting] = {}
    for meeting in sorted((*told_of, *teller.coming()), key=lambda each: each.sequence):
        latest[meeting.uid] = meeting  # one that was cancelled and called anew for the same time is told once
    return _file(request, page, "", sorted(latest.values(), key=lambda each: (each.starts_at, each.uid)))


def _file(request: Request, page: SpacePage, label: str, meetings: list[Meeting]) -> HttpResponse:
    response = HttpResponse(calendar_file(page.title, meetings), content_type=CONTENT_TYPE)
    word = pgettext("file name", "conference") if label else pgettext("file name", "conferences")
    name = file_name("-".join(part for part in (word, label, page.title) if part))
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    note_now(principal_of(request), "export", space=page.space, detail={"what": "conferences", "format": "ics"})
    return response
