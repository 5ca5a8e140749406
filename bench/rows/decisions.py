"""Reading decision documents: one, and one of every member at once, by the command and by the form of the office."""

import re
import secrets
import time
from pathlib import Path

from bench.figures import Figure, Limit, Outcome, median
from bench.houses import House, Server, ask, get
from bench.site import Site
from tests.governance import making
from tests.governance.making import made
from tests.governance.samples import SAMPLES

ROW = "reading decision documents"
ALONE_S, TOGETHER_S = 1.0, 20.0
MEMBERS, ROUNDS = 37, 5
KINDS = ("pdf", "docx", "text")
FORM = "/governance/decisions/read/"
LOOK_EVERY_S = 0.1  # a page that shows the progress looks once a second


def measure(site: Site, database: str) -> list[Outcome]:
    """Read a PDF some times, and documents of three kinds for all members; the command's start is in both."""
    house, folder = site.small(database), site.home / "decisions"
    folder.mkdir()
    files = [_written(folder, number) for number in range(MEMBERS)]
    start = Limit(
        median([_seconds(house, "read-decision", "--help") for _ in range(ROUNDS)]), "the command's own start"
    )
    alone = [_seconds(house, "read-decision", str(files[0]), "--json") for _ in range(ROUNDS)]
    together = _seconds(house, "read-decision", *map(str, files), "--json")
    with house.serving() as server:
        by_form = _by_form(house, server, files)
    return [
        Figure(ROW, f"one, median of {ROUNDS}", "", median(alone), "s", ALONE_S, limit=start),
        Figure(ROW, f"{MEMBERS} at once", "", together, "s", TOGETHER_S, limit=start),
        Figure(ROW, f"{MEMBERS} at once by the form, until the last is read", "", by_form, "s", TOGETHER_S),
    ]


def _written(folder: Path, number: int) -> Path:
    sample, kind = SAMPLES[number % len(SAMPLES)], KINDS[number % len(KINDS)]
    path = folder / f"{number}{Path(making.NAMES[kind]).suffix}"
    path.write_bytes(made(kind, sample.blocks, sample.head, f"Nummer {number}\t{sample.foot}"))
    return path


def _seconds(house: House, *command: str) -> float:
    began = time.perf_counter()
    house.command(*command)
    return time.perf_counter() - began


def _by_form(house: House, server: Server, files: list[Path]) -> float:
    """Return the seconds from sending the files until the page says that the last has been read."""
    assert house.registrar is not None
    headers = house.registrar.browsing()
    get(server.port, FORM, headers)
    border = secrets.token_hex(16)
    sent = {**headers, "X-CSRFToken": house.registrar.csrf, "Content-Type": f"multipart/form-data; boundary={border}"}
    began = time.perf_counter()
    status, _, _ = ask(server.port, "POST", FORM, sent, _multipart(files, border))
    if status != 302:
        raise RuntimeError(f"the files are answered {status}")
    while _is_reading(server, headers):
        time.sleep(LOOK_EVERY_S)
    ended = time.perf_counter()
    _, _, page = get(server.port, f"{FORM}progress/", {**headers, "Accept-Encoding": "identity"})
    if (read := len(re.findall(rb'class="incoming-name" href=', page))) != len(files):
        raise RuntimeError(f"{read} of {len(files)} files were read")
    return ended - began


def _is_reading(server: Server, headers: dict[str, str]) -> bool:
    status, _, page = get(server.port, f"{FORM}progress/", {**headers, "Accept-Encoding": "identity"})
    if status != 200:
        raise RuntimeError(f"the progress is answered {status}")
    return b'data-live="reading"' in page


def _multipart(files: list[Path], border: str) -> bytes:
    head = f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="'
    parts = [f'{head}{one.name}"\r\n\r\n'.encode() + one.read_bytes() + b"\r\n" for one in files]
    return b"".join([*parts, f"--{border}--\r\n".encode()])
