"""Lines of the log as HTML, drawn in Python: a page has fifty, and a template takes ten times as long."""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gemensam.ledger.pages.showing import Shown
from gemensam.web import times

_LINE = (
    '<li data-key="{digest}"{quiet}><p class="log-when num">{choose}{when}</p>'
    '<p class="log-who"><strong>{organisation}</strong> {entered}<span class="muted">{function}</span></p>'
    '<p class="log-what">{what} {badges}</p>'
    '<p class="log-number num"><a href="{address}"><span class="visually-hidden">{entry} </span>{position}</a></p></li>'
)


class Lines:
    """Draws lines in the active language at a page's moment. `query` is the page's own, for links; `at` in ms UTC."""

    def __init__(self, query: str, at: int, *, choose: bool = False) -> None:
        self._query, self._at, self._choose = query, at, choose
        self._happened, self._entry, self._late = _("happened"), _("Entry"), _("Came late")
        self._correction, self._later = _("Correction"), _("Changed later")

    def draw(self, found: Iterable[Shown]) -> SafeString:
        """Return the lines as an ordered list."""
        lines = "".join(self.line(shown) for shown in found)
        return mark_safe(f'<ol class="log-lines">{lines}</ol>')  # noqa: S308  each line is escaped below

    def line(self, shown: Shown) -> str:
        """Return one line; every text in it is escaped."""
        row = shown.row
        return format_html(
            _LINE,
            digest=row.digest,
            quiet=mark_safe(' class="quiet"') if shown.quiet else "",
            choose=self._box(shown) if self._choose else "",
            when=self.when(shown),
            organisation=shown.organisation,
            entered=self._entered(shown),
            function=shown.function,
            what=self._what(shown),
            badges=self.badges(shown),
            address=f"/spaces/{row.header.space}/log/{row.digest}/{self._query}",
            entry=self._entry,
            position=row.position,
        )

    def when(self, shown: Shown) -> SafeString:
        """Return when it arrived, and when it happened where that differs."""
        arrived = times.clock_html(shown.row.received_at, self._at)
        if shown.happened_at is None:
            return arrived
        happened = times.clock_html(shown.happened_at, self._at)
        return format_html('{}<span class="muted">{} {}</span>', arrived, self._happened, happened)

    def badges(self, shown: Shown) -> SafeString:
        """Return the words that stand on an entry: marks, verdicts, lateness, corrections."""
        header = shown.row.header
        words = [("danger", mark) for mark in header.marks] + [("warning", word) for _code, word in shown.verdicts]
        words += [("", self._late)] if shown.row.came_late else []
        words += [("accent", self._correction)] if shown.correction else []
        drawn = [f'<span class="badge-word {look}">{conditional_escape(word)}</span>' for look, word in words]
        if shown.changed_later:
            there = f"/spaces/{header.space}/log/?{urlencode({'subject': header.subject})}"
            drawn.append(format_html('<a class="badge-word" href="{}">{}</a>', there, self._later))
        return mark_safe(" ".join(drawn))  # noqa: S308  each word is escaped above

    def _what(self, shown: Shown) -> SafeString | str:
        if not shown.line.url:
            return shown.line.text
        return format_html('<a href="{}{}">{}</a>', shown.line.url, self._query, shown.line.text)

    def _entered(self, shown: Shown) -> SafeString | str:
        if not shown.by_organisation:
            return ""
        told = _("entered by %(who)s") % {"who": shown.by_organisation}
        return format_html('<span class="muted">{}</span> ', told)

    def _box(self, shown: Shown) -> SafeString:
        label = _("Choose entry %(n)s") % {"n": shown.row.position}
        return format_html(
            '<input class="form-check-input no-print" type="checkbox" name="digest" value="{}" aria-label="{}"> ',
            shown.row.digest,
            label,
        )


def draw_options(pairs: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Return the options of a select."""
    drawn = (
        format_html('<option value="{}"{}>{}</option>', code, mark_safe(" selected") if code == chosen else "", word)
        for code, word in pairs
    )
    return mark_safe("".join(drawn))  # noqa: S308  each option is escaped above
