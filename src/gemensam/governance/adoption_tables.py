"""Antagande as tables for other programs, and as a document to print and keep."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.documents import shapes
from gemensam.documents.rendering import DocumentError, render
from gemensam.governance import adoption_labels as labels
from gemensam.governance.adoption_queries import Board, ChainRow, Chains
from gemensam.governance.adoption_words import cell_words, word
from gemensam.governance.domain.chain import OFF_ROUTE, Cell
from gemensam.ledger.describing import Names
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import Organisation
from gemensam.organisations.names import organisation_name
from gemensam.picture.pdf import BUSY

Table = tuple[list[str], list[Sequence[object]]]
STANDING = "standing"


def board_table(board: Board) -> Table:
    """Return head and lines: one line for each member and document."""
    head = [
        _("Member"),
        _("Document"),
        pgettext("adoption", "Standing"),
        pgettext("adoption", "In force"),
        *_decision_heads(),
        _("Entry"),
    ]
    lines = [_board_line(board, member, place) for member in board.members for place in range(len(board.documents))]
    return head, lines


def _decision_heads() -> list[str]:
    names = ("step", "outcome", "body", "date", "paragraph", "diarienummer")
    return [str(labels.FIELDS[name]) for name in names]


def _board_line(board: Board, member: Organisation, place: int) -> Sequence[object]:
    document = board.documents[place]
    found = board.of(document, member.id)
    data = board.basis(found)
    step: Sequence[object] = _step_cells(board, data) if data is not None else ("",) * 6
    in_force = _("Yes") if found.in_force else ""
    words = cell_words(found, None).whole
    return (
        organisation_name(member),
        document.data.code,
        words,
        in_force,
        *step,
        data.content if data is not None else "",
    )


def _step_cells(board: Board, data: Any) -> Sequence[object]:
    rules = board.rules
    return (
        word(rules, "decision_steps", data.step), word(rules, "decision_outcomes", data.outcome), data.body, data.date,
        data.paragraph, data.diarienummer,
    )  # fmt: skip


def board_cells(board: Board, member: Organisation) -> Iterator[str]:
    """Yield what a member's row says in print: the standing, and the deciding step below it."""
    for document in board.documents:
        found = board.of(document, member.id)
        words = cell_words(found, board.basis(found))
        yield "\n".join(filter(None, [words.short, words.brief]))


def chain_table(chains: Chains, *, brief: bool = False) -> Table:
    """Return head and lines: one for each step that is registered or missing; `brief` for paper, without digests."""
    head = [_("Member"), pgettext("adoption", "Standing"), pgettext("table", "State"), *_decision_heads()]
    lines = [line for row in chains.rows for line in _chain_lines(chains, row, brief=brief)]
    return (head if brief else [*head, _("File"), _("Entry")]), lines


def _chain_lines(chains: Chains, row: ChainRow, *, brief: bool) -> Iterator[Sequence[object]]:
    standing = cell_words(row.standing, None).whole
    for cell in row.cells:
        if cell.state == OFF_ROUTE:
            continue
        for told in _cell_lines(chains, cell):
            yield (
                organisation_name(row.member),
                standing,
                str(labels.CELL[cell.state]),
                *(told[:6] if brief else told),
            )


def _cell_lines(chains: Chains, cell: Cell) -> Iterator[Sequence[object]]:
    if not cell.things:
        yield (word(chains.board.rules, "decision_steps", cell.step), "", "", cell.day, "", "", "", "")
    for thing in cell.things:
        yield (*_step_cells(chains.board, thing.data), thing.data.file_name, thing.data.content)


def table_pdf(lens: Lens, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as PDF/A; raises `Refused`: `document_busy`, `fault`."""
    columns = tuple(shapes.Column(heading=head, weight=3 if place else 2) for place, head in enumerate(heads))
    printed = tuple(tuple(cell or "–" for cell in row) for row in rows)
    document = shapes.TableDocument(frame=_frame(lens, title), columns=columns, rows=printed, counted=False)
    try:
        return render("table", document.as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error


def _frame(lens: Lens, title: str) -> shapes.Frame:
    language: Literal["sv", "en"] = "en" if (get_language() or "sv").startswith("en") else "sv"
    names = Names(lens.directory, lens.state(STANDING))
    who = f"{names.organisation(lens.principal.organisation)} – {names.function(lens.principal.function)}"
    return shapes.Frame(
        title=title, language=language, author=f"{settings.GEMENSAM_NETWORK_NAME}, {who}",
        space=_("Steering documents"), printed_at=lens.now, printed_by=who,
        circle=_("%(n)s organisations") % {"n": len(lens.readers(STANDING).organisations)},
        marks=("demonstration",) if settings.GEMENSAM_DEMO else (),
    )  # fmt: skip
