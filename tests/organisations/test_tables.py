"""The directory's transition tables, each attempt tried; the other party's machine changes its own part alone."""

import pytest

from gemensam.core.fold import step
from gemensam.core.kinds import SubjectType, collect
from gemensam.organisations.domain import BODY, FUNCTION, KINDS, ORGANISATION, VOCABULARY
from tests.tables import OTHER, OWNER, Payloads, Tried, check_every_attempt

REGISTRY = collect(KINDS)
ORGANISATION_TEXT = {"name": "Nacka", "short": "Nacka", "kind": "kommun", "member": True, "insider": True, "about": {}}
FUNCTION_TEXT = {"name": "TiB", "name_en": "", "roles": ["isk"], "levels": [], "about": {}}
LIST_TEXT = {
    "code": "rows", "name": "Rader", "name_en": "Rows", "items": [{"code": "el", "name": "El"}], "source_note": "",
    "version": 1, "reason": "",
}  # fmt: skip
BODY_TEXT: dict[str, object] = {
    "name": "Chefsgruppen", "name_en": "", "level": "inriktande", "task": "", "task_en": "", "chair": None,
    "secretary": None, "seats": [], "valid_from": "", "valid_until": "", "evidence": "", "source": "", "reason": "ny",
}  # fmt: skip
PAYLOADS: Payloads = {
    "organisation.joined": ORGANISATION_TEXT,
    "organisation.changed": {**ORGANISATION_TEXT, "name": "Nacka kommun", "about": {"rows": ["el"]}},
    "organisation.described": {
        "rows": ["vag"],
        "representatives": [{"level": "verkstallande", "mode": "ordinarie", "function": "nacka-tib"}],
        "reserve_organisation": "ssbf",
        "reserve_text": "Vakthavande befäl",
        "reserve_text_en": "",
    },
    "organisation.left": {"reason": "slut"},
    "function.created": FUNCTION_TEXT,
    "function.changed": {**FUNCTION_TEXT, "roles": ["lasare"]},
    "function.retired": {"reason": "slut"},
    "vocabulary.published": LIST_TEXT,
    "vocabulary.confirmed": {"items": ["el"]},
    "body.established": BODY_TEXT,
    "body.changed": BODY_TEXT,
    "body.dissolved": {"reason": "slut", "on": "2026-12-31"},
}


@pytest.mark.parametrize("subject", [ORGANISATION, FUNCTION, VOCABULARY, BODY], ids=lambda subject: subject.name)
def test_every_status_takes_what_its_table_says_and_nothing_else(subject: SubjectType) -> None:
    tried = Tried(REGISTRY, subject, PAYLOADS)
    assert check_every_attempt(tried) == 2 * len(tried.statuses()) * len(tried.kinds()) * 2


def test_an_organisation_says_of_itself_what_the_joint_office_cannot_overwrite() -> None:
    nacka = Tried(REGISTRY, ORGANISATION, PAYLOADS, name=OTHER)
    said = nacka.fold(
        [("organisation.joined", OWNER), ("organisation.described", OTHER), ("organisation.changed", OWNER)]
    )
    assert said is not None
    assert said.data.name == "Nacka kommun"
    assert said.data.rows == ("vag",)
    assert said.data.about["representatives"] == {"verkstallande": {"ordinarie": "nacka-tib"}}
    assert said.data.about["reserve_path"]["organisation"] == "ssbf"


def test_what_one_organisation_says_of_another_changes_nothing() -> None:
    nacka = Tried(REGISTRY, ORGANISATION, PAYLOADS, name="huddinge")
    said = nacka.fold([("organisation.joined", OWNER), ("organisation.described", OTHER)])
    assert said is not None
    assert said.data.rows == ()
    assert said.data.own == {}


def test_an_item_stays_confirmed_only_while_it_is_unchanged() -> None:
    changed = {**LIST_TEXT, "items": [{"code": "el", "name": "El"}, {"code": "vag", "name": "Väg"}], "version": 2}
    tried = Tried(REGISTRY, VOCABULARY, PAYLOADS)
    grown = Tried(REGISTRY, VOCABULARY, {**PAYLOADS, "vocabulary.published": changed})
    thing = tried.fold([("vocabulary.published", OWNER), ("vocabulary.confirmed", OWNER)])
    assert thing is not None
    assert thing.data.versions[-1].status == "bekräftad"
    after = step(thing, grown.entry(3, "vocabulary.published", OWNER), REGISTRY)
    assert after.data.versions[-1].confirmed == {"el"}
    assert after.data.versions[-1].status == "förslag"
    other = {**LIST_TEXT, "items": [{"code": "el", "name": "Elkraft"}], "version": 2}
    renamed = Tried(REGISTRY, VOCABULARY, {**PAYLOADS, "vocabulary.published": other})
    again = step(thing, renamed.entry(3, "vocabulary.published", OWNER), REGISTRY)
    assert again.data.versions[-1].confirmed == frozenset()
