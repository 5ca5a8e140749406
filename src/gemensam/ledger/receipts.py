"""What an account has written with idempotency keys: where a long piece of work was, after a restart."""

from gemensam.core.writing import Receipt
from gemensam.ledger.log import fetch


def receipt_of(account: str, key: str) -> Receipt | None:
    """Return the receipt of what an account wrote first under a key, or None."""
    rows = fetch(
        "SELECT r.space, r.position, e.digest, e.subject FROM ledger_request r "
        "JOIN ledger_entry e ON e.space = r.space AND e.position = r.position "
        "WHERE r.account = %s AND r.client_id = %s",
        [account, f"{key}/0"],
    )
    return next((Receipt(row[0], row[1], row[2], row[3], repeated=True) for row in rows), None)


def receipts_of(account: str) -> dict[str, Receipt]:
    """Return the receipts of everything that an account wrote with a key, by key; of several drafts the first's."""
    rows = fetch(
        "SELECT r.client_id, r.space, r.position, e.digest, e.subject FROM ledger_request r "
        "JOIN ledger_entry e ON e.space = r.space AND e.position = r.position "
        "WHERE r.account = %s AND r.client_id IS NOT NULL ORDER BY r.id",
        [account],
    )
    found = {row[0]: Receipt(row[1], row[2], row[3], row[4], repeated=True) for row in rows}
    return {name.removesuffix("/0"): receipt for name, receipt in found.items() if name.endswith("/0")}
