"""Drafts of reports for tests of the ledger."""

from typing import Any

from gemensam.core.writing import Draft
from tests.ids import new_id


def report(space: str, text: str = "Elavbrott i norra delen.", **changes: Any) -> Draft:
    """Return a draft of a report with one row."""
    payload = {
        "template": "full",
        "stated_at": 1_763_615_400_000,
        "summary": text,
        "cells": [{"row": "el", "status": "allvarlig", "text": text}],
    }
    values: dict[str, Any] = {"kind": "report.published", "space": space, "subject": new_id(), "payload": payload}
    return Draft(**{**values, **changes})
