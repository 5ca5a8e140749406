"""What may be written in the directory, tried through the log itself, as the API writes."""

from typing import Any

import pytest

from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.organisations import domain
from tests.network import Network

ADMIN, OFFICE = "nacka-aktorsadministrator", "kansliet-systemforvaltare"


def refused(network: Network, function: str, draft: Draft) -> str:
    """Return the code with which a draft is refused, and see that nothing was written."""
    before = network.lens(function).directory.position
    with pytest.raises(Refused) as caught:
        network.write(function, draft)
    assert network.lens(function).directory.position == before
    return caught.value.code


def function(subject: str = "nacka-ny", kind: str = "function.created", **changes: Any) -> Draft:
    payload = {"name": "Ny", "name_en": "", "roles": ["rapportor"], "levels": [], "about": {}, **changes}
    return Draft(kind, "directory", subject, payload)


def published(network: Network, code: str, items: Any, reason: str = "skäl") -> Draft:
    newest = domain.vocabulary(network.lens(OFFICE).directory, code)
    payload = {"code": code, "name": newest.name, "name_en": newest.name_en, "items": items, "reason": reason}
    return Draft("vocabulary.published", "directory", code, payload)


def items_of(network: Network, code: str) -> list[dict[str, Any]]:
    return [dict(item) for item in domain.vocabulary(network.lens(OFFICE).directory, code).items]


def test_an_administrator_makes_a_function_that_can_do_what_its_role_says(network: Network) -> None:
    network.write(ADMIN, function())
    directory = network.lens(ADMIN).directory
    assert domain.permissions_of(directory, "nacka-ny") == {"read", "report", "open_circle", "call"}


@pytest.mark.parametrize("role", ["systemforvaltare", "strateg", "lst_tib", "granskare"])
def test_nobody_makes_a_function_with_a_role_of_the_network(network: Network, role: str) -> None:
    assert refused(network, ADMIN, function(roles=[role])) == "role_of_network"
    assert refused(network, ADMIN, function("nacka-tib", "function.changed", roles=[role])) == "role_of_network"


def test_where_the_network_has_put_a_role_its_administrator_may_give_it_to_others(network: Network) -> None:
    network.write("lansstyrelsen-aktorsadministrator", function("lansstyrelsen-tib-2", roles=["lst_tib"]))
    assert "open_space" in domain.permissions_of(network.lens(ADMIN).directory, "lansstyrelsen-tib-2")


def test_the_joint_office_can_let_an_organisation_have_a_role_of_the_network(network: Network) -> None:
    items = items_of(network, "roles")
    next(item for item in items if item["code"] == "motesledare")["organisations"] = ["nacka"]
    network.write(OFFICE, published(network, "roles", items))
    network.write(ADMIN, function(roles=["motesledare"]))
    assert "lead" in domain.permissions_of(network.lens(ADMIN).directory, "nacka-ny")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"roles": ["kung"]}, "no_such_role"),
        ({"roles": []}, "roles_missing"),
        ({"levels": ["himmelsk"]}, "no_such_level"),
        ({"name": "  "}, "name_missing"),
        ({"name": "x" * 201}, "name_missing"),
        ({"name": "Rad\nbrytning"}, "name_missing"),
    ],
)
def test_a_function_needs_a_name_and_roles_that_there_are(network: Network, changes: dict[str, Any], code: str) -> None:
    assert refused(network, ADMIN, function(**changes)) == code


@pytest.mark.parametrize("subject", ["Nacka-TiB", "nacka tib", "../etc", "nacka_tib%", "x" * 81])
def test_a_functions_identity_is_plain(network: Network, subject: str) -> None:
    assert refused(network, ADMIN, function(subject)) in ("directory_id", "malformed")


def test_only_the_organisation_itself_writes_its_functions(network: Network) -> None:
    other = function("taby-tib", "function.changed")
    assert refused(network, ADMIN, other) == "not_owner"
    assert refused(network, "nacka-tib", function()) == "not_permitted"


def test_the_last_administrator_stays(network: Network) -> None:
    last = function(ADMIN, "function.changed", roles=["lasare"])
    assert refused(network, ADMIN, last) == "last_administrator"
    retired = Draft("function.retired", "directory", ADMIN, {"reason": "slut"})
    assert refused(network, ADMIN, retired) == "last_administrator"
    network.write(ADMIN, function(roles=["aktorsadministrator"]))
    network.write(ADMIN, retired)
    assert domain.function(network.lens("nacka-ny").directory, ADMIN) is None


def test_a_role_out_of_use_is_kept_and_not_given(network: Network) -> None:
    items = items_of(network, "roles")
    next(item for item in items if item["code"] == "rapportor")["retired"] = True
    network.write(OFFICE, published(network, "roles", items))
    assert refused(network, ADMIN, function()) == "role_retired"
    network.write(ADMIN, function("nacka-rapportor", "function.changed", name="Rapportör 2"))
    assert "report" in domain.permissions_of(network.lens(ADMIN).directory, "nacka-rapportor")


def test_a_version_is_numbered_and_needs_a_reason(network: Network) -> None:
    items = items_of(network, "levels")
    assert refused(network, OFFICE, published(network, "levels", items, reason=" ")) == "vocabulary_no_reason"
    network.write(OFFICE, published(network, "levels", items))
    assert domain.vocabulary(network.lens(OFFICE).directory, "levels").version == 2


def test_a_code_is_never_removed_or_doubled(network: Network) -> None:
    items = items_of(network, "levels")
    assert refused(network, OFFICE, published(network, "levels", items[1:])) == "vocabulary_code_gone"
    assert refused(network, OFFICE, published(network, "levels", [*items, items[0]])) == "vocabulary_items"
    nameless = [*items, {**items[0], "code": "ny", "name": ""}]
    assert refused(network, OFFICE, published(network, "levels", nameless)) == "vocabulary_names"
    odd = [*items, {**items[0], "code": "<script>"}]
    assert refused(network, OFFICE, published(network, "levels", odd)) == "vocabulary_items"


def test_an_item_that_others_could_not_read_is_refused_with_its_place(network: Network) -> None:
    items = items_of(network, "status")
    items[2]["digit"] = "tre"
    with pytest.raises(Refused) as caught:
        network.write(OFFICE, published(network, "status", items))
    assert caught.value.code == "vocabulary_shape"
    assert (caught.value.facts["field"], caught.value.facts["problem"]) == ("digit", "wrong_kind")


def test_roles_cannot_be_published_so_that_nobody_can_publish_again(network: Network) -> None:
    items = items_of(network, "roles")
    for item in items:
        item["permissions"] = [each for each in item["permissions"] if each != "administer"]
    assert refused(network, OFFICE, published(network, "roles", items)) == "last_administrator"


def test_roles_name_permissions_that_there_are(network: Network) -> None:
    items = items_of(network, "roles")
    items[0]["permissions"] = [*items[0]["permissions"], "allt"]
    assert refused(network, OFFICE, published(network, "roles", items)) == "no_such_permission"


def test_only_the_joint_office_publishes_and_confirms(network: Network) -> None:
    items = items_of(network, "levels")
    confirmed = Draft("vocabulary.confirmed", "directory", "levels", {"items": []})
    for who in (ADMIN, "lansstyrelsen-tib", "nacka-tib"):
        assert refused(network, who, published(network, "levels", items)) == "not_permitted"
        assert refused(network, who, confirmed) == "not_permitted"
    network.write(OFFICE, confirmed)
    assert domain.vocabulary(network.lens(OFFICE).directory, "levels").status == "bekräftad"


def test_what_is_not_in_the_list_cannot_be_confirmed(network: Network) -> None:
    draft = Draft("vocabulary.confirmed", "directory", "levels", {"items": ["kosmisk"]})
    assert refused(network, OFFICE, draft) == "no_such_item"


def test_the_joint_office_cannot_shut_itself_out(network: Network) -> None:
    left = Draft("organisation.left", "directory", "kansliet", {"reason": "slut"})
    assert refused(network, OFFICE, left) == "own_organisation"
    office = domain.organisation(network.lens(OFFICE).directory, "kansliet")
    assert office is not None
    payload = {"name": office.name, "short": office.short, "kind": office.kind, "member": False, "insider": False}
    assert (
        refused(network, OFFICE, Draft("organisation.changed", "directory", "kansliet", payload)) == "own_organisation"
    )


def test_an_organisation_describes_itself_and_no_other(network: Network) -> None:
    payload = {
        "rows": ["el"],
        "representatives": [],
        "reserve_organisation": "",
        "reserve_text": "",
        "reserve_text_en": "",
    }
    taby = Draft("organisation.described", "directory", "taby", payload)
    assert refused(network, ADMIN, taby) == "not_your_organisation"
    wrong_row = {**payload, "rows": ["rymdfart"]}
    assert refused(network, ADMIN, Draft("organisation.described", "directory", "nacka", wrong_row)) == "no_such_row"
    foreign = {**payload, "representatives": [{"level": "verkstallande", "mode": "ordinarie", "function": "taby-tib"}]}
    assert refused(network, ADMIN, Draft("organisation.described", "directory", "nacka", foreign)) == "function_not_own"
    network.write(ADMIN, Draft("organisation.described", "directory", "nacka", payload))
    nacka = domain.organisation(network.lens(ADMIN).directory, "nacka")
    assert nacka is not None
    assert nacka.rows == ("el",)


def test_who_has_left_reads_and_may_nothing(network: Network) -> None:
    network.write(OFFICE, Draft("organisation.left", "directory", "nacka", {"reason": "utträde"}))
    lens = network.lens("nacka-tib")
    assert lens.principal.permissions == frozenset()
    assert lens.spaces() == ()
