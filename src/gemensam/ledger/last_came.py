"""When an entry of a kind last came into a space, without folding it: for what looks at all spaces at every beat."""

from gemensam.ledger.log import fetch

_SINCE = (
    "SELECT max(position), max(CASE WHEN kind = %s THEN received_at END) FROM ledger_entry "
    "WHERE space = %s AND position > %s"
)


class LastCame:
    """Remembers for one kind how far each space has been looked through; only what came since is read."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._seen: dict[str, tuple[int, int]] = {}
        _all.append(self)

    def at(self, space: str) -> int:
        """Return when the newest one was received (ms UTC), 0 if never."""
        position, known = self._seen.get(space, (0, 0))
        last, came = fetch(_SINCE, [self._kind, space, position])[0]
        if last is None:
            return known
        found = max(known, came or 0)
        self._seen[space] = (last, found)
        return found

    def forget(self) -> None:
        self._seen.clear()


_all: list[LastCame] = []


def forget_last_came() -> None:
    """Drop what is remembered (between tests and after a restore)."""
    for each in _all:
        each.forget()
