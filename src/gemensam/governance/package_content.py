"""What a member's package holds: missiv and draft tjänsteskrivelse, out of document, route and costs (G8).

Everything comes from what the whole network reads, so that the package of a member is the same whoever makes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.costs.domain.budgets import Budget
from gemensam.costs.queries import Line, line_of, list_budgets_for
from gemensam.costs.shown import kronor, stage_word
from gemensam.documents.shapes import Column, Fact, Passage
from gemensam.governance.adoption_queries import Rules, route_of
from gemensam.governance.document_queries import DocumentShown, document_words
from gemensam.governance.domain.documents import FOR_ADOPTION
from gemensam.governance.package_texts import Filled, fill, proposals
from gemensam.organisations.domain import Organisation, members
from gemensam.organisations.names import Lists, in_language, organisation_name
from gemensam.web.page import SpacePage

MISSIV, SKRIVELSE = "missiv", "skrivelse"
CONTENTS, PARTS, COSTS, PROPOSAL, ATTACHMENTS = "contents", "parts", "costs", "proposal", "attachments"


@dataclass(frozen=True)
class Package:
    """A document and a member."""

    page: SpacePage
    document: DocumentShown
    member: Organisation

    @cached_property
    def lists(self) -> Lists:
        return Lists(self.page.lens.directory)

    @cached_property
    def told(self) -> Mapping[str, Any]:
        return document_words(self.page.lens, self.document)

    @cached_property
    def route(self) -> Any:
        rules = Rules(self.page.lens)
        return route_of(self.page.lens, self.member, rules, self.document, self.page.moment)

    @cached_property
    def shares(self) -> list[tuple[Budget, Line | None]]:
        """The member's shares of the document's years that have been computed, else of the last year that has."""
        computed = [each for each in list_budgets_for(self.page.lens, self.page.moment) if each.computed is not None]
        first, last = self.document.data.valid_from[:4], self.document.data.valid_until[:4] or "9999"
        chosen = [each for each in computed if first and first <= str(each.year) <= last] or computed[:1]
        return [(each, line_of(self.page.lens.directory, each, self.member.id)) for each in reversed(chosen)]

    @cached_property
    def file_names(self) -> list[str]:
        return [one["name"] for one in self.told.get("files", ())]

    @cached_property
    def values(self) -> dict[str, str]:
        """What is known of the texts' fields; "" for what is not."""
        data = self.document.data
        version = _(", version %(version)s") % {"version": data.version} if data.version else ""
        return {
            "network": settings.GEMENSAM_NETWORK_NAME,
            "member": organisation_name(self.member),
            "title": f"{data.title}{version}" if data.title else "",
            "type": self.lists.word("document_types", data.type).lower(),
            "validity": self._validity(),
            "official": self.route.official,
            "answer_by": self._answer_by(),
            "adopted": " ".join(self._adopted()),
        }

    def _validity(self) -> str:
        first, last = self.document.data.valid_from, self.document.data.valid_until
        if first and last:
            return _("from %(first)s to %(last)s") % {"first": first, "last": last}
        return _("from %(first)s") % {"first": first} if first else ""

    def _answer_by(self) -> str:
        asked = [one for one in self.document.data.sendings if self.member.id in one.to and one.purpose == FOR_ADOPTION]
        return asked[-1].answer_by if asked else ""

    def _adopted(self) -> Iterator[str]:
        for one in self.document.data.adoptions:
            told = {"body": self.lists.word("bodies", one.body), "on": one.on}
            said = _("%(body)s adopted the document on %(on)s.") if one.on else _("%(body)s has adopted the document.")
            yield said % told

    def facts(self) -> tuple[Fact, ...]:
        steps = " → ".join(self.lists.word("decision_steps", step) for step in self.route.steps)
        sure = "" if self.route.is_own or not steps else _(" (usual for its kind, not confirmed by the member)")
        return (
            Fact(name=_("Member"), value=self.values["member"]),
            Fact(name=_("Document"), value=self.values["title"]),
            Fact(name=_("Holds"), value=self.values["validity"]),
            Fact(name=_("Answer by"), value=self.values["answer_by"]),
            Fact(name=_("Route to a decision"), value=f"{steps}{sure}"),
            Fact(name=_("Reference number"), value=_("[the member's own]")),
        )

    def passages(self, paper: str) -> tuple[Passage, ...]:
        """Return the passages of the missiv or of the draft, in the order of the list `package_texts`."""
        return tuple(self._passage(item) for item in self.lists.items("package_texts") if item["paper"] == paper)

    def _passage(self, item: Mapping[str, Any]) -> Passage:
        filled = self._filled(item)
        gaps = [_("Not known here: %(what)s") % {"what": ", ".join(self._words[name] for name in filled.missing)}
                if filled.missing else "", in_language(item, "gap")]  # fmt: skip
        held = self._held(str(item.get("holds", "")))
        gaps.append(str(held.pop("gap", "")))
        return Passage(heading=in_language(item), text=filled.text, gap="\n".join(filter(None, gaps)), **held)

    def _filled(self, item: Mapping[str, Any]) -> Filled:
        return fill(in_language(item, "text"), self.values, self._words)

    @cached_property
    def _words(self) -> dict[str, str]:
        """What a field is called where it is not known."""
        return {
            "title": _("title of the document"), "type": _("kind of document"), "validity": _("validity"),
            "official": _("the member's highest official"), "answer_by": _("last day to answer"),
            "network": _("the network"), "member": _("the member"),
        }  # fmt: skip

    def _held(self, what: str) -> dict[str, Any]:
        holders = {CONTENTS: self._contents, PARTS: self._parts, COSTS: self._costs, PROPOSAL: self._proposal,
                   ATTACHMENTS: self._attachments}  # fmt: skip
        return holders[what]() if what in holders else {}

    def _contents(self) -> dict[str, Any]:
        statements = [_("Basis for the invoice %(year)s") % {"year": budget.year} for budget, line in self.shares
                      if line is not None]  # fmt: skip
        return {"points": (_("Draft of a tjänsteskrivelse, as PDF and to write on (DOCX)"), *statements,
                           *self.file_names), **self._without_files()}  # fmt: skip

    def _attachments(self) -> dict[str, Any]:
        return {"points": tuple(self.file_names), **self._without_files()}

    def _without_files(self) -> dict[str, Any]:
        return {} if self.file_names else {"gap": _("The document's own files have not been entered in the program.")}

    def _parts(self) -> dict[str, Any]:
        return {"points": tuple(part["title"] for part in self.told.get("parts", ()))}

    def _proposal(self) -> dict[str, Any]:
        found = proposals(self.lists.items("package_proposals"), self.route.steps, self.member.kind)
        filled = [self._filled(item) for item in found]
        gaps = [] if found else [_("The member's route to a decision is not known.")]
        if any(each.missing for each in filled):
            gaps.append(_("What the member's highest official is called."))
        if found and not self.route.is_own:
            gaps.append(_("The route is the usual one for this kind of member. The member has not confirmed it."))
        return {"points": tuple(each.text for each in filled), "gap": "\n".join(gaps)}

    def _costs(self) -> dict[str, Any]:
        rows = tuple((str(budget.year), kronor(budget.amount), kronor(line.amount), stage_word(budget))
                     for budget, line in self.shares if line is not None)  # fmt: skip
        if not rows:
            return {"gap": _("The member's share: the network has not computed one that the member pays.")}
        columns = (Column(heading=_("Year")), Column(heading=_("Budget of the network, kr"), kind="number", weight=2),
                   Column(heading=_("The member's share, kr"), kind="number", weight=2),
                   Column(heading=_("Stage")))  # fmt: skip
        undistributed = any(budget.computed and not budget.computed.basis.parts for budget, line in self.shares)
        gap = _("The other half of the budget is not distributed, as no key has been set.") if undistributed else ""
        return {"columns": columns, "rows": rows, "gap": gap}


def package_of(page: SpacePage, document: DocumentShown, organisation: str) -> Package:
    """Return a member's package; raises `Refused("not_found")` for who is no member."""
    member = next((each for each in members(page.lens.directory) if each.id == organisation), None)
    if member is None:
        raise Refused("not_found")
    return Package(page, document, member)
