"""Refusals in plain words on the command line: with Django's labels where it is loaded, else from here."""

import sys

from gemensam.core.refusal import Refused

WORDS = {
    "not_initialised": "this folder holds no node; run `gemensam init --region REGION --data DIR` first",
    "already_initialised": "this folder has been initialised already; nothing was changed",
    "no_such_region": "no such region: {region}; there are: {regions}",
    "no_such_organisation": "no such organisation: {organisation}",
    "file_empty": "the file is empty",
    "file_not_ours": "this is no file that `gemensam export` has made",
    "file_malformed": "line {line} of the file cannot be read",
    "file_cut": "the file ends before its last line; it is not whole",
    "file_exists": "{file} exists; choose another name",
    "line_refused": "line {line}: {why}",
    "database_behind_tip": "the database lacks entries that were acknowledged (space {space}: {acknowledged}, found "
    "{found}); restore a newer backup, or run `gemensam restore-node`",
    "not_found": "there is no such space",
    "port_taken": "port {port} is taken; choose another with --port",
    "demo_only_here": "a demonstration answers only this machine; leave --host out",
    "not_a_demo": "this folder holds a network that is no demonstration; choose another with --data",
    "key_without_certificate": "--certificate and --key go together",
    "worker_running": "another worker is active on this data folder",
    "document_empty": "the file is empty",
    "document_too_large": "the file has {bytes} bytes; at most {most} are read",
    "document_not_what_it_says": "the name says {said}, but the file is {found}",
    "document_kind_unknown": "this is {found}; PDF, DOCX and text are read",
    "document_encrypted": "the file is locked by a password; save it without one",
    "document_damaged": "the file is damaged or cut off",
    "document_hostile": "the file is made so that reading it would do harm, or makes the reader fail; it was not read",
    "document_without_text": "the file holds pictures of pages and no text (scanned); it has to be read by a person",
    "document_too_many_pages": "the file has {pages} pages; at most {most} are read",
    "document_timeout": "the file takes too long to read",
    "document_memory": "the file takes too much memory to read",
    "reading_busy": "other documents are being read",
    "file_refused": "{file}: {why}",
    "budget_wrong": "{given!r} is no budget; give it in whole kronor, such as 7000000",
    "budget_with_ore": "the budget {given} has öre; give it in whole kronor",
    "budget_not_positive": "the budget must be at least 1 krona",
    "budget_too_large": "the budget is at most {most} kronor",
    "budget_odd": "half of the budget would be half an öre; give it in whole kronor",
    "cost_day_wrong": "{given!r} is no day; write it as 2026-01-01",
    "cost_rule_unknown": "the rounding rule {rule!r} is not known to this version",
    "cost_weights": "there is nobody to share among",
    "cost_file_empty": "the file holds no rows",
    "cost_file_too_large": "the file is too large: at most {most} bytes are read",
    "cost_file_not_utf8": "line {line}: the file is not text in UTF-8; save it as CSV UTF-8",
    "cost_file_no_table": "line {line}: the file cannot be read as a table (a quotation mark without its pair?)",
    "cost_file_column_missing": "the file has no column {column!r}",
    "cost_file_column_twice": "the column {column!r} stands twice",
    "cost_file_row_long": "line {line} has more cells than the table has columns",
    "population_column_missing": "the file has no column {column!r}; it has: {there}",
    "population_code_missing": "line {line} ({name}): the kommunkod is missing",
    "population_code_wrong": "line {line} ({name}): {kommunkod!r} is no kommunkod; it has four digits, also where the "
    "first is zero",
    "population_code_unknown": "line {line} ({name}): kommunkod {kommunkod} is no municipality of this network",
    "population_twice": "line {line} ({name}): the municipality stands on line {first} already",
    "population_name_wrong": "line {line}: kommunkod {kommunkod} is {known}, but the row says {name}",
    "population_none": "line {line} ({name}): the population is missing",
    "population_negative": "line {line} ({name}): the population {given} is negative",
    "population_not_whole": "line {line} ({name}): {given!r} is no whole number of inhabitants",
    "population_zero": "line {line} ({name}): the population is 0",
    "population_too_large": "line {line} ({name}): {given} inhabitants cannot be right",
    "population_sum_wrong": "line {line} ({name}): the row says {given}, but the municipalities add up to {added}",
    "population_missing": "municipalities without a row: {names}",
    "key_member_unknown": "line {line}: {name!r} is no member of this network",
    "key_twice": "line {line} ({name}): the member stands on line {first} already",
    "key_parts_wrong": "line {line} ({name}): {given!r} is no whole number of parts, 0 or more",
    "key_without_parts": "nobody pays any part by the key",
    "nothing_to_restore": "the database is not behind what was acknowledged; nothing was changed",
}


def reason(refused: Refused) -> str:
    """Return one line that says what was refused and, where it can, what to do."""
    known = WORDS.get(refused.code)
    if known is not None:
        return known.format(**refused.facts)
    if "django" in sys.modules:
        from django.conf import settings

        if settings.configured:
            from django.utils import translation

            from gemensam.web import labels

            with translation.override("en"):
                return f"{labels.words(refused)} [{refused}]"
    return str(refused)
