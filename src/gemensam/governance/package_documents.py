"""The package as files: missiv and draft as PDF/A and DOCX, the statements, and the document's own files unchanged.

The same entries give the same bytes, whoever asks: every file says when the last entry came that it is made from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.costs.statement import letter_frame, statement_document
from gemensam.documents import docx
from gemensam.documents.rendering import DocumentError, render
from gemensam.documents.shapes import Frame, LetterDocument, Passage
from gemensam.governance.package_content import MISSIV, SKRIVELSE, Package
from gemensam.ledger.blobs import open_blob
from gemensam.ledger.tables import file_name
from gemensam.web import times
from gemensam.web.page import page_now

BUSY = frozenset({"busy", "timeout", "memory", "too_large"})
LARGEST_NAME = 120


def package_zip(package: Package) -> bytes:
    """Return the package as one file; raises `Refused`: `document_busy`, `fault`."""
    files: dict[str, bytes] = {}
    for name, body in _files(package):
        files[_free(name, files)] = body
    return docx.zip_of(files)


def _files(package: Package) -> Iterator[tuple[str, bytes]]:
    for number, (paper, name) in enumerate(((MISSIV, "missiv"), (SKRIVELSE, "tjansteskrivelse-utkast")), 1):
        letter = letter_of(package, paper)
        yield f"{number}-{name}.pdf", _rendered(letter)
        yield f"{number}-{name}.docx", word_file(letter)
    standing = page_now(package.page.lens, package.page.lens.space(STANDING))
    for budget, line in package.shares:
        if line is not None:
            document = statement_document(standing, budget, line)
            yield (
                f"3-kostnadsandel-{budget.year}.pdf",
                _rendered(replace(document, frame=_steady(package, document.frame))),
            )
    for name, body in _attachments(package):
        yield f"bilagor/{_safe(name)}", body


def _attachments(package: Package) -> Iterator[tuple[str, bytes]]:
    """Yield the document's files as they were given; one that is in quarantine or disposed of is left out."""
    for one in package.told.get("files", ()):
        try:
            attachment, body = open_blob(package.page.lens, package.document.space, one["digest"])
        except Refused:
            continue
        yield attachment.name, body


def letter_of(package: Package, paper: str) -> LetterDocument:
    """Return the missiv or the draft; a draft says on every page that it is one."""
    title = _("Missiv") if paper == MISSIV else _("Draft of a tjänsteskrivelse")
    marks = () if paper == MISSIV else (_("DRAFT"),)
    frame = letter_frame(package.page, f"{title}: {package.document.data.title}", marks)
    facts = package.facts() if paper == SKRIVELSE else package.facts()[:4]
    return LetterDocument(frame=_steady(package, frame), facts=facts, passages=package.passages(paper))


def _steady(package: Package, frame: Frame) -> Frame:
    """Return the frame as it is for every reader: by the network, at the time of the last entry it is made from."""
    at = max([package.document.thing.last_clock.ms, *(computed.at for budget, _line in package.shares
                                                      if (computed := budget.computed) is not None)])  # fmt: skip
    by = settings.GEMENSAM_NETWORK_NAME
    return replace(frame, printed_at=at, printed_by=by, author=by)


def _rendered(letter: LetterDocument) -> bytes:
    try:
        return render("letter", letter.as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error


def word_file(letter: LetterDocument) -> bytes:
    """Return a letter as a document to write on; its marks stand at the top of every page."""
    frame = letter.frame
    marks = [_("DEMONSTRATION") if mark == "demonstration" else mark for mark in frame.marks]
    about = _("Made from the log as it stood %(at)s.") % {"at": times.exact(frame.printed_at)}
    blocks: list[docx.Block] = [docx.Heading(frame.title, 1), docx.Paragraph(about)]
    blocks += [docx.Paragraph(f"{fact.name}: {fact.value}") for fact in letter.facts if fact.value]
    for passage in letter.passages:
        blocks += _blocks(passage)
    return docx.write_docx(
        frame.title, blocks, language=frame.language, author=frame.author, running=" · ".join([*marks, frame.space])
    )


def _blocks(passage: Passage) -> Iterator[docx.Block]:
    yield docx.Heading(passage.heading)
    if passage.text:
        yield docx.Paragraph(passage.text)
    if passage.points:
        yield docx.Points(passage.points)
    if passage.columns:
        numbers = frozenset(place for place, column in enumerate(passage.columns) if column.kind == "number")
        rows: Sequence[Sequence[str]] = [*passage.rows, *([passage.total] if passage.total else [])]
        yield docx.Table([column.heading for column in passage.columns], rows, numbers)
    if passage.gap:
        yield docx.Paragraph(f"[{_('To be completed')}: {passage.gap}]", gap=True)


def _safe(name: str) -> str:
    """A file's own name, without what a zip's reader might take for a folder."""
    stem, dot, ending = name.rpartition(".")
    plain = file_name(stem or ending).removeprefix("DEMONSTRATION-")[:LARGEST_NAME]
    return f"{plain}.{file_name(ending).removeprefix('DEMONSTRATION-')}" if dot and stem else plain


def _free(name: str, taken: dict[str, bytes]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{stem}-{number}{dot}{ending}"
    return found
