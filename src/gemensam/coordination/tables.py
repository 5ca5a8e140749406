"""Agreements and needs as tables for other programs: words, codes and times with their zone."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.coordination import labels
from gemensam.coordination.agreement_queries import AgreementShown, NeedShown, PartyShown
from gemensam.coordination.shown import Speech
from gemensam.web import times

Table = tuple[list[str], list[Sequence[object]]]


def agreement_table(found: Iterable[AgreementShown], speech: Speech, at: int) -> Table:
    """Return head and lines: one line for each organisation's undertaking, also of those who are not named."""
    head = [
        _("Number"),
        _("Wording"),
        _("Status"),
        _("Organisation"),
        _("Undertaking"),
        _("By"),
        pgettext("table", "Answer"),
        pgettext("table", "Answered"),
        _("Text"),
        pgettext("table", "Overdue"),
        pgettext("table", "Remarks"),
        _("Followed up"),
        _("Valid until"),
        _("Entry"),
    ]
    lines = [_agreement_line(shown, party, speech, at) for shown in found for party in (*shown.named, *shown.others)]
    return head, lines


def _agreement_line(shown: AgreementShown, each: PartyShown, speech: Speech, at: int) -> Sequence[object]:
    party, data = each.party, shown.data
    return (
        shown.label, shown.wording, labels.AGREEMENT[shown.stands.status],
        speech.lists.organisation_name(party.organisation), each.what or shown.wording, _iso(party.due_at),
        labels.UNDERTAKING_SHORT[party.status], _iso(party.answer.at) if party.answer is not None else "", each.said,
        _("Yes") if party.overdue else "", "; ".join(speech.contradictions(party)), _iso(data.follow_up_at),
        _iso(data.valid_until_at), party.answer.digest if party.answer is not None else data.terms,
    )  # fmt: skip


def need_table(found: Iterable[NeedShown], speech: Speech) -> Table:
    """Return head and lines: one line for each need, its offers in one cell."""
    head = [
        _("Organisation"),
        _("Need"),
        pgettext("table", "How much"),
        pgettext("table", "Where"),
        _("Municipalities"),
        _("Point"),
        pgettext("table", "When"),
        _("Needed by"),
        _("Urgency"),
        _("Function of society"),
        pgettext("table", "Concerns"),
        _("Status"),
        _("Offers"),
        _("Raised"),
        _("Entry"),
    ]
    return head, [_need_line(shown, speech) for shown in found]


def _need_line(shown: NeedShown, speech: Speech) -> Sequence[object]:
    about, data = shown.about, shown.data
    where = speech.lists.places.shown(data.where)
    return (
        speech.lists.organisation_name(shown.thing.organisation), about.get("text", ""), about.get("amount", ""),
        about.get("place", ""), where.names, where.coordinates.wgs84 if where.coordinates else "",
        about.get("when", ""), _iso(data.until_at),
        speech.lists.word("urgency", data.urgency) if data.urgency else "",
        speech.lists.row(data.row) if data.row else "", speech.organisations(data.concerns),
        labels.NEED[shown.joint], "; ".join(_offers(shown, speech)), _iso(data.raised_at), data.content,
    )  # fmt: skip


def _offers(shown: NeedShown, speech: Speech) -> Iterator[str]:
    for each in shown.standing_offers:
        yield f"{speech.organisation(each.offer.organisation)}: {each.text}"


def _iso(at: int) -> str:
    return times.iso(at) if at else ""
