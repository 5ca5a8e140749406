"""Looks at a database after a fault: what was acknowledged comes on stdin; exits 1 with what is wrong."""

import hashlib
import json
import sys


def main() -> int:
    """Compare the log with what was acknowledged and print the fingerprint of the state."""
    import django

    django.setup()
    from gemensam.core.state import summary
    from gemensam.ledger.checking import check_database
    from gemensam.ledger.log import LOG, fetch

    given = json.load(sys.stdin)
    rows = fetch("SELECT subject, digest FROM ledger_entry WHERE space = %s", [given["space"]])
    stored = {(subject, digest) for subject, digest in rows}
    missing = [subject for subject, digest in given["digests"].items() if (subject, digest) not in stored]
    twice = len(rows) - len({subject for subject, _ in rows})
    faults = {space: verdict.faults for space, verdict in check_database(every_signature=True) if verdict.faults}
    state = json.dumps(summary(LOG.catch_up(given["space"])), sort_keys=True, ensure_ascii=False)
    print(hashlib.sha256(state.encode()).hexdigest())
    if missing or faults or twice:
        print(f"missing: {missing[:5]} ({len(missing)}), written twice: {twice}, faults: {faults}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
