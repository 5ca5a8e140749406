"""The full-text tables, which differ between the databases; everything else is ordinary models."""

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE ledger_search USING fts5("
        'stems, space UNINDEXED, position UNINDEXED, tokenize="unicode61 remove_diacritics 0")',
    ],
    "postgresql": [
        "CREATE TABLE ledger_search ("
        "rowid bigint PRIMARY KEY, stems tsvector NOT NULL, space text NOT NULL, position bigint NOT NULL)",
        "CREATE INDEX ledger_search_stems ON ledger_search USING gin (stems)",
        "CREATE INDEX ledger_search_position ON ledger_search (space, position)",
    ],
}
# `rowid` is the entry's own: so the table is in order of arrival, and a page can go on from an entry. The statement
# stands right after the one that inserts the entry.
INSERT = {
    "sqlite": "INSERT INTO ledger_search(rowid, stems, space, position) VALUES (last_insert_rowid(), %s, %s, %s)",
    "postgresql": "INSERT INTO ledger_search(rowid, stems, space, position) "
    "VALUES (lastval(), array_to_tsvector(%s::text[]), %s, %s)",
}
# The same for an entry that is already there: its text comes back.
INSERT_AGAIN = {
    "sqlite": "INSERT INTO ledger_search(rowid, stems, space, position) "
    "SELECT id, %s, space, position FROM ledger_entry WHERE space = %s AND position = %s",
    "postgresql": "INSERT INTO ledger_search(rowid, stems, space, position) "
    "SELECT id, array_to_tsvector(%s::text[]), space, position FROM ledger_entry WHERE space = %s AND position = %s",
}


def stored_form(vendor: str, tokens: list[str]) -> str | list[str]:
    """Return tokens as the database takes them: a text for SQLite, an array without repeats for PostgreSQL."""
    return " ".join(tokens) if vendor == "sqlite" else sorted(set(tokens))
