"""Words of the log: kinds, groups, verdicts, references, fields of texts, refusals of its pages."""

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gemensam.ledger.describing import (
    Line,
    Names,
    register_describer,
    register_group_words,
    register_kind_words,
)
from gemensam.ledger.reading import LogRow
from gemensam.web.labels import Refusal, Text

KINDS: dict[str, Text] = {
    "space.opened": _("Space opened"),
    "space.circle_reduced": _("Readers taken out"),
    "space.vocabularies_pinned": _("Versions of lists chosen"),
    "space.closed": _("Space closed"),
    "arrivals.sealed": _("The order of arrivals sealed"),
    "disposal.decided": _("Texts disposed of"),
    "quarantine.placed": _("Put in quarantine"),
    "quarantine.lifted": _("Quarantine lifted"),
    "quarantine.upheld": _("Quarantine left to stand"),
    "node.admitted": _("Node admitted"),
}
GROUPS: dict[str, Text] = {
    "space": _("The space itself"),
    "arrivals": _("Seals"),
    "disposal": _("Disposals"),
    "quarantine": _("Quarantines"),
    "node": _("Nodes"),
}
SPACE_KINDS: dict[str, Text] = {
    "directory": _("Directory"),
    "rosters": _("Contacts"),
    "standing": _("Ordinary situation"),
    "incident": _("Incident"),
    "period": _("Period"),
    "exercise": _("Exercise"),
    "sub": _("Narrower circle"),
    "outer": _("Outer space"),
}
VERDICTS: dict[str, Text] = {
    "in_force": _("In force"),
    "superseded": _("Superseded"),
    "unknown": _("Needs an upgrade"),
    "clock_wrong": _("Clock wrong"),
    "disposed": _("Disposed of"),
    "held": _("In quarantine"),
}
VERDICT_HELP: dict[str, Text] = {
    "in_force": _("The entry counts."),
    "superseded": _(
        "The entry is kept, but it was not allowed after what had happened before it, so it does not count."
    ),
    "unknown": _("The entry is of a kind or version that this program does not know. It is kept and passed on."),
    "clock_wrong": _(
        "The entry comes from a clock that was more than five minutes ahead. It is kept but does not count."
    ),
    "disposed": _("The text has been removed under a decision. That the entry was made, by whom and when, stays."),
    "held": _(
        "Somebody has said that this should not have been written here. The text is held apart until a contact for "
        "protective security has decided. That the entry was made, by whom and when, stays."
    ),
}
RELATIONS: dict[str, Text] = {
    "answers": pgettext_lazy("reference", "answers"),
    "basis": pgettext_lazy("reference", "is based on"),
    "concerns": pgettext_lazy("reference", "concerns"),
    "confirms": pgettext_lazy("reference", "confirms"),
    "corrects": pgettext_lazy("reference", "corrects"),
    "disposes": pgettext_lazy("reference", "disposes of the text of"),
    "follows": pgettext_lazy("reference", "follows"),
    "part_of": pgettext_lazy("reference", "is a part of"),
    "quarantines": pgettext_lazy("reference", "concerns the text of"),
}
# Fields that many kinds share; what is missing here is shown by the field's own name.
FIELDS: dict[str, Text] = {
    "about": pgettext_lazy("field", "Further facts"),
    "amount": pgettext_lazy("field", "Amount"),
    "answers": pgettext_lazy("field", "Answers"),
    "area": pgettext_lazy("field", "Area"),
    "at": pgettext_lazy("field", "Time"),
    "attachments": pgettext_lazy("field", "Attachments"),
    "basis": pgettext_lazy("field", "Based on the log up to"),
    "certainty": pgettext_lazy("field", "Certainty"),
    "circle": pgettext_lazy("field", "Readers"),
    "code": pgettext_lazy("field", "Code"),
    "confirms": pgettext_lazy("field", "Confirms"),
    "deadline_at": pgettext_lazy("field", "By"),
    "decision": pgettext_lazy("field", "Decision"),
    "digest": pgettext_lazy("field", "Digest"),
    "done": pgettext_lazy("field", "Measures taken"),
    "figures": pgettext_lazy("field", "Key figures"),
    "first": pgettext_lazy("field", "From number"),
    "forecasts": pgettext_lazy("field", "Forecast"),
    "function": pgettext_lazy("field", "Function"),
    "hours": pgettext_lazy("field", "Hours"),
    "how_long": pgettext_lazy("field", "For how long"),
    "insider": pgettext_lazy("field", "Reads the network's spaces"),
    "items": pgettext_lazy("field", "Items"),
    "kept_at": pgettext_lazy("field", "True since"),
    "kind": pgettext_lazy("field", "Kind"),
    "label": pgettext_lazy("field", "Name of the row"),
    "last": pgettext_lazy("field", "To number"),
    "levels": pgettext_lazy("field", "Levels"),
    "device_at": pgettext_lazy("field", "The device's clock showed"),
    "doubtful": pgettext_lazy("field", "The time is uncertain"),
    "medium": pgettext_lazy("field", "How"),
    "media_type": pgettext_lazy("field", "File type"),
    "member": pgettext_lazy("field", "Member"),
    "name": pgettext_lazy("field", "Name"),
    "name_en": pgettext_lazy("field", "Name in English"),
    "needs": pgettext_lazy("field", "Needs"),
    "next_at": pgettext_lazy("field", "Next time"),
    "node": pgettext_lazy("field", "Node"),
    "note": pgettext_lazy("field", "Note"),
    "number": pgettext_lazy("field", "Number"),
    "offers": pgettext_lazy("field", "Can contribute"),
    "organisation": pgettext_lazy("field", "Organisation"),
    "organisations": pgettext_lazy("field", "Organisations"),
    "parent": pgettext_lazy("field", "Belongs to"),
    "pins": pgettext_lazy("field", "Versions of lists"),
    "place": pgettext_lazy("field", "Place"),
    "planned": pgettext_lazy("field", "Planned measures"),
    "previous": pgettext_lazy("field", "The one before"),
    "public_key": pgettext_lazy("field", "Public key"),
    "purpose": pgettext_lazy("field", "Purpose"),
    "quick": pgettext_lazy("field", "Quick answer"),
    "reason": pgettext_lazy("field", "Reason"),
    "received_by": pgettext_lazy("field", "Received by"),
    "removed": pgettext_lazy("field", "Taken out"),
    "repeats": pgettext_lazy("field", "Times in a row"),
    "roles": pgettext_lazy("field", "Roles"),
    "row": pgettext_lazy("field", "Row"),
    "cells": pgettext_lazy("field", "Rows"),
    "short": pgettext_lazy("field", "Short name"),
    "size": pgettext_lazy("field", "Size"),
    "source": pgettext_lazy("field", "Source"),
    "source_note": pgettext_lazy("field", "Note on sources"),
    "source_text": pgettext_lazy("field", "Source, in words"),
    "space_kind": pgettext_lazy("field", "Kind of space"),
    "stated_at": pgettext_lazy("field", "Situation at"),
    "status": pgettext_lazy("field", "Status"),
    "summary": pgettext_lazy("field", "Summary"),
    "template": pgettext_lazy("field", "Template"),
    "text": pgettext_lazy("field", "Text"),
    "texts": pgettext_lazy("field", "Texts"),
    "title": pgettext_lazy("field", "Title"),
    "trend": pgettext_lazy("field", "Trend"),
    "type": pgettext_lazy("field", "Type"),
    "unconfirmed": pgettext_lazy("field", "Unconfirmed"),
    "unit": pgettext_lazy("field", "Unit"),
    "until_at": pgettext_lazy("field", "Until"),
    "urgency": pgettext_lazy("field", "Urgency"),
    "value": pgettext_lazy("field", "Value"),
    "version": pgettext_lazy("field", "Version"),
    "what": pgettext_lazy("field", "What"),
    "when": pgettext_lazy("field", "When"),
    "who": pgettext_lazy("field", "Who"),
    "worst": pgettext_lazy("field", "Reasonable worst"),
    "written": pgettext_lazy("field", "Entered afterwards, written"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "not_allowed_now": Refusal(_("That cannot be done now, after what has happened."), 409),
    "already_held": Refusal(_("It is in quarantine already."), 409),
    "not_held": Refusal(_("It is not in quarantine any more."), 409),
    "table_too_large": Refusal(_("The table is too large: at most %(limit)s bytes."), 413),
    "table_not_text": _("The file is not a table that can be read. Save it as CSV in UTF-8."),
    "table_without_heads": _("The table has no line of heads with the column %(column)s."),
    "table_column_twice": _("Two columns of the table have the same head."),
    "attachment_missing": Refusal(_("Send one file at a time, in the field file."), 400),
    "nothing_chosen": _("Choose at least one entry."),
    "too_many_chosen": _("Choose at most %(limit)s entries at a time."),
    "search_too_deep": _("That is further back than the search goes. Add a word, or search in one space."),
}


# Fields that hold a code of a list: shown by the item's word, in the version that was in use.
LISTS: dict[str, tuple[str, ...]] = {
    "row": ("rows",),
    "status": ("status", "values"),
    "type": ("statement_types",),
    "certainty": ("certainty",),
    "source": ("sources",),
    "trend": ("trend",),
    "urgency": ("urgency",),
    "medium": ("via",),
    "template": ("report_templates", "agendas"),
    "purpose": ("request_purposes",),
    "roles": ("roles",),
    "levels": ("levels",),
    "level": ("levels",),
    "rows": ("rows",),
}


def field_word(name: str) -> str:
    return str(FIELDS.get(name, name))


def register() -> None:
    """Give the log's own kinds their words."""
    register_kind_words(KINDS)
    register_group_words(GROUPS)
    for kind, describer in DESCRIBERS.items():
        register_describer(kind, describer)


def _opened(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    kind = str(SPACE_KINDS.get(payload["space_kind"], payload["space_kind"]))
    return Line(
        gettext("Opened: %(title)s (%(kind)s)") % {"title": payload["title"], "kind": kind.lower()}, _about(row)
    )


def _reduced(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    told = ", ".join(_reader(reader, names) for reader in payload["removed"])
    return Line(
        gettext("No longer reads: %(who)s. %(reason)s") % {"who": told, "reason": payload["reason"]}, _about(row)
    )


def _reader(reader: dict[str, str], names: Names) -> str:
    organisation = names.organisation(reader["organisation"])
    function = reader["function"]
    return organisation if function == "*" else f"{organisation} – {names.function(function)}"


def _pinned(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    lists = ", ".join(_list_name(pin["code"], names) for pin in payload["pins"])
    told = gettext("New versions used here: %(lists)s. %(reason)s")
    return Line(told % {"lists": lists, "reason": payload["reason"]}, _about(row))


def _list_name(code: str, names: Names) -> str:
    thing = names.directory.thing(code)
    versions = getattr(thing.data, "versions", ()) if thing is not None else ()
    return str(versions[-1].name) if versions else code


def _closed(row: LogRow, names: Names) -> Line:
    return Line(gettext("Closed. %(reason)s") % {"reason": (row.payload or {})["reason"]}, _about(row))


def _sealed(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    return Line(gettext("Sealed the order of arrivals %(first)s–%(last)s") % payload)


def _disposed(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    count = sum(1 for ref in row.header.refs if ref.rel == "disposes")
    told = ngettext("%(n)s text disposed of under %(decision)s. %(reason)s",
                    "%(n)s texts disposed of under %(decision)s. %(reason)s", count)  # fmt: skip
    return Line(told % {"n": count, "decision": payload["decision"], "reason": payload["reason"]})


def _quarantine(row: LogRow, names: Names) -> Line:
    count = sum(1 for ref in row.header.refs if ref.rel == "quarantines")
    word = str(KINDS[row.header.kind])
    told = ngettext("%(word)s: %(n)s text. %(reason)s", "%(word)s: %(n)s texts. %(reason)s", count)
    facts = {"word": word, "n": count, "reason": (row.payload or {})["reason"]}
    return Line(told % facts, f"/spaces/{row.header.space}/quarantine/{row.header.subject}/")


def _admitted(row: LogRow, names: Names) -> Line:
    return Line(gettext("Node %(name)s may write") % {"name": (row.payload or {})["name"]})


def _about(row: LogRow) -> str:
    return f"/spaces/{row.header.space}/about/"


DESCRIBERS = {
    "space.opened": _opened,
    "space.circle_reduced": _reduced,
    "space.vocabularies_pinned": _pinned,
    "space.closed": _closed,
    "arrivals.sealed": _sealed,
    "disposal.decided": _disposed,
    "quarantine.placed": _quarantine,
    "quarantine.lifted": _quarantine,
    "quarantine.upheld": _quarantine,
    "node.admitted": _admitted,
}
