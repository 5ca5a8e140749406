"""Forms of organisations and functions."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gemensam.organisations import domain
from gemensam.organisations.commands.directory import FunctionGiven, OrganisationGiven
from gemensam.organisations.names import Lists

KEPT_ABOUT = ("rows", "representatives", "reserve_path")
STANDINGS = {"member": (True, True), "insider": (False, True), "guest": (False, False)}


class FunctionForm(forms.Form):
    """A function: its names, its roles, the levels at which it represents the organisation. Never a person."""

    name = forms.CharField(
        label=_("Name of the function"), max_length=100, help_text=_("Your own word for it. Never a person's name.")
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    name_long = forms.CharField(
        label=_("Name written out"), max_length=100, required=False, help_text=_("Where the name is an abbreviation.")
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), widget=forms.CheckboxSelectMultiple, help_text=_("The roles decide what the function may do.")
    )
    levels = forms.MultipleChoiceField(label=_("Levels"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, data: Any = None, *, directory: Any, organisation: str, function: Any = None) -> None:
        held = function.roles if function else ()
        initial = _initial_of(function) if function else None
        super().__init__(data, initial=initial)
        self._about = dict(function.about) if function else {}
        lists = Lists(directory)
        self.fields["roles"].choices = _role_choices(directory, organisation, held)  # type: ignore[attr-defined]
        levels = lists.choices("levels", also=function.levels if function else ())
        self.fields["levels"].choices = levels  # type: ignore[attr-defined]

    def given(self) -> FunctionGiven:
        """The function as it was given; it is the organisation's own word now, not a proposal."""
        data = self.cleaned_data
        about = {name: value for name, value in self._about.items() if name not in ("name_long", "name_long_en")}
        about["evidence"] = "own"
        if data["name_long"]:
            about["name_long"] = data["name_long"]
        return FunctionGiven(data["name"], data["name_en"], tuple(data["roles"]), tuple(data["levels"]), about)


def _initial_of(function: domain.Function) -> dict[str, Any]:
    return {
        "name": function.name,
        "name_en": function.name_en,
        "name_long": function.about.get("name_long", ""),
        "roles": function.roles,
        "levels": function.levels,
    }


def _role_choices(directory: Any, organisation: str, held: Iterable[str]) -> list[tuple[str, str]]:
    """Roles that may be given here: the organisations' own, and the network's where it has put them."""
    at_home = {role for each in domain.functions(directory, organisation) for role in each.roles} | set(held)
    offered = [
        item["code"]
        for item in Lists(directory).items("roles")
        if item.get("scope") != "network"
        or item["code"] in at_home
        or organisation in (item.get("organisations") or ())
    ]
    return [(code, word) for code, word in Lists(directory).choices("roles", also=held) if code in offered]


class ReasonForm(forms.Form):
    """Why something is done; it stays in the log."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class OrganisationForm(forms.Form):
    """What the joint office says of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=150)
    short = forms.CharField(label=_("Short name"), max_length=30, help_text=_("As it stands in the matrix."))
    name_en = forms.CharField(label=_("Name in English"), max_length=150, required=False)
    kind = forms.ChoiceField(label=_("Kind of organisation"))
    standing = forms.ChoiceField(
        label=_("Its place in the network"),
        widget=forms.RadioSelect,
        choices=[
            ("member", pgettext_lazy("standing", "Member: reads all the network's spaces")),
            ("insider", pgettext_lazy("standing", "Joint office: reads all the network's spaces, not a member")),
            ("guest", pgettext_lazy("standing", "Guest: reads the directory and the outer spaces that it is let into")),
        ],
    )  # fmt: skip
    kommunkod = forms.CharField(label=_("Municipality code"), max_length=4, required=False)
    group = forms.ChoiceField(label=_("Municipal group"), required=False)

    def __init__(self, data: Any = None, *, directory: Any, organisation: Any = None) -> None:
        super().__init__(data, initial=_organisation_initial(organisation) if organisation else None)
        self._about: dict[str, Any] = dict(organisation.about) if organisation else {}
        lists = Lists(directory)
        kinds = lists.choices("kinds_of_member", also=[organisation.kind] if organisation else ())
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        groups = lists.choices("municipal_groups", also=[organisation.group] if organisation else ())
        self.fields["group"].choices = [("", "–"), *groups]  # type: ignore[attr-defined]

    def clean_kommunkod(self) -> str:
        code: str = self.cleaned_data["kommunkod"].strip()
        if code and not re.fullmatch(r"[0-9]{4}", code):
            raise ValidationError(_("A municipality code has four digits."))
        return code

    def given(self) -> OrganisationGiven:
        data = self.cleaned_data
        member, insider = STANDINGS[data["standing"]]
        about = {name: value for name, value in self._about.items() if name not in KEPT_ABOUT or value}
        about |= {
            "name_en": data["name_en"] or data["name"],
            "kommunkod": data["kommunkod"] or None,
            "group": data["group"] or None,
        }
        return OrganisationGiven(data["name"], data["short"], data["kind"], member, insider, about)


def _organisation_initial(organisation: domain.Organisation) -> dict[str, Any]:
    flags = (organisation.member, organisation.insider)
    return {
        "name": organisation.name,
        "short": organisation.short,
        "name_en": organisation.about.get("name_en", ""),
        "kind": organisation.kind,
        "standing": next((word for word, given in STANDINGS.items() if given == flags), "guest"),
        "kommunkod": organisation.kommunkod,
        "group": organisation.group,
    }


class JoinForm(OrganisationForm):
    """A new organisation, with the first function that makes its others."""

    id = forms.RegexField(
        label=_("Identity"),
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=40,
        help_text=_("Small letters a to z, digits and hyphens. It is never changed."),
    )
    administrator = forms.CharField(
        label=_("Its first function"), max_length=100, help_text=_("It can make the organisation's other functions.")
    )
    field_order = ("id", "name", "short", "name_en", "kind", "standing", "kommunkod", "group", "administrator")


class DescribeForm(forms.Form):
    """What only the organisation itself can say: rows, representatives by level and läge, reserve path."""

    rows = forms.MultipleChoiceField(
        label=_("Rows that you normally answer for"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The others are shown as: does not have this function."),
    )
    reserve_organisation = forms.ChoiceField(label=_("Reserve path: through which organisation"), required=False)
    reserve_text = forms.CharField(
        label=_("Reserve path in words"),
        max_length=200,
        required=False,
        help_text=_("A function, never a person or a number."),
    )

    def __init__(self, data: Any = None, *, directory: Any, organisation: domain.Organisation) -> None:
        reserve = _mapping(organisation.about.get("reserve_path"))
        initial = {
            "rows": organisation.rows,
            "reserve_organisation": reserve.get("organisation") or "",
            "reserve_text": reserve.get("text") or "",
        }
        super().__init__(data, initial=initial)
        self._english = reserve
        lists = Lists(directory)
        rows = lists.choices("rows", also=organisation.rows)
        self.fields["rows"].choices = rows  # type: ignore[attr-defined]
        others = [(each.id, each.name) for each in domain.organisations(directory) if each.id != organisation.id]
        self.fields["reserve_organisation"].choices = [("", "–"), *others]  # type: ignore[attr-defined]
        self._add_representatives(directory, organisation, lists)

    def _add_representatives(self, directory: Any, organisation: domain.Organisation, lists: Lists) -> None:
        """One choice for each level and läge, named `represents:<level>:<läge>`."""
        own = [("", "–"), *((each.id, each.name) for each in domain.functions(directory, organisation.id))]
        told = representatives_of(organisation)
        self.represented: list[tuple[str, list[tuple[str, str]]]] = []
        for level, level_word in lists.choices("levels", also=told):
            places = []
            for mode, mode_word in modes_of(lists, organisation):
                name = f"represents:{level}:{mode}"
                self.fields[name] = forms.ChoiceField(
                    label=f"{level_word}, {mode_word.lower()}", choices=own, required=False
                )
                self.initial[name] = told.get(level, {}).get(mode, "")
                places.append((name, mode_word))
            self.represented.append((level_word, places))

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = [
            (name.split(":")[1:], value) for name, value in data.items() if name.startswith("represents:") and value
        ]
        same = data["reserve_text"] == (self._english.get("text") or "")
        return {
            "rows": list(data["rows"]),
            "representatives": [{"level": level, "mode": mode, "function": value} for (level, mode), value in chosen],
            "reserve_organisation": data["reserve_organisation"],
            "reserve_text": data["reserve_text"],
            "reserve_text_en": str(self._english.get("text_en") or "") if same else "",
        }


def representatives_of(organisation: domain.Organisation) -> dict[str, dict[str, str]]:
    """Return level → läge → function, whatever else the directory may hold there."""
    told = _mapping(organisation.about.get("representatives"))
    return {
        str(level): {str(mode): str(function) for mode, function in _mapping(places).items() if function}
        for level, places in told.items()
    }


def modes_of(lists: Lists, organisation: domain.Organisation) -> list[tuple[str, str]]:
    """Return the lägen for which representatives are named: the states of the list, and those named already."""
    named = {mode for places in representatives_of(organisation).values() for mode in places}
    states = {item["code"] for item in lists.items("modes") if item.get("kind") == "state"}
    return [(code, word) for code, word in lists.choices("modes", also=named) if code in states | named]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
