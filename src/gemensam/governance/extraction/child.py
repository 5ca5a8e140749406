"""The child process that reads one document: `python -m gemensam.governance.extraction.child`, bytes in, JSON out.

It limits itself before it reads anything. It answers 0 and the rows (with the number of a page after the name: that
page as a picture), or 1 and {"code", "facts"} on the error stream.
"""

import json
import resource
import sys
from collections.abc import Callable
from typing import Final

from gemensam.governance.extraction.file_kinds import kind_of
from gemensam.governance.extraction.rows import Extracted, Unreadable, as_json


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


def _pdf(data: bytes, most_pages: int) -> Extracted:
    from gemensam.governance.extraction.pdf_text import read_pdf

    return read_pdf(data, most_pages=most_pages)


def _docx(data: bytes, most_pages: int) -> Extracted:
    from gemensam.governance.extraction.docx_text import read_docx

    return read_docx(data, most_pages=most_pages)


def _text(data: bytes, most_pages: int) -> Extracted:
    from gemensam.governance.extraction.plain_text import read_text

    return read_text(data, most_pages=most_pages)


READERS: Final[dict[str, Callable[[bytes, int], Extracted]]] = {"pdf": _pdf, "docx": _docx, "text": _text}


def _rows(data: bytes, name: str, most_pages: int) -> bytes:
    extracted = READERS[kind_of(data, name)](data, most_pages)
    return json.dumps(as_json(extracted)).encode()


def _picture(data: bytes, page: int) -> bytes:
    from gemensam.governance.extraction.pdf_picture import draw_page

    return draw_page(data, page)


def main() -> int:
    """Read one document from standard input and write its rows, or a page's picture, to standard output."""
    memory, seconds, most_pages, name = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    limit(memory=memory, seconds=seconds)
    try:
        data = sys.stdin.buffer.read()
        page = int(sys.argv[5]) if len(sys.argv) > 5 else 0
        answer = _picture(data, page) if page else _rows(data, name, most_pages)
    except Unreadable as refusal:
        json.dump({"code": refusal.code, "facts": refusal.facts}, sys.stderr, default=str)
        return 1
    except MemoryError:
        json.dump({"code": "memory", "facts": {}}, sys.stderr)
        return 1
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
