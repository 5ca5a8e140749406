"""Words of the directory: kinds, groups, what entries say, refusals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from gemensam.ledger.describing import (
    Line,
    Names,
    register_describer,
    register_group_words,
    register_kind_words,
)
from gemensam.ledger.reading import LogRow
from gemensam.organisations.names import Lists, in_language
from gemensam.web.labels import Refusal, Text

KINDS: dict[str, Text] = {
    "organisation.joined": _("Organisation joined"),
    "organisation.changed": _("Organisation changed"),
    "organisation.described": _("Organisation described by itself"),
    "organisation.left": _("Organisation left"),
    "function.created": _("Function made"),
    "function.changed": _("Function changed"),
    "function.retired": _("Function no longer used"),
    "vocabulary.published": _("New version of a list"),
    "vocabulary.confirmed": _("List confirmed"),
    "body.established": _("Body of the network made"),
    "body.changed": _("Body of the network changed"),
    "body.dissolved": _("Body of the network dissolved"),
}
GROUPS: dict[str, Text] = {
    "organisation": _("Organisations"),
    "function": _("Functions"),
    "vocabulary": _("Lists"),
    "body": _("Bodies"),
}
PROBLEMS: dict[str, Text] = {
    "missing": _("is missing"),
    "unknown_field": _("is not a field of this list"),
    "wrong_kind": _("holds another kind of value than in the other items"),
}
REFUSALS: dict[str, Text | Refusal] = {
    "name_missing": _("Give a name of at most %(limit)s characters."),
    "no_reason": _("Say why."),
    "directory_id": _("The identity %(given)s cannot be used: small letters a to z, digits and hyphens."),
    "no_such_kind_of_organisation": _("The list of kinds of organisations has no %(unknown)s."),
    "member_reads": _("A member reads the network's spaces. Choose that, or make it a guest."),
    "own_organisation": Refusal(_("The joint office cannot leave: nobody could let anybody in again."), 409),
    "no_such_row": _("The list of functions of society has no %(unknown)s."),
    "no_such_level": _("The list of levels has no %(unknown)s."),
    "function_not_own": _("An organisation is represented by its own functions, in use: not %(unknown)s."),
    "no_such_group": _("The list of municipal groups has no %(unknown)s."),
    "seat_empty": _("A seat needs an organisation or a function."),
    "seats_too_many": _("A body has at most %(limit)s seats."),
    "day_unreadable": _("Write the day as 2026-11-29."),
    "days_reversed": _("The last day lies before the first."),
    "no_such_role": _("The list of roles has no %(unknown)s."),
    "roles_missing": _("Choose at least one role."),
    "role_retired": _("The role %(role)s is out of use."),
    "role_of_network": Refusal(
        _("The role %(role)s belongs to the network. Ask the joint office to let your organisation have it."), 403
    ),
    "last_administrator": Refusal(
        _("Then nobody could manage this any more. Give the permission to another function first."), 409
    ),
    "no_such_permission": _("The list of permissions has no %(unknown)s."),
    "no_such_item": Refusal(_("The list has no item %(unknown)s."), 404),
    "vocabulary_shape": _("%(item)s: the field %(field)s does not fit the other items of the list."),
    "vocabulary_no_reason": _("Say why there is a new version."),
    "vocabulary_unchanged": _("Nothing has been changed."),
    "space_permanent": Refusal(_("This space is always there and cannot be closed."), 409),
    "readers_missing": _("Choose at least one organisation or function."),
    "space_kind_wrong": _("A space of this kind cannot be opened here."),
    "reader_not_in_parent": _("%(readers)s cannot read the space that this one belongs to."),
}


def register() -> None:
    """Give the directory's kinds their words in the log."""
    register_kind_words(KINDS)
    register_group_words(GROUPS)
    for kind, describer in DESCRIBERS.items():
        register_describer(kind, describer)


def _joined(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    told = gettext("%(name)s joined") if payload["insider"] else gettext("%(name)s is a guest")
    return Line(told % {"name": payload["name"]}, _organisation_page(row))


def _changed(row: LogRow, names: Names) -> Line:
    return Line(gettext("%(name)s: facts changed") % {"name": (row.payload or {})["name"]}, _organisation_page(row))


def _described(row: LogRow, names: Names) -> Line:
    told = gettext("%(name)s: rows, representatives and reserve path stated")
    return Line(told % {"name": names.organisation(row.header.subject)}, _organisation_page(row))


def _left(row: LogRow, names: Names) -> Line:
    told = gettext("%(name)s left. %(reason)s")
    values = {"name": names.organisation(row.header.subject), "reason": (row.payload or {})["reason"]}
    return Line(told % values, _organisation_page(row))


def _function(row: LogRow, names: Names) -> Line:
    payload: Mapping[str, Any] = row.payload or {}
    roles = ", ".join(Lists(names.directory).words("roles", payload["roles"]))
    created = row.header.kind == "function.created"
    told = gettext("Function %(name)s made: %(roles)s") if created else gettext("Function %(name)s changed: %(roles)s")
    return Line(told % {"name": in_language(payload), "roles": roles}, f"/directory/{row.header.organisation}/")


def _retired(row: LogRow, names: Names) -> Line:
    told = gettext("Function %(name)s no longer used. %(reason)s")
    values = {"name": names.function(row.header.subject), "reason": (row.payload or {})["reason"]}
    return Line(told % values, f"/directory/{row.header.organisation}/")


def _published(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    told = gettext("%(list)s: version %(version)s. %(reason)s")
    values = {"list": in_language(payload), "version": payload["version"], "reason": payload["reason"]}
    return Line((told % values).strip(), _list_page(row))


def _confirmed(row: LogRow, names: Names) -> Line:
    items = (row.payload or {})["items"]
    thing = names.directory.thing(row.header.subject)
    versions = getattr(thing.data, "versions", ()) if thing is not None else ()
    name = versions[-1].name if versions else row.header.subject
    if not items:
        return Line(gettext("%(list)s: the whole list confirmed") % {"list": name}, _list_page(row))
    told = ngettext("%(list)s: %(n)s item confirmed", "%(list)s: %(n)s items confirmed", len(items))
    return Line(told % {"list": name, "n": len(items)}, _list_page(row))


def _body(row: LogRow, names: Names) -> Line:
    payload = row.payload or {}
    told = gettext("Body %(name)s dissolved. %(reason)s")
    if row.header.kind != "body.dissolved":
        made = row.header.kind == "body.established"
        told = gettext("Body %(name)s made") if made else gettext("Body %(name)s changed. %(reason)s")
    name = payload.get("name") or names.title(row.header.subject)
    return Line(told % {"name": name, "reason": payload["reason"]}, f"/directory/bodies/{row.header.subject}/")


def _organisation_page(row: LogRow) -> str:
    return f"/directory/{row.header.subject}/"


def _list_page(row: LogRow) -> str:
    return f"/vocabularies/{row.header.subject}/"


DESCRIBERS = {
    "organisation.joined": _joined,
    "organisation.changed": _changed,
    "organisation.described": _described,
    "organisation.left": _left,
    "function.created": _function,
    "function.changed": _function,
    "function.retired": _retired,
    "vocabulary.published": _published,
    "vocabulary.confirmed": _confirmed,
    "body.established": _body,
    "body.changed": _body,
    "body.dissolved": _body,
}
