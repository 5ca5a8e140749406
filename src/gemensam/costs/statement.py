"""A member's statement of its share: the basis for the invoice, as a page and as a document of the same passages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.costs.domain.budgets import Budget, Computed
from gemensam.costs.queries import Line
from gemensam.costs.shown import change, key_words, kronor, per_cent, rule_words, stage_word, whole
from gemensam.documents import shapes
from gemensam.documents.rendering import DocumentError, render
from gemensam.documents.shapes import Column, Fact, FeedHead, Passage
from gemensam.organisations.domain import function, organisation
from gemensam.organisations.names import function_name, organisation_name
from gemensam.web import times
from gemensam.web.page import SpacePage

BUSY = frozenset({"busy", "timeout", "memory", "too_large"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What a member pays of a year, and the computation that counts."""

    budget: Budget
    line: Line
    member: str
    computed: Computed

    @property
    def facts(self) -> tuple[Fact, ...]:
        budget, line = self.budget, self.line
        return (
            Fact(name=_("Member"), value=self.member),
            Fact(name=_("To pay for %(year)s") % {"year": budget.year}, value=f"{kronor(line.amount)} kr"),
            Fact(name=_("Stage"), value=stage_word(budget)),
            Fact(name=_("Difference from the preliminary share"),
                 value=f"{change(line.difference)} kr" if line.difference is not None else ""),
            Fact(name=_("Budget decided by"), value=budget.decided_by),
            Fact(name=_("Decided on"), value=budget.decided_on),
            Fact(name=_("Reference number"), value=budget.reference),
        )  # fmt: skip

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(self._passages())

    def _passages(self) -> Iterator[Passage]:
        yield self._computation()
        if self.budget.settled is not None and self.budget.estimated is not None:
            yield self._compared(self.budget.estimated, self.budget.settled)
        yield Passage(heading=_("How it is rounded"), text=rule_words())
        yield self._basis()
        if self.computed.basis.parts:
            yield self._key()

    def _computation(self) -> Passage:
        computed, line = self.computed, self.line
        half, total = computed.shares.half, sum(each.inhabitants for each in computed.basis.figures)
        rows = [(_("Budget of the network"), f"{kronor(computed.basis.budget)} kr"),
                (_("Half that the municipalities pay"), f"{kronor(half)} kr")]  # fmt: skip
        if line.inhabitants is not None:
            rows += [
                (_("Inhabitants %(day)s") % {"day": computed.day}, whole(line.inhabitants)),
                (_("Inhabitants of all municipalities"), whole(total)),
                (_("Share of this half"), per_cent(line.inhabitants, total)),
                (_("To pay by population"), f"{kronor(computed.shares.municipal.get(line.kommunkod))} kr"),
            ]
        if line.parts is not None:
            parts = sum(each.parts for each in computed.basis.parts)
            paid = (computed.shares.other or {}).get(line.organisation)
            rows += [(_("Parts of the other half by the key"), f"{whole(line.parts)} / {whole(parts)}"),
                     (_("To pay by the key"), f"{kronor(paid)} kr")]  # fmt: skip
        columns = (Column(heading=_("What"), weight=3), Column(heading=_("Amount"), kind="number", weight=2))
        total_row = (_("To pay"), f"{kronor(line.amount)} kr")
        return Passage(
            heading=_("Computation"), text=key_words(computed), columns=columns, rows=tuple(rows), total=total_row
        )

    def _compared(self, before: Computed, after: Computed) -> Passage:
        line = self.line
        rows = (
            (_("Preliminary"), before.day, f"{kronor(before.basis.budget)} kr", f"{kronor(line.estimated)} kr"),
            (_("Final"), after.day, f"{kronor(after.basis.budget)} kr", f"{kronor(line.settled)} kr"),
        )
        columns = (Column(heading=_("Stage"), weight=2), Column(heading=_("Figures of"), weight=2),
                   Column(heading=_("Budget"), kind="number", weight=2),
                   Column(heading=_("Share"), kind="number", weight=2))  # fmt: skip
        total = (_("Difference"), "", "", f"{change(line.difference)} kr")
        return Passage(heading=_("Preliminary and final"), columns=columns, rows=rows, total=total)

    def _basis(self) -> Passage:
        """All figures and shares, so that anybody can compute it again."""
        computed = self.computed
        shares = computed.shares.municipal
        rows = tuple(
            (each.kommunkod, each.name, whole(each.inhabitants), kronor(shares.get(each.kommunkod)))
            for each in computed.basis.figures
        )
        total = ("", _("Sum"), whole(sum(each.inhabitants for each in computed.basis.figures)),
                 kronor(sum(shares.values())))  # fmt: skip
        columns = (Column(heading=_("Code"), weight=1), Column(heading=_("Municipality"), weight=3),
                   Column(heading=_("Inhabitants %(day)s") % {"day": computed.day}, kind="number", weight=2),
                   Column(heading=_("Kronor"), kind="number", weight=2))  # fmt: skip
        text = _("Inhabitants on %(day)s. Source: %(source)s.") % {"day": computed.day, "source": computed.source}
        return Passage(heading=_("Basis"), text=text, columns=columns, rows=rows, total=total)

    def _key(self) -> Passage:
        computed = self.computed
        shares = computed.shares.other or {}
        rows = tuple((each.name, whole(each.parts), kronor(shares.get(each.organisation)))
                     for each in computed.basis.parts)  # fmt: skip
        total = (_("Sum"), whole(sum(each.parts for each in computed.basis.parts)), kronor(sum(shares.values())))
        columns = (Column(heading=_("Member"), weight=3), Column(heading=_("Parts of the key"), kind="number"),
                   Column(heading=_("Kronor"), kind="number", weight=2))  # fmt: skip
        return Passage(heading=_("The other half"), text=key_words(computed), columns=columns, rows=rows, total=total)


def statement_of(page: SpacePage, budget: Budget, line: Line) -> Statement:
    """Return a member's statement; raises `Refused("not_found")` where nothing has been computed."""
    if budget.computed is None:
        raise Refused("not_found")
    found = organisation(page.lens.directory, line.organisation)
    return Statement(budget, line, organisation_name(found) if found else line.name, budget.computed)


def statement_document(page: SpacePage, budget: Budget, line: Line) -> shapes.LetterDocument:
    """Return a member's statement as it is printed; raises `Refused("not_found")` where nothing has been computed."""
    statement = statement_of(page, budget, line)
    title = _("Share of costs %(year)s") % {"year": budget.year}
    return shapes.LetterDocument(
        frame=letter_frame(page, f"{title}, {statement.member}"), facts=statement.facts, passages=statement.passages
    )


def statement_pdf(page: SpacePage, budget: Budget, line: Line) -> bytes:
    """Return the document; raises `Refused`: `document_busy`, `fault`."""
    try:
        return render("letter", statement_document(page, budget, line).as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error


def letter_frame(page: SpacePage, title: str, marks: tuple[str, ...] = ()) -> shapes.Frame:
    """Return what a letter out of a space says of itself; `marks` besides that it is a demonstration."""
    language: Literal["sv", "en"] = "en" if (get_language() or "sv").startswith("en") else "sv"
    loud = ("demonstration",) if settings.GEMENSAM_DEMO else ()
    return shapes.Frame(
        title=title, language=language, author=f"{settings.GEMENSAM_NETWORK_NAME}, {printed_by(page)}",
        space=page.title, printed_at=page.lens.now, printed_by=printed_by(page),
        circle=_("%(n)s organisations") % {"n": len(page.lens.readers(page.space).organisations)},
        moment=times.exact(page.moment.at) if page.historical else "", marks=(*loud, *marks),
        heads=tuple(FeedHead(**head) for head in page.state.basis()),  # type: ignore[arg-type]
    )  # fmt: skip


def printed_by(page: SpacePage) -> str:
    principal, directory = page.lens.principal, page.lens.directory
    who, post = organisation(directory, principal.organisation), function(directory, principal.function)
    return f"{who.short if who else principal.organisation} – {function_name(post) if post else principal.function}"
