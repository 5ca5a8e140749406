"""Documents and decisions for the matrix of antagande, entered by the program's own commands: prints what it made."""

import json
import os
import sys
from typing import Any

import django


def main() -> int:
    """`bench.adopting DOCUMENTS STEPS` enters them all; `bench.adopting one NUMBER` one more step."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemensam.web.settings")
    django.setup()
    if sys.argv[1] == "one":
        enter_one(int(sys.argv[2]))
    else:
        print(json.dumps(enter_all(int(sys.argv[1]), int(sys.argv[2]))))
    return 0


def enter_all(documents: int, steps: int) -> dict[str, object]:
    """Enter `documents` with `steps` steps of every member each, in the standing space."""
    from gemensam.governance.document_commands import adopt_document, enter_document
    from gemensam.governance.domain.documents import DocumentAdopted, DocumentGiven, DocumentTold
    from gemensam.ledger.append import now_ms
    from gemensam.organisations.domain import members
    from gemensam.web import times

    lens = _lens("kansliet-strateg")
    everybody, entered, half_way = members(lens.directory), 0, 0
    for number in range(documents):
        told = DocumentTold(f"Målbild {number}", "malbild", f"Gemensam målbild {number}", valid_from="2023-01-01")
        document = enter_document(lens, "standing", DocumentGiven(told)).subject
        adopt_document(lens, "standing", document, DocumentAdopted("regionala_chefsgruppen", "2023-03-10"))
        for place, member in enumerate(everybody):
            for step in range(steps):
                _register(document, member.id, step, 1 + place % 27)
                entered += 1
        half_way = half_way or now_ms()
    spoken = times.iso_moment(half_way)
    return {
        "space": "standing",
        "members": len(everybody),
        "decisions": entered,
        "half_way": spoken.replace("+", "%2B"),
    }


def enter_one(number: int) -> None:
    """Register one more step."""
    from gemensam.governance.document_queries import list_documents_for

    document = list_documents_for(_lens("kansliet-registrerare"))[0]
    _register(document.subject, "nacka", 1, 1 + number % 27)


def _register(document: str, member: str, step: int, day: int) -> None:
    from gemensam.governance.adoption_commands import register_decision
    from gemensam.governance.domain.decisions import DecisionGiven, DecisionTold

    code, outcome = (("skrivelse", "antar"), ("beredning", "antar"), ("styrelse", "antar"), ("anslaget", ""))[step % 4]
    told = DecisionTold(code, outcome, "Kommunstyrelsen", f"2023-0{4 + step}-{day:02}", str(day), f"KS 2023/{day}")
    register_decision(_lens("kansliet-registrerare"), "standing", DecisionGiven(member, document, told))


def _lens(function: str) -> Any:
    from gemensam.core.policy import Principal
    from gemensam.ledger.reading import lens_for

    return lens_for(Principal("bench", "kansliet", function, frozenset()))


if __name__ == "__main__":
    sys.exit(main())
