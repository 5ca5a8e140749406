"""Minutes in words, for the page and for the PDF: the same content, drawn from the copy and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.coordination import labels
from gemensam.coordination.shown import contradiction_words, in_english, told, undertaking_words
from gemensam.documents.shapes import (
    AgendaPoint,
    Agreement,
    Attendance,
    FeedHead,
    Frame,
    Meeting,
    MinutesDocument,
    Need,
    Question,
    Remark,
    Reservation,
    Role,
    Undertaking,
)

Content = Mapping[str, Any]
Row = dict[str, Any]


def minutes_rows(content: Content, reference: int) -> Row:
    """Return a version's parts in words; `reference`: the instant that times are measured from (ms UTC)."""
    attendance = [_attender(each) for each in content["attendance"]]
    return {
        "title": told(content),
        "roles": [{"name": told(each, "name"), "function": told(each, "function_name")} for each in content["roles"]],
        "here": [each for each in attendance if each["here"]],
        "absent": [each for each in attendance if not each["here"] and each["expected"]],
        "counted": sum(1 for each in attendance if each["here"] and each["expected"]),
        "expected": sum(1 for each in attendance if each["expected"]),
        "points": [{**each, "heading": told(each)} for each in content["points"]],
        "speakers": [_speaker(each) for each in content["speakers"]],
        "needs": [_need(each) for each in content["needs"]],
        "questions": [_question(each) for each in content.get("questions", ())],
        "agreements": [agreement_copy(each, reference) for each in content["agreements"] if not each["earlier"]],
        "earlier": [agreement_copy(each, reference) for each in content["agreements"] if each["earlier"]],
        "following": {**content["next"], "title": told(content["next"])} if content["next"] else None,
    }


def _attender(each: Content) -> Row:
    functions = each["functions_en"] if in_english() else each["functions"]
    return {
        **each,
        "here": each["status"] in ("present", "represented"),
        "words": str(labels.ATTENDANCE[each["status"]]),
        "function_words": ", ".join(functions),
        "represents_words": ", ".join(each["represents"]),
    }


def _speaker(each: Content) -> Row:
    return {"name": each["name"], "reasons": ", ".join(str(labels.REASONS[code]) for code in each["reasons"])}


def _need(each: Content) -> Row:
    return {
        **each,
        "status_words": str(labels.NEED[each["status"]]),
        "row_words": told(each, "row_name"),
        "urgency_words": told(each, "urgency_name"),
        "to": ", ".join(each["concerns"]) or pgettext("conference", "all"),
    }


def _question(each: Content) -> Row:
    return {
        **each,
        "status_words": str(labels.QUESTION[each["status"]]),
        "asking": ", ".join((each["name"], *each["sharers"])),
    }


def agreement_copy(each: Content, reference: int) -> Row:
    """Return an agreement of the minutes in words."""
    return {
        **each,
        "status_words": str(labels.AGREEMENT[each["status"]]),
        "parties": [_party(party, reference) for party in each["parties"]],
        "others": [_party(party, reference) for party in each["others"]],
    }


def _party(each: Content, reference: int) -> Row:
    return {
        **each,
        "words": undertaking_words(each["status"], each["name"], each["answered_at"], reference),
        "remarks": contradiction_words(each["contradictions"], each["name"]),
    }


# The PDF --------------------------------------------------------------------------------------------------------


def minutes_document(content: Content, frame: Frame, *, published_at: int | None, published_by: str) -> MinutesDocument:
    """Return the minutes as they are printed; times are measured from when they were published."""
    rows = minutes_rows(content, published_at or frame.printed_at)
    return MinutesDocument(
        frame=frame, number=_number(content), started_at=content["started_at"] or content["planned_at"],
        ended_at=content["ended_at"], published_at=published_at, published_by=published_by,
        summary=_summary(content), roles=tuple(Role(**role) for role in rows["roles"]),
        attendance=tuple(_printed_attender(each) for each in (*rows["here"], *rows["absent"])),
        agenda=tuple(_printed_point(each, rows) for each in rows["points"]),
        needs=tuple(_printed_need(place, each) for place, each in enumerate(rows["needs"], start=1)),
        questions=tuple(_printed_question(each) for each in rows["questions"]),
        remarks=tuple(
            Remark(organisation=each["name"], text=each["text"], answer=each["reply"])
            for each in content.get("replies", ())
        ),
        agreements=tuple(_printed_agreement(each) for each in rows["agreements"]),
        next_meeting=Meeting(at=rows["following"]["starts_at"], text=rows["following"]["title"])
        if rows["following"] else None,
    )  # fmt: skip


def heads(content: Content) -> tuple[FeedHead, ...]:
    """Return the last entry of each feed that the minutes were made from."""
    return tuple(FeedHead(**{name: head[name] for name in ("node", "incarnation", "number", "digest")})
                 for head in content.get("basis", ()))  # fmt: skip


def _number(content: Content) -> str:
    return str(content["label"])


def _summary(content: Content) -> str:
    reason = content.get("reason", "")
    corrected = _("Corrected: %(reason)s") % {"reason": reason} if reason else ""
    return "\n\n".join(part for part in (content["summary"], corrected) if part)


def _printed_attender(each: Row) -> Attendance:
    plain = each["status"] == "present"
    return Attendance(
        organisation=each["name"], present=each["here"], status="" if plain else _attender_status(each),
        function=each["function_words"], represents=each["represents_words"],
        joined_at=each["joined_at"] if each["here"] else None,
    )  # fmt: skip


def _attender_status(each: Row) -> str:
    if each["status"] == "absent":
        return ""
    if each["represented_by"]:
        return _("represented by %(who)s") % {"who": each["represented_by"]}
    return str(each["words"]).lower()


def _printed_point(each: Row, rows: Row) -> AgendaPoint:
    parts = [each["text"], *_program_lines(each, rows)]
    text = "\n\n".join(part for part in parts if part)
    return AgendaPoint(number=str(each["number"]), heading=each["heading"], text=text)


def _program_lines(point: Row, rows: Row) -> Iterator[str]:
    """What the program knows of a point, besides what was noted."""
    if point["speakers"] and rows["speakers"]:
        spoken = "; ".join(f"{each['name']} ({each['reasons']})" for each in rows["speakers"])
        yield _("Deviations: %(spoken)s. The others had nothing to add.") % {"spoken": spoken}
    if point["writes"] == "follow_up":
        for each in rows["earlier"]:
            yield f"{each['label']}: {each['wording']} ({_parties(each['parties'])})"


def _parties(parties: Sequence[Row]) -> str:
    return "; ".join(f"{each['name']}: {each['words']}" for each in parties)


def _printed_need(place: int, each: Row) -> Need:
    offers = "; ".join(f"{offer['name']}: {offer['text']}" for offer in each["offers"])
    offered = _("Offers: %(offers)s") % {"offers": offers} if offers else ""
    return Need(
        number=str(place), text="\n\n".join(part for part in (each["text"], offered) if part),
        organisation=each["name"], status=each["status_words"], to=each["to"], due_at=each["until_at"],
    )  # fmt: skip


def _printed_question(each: Row) -> Question:
    answer = "\n\n".join(f"{said['name']}: {said['text']}" for said in each["answers"])
    return Question(text=each["text"], organisations=each["asking"], answer=answer or each["status_words"])


def _printed_agreement(each: Row) -> Agreement:
    withdrawn = f"[{each['status_words']}]" if each["status"] == "withdrawn" else ""
    reserved = [party for party in each["parties"] if party["status"] in ("reserved", "declined") and party["text"]]
    return Agreement(
        number=each["label"], text="\n\n".join(part for part in (withdrawn, each["wording"]) if part),
        undertakings=tuple(_printed_party(party) for party in (*each["parties"], *each["others"])),
        reservations=tuple(Reservation(organisation=party["name"], text=party["text"]) for party in reserved),
        follow_up_at=each["follow_up_at"],
    )  # fmt: skip


def _printed_party(party: Row) -> Undertaking:
    status = ". ".join((party["words"], *party["remarks"]))
    return Undertaking(organisation=party["name"], text=party["what"] or "–", status=status, due_at=party["due_at"])
