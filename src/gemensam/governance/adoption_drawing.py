"""The matrices of antagande drawn in Python (a template takes far longer): for all readers of the same spaces.

On a phone the same table is laid out as cards by its style: each cell carries the name of its column.
"""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.core.state import Thing
from gemensam.governance import adoption_labels as labels
from gemensam.governance.adoption_queries import Board, ChainRow, Chains
from gemensam.governance.adoption_words import CellWords, cell_words, word
from gemensam.governance.document_queries import DocumentShown
from gemensam.governance.domain import chain, standing
from gemensam.governance.domain.chain import Cell
from gemensam.governance.domain.decisions import DecisionData
from gemensam.organisations.domain import Organisation
from gemensam.organisations.names import organisation_name
from gemensam.web.shapes import escape


def draw_board(board: Board, query: str = "") -> SafeString:
    """Return members × documents; `query`: the chosen day and moment, for links."""
    heads = "".join(_document_head(each, query) for each in board.documents)
    foot = "".join(_sum(board, each) for each in board.documents)
    body = "".join(_board_row(board, member, query) for member in board.members)
    caption = _("Members and steering documents, %(day)s") % {"day": board.day}
    first = escape(pgettext("adoption", "Member"))
    return _safe(
        f'<table class="matrix adoption"><caption class="visually-hidden">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{first}</th>{heads}</tr></thead><tbody>{body}</tbody>'
        f'<tfoot><tr><th scope="row">{escape(_("Sum"))}</th>{foot}</tr></tfoot></table>'
    )


def _document_head(document: DocumentShown, query: str) -> str:
    href = f"/spaces/{document.space}/documents/{document.subject}/adoption/{query}"
    return f'<th scope="col"><a href="{escape(href)}">{escape(document.data.code)}</a></th>'


def _member_head(member: Organisation, query: str, note: str = "") -> str:
    small = f'<small class="row-note">{escape(note)}</small>' if note else ""
    href = f"/governance/members/{member.id}/{query}"
    return f'<th scope="row"><a href="{escape(href)}">{escape(organisation_name(member))}</a>{small}</th>'


def _board_row(board: Board, member: Organisation, query: str) -> str:
    cells = "".join(_standing_cell(board, document, member) for document in board.documents)
    return f'<tr data-key="{escape(member.id)}">{_member_head(member, query)}{cells}</tr>'


def _standing_cell(board: Board, document: DocumentShown, member: Organisation) -> str:
    found = board.of(document, member.id)
    words = cell_words(found, board.basis(found))
    inside = _mark(words) + (f"<small>{escape(words.brief)}</small>" if words.brief else "")
    if found.waits:
        inside += f'<small class="note">{escape(_("not confirmed"))}</small>'
    if found.basis:
        href = escape(f"/spaces/{document.space}/decisions/{found.basis}/")
        inside = f'<a href="{href}" title="{escape(words.whole)}">{inside}</a>'
    return f'<td class="stand {found.code}" data-head="{escape(document.data.code)}">{inside}</td>'


def _mark(words: CellWords) -> str:
    return f'<span class="said"><span class="sign" aria-hidden="true">{words.sign}</span> {escape(words.short)}</span>'


def _sum(board: Board, document: DocumentShown) -> str:
    counted = board.counted(document)
    lines = "".join(
        f"<li>{counted[code]} {escape(str(labels.SHORT[code]))}</li>" for code in standing.STANDINGS if code in counted
    )
    return f'<td class="sum" data-head="{escape(document.data.code)}"><ul>{lines}</ul></td>'


# Members × steps of one document ----------------------------------------------------------------------------------


def draw_chains(chains: Chains, query: str = "") -> SafeString:
    """Return members × steps of one document, with each member's standing first."""
    rules = chains.board.rules
    heads = "".join(
        f'<th scope="col"><abbr title="{escape(word(rules, "decision_steps", step["code"]))}">'
        f"{escape(word(rules, 'decision_steps', step['code'], 'short'))}</abbr></th>"
        for step in chains.steps
    )
    body = "".join(_chain_row(chains, row, query) for row in chains.rows)
    caption = _("Members and steps to a decision on %(title)s") % {"title": chains.document.data.code}
    first, second = escape(pgettext("adoption", "Member")), escape(pgettext("adoption", "Standing"))
    return _safe(
        f'<table class="matrix adoption chains"><caption class="visually-hidden">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{first}</th><th scope="col">{second}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _chain_row(chains: Chains, row: ChainRow, query: str) -> str:
    words = cell_words(row.standing, None)
    head = escape(pgettext("adoption", "Standing"))
    stand = f'<td class="stand {words.code}" data-head="{head}" title="{escape(words.whole)}">{_mark(words)}</td>'
    cells = "".join(_chain_cell(chains, cell) for cell in row.cells)
    named = _member_head(row.member, query, _route(chains, row))
    return f'<tr data-key="{escape(row.member.id)}">{named}{stand}{cells}</tr>'


def _route(chains: Chains, row: ChainRow) -> str:
    if row.route.is_own:
        return ""
    return _("route: proposal") if row.route.steps else _("route: not stated")


def _chain_cell(chains: Chains, cell: Cell) -> str:
    rules, space = chains.board.rules, chains.document.space
    head = escape(word(rules, "decision_steps", cell.step, "short"))
    inside = "".join(_step(chains, space, thing) for thing in cell.things) or escape(_cell_text(cell))
    note = f'<small class="note">{escape(str(labels.CELL[cell.state]))}</small>' if _is_doubtful(cell) else ""
    return f'<td class="step {cell.state}" data-head="{head}">{inside}{note}</td>'


def _is_doubtful(cell: Cell) -> bool:
    return bool(cell.things) and cell.state in (chain.UNCONFIRMED, chain.RETURNED)


def _cell_text(cell: Cell) -> str:
    if cell.state == chain.OFF_ROUTE:
        return "–"
    if cell.state == chain.EARLIEST:
        return _("at the earliest %(day)s") % {"day": cell.day}
    return f"{labels.CELL[cell.state]} {cell.day}".strip()


def _step(chains: Chains, space: str, thing: Thing) -> str:
    data: DecisionData = thing.data
    rules = chains.board.rules
    mark = f"§ {data.paragraph}" if data.paragraph else ""
    outcome = word(rules, "decision_outcomes", data.outcome)
    first = " ".join(filter(None, [data.date or _("(no date stated)"), mark]))
    stage = _("proposal") if rules.stages.get(data.step) == standing.PROPOSAL and outcome else ""
    said = f"{outcome} ({stage})" if stage else outcome
    lines = [first, said, data.body, data.diarienummer]
    text = "<br>".join(escape(line) for line in lines if line)
    file = _file(space, data)
    return f'<a href="/spaces/{escape(space)}/decisions/{escape(thing.subject)}/">{text}</a>{file}'


def _file(space: str, data: DecisionData) -> str:
    if not data.file:
        return ""
    name = escape(_("File: %(name)s") % {"name": data.file_name or _("the decision")})
    href = escape(f"/spaces/{space}/attachments/{data.file}/")
    return f' <a class="file" href="{href}" title="{name}">{escape(_("file"))}</a>'


def legend() -> Sequence[tuple[str, str, str]]:
    """Return (code, sign, word) of every standing, for the legend."""
    return [(code, labels.SIGNS[code], str(labels.STANDING[code])) for code in standing.STANDINGS]


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  every value is escaped where it is put in
