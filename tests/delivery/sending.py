"""A process that forks workers: each sends what stands in `items.json` in the data folder.

A line on standard input forks one and prints its process id; the program is imported once.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Fork a worker for each line, until the input ends."""
    import django

    django.setup()
    from gemensam.delivery.channels import channels
    from gemensam.delivery.sender import Sender

    channels()  # all that is imported, before the fork

    print("ready", flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _register()
            Sender().run()
            os._exit(0)
        print(pid, flush=True)


def _register() -> None:
    from django.conf import settings

    from gemensam.delivery import outbox

    path = Path(settings.GEMENSAM_DATA) / "items.json"

    def source(_now: int) -> Iterator[outbox.Item]:
        told = json.loads(path.read_text()) if path.exists() else {"items": []}
        cause = told.get("cause") or _digest_of(told)
        for channel, address, due_at in told["items"] if cause else []:
            message = outbox.Message(channel, address, f"SSR LARM {told['round']}")
            name = f"{told['round']}:{channel}:{address}"
            yield outbox.Item(name, cause, told["space"], due_at, due_at + 60_000, message)

    outbox._sources.clear()
    outbox.register_source("killing", source)


def _digest_of(told: dict[str, Any]) -> str:
    """The entry that creates a thing, once it is there: the press that a call-out waits for."""
    from gemensam.ledger.log import fetch

    sql = "SELECT digest FROM ledger_entry WHERE space = %s AND subject = %s"
    rows = fetch(sql, [told.get("space", ""), told.get("subject", "")])
    return str(rows[0][0]) if rows else ""


if __name__ == "__main__":
    main()
