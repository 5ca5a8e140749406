"""The child process that sets one document: `python -m gemensam.documents.child`, JSON in, PDF out.

Typst keeps what memory it once took, and a document may be made to take much: so each gets a process of its own, that
limits itself before it reads anything. It answers 0 and the PDF, or 1 and {"code", "detail"} on the error stream.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

from gemensam.documents.layout import layout
from gemensam.documents.plain import CAUTIOUS, COVERED

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STANDARDS: list[Any] = ["a-2a", "ua-1"]
# Named one by one: Typst replaces a font that it does not find, and says so only in a warning.
BUILT_IN = ["Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern", "New Computer Modern Math"]


class Unprintable(Exception):
    """The document cannot be set; `code` as in `DocumentError`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def limit(*, memory: int, seconds: int) -> None:
    """Bound this process: bytes of address space, seconds of processor time, no files written, no core dumped."""
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (value, value))
    # The soft limit ends the process by a signal that names the reason, the hard one by a kill that does not.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def compile_document(request: dict[str, Any], covered: frozenset[int]) -> bytes:
    """Return the PDF of one request; the same request gives the same bytes."""
    view = layout(request["template"], request["data"], covered=covered)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[Path(folder) for folder in request["font_folders"]])
    compiler = typst.Compiler(
        TEMPLATES / f"{request['template']}.typ",
        root=TEMPLATES,
        font_paths=fonts,
        sys_inputs={"data": json.dumps(view), "fonts": json.dumps([*request["fonts"], *BUILT_IN])},
        # There are no packages, and nothing is ever fetched.
        package_path=TEMPLATES / "packages",
        package_cache_path=TEMPLATES / "packages",
    )
    pdf, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=STANDARDS, timestamp=request["data"]["frame"]["printed_at"] // 1000
    )
    if warnings:
        raise Unprintable("warning", "; ".join(warning.message for warning in warnings))
    if not isinstance(pdf, bytes):
        raise Unprintable("failed", "no PDF came out")
    return pdf


def document(request: dict[str, Any]) -> bytes:
    """Set the document, and if shaping its text fails, once more with every rarer character written out."""
    try:
        return compile_document(request, COVERED)
    except BaseException as first:
        if not _is_typesetting(first):
            raise
        try:
            return compile_document(request, CAUTIOUS)
        except typst.TypstError as second:
            raise Unprintable("failed", second.diagnostic or second.message) from second


def _is_typesetting(error: BaseException) -> bool:
    # A panic inside the compiler arrives as pyo3's PanicException, which is no Exception and cannot be imported.
    return isinstance(error, typst.TypstError) or type(error).__name__ == "PanicException"


def answer(request: dict[str, Any]) -> bytes:
    """Return the PDF; every other outcome is raised as Unprintable."""
    try:
        return document(request)
    except (KeyError, ValueError, TypeError, IndexError) as fault:
        raise Unprintable("bad_data", f"{type(fault).__name__}: {fault}") from fault
    except MemoryError as full:
        raise Unprintable("memory", "the document needs more memory than a print may take") from full


def main() -> int:
    """Read one request from standard input and write its PDF to standard output."""
    limit(memory=int(sys.argv[1]), seconds=int(sys.argv[2]))
    try:
        pdf = answer(json.load(sys.stdin.buffer))
    except Unprintable as refusal:
        json.dump({"code": refusal.code, "detail": str(refusal)[:2000]}, sys.stderr)
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
