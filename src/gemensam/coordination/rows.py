"""Rows of agreements, needs and common questions in words, for pages and tables."""

from typing import Any

from gemensam.coordination import labels
from gemensam.coordination.agreement_queries import AgreementShown, NeedShown, OfferShown, PartyShown
from gemensam.coordination.domain.needs import OFFERED, OPEN
from gemensam.coordination.domain.questions import ASKED
from gemensam.coordination.question_queries import QuestionShown, Said
from gemensam.coordination.shown import Speech
from gemensam.picture.domain.places import Where, kommun_of

Row = dict[str, Any]


def agreement_row(shown: AgreementShown, speech: Speech, reference: int, own: str) -> Row:
    """Return an agreement as it is drawn; `reference`: the instant that times are measured from (ms UTC)."""
    mine = shown.mine(own)
    acts = [(kind, str(labels.ACTS[kind])) for kind in shown.acts]
    return {
        "shown": shown,
        "subject": shown.thing.subject,
        "label": shown.label,
        "wording": shown.wording,
        "status": shown.stands.status,
        "status_words": str(labels.AGREEMENT[shown.stands.status]),
        "owner": speech.organisation(shown.thing.organisation),
        "parties": [party_row(each, speech, reference, own) for each in shown.named],
        "others": [party_row(each, speech, reference, own) for each in shown.others],
        "confirmed": shown.stands.confirmed,
        "mine": party_row(mine, speech, reference, own) if mine is not None else None,
        "presses": [(kind, word) for kind, word in acts if kind in ("undertaking.confirmed", "undertaking.completed")],
        "asks": [(kind, word, _asks(kind)) for kind, word in acts if _asks(kind)],
        "terms": shown.data.terms,
    }


def _asks(kind: str) -> str:
    """Return the field that an answer must have, "" for one press."""
    return {"undertaking.reserved": "reservation", "undertaking.declined": "reason",
            "undertaking.reopened": "reason"}.get(kind, "")  # fmt: skip


def party_row(shown: PartyShown, speech: Speech, reference: int, own: str) -> Row:
    """Return one organisation's undertaking as it is drawn."""
    party = shown.party
    return {
        "organisation": party.organisation,
        "name": speech.organisation(party.organisation),
        "is_own": party.organisation == own,
        "status": party.status,
        "words": speech.party(party, reference),
        "what": shown.what,
        "said": shown.said,
        "due_at": party.due_at,
        "overdue": party.overdue,
        "contradictions": speech.contradictions(party),
        "digest": party.answer.digest if party.answer is not None else "",
    }


def need_row(shown: NeedShown, speech: Speech, own: str) -> Row:
    """Return a need as it is drawn."""
    data = shown.data
    return {
        "shown": shown,
        "subject": shown.thing.subject,
        "name": speech.organisation(shown.thing.organisation),
        "is_own": shown.thing.organisation == own,
        "about": shown.about,
        "row": speech.lists.row(data.row) if data.row else "",
        "urgency": speech.lists.word("urgency", data.urgency) if data.urgency else "",
        "where": _where(shown, speech),
        "concerns": speech.organisations(data.concerns),
        "concerns_own": own in data.concerns,
        "status": shown.status,
        "is_open": shown.status == OPEN,
        "joint": shown.joint,
        "status_words": str(labels.NEED[shown.joint]),
        "via": speech.lists.word("via", data.via, "text") if data.via else "",
        "by": speech.organisation(data.by_organisation) if data.by_organisation else "",
        "offers": [_offer_row(each, speech) for each in shown.told_offers],
        "acts": {kind.partition(".")[2]: True for kind in shown.acts},
    }


def _where(shown: NeedShown, speech: Speech) -> str:
    """Return the place by kommun and point in one line; "" where it is but the kommun whose need it is."""
    home = kommun_of(speech.lists.directory, shown.thing.organisation)
    return speech.lists.places.shown(shown.data.where).text if shown.data.where != Where((home,)) else ""


def _offer_row(shown: OfferShown, speech: Speech) -> Row:
    name = speech.organisation(shown.offer.organisation)
    remark = labels.NEED_CONTRADICTIONS.get(shown.contradiction, "")
    return {
        "name": name,
        "text": shown.text,
        "at": shown.offer.at,
        "stands": shown.offer.status == OFFERED,
        "remark": str(remark) % {"who": name} if remark else "",
    }


def question_row(shown: QuestionShown, speech: Speech, own: str) -> Row:
    """Return a common question as it is drawn."""
    data = shown.data
    return {
        "shown": shown,
        "subject": shown.thing.subject,
        "name": speech.organisation(shown.thing.organisation),
        "text": shown.text,
        "status": shown.status,
        "is_open": shown.status == ASKED,
        "status_words": str(labels.QUESTION[shown.status]),
        "to": speech.organisations(data.to),
        "to_own": own in data.to,
        "asks_own": own in shown.asking,
        "sharers": speech.organisations(each.word.organisation for each in shown.sharers),
        "answers": [_answer_row(each, speech) for each in shown.answers],
        "by": speech.organisation(data.by_organisation) if data.by_organisation else "",
        "via": speech.lists.word("via", data.via, "text") if data.via else "",
        "acts": {kind.partition(".")[2]: True for kind in shown.acts} if own else {},
    }


def _answer_row(said: Said, speech: Speech) -> Row:
    return {
        "name": speech.organisation(said.word.organisation),
        "text": said.text,
        "at": said.word.at,
        "remarks": [str(labels.QUESTION_CONTRADICTIONS[code]) for code in said.contradictions],
    }
