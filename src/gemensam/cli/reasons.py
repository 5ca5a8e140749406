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
