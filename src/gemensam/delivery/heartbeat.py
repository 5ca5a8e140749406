"""Signs of life of what runs by itself, as small files in the data folder: read for every page."""

from pathlib import Path

from django.conf import settings

WORKER, SENDER = "worker.beat", "sender.beat"
WORKER_LATE_MS, SENDER_LATE_MS = 60_000, 15_000


def note_beat(now: int) -> None:
    """Note that the jobs have been done at an instant (ms UTC)."""
    _file(WORKER).write_text(str(now))


def note_sending(now: int, oldest_due: int) -> None:
    """Note that the outbox was looked into, and when the oldest message fell due that nobody has begun (0: none)."""
    _file(SENDER).write_text(f"{now} {oldest_due}")


def late_since(now: int) -> int | None:
    """Return since when what runs by itself stands still or messages wait (ms UTC); None while all is well.

    Jobs may be a minute late, messages 15 seconds.
    """
    found = [since for since in (_jobs_since(now), _messages_since(now)) if since is not None]
    return min(found, default=None)


def _jobs_since(now: int) -> int | None:
    noted = _read(WORKER)
    return noted[0] if noted and now - noted[0] > WORKER_LATE_MS else None


def _messages_since(now: int) -> int | None:
    noted = _read(SENDER)
    if len(noted) != 2:
        return None
    beat, oldest = noted
    if now - beat > SENDER_LATE_MS:
        return beat
    return oldest if oldest and now - oldest > SENDER_LATE_MS else None


def _read(name: str) -> list[int]:
    try:
        return [int(part) for part in _file(name).read_text().split()]
    except (FileNotFoundError, ValueError):
        return []


def _file(name: str) -> Path:
    return Path(settings.GEMENSAM_DATA) / name
